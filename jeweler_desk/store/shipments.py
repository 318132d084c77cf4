"""Parcels of orders: what is learned of them after, or beside, their hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jeweler_desk.domain.order import OrderId, Shipment
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store

_LATELY = 50


class ShipmentRows:
    """Reads and completes the rows of parcels; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def usual_carrier(self) -> str | None:
        """Return who carried most of the latest parcels, None where nobody is named."""
        row = self._store.one(
            "SELECT carrier FROM (SELECT carrier, id FROM shipments WHERE carrier IS NOT NULL"
            " ORDER BY id DESC LIMIT ?) GROUP BY carrier ORDER BY count(*) DESC, max(id) DESC",
            [_LATELY],
        )
        return str(row[0]) if row else None

    def keep(self, parcel: Shipment) -> None:
        """Write what is known of a parcel over its row; its units and its source stay."""
        self._store.update("shipments", parcel.id, _facts(parcel))

    def add_without_units(self, order_id: OrderId, parcel: Shipment) -> int:
        """Add a further parcel of an order of which nobody knows what was in it."""
        return self._store.insert(
            "shipments", {"order_id": order_id, "source": parcel.source} | _facts(parcel)
        )

    def latest(self, order_id: OrderId) -> int | None:
        """Return the id of the parcel that was added last."""
        row = self._store.one("SELECT max(id) FROM shipments WHERE order_id = ?", [order_id])
        return row[0] if row else None

    def digests(self, order_ids: Iterable[OrderId], source_format: str) -> set[tuple[int, str]]:
        """Return which rows of a format were read already, as pairs of order and digest."""
        wanted = list(order_ids)
        found: set[tuple[int, str]] = set()
        for start in range(0, len(wanted), 400):
            block: Sequence[OrderId] = wanted[start : start + 400]
            marks = ",".join("?" * len(block))
            rows = self._store.rows(
                f"SELECT order_id, digest FROM order_sources WHERE format = ?"
                f" AND order_id IN ({marks})",
                [source_format, *block],
            )
            found.update((row["order_id"], row["digest"]) for row in rows)
        return found

    def remember(self, order_id: OrderId, source_format: str, digest: str) -> None:
        """Note that a row of a format was read."""
        self._store.insert(
            "order_sources",
            {"order_id": order_id, "format": source_format, "digest": digest, "is_latest": 0},
        )


def _facts(parcel: Shipment) -> dict[str, Any]:
    cost = parcel.label_cost
    return {
        "shipped_at": columns.instant_text(parcel.shipped_at),
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "label_bought_at": columns.instant_text(parcel.label_bought_at),
        "label_cost": columns.minor_units(cost),
        "label_currency": cost.currency if cost else None,
        "label_address": columns.address_text(parcel.label_address),
        "first_scan_at": columns.instant_text(parcel.first_scan_at),
        "delivered_at": columns.instant_text(parcel.delivered_at),
    }
