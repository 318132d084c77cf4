"""Orders that leave in one box: the queue in packing order, the offer, and the act itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jeweler_desk.domain.combining import (
    Addressed,
    combine_refusal,
    numbers_text,
    offers,
    side_by_side,
)
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.services.addressed_orders import AddressedOrders
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.fulfillment import gate_refusal
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.store.database import Store

_LEAST: int = 2


@dataclass(frozen=True, slots=True)
class BoxToPack:
    """One box of the queue: its orders, and those that could go into it."""

    orders: tuple[Addressed, ...]
    offered: tuple[Addressed, ...] = ()

    @property
    def ids(self) -> tuple[OrderId, ...]:
        """The orders of the box."""
        return tuple(each.id for each in self.orders)


class Combining:
    """Puts two or more orders of one buyer to one address into one box.

    They are packed and handed over together; each keeps its own slip and its own shipment.
    """

    def __init__(self, store: Store, book: OrderBook, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._rows = book.reading.boxes
        self._addressed = AddressedOrders(self._rows)
        self._clock = clock

    def queue(self) -> list[BoxToPack]:
        """Return the boxes to pack: late, today, tomorrow; what could go together side by side."""
        boxes = side_by_side(self._addressed.to_pack(), self._rows.open_boxes())
        return [BoxToPack(box, offer) for box, offer in zip(boxes, offers(boxes), strict=True)]

    def packing_order(self, order_ids: Sequence[OrderId]) -> list[OrderId]:
        """Return orders in the order in which they are packed, the unknown left out."""
        found = self._addressed.of(list(dict.fromkeys(order_ids)))
        boxes = side_by_side(found, self._rows.open_boxes())
        return [each.id for box in boxes for each in box]

    def combine(self, order_ids: Sequence[OrderId]) -> Changes:
        """Put orders into one box, to be packed and handed over together.

        Whatever lies in a box with one of them comes along. Raises `InvalidTransitionError` where
        buyer, address, gift, hold, money or a closed parcel forbids it.
        """
        ids = self._with_mates(order_ids)
        orders = [self._book.order(each) for each in ids]
        if len(orders) < _LEAST:
            raise InvalidTransitionError(
                "One box for several orders needs at least two of them. Nothing was changed."
            )
        if len(self._rows.box_of(ids[0])) == len(ids):
            numbers = numbers_text([each.number for each in orders])
            raise InvalidTransitionError(
                f"Orders {numbers} lie in one box already. Nothing was changed."
            )
        refusal = next((told for each in orders if (told := _not_ready(each))), None)
        refusal = refusal or combine_refusal(self._addressed.of(ids))
        if refusal:
            raise InvalidTransitionError(f"{refusal} Nothing was changed.")
        now = self._clock.now()
        numbers = numbers_text([each.number for each in orders])
        with self._store.step(f"Pack orders {numbers} in one box") as step:
            self._rows.combine([each.id for each in orders], now)
            for each in orders:
                others = numbers_text([mate.number for mate in orders if mate is not each])
                self._book.writing.add_event(each.id, now, f"goes in one box with {others}")
        return changes_of(step.tables)

    def take_apart(self, order_id: OrderId) -> Changes:
        """Give an order a box of its own again; a box of two is then none."""
        order = self._book.order(order_id)
        box = self._rows.box_of(order_id)
        if len(box) < _LEAST:
            raise InvalidTransitionError(
                f"Order {order.number} shares its box with no other order. Nothing was changed."
            )
        if any(line.units_closed for line in order.line_items):
            raise InvalidTransitionError(
                f"The box of order {order.number} is closed: open it again first."
                " Nothing was changed."
            )
        now = self._clock.now()
        mates = [each for each in box if each != order_id]
        with self._store.step(f"Order {order.number} gets a box of its own") as step:
            self._rows.take_out(order_id)
            if len(mates) == 1:
                self._rows.take_out(mates[0])
            self._book.writing.add_event(order_id, now, "gets a box of its own")
            for mate in mates:
                told = f"{order.number} is taken out of the box"
                self._book.writing.add_event(mate, now, told)
        return changes_of(step.tables)

    def _with_mates(self, order_ids: Sequence[OrderId]) -> list[OrderId]:
        found = [mate for each in order_ids for mate in self._rows.box_of(each)]
        return [each.id for each in self._addressed.of(list(dict.fromkeys(found)))]


def _not_ready(order: Order) -> str | None:
    refusal = gate_refusal(order)
    if refusal:
        return refusal
    if not order.units_to_send:
        return f"Order {order.number} has nothing to send."
    if any(line.units_closed for line in order.line_items):
        return f"The parcel of order {order.number} is closed: open it again first."
    return None
