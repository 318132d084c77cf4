"""Cards as facts: what was printed or written to whom; nobody gets the same words twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from jeweler_desk.domain.card import CardFact, CardText, CardWay, person_of
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.store.card_facts import CardRows
from jeweler_desk.store.database import Store


class CardOrders(Protocol):
    """What card facts ask of the orders."""

    def get(self, order_id: OrderId) -> Order:
        """Return one order whole."""
        ...

    def record_event(self, order_id: OrderId, what: str) -> None:
        """Add a line to an order's timeline, inside the open step."""
        ...


class CardFacts:
    """Remembers cards. One that was printed stays known; a tick of the pen can be undone."""

    def __init__(self, store: Store, rows: CardRows, orders: CardOrders, clock: Clock) -> None:
        self._store = store
        self._rows = rows
        self._orders = orders
        self._clock = clock

    def said_to(self, order: Order) -> frozenset[str]:
        """Return what the person who opens this order's parcel read on other cards."""
        return self._rows.said_to(person_of(order), order.id)

    def own(self, order: Order) -> str | None:
        """Return the words of this order's latest card, None while there is none."""
        facts = self._rows.of(order.id)
        return facts[-1].body if facts else None

    def of(self, order_id: OrderId) -> tuple[CardFact, ...]:
        """Return the cards of an order, oldest first."""
        return self._rows.of(order_id)

    def is_written(self, order_id: OrderId) -> bool:
        """Whether the card was written by hand."""
        return any(each.way is CardWay.WRITTEN for each in self._rows.of(order_id))

    def note_printed(self, orders: Iterable[Order], cards: Iterable[CardText]) -> None:
        """Keep what the cards on a file say; undo does not unsay it."""
        by_number = {each.number: each for each in orders}
        now = self._clock.now()
        with self._store.write():
            for told in cards:
                order = by_number.get(told.order_number)
                if order is not None and told.card is not None:
                    fact = CardFact(CardWay.PRINTED, told.card.words, now)
                    self._rows.add(order.id, person_of(order), fact)

    def write(self, order_id: OrderId, card: CardText) -> Changes:
        """Note that a card was written by hand. Raises `RefusedError` where there is none."""
        order = self._orders.get(order_id)
        if card.card is None:
            raise RefusedError(f"Order {order.number}: {' '.join(card.advice)}")
        fact = CardFact(CardWay.WRITTEN, card.card.words, self._clock.now())
        with self._store.step(f"Card of order {order.number} written") as step:
            self._rows.add(order_id, person_of(order), fact)
            self._orders.record_event(order_id, "card written by hand")
        return changes_of(step.tables)
