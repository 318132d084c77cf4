"""Boxes that several orders share: which orders lie in one, and with which parcel each left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.combining import Addressed
from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.orders import PACKABLE

_ADDRESSED = (
    "SELECT orders.id, number, customer_name, customer_email, address, gift, gift_message, ship_by"
    " FROM orders"
)
# A box is open until it left; an order of which nothing is to send lies in it no more.
_MATES = (
    "SELECT mate.order_id, orders.number FROM combined_orders AS mine"
    " JOIN combined_orders AS mate ON mate.parcel_id = mine.parcel_id"
    " JOIN orders ON orders.id = mate.order_id"
    " WHERE mine.order_id = ? AND mine.shipment_id IS NULL AND mate.shipment_id IS NULL"
    " AND units_to_send > 0 ORDER BY mate.id"
)


class CombinedRows:
    """Reads and writes which orders share a box; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---- reading

    def to_pack(self) -> list[Addressed]:
        """Return whose parcels are to pack and where they go, the most urgent first."""
        rows = self._store.rows(
            f"{_ADDRESSED} WHERE {PACKABLE} ORDER BY ship_by IS NULL, ship_by, placed_sort, id"
        )
        return [_addressed(row) for row in rows]

    def addressed(self, order_ids: Sequence[OrderId]) -> list[Addressed]:
        """Return whose these orders are and where they go, the most urgent first."""
        marks = ",".join("?" * len(order_ids))
        rows = self._store.rows(
            f"{_ADDRESSED} WHERE id IN ({marks})"
            " ORDER BY ship_by IS NULL, ship_by, placed_sort, id",
            list(order_ids),
        )
        return [_addressed(row) for row in rows]

    def open_boxes(self) -> list[tuple[OrderId, ...]]:
        """Return the boxes that have not left, each by the orders in it."""
        boxes: dict[int, list[OrderId]] = {}
        rows = self._store.rows(
            "SELECT parcel_id, order_id FROM combined_orders JOIN orders ON orders.id = order_id"
            " WHERE shipment_id IS NULL AND units_to_send > 0 ORDER BY combined_orders.id"
        )
        for row in rows:
            boxes.setdefault(row["parcel_id"], []).append(OrderId(row["order_id"]))
        return [tuple(box) for box in boxes.values()]

    def box_of(self, order_id: OrderId) -> tuple[OrderId, ...]:
        """Return the orders in an order's open box, itself among them; it alone without one."""
        found = tuple(OrderId(row["order_id"]) for row in self._store.rows(_MATES, [order_id]))
        return found if order_id in found and len(found) > 1 else (order_id,)

    def box_left_by(self, order_id: OrderId) -> list[OrderId]:
        """Return what lies in the open box of an order that left it just now."""
        rows = self._store.rows(_MATES, [order_id])
        return [OrderId(row["order_id"]) for row in rows if row["order_id"] != order_id]

    def mates(self, order_id: OrderId) -> tuple[str, ...]:
        """Return the numbers of the other orders in an order's open box."""
        rows = self._store.rows(_MATES, [order_id])
        if not any(row["order_id"] == order_id for row in rows):
            return ()
        return tuple(row["number"] for row in rows if row["order_id"] != order_id)

    def left_with(self, shipment_id: int) -> list[tuple[OrderId, int]]:
        """Return the other orders that left in the box of a shipment, with their shipments."""
        rows = self._store.rows(
            "SELECT mate.order_id, mate.shipment_id FROM combined_orders AS mine"
            " JOIN combined_orders AS mate ON mate.parcel_id = mine.parcel_id"
            " WHERE mine.shipment_id = ?1 AND mate.shipment_id IS NOT NULL"
            " AND mate.shipment_id <> ?1 ORDER BY mate.id",
            [shipment_id],
        )
        return [(OrderId(row["order_id"]), row["shipment_id"]) for row in rows]

    # ---- writing

    def combine(self, order_ids: Sequence[OrderId], at: datetime) -> None:
        """Put orders into one box; the open boxes they lay in are no more."""
        for order_id in order_ids:
            self.take_out(order_id)
        record = {"combined_at": columns.instant_text(at)}
        parcel_id = self._store.insert("combined_parcels", record)
        for order_id in order_ids:
            self._store.insert("combined_orders", {"parcel_id": parcel_id, "order_id": order_id})

    def take_out(self, order_id: OrderId) -> None:
        """Take an order out of its open box."""
        self._store.run(
            "DELETE FROM combined_orders WHERE order_id = ? AND shipment_id IS NULL", [order_id]
        )

    def leave(self, order_id: OrderId, shipment_id: int) -> None:
        """Note with which shipment an order's part of the box left."""
        self._store.run(
            "UPDATE combined_orders SET shipment_id = ? WHERE order_id = ? AND shipment_id IS NULL",
            [shipment_id, order_id],
        )

    def come_back(self, shipment_id: int) -> None:
        """Note that the box of a shipment never left."""
        self._store.run(
            "UPDATE combined_orders SET shipment_id = NULL WHERE shipment_id = ?", [shipment_id]
        )


def _addressed(row: Row) -> Addressed:
    return Addressed(
        id=OrderId(row["id"]),
        number=row["number"],
        customer=row["customer_name"],
        email=row["customer_email"],
        address=columns.address(row["address"]) or PostalAddress(),
        gift=Gift(row["gift"]),
        gift_message=row["gift_message"],
        ship_by=columns.day(row["ship_by"]),
    )
