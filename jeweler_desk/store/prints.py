"""What was printed of orders: facts outside undo, for paper once printed lies on the bench."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.paper_facts import PaperKind, PrintFact
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store

# A paper left in its parcel: one that was printed before a parcel that left counts no more, unless
# that parcel never left after all.
PARCEL_LEFT = """EXISTS (
    SELECT 1 FROM shipments WHERE shipments.order_id = prints.order_id
    AND shipments.id > after_shipment AND undone_at IS NULL
    AND EXISTS (SELECT 1 FROM shipment_units WHERE shipment_id = shipments.id)
)"""
_AT_HAND = f"""
SELECT kind, printed_at, digest, address FROM prints
WHERE order_id = ? AND NOT {PARCEL_LEFT} ORDER BY id
"""


class PrintRows:
    """Keeps and reads the prints of orders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def at_hand(self, order_id: OrderId) -> tuple[PrintFact, ...]:
        """Return the prints that belong to what has not left yet, oldest first."""
        return tuple(
            PrintFact(
                PaperKind(row["kind"]),
                columns.known_instant(row["printed_at"]),
                row["digest"],
                columns.address(row["address"]),
            )
            for row in self._store.rows(_AT_HAND, [order_id])
        )

    def fact(self, order: Order, kind: PaperKind, digest: str) -> dict[str, Any]:
        """Return what a paper made now says, to be kept when it has come out."""
        last = self._store.one("SELECT max(id) FROM shipments WHERE order_id = ?", [order.id])
        return {
            "order_id": order.id,
            "kind": kind,
            "digest": digest,
            "address": columns.address_text(order.address),
            "after_shipment": (last[0] if last else None) or 0,
        }

    def add_fact(self, fact: dict[str, Any], at: datetime) -> int:
        """Keep a paper that came out; return the print's id. Needs a transaction."""
        return self._store.insert("prints", fact | {"printed_at": columns.instant_text(at)})

    def add_file(self, print_id: int, file_hash: str) -> None:
        """Keep that a paper was made as a file, and which one. Needs a transaction."""
        record = {"print_id": print_id, "printer": "", "file_hash": file_hash, "copies": 1}
        self._store.insert("print_copies", record)
