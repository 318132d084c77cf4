"""Labels that were bought: before any parcel leaves, under one that left, or for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from jeweler_desk.domain.label import Label, LabelStep
from jeweler_desk.domain.order import OrderId, Shipment
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store

_LABELS: Final = (
    "SELECT labels.*, label_steps.state, label_steps.at AS step_at, label_steps.why"
    " FROM labels LEFT JOIN label_steps ON label_steps.id ="
    " (SELECT max(id) FROM label_steps WHERE label_id = labels.id)"
)
# Begins with the few labels that no parcel travels under, never with all orders.
_UNNEEDED: Final = (
    "SELECT number, channel, customer_name, labels.*, label_steps.state,"
    " label_steps.at AS step_at, label_steps.why"
    " FROM labels CROSS JOIN orders ON orders.id = labels.order_id"
    " LEFT JOIN label_steps ON label_steps.id ="
    " (SELECT max(id) FROM label_steps WHERE label_id = labels.id)"
    " WHERE shipment_id IS NULL AND (state = 'not_used' OR (state IS NULL AND units_to_send = 0))"
    " ORDER BY labels.id"
)


class LabelRows:
    """Reads and writes labels; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, order_id: OrderId) -> tuple[Label, ...]:
        """Return the labels of an order, the one bought first leading."""
        rows = self._store.rows(f"{_LABELS} WHERE order_id = ? ORDER BY labels.id", [order_id])
        return tuple(label(row) for row in rows)

    def unneeded(self) -> list[tuple[str, Label]]:
        """Return the labels whose money is still to be asked back, each after its order."""
        return [(str(row["number"]), label(row)) for row in self._store.rows(_UNNEEDED)]

    def add(self, order_id: OrderId, bought: Label) -> int:
        """Add a label and return its id."""
        record = _facts(bought) | {
            "order_id": order_id,
            "noted_at": columns.instant_text(bought.noted_at),
            "source": bought.source,
        }
        return self._store.insert("labels", record)

    def keep(self, told: Label) -> None:
        """Write what is known of a label over its row."""
        self._store.update("labels", told.id, _facts(told))

    def add_step(self, label_id: int, step: LabelStep, at: datetime, why: str | None) -> None:
        """Note what became of a label that no parcel travels under."""
        record = {
            "label_id": label_id,
            "state": step,
            "at": columns.instant_text(at),
            "why": why,
        }
        self._store.insert("label_steps", record)

    def let_go(self, order_id: OrderId, parcel: Shipment, at: datetime) -> None:
        """Free the label of a parcel that never left; one that no row tells of yet gets its own."""
        rows = self._store.rows("SELECT id FROM labels WHERE shipment_id = ?", [parcel.id])
        for row in rows:
            self._store.update("labels", row["id"], {"shipment_id": None})
        if not rows and (parcel.label_cost or parcel.label_bought_at):
            self.add(order_id, under(replace(parcel, undone_at=at), at, None))

    def follow(
        self, order_id: OrderId, parcel: Shipment, at: datetime, service: str | None = None
    ) -> None:
        """Let the label of a parcel say what the parcel does, with the carrier's service."""
        row = self._store.one(f"{_LABELS} WHERE shipment_id = ?", [parcel.id])
        if row is not None:
            known = label(row)
            told = under(parcel, known.noted_at, service or known.service)
            self._store.update("labels", known.id, _facts(told))
        elif parcel.label_cost or parcel.label_bought_at or service:
            self.add(order_id, under(parcel, parcel.label_bought_at or at, service))


def under(parcel: Shipment, at: datetime, service: str | None) -> Label:
    """Return the label that a parcel tells of; one that was undone gives it free."""
    return Label(
        noted_at=at,
        bought_at=parcel.label_bought_at,
        carrier=parcel.carrier,
        service=service,
        tracking_number=parcel.tracking_number,
        cost=parcel.label_cost,
        address=parcel.label_address,
        shipment_id=None if parcel.undone_at else parcel.id,
        source=parcel.source,
    )


def label(row: Row) -> Label:
    """Read a label with the step it stands at."""
    return Label(
        id=row["id"],
        noted_at=columns.known_instant(row["noted_at"]),
        bought_at=columns.instant(row["bought_at"]),
        carrier=row["carrier"],
        service=row["service"],
        tracking_number=row["tracking_number"],
        cost=columns.money(row["cost"], row["currency"]),
        address=columns.address(row["address"]),
        shipment_id=row["shipment_id"],
        source=row["source"],
        step=LabelStep(row["state"]) if row["state"] else None,
        step_at=columns.instant(row["step_at"]),
        step_why=row["why"],
    )


def _facts(told: Label) -> dict[str, Any]:
    return {
        "shipment_id": told.shipment_id,
        "carrier": told.carrier,
        "service": told.service,
        "tracking_number": told.tracking_number,
        "cost": columns.minor_units(told.cost),
        "currency": told.cost.currency if told.cost else None,
        "address": columns.address_text(told.address),
        "bought_at": columns.instant_text(told.bought_at),
    }
