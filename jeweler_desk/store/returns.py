"""Goods that take another way: canceled, reinstated, sent back, exchanged, never sent at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from jeweler_desk.domain.business_days import Pause
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Condition,
    LineItemId,
    OrderId,
    Question,
    Receipt,
    Replaced,
    Return,
    Shipment,
    Units,
)
from jeweler_desk.domain.refunds import Exchanged
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store


class Restart(StrEnum):
    """Why an order's ship-by day counts anew."""

    REINSTATED = "reinstated"
    PIECE_BACK = "piece_back"


class ReturnRows:
    """Reads and writes what happens to an order's goods beside shipping; writing needs a step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def returns(self, order_id: OrderId, currency: str) -> tuple[Return, ...]:
        """Return what was sent back of an order, or is expected back."""
        rows = self._store.rows(
            "SELECT returns.*, number FROM returns LEFT JOIN orders"
            " ON orders.id = replacement_order_id WHERE order_id = ? ORDER BY returns.id",
            [order_id],
        )
        return tuple(self._return(row, currency) for row in rows)

    def _return(self, row: Row, currency: str) -> Return:
        units = self._store.rows(
            "SELECT line_item_id, units FROM return_units WHERE return_id = ? ORDER BY id",
            [row["id"]],
        )
        receipts = self._store.rows(
            "SELECT * FROM return_receipts WHERE return_id = ? ORDER BY id", [row["id"]]
        )
        return Return(
            reason=row["reason"],
            opened_at=columns.known_instant(row["opened_at"]),
            units=tuple((LineItemId(each[0]), each[1]) for each in units),
            receipts=tuple(
                Receipt(
                    line_item_id=LineItemId(each["line_item_id"]),
                    units=each["units"],
                    condition=Condition(each["condition"]),
                    received_at=columns.known_instant(each["received_at"]),
                )
                for each in receipts
            ),
            replacement=row["number"],
            difference=columns.money(row["difference"], currency),
            starts_at_once=bool(row["starts_at_once"]),
            closed_at=columns.instant(row["closed_at"]),
            closed_why=row["closed_why"],
            id=row["id"],
        )

    def replaced_by(self, order_id: OrderId) -> Replaced | None:
        """Return what an order replaces; None when it replaces nothing."""
        row = self._store.one(
            "SELECT number, starts_at_once FROM returns JOIN orders ON orders.id = order_id"
            " WHERE replacement_order_id = ?",
            [order_id],
        )
        return Replaced(row["number"], not row["starts_at_once"]) if row else None

    def replacement_id(self, return_id: int) -> OrderId | None:
        """Return the id of the order that replaces what is sent back."""
        row = self._store.one("SELECT replacement_order_id FROM returns WHERE id = ?", [return_id])
        return OrderId(row[0]) if row and row[0] else None

    def exchange_for(self, replacement: OrderId) -> tuple[OrderId, dict[LineItemId, int]] | None:
        """Return the order and its units that an order replaces; None when it replaces nothing."""
        row = self._store.one(
            "SELECT id, order_id FROM returns WHERE replacement_order_id = ?", [replacement]
        )
        if row is None:
            return None
        units = self._store.rows(
            "SELECT line_item_id, units FROM return_units WHERE return_id = ?", [row["id"]]
        )
        return OrderId(row["order_id"]), {LineItemId(each[0]): int(each[1]) for each in units}

    def exchanged(self, order_id: OrderId, currency: str) -> Exchanged:
        """Return what was exchanged for pieces that still go out, or went out and stayed there.

        A unit owes nothing where its replacement costs as much or more; one that owes a difference
        is given back for by that. What a replacement was paid with is its discount.
        """
        standing = (
            " FROM returns JOIN orders ON orders.id = replacement_order_id"
            " WHERE order_id = ? AND fulfillment_status NOT IN ('canceled', 'returned')"
        )
        rows = self._store.rows(
            "SELECT line_item_id, sum(units) FROM return_units WHERE return_id IN"
            f" (SELECT returns.id{standing} AND difference >= 0) GROUP BY line_item_id",
            [order_id],
        )
        credit = self._store.one(f"SELECT coalesce(sum(discount), 0){standing}", [order_id])
        return Exchanged(
            {LineItemId(row[0]): int(row[1]) for row in rows},
            Money(int(credit[0]) if credit else 0, currency),
        )

    def question(self, order_id: OrderId) -> Question | None:
        """Return what the buyer was asked and has not answered."""
        row = self._store.one(
            "SELECT question, asked_at FROM questions WHERE order_id = ? AND answered_at IS NULL",
            [order_id],
        )
        return Question(row["question"], columns.known_instant(row["asked_at"])) if row else None

    def pauses(self, order_id: OrderId) -> tuple[Pause, ...]:
        """Return when the order waited for an answer that came, the earliest first."""
        rows = self._store.rows(
            "SELECT asked_at, answered_at FROM questions"
            " WHERE order_id = ? AND answered_at IS NOT NULL ORDER BY asked_at, id",
            [order_id],
        )
        instant = columns.known_instant
        return tuple(Pause(instant(row["asked_at"]), instant(row["answered_at"])) for row in rows)

    def restarted_at(self, order_id: OrderId) -> datetime | None:
        """Return when the ship-by day of an order began to count anew."""
        row = self._store.one(
            "SELECT at FROM restarts WHERE order_id = ? ORDER BY id DESC LIMIT 1", [order_id]
        )
        return columns.known_instant(row[0]) if row else None

    def is_reinstated(self, order_id: OrderId) -> bool:
        """Whether the seller took an order up again after it was canceled."""
        found = "SELECT 1 FROM restarts WHERE order_id = ? AND kind = ?"
        return self._store.one(found, [order_id, Restart.REINSTATED]) is not None

    def parcel_note(self, order_id: OrderId) -> str | None:
        """Return the note that lies in the parcel closed last."""
        row = self._store.one(
            "SELECT note FROM packings WHERE order_id = ? AND units > 0 ORDER BY id DESC LIMIT 1",
            [order_id],
        )
        return row[0] if row else None

    def packed_at(self, order_id: OrderId) -> datetime | None:
        """Return when pieces of an order were put into a parcel last."""
        found = "SELECT max(packed_at) FROM packings WHERE order_id = ? AND units > 0"
        row = self._store.one(found, [order_id])
        return columns.instant(row[0]) if row else None

    # ---- writing

    def cancel_units(
        self, order_id: OrderId, line_id: LineItemId, units: int, at: datetime
    ) -> None:
        """Cancel units that have not left; fewer than none takes a cancellation back."""
        record = {
            "order_id": order_id,
            "line_item_id": line_id,
            "units": units,
            "at": columns.instant_text(at),
            "source": "desk",
        }
        self._store.insert("cancellations", record)
        count_units(self._store, line_id)

    def undo_shipment(self, shipment: Shipment, at: datetime) -> None:
        """Note that a parcel never left; its units stand in a closed parcel again."""
        self._store.update("shipments", shipment.id, {"undone_at": columns.instant_text(at)})
        for line_id, _ in shipment.units:
            count_units(self._store, line_id)

    def restart(self, order_id: OrderId, kind: Restart, why: str, at: datetime) -> None:
        """Let the ship-by day of an order count from now."""
        record = {"order_id": order_id, "kind": kind, "why": why, "at": columns.instant_text(at)}
        self._store.insert("restarts", record)

    def ask(self, order_id: OrderId, question: str, at: datetime) -> None:
        """Note what the buyer was asked; an earlier question is no longer open."""
        self.answer(order_id, None, at)
        record = {
            "order_id": order_id,
            "question": question,
            "asked_at": columns.instant_text(at),
        }
        self._store.insert("questions", record)

    def answer(self, order_id: OrderId, answer: str | None, at: datetime) -> None:
        """Note that the buyer answered."""
        self._store.run(
            "UPDATE questions SET answered_at = ?, answer = ?"
            " WHERE order_id = ? AND answered_at IS NULL",
            [columns.instant_text(at), answer, order_id],
        )

    def open(
        self,
        order_id: OrderId,
        reason: str,
        units: Mapping[LineItemId, int],
        at: datetime,
        *,
        replacement: OrderId | None = None,
        difference: Money | None = None,
        starts_at_once: bool = True,
    ) -> int:
        """Expect units back; return the id of the return."""
        return_id = self._store.insert(
            "returns",
            {
                "order_id": order_id,
                "reason": reason,
                "opened_at": columns.instant_text(at),
                "replacement_order_id": replacement,
                "difference": columns.minor_units(difference),
                "starts_at_once": int(starts_at_once),
            },
        )
        for line_id, count in units.items():
            self._store.insert(
                "return_units", {"return_id": return_id, "line_item_id": line_id, "units": count}
            )
        return return_id

    def receive(self, return_id: int, units: Units, condition: Condition, at: datetime) -> None:
        """Note that units came back, and how."""
        for line_id, count in units:
            record = {
                "return_id": return_id,
                "line_item_id": line_id,
                "units": count,
                "condition": condition,
                "received_at": columns.instant_text(at),
            }
            self._store.insert("return_receipts", record)
            count_units(self._store, line_id)

    def close(self, return_id: int, why: str, at: datetime) -> None:
        """Note that nothing more follows from a return."""
        record = {"closed_at": columns.instant_text(at), "closed_why": why}
        self._store.update("returns", return_id, record)

    def start_replacement(self, replacement: OrderId) -> bool:
        """Let an order no longer wait for the piece it replaces; False when it did not wait."""
        rows = self._store.rows(
            "SELECT id FROM returns WHERE replacement_order_id = ? AND starts_at_once = 0",
            [replacement],
        )
        for row in rows:
            self._store.update("returns", row["id"], {"starts_at_once": 1})
        return bool(rows)

    def drop_promises(self, order_id: OrderId) -> None:
        """Forget a ship-by day that was counted from too early an instant."""
        self._store.run("DELETE FROM promises WHERE order_id = ?", [order_id])

    # ---- what is due

    def to_settle(self) -> list[Row]:
        """Return number, day and difference of returns that are all back and not closed."""
        return self._store.rows(
            "SELECT number, currency, difference, max(received_at) AS back_at FROM returns"
            " JOIN orders ON orders.id = order_id"
            " JOIN return_receipts ON return_id = returns.id"
            " WHERE closed_at IS NULL AND (SELECT sum(units) FROM return_units"
            "  WHERE return_id = returns.id) <= (SELECT sum(units) FROM return_receipts"
            "  WHERE return_id = returns.id)"
            " GROUP BY returns.id ORDER BY returns.id"
        )


def count_units(store: Store, line_id: LineItemId) -> None:
    """Count a line item's units anew from the facts."""
    store.run(
        "UPDATE line_items SET"
        " units_canceled = (SELECT coalesce(sum(units), 0) FROM cancellations"
        "  WHERE line_item_id = ?1),"
        " units_packed = (SELECT coalesce(sum(units), 0) FROM packings"
        "  WHERE line_item_id = ?1),"
        " units_shipped = (SELECT coalesce(sum(units), 0) FROM shipment_units"
        "  JOIN shipments ON shipments.id = shipment_id"
        "  WHERE line_item_id = ?1 AND undone_at IS NULL),"
        " units_returned = (SELECT coalesce(sum(units), 0) FROM return_receipts"
        "  WHERE line_item_id = ?1)"
        " WHERE id = ?1",
        [line_id],
    )
