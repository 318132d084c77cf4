"""Orders: the list, one order whole, orders by hand, holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.gift_receipt import order_of
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    NewOrder,
    Order,
    OrderId,
)
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.domain.payment import UNEXPLAINED_FREE
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.orders import Orders as OrderRows

_GONE = frozenset(
    {
        FulfillmentStatus.SHIPPED,
        FulfillmentStatus.DELIVERED,
        FulfillmentStatus.PARTIALLY_RETURNED,
        FulfillmentStatus.RETURNED,
        FulfillmentStatus.CANCELED,
    }
)


class UnknownOrderError(RefusedError):
    """No order, or more than one, is called that; the sentence says which."""


class Orders:
    """The seller's orders."""

    def __init__(
        self, store: Store, rows: OrderRows, book: OrderBook, settings: Settings, clock: Clock
    ) -> None:
        self._store = store
        self._rows = rows
        self._book = book
        self._settings = settings
        self._clock = clock

    def counts(self) -> dict[View, int]:
        """Return how many orders each view holds now."""
        return self._rows.counts(self._settings.today())

    def ids(
        self,
        view: View,
        *,
        search: str | None = None,
        sort: OrderSort | None = None,
        descending: bool = False,
        limit: int | None = None,
    ) -> list[OrderId]:
        """Return the ids of a view in order, for a table that reads by pages."""
        return self._rows.ids(
            view,
            self._settings.today(),
            search=search,
            sort=sort,
            descending=descending,
            limit=limit,
        )

    def local(self, moment: datetime) -> datetime:
        """Return an instant as the shop's clock shows it."""
        return self._settings.local(moment)

    def summaries(self, ids: Sequence[OrderId]) -> list[OrderSummary]:
        """Return the rows of the list for these ids, in their order."""
        return self._rows.summaries(ids, self._settings.today())

    def of_buyer(self, address: str | None, name: str | None, limit: int) -> list[OrderSummary]:
        """Return the orders of who writes from an address; without any, those under her name."""
        found = self._rows.ids_of_address(address, limit) if address else []
        if found:
            return self.summaries(found)
        if not name or "@" in name:
            return []
        wanted = " ".join(name.casefold().split())
        named = self.list(View.ALL, search=name, limit=limit)
        return [each for each in named if _folded(each.customer) == wanted]

    def list(
        self, view: View, *, search: str | None = None, limit: int | None = None
    ) -> list[OrderSummary]:
        """Return the rows of a view."""
        return self.summaries(self.ids(view, search=search, limit=limit))

    def get(self, order_id: OrderId) -> Order:
        """Return one order whole. Raises `InvalidTransitionError` when it is gone."""
        return self._book.order(order_id)

    def look_up(self, order_id: OrderId) -> Order | None:
        """Return one order whole, or None when it is gone."""
        return self._book.reading.order(order_id)

    def find(self, number: str) -> Order:
        """Return the order of that number, with or without ``#`` or as ``channel:number``.

        Raises `UnknownOrderError` when none or more than one is called that.
        """
        channel, bare = _split(number)
        found = self._rows.matching_number(bare, channel)
        if not found:
            return self._of_receipt(number)
        if len({row["channel"] for row in found}) == 1:  # 1041 and #1041 on one channel
            found = [row for row in found if row["number"] == bare] or found
        if len(found) > 1:
            names = " or ".join(f"{row['channel']}:{row['number']}" for row in found)
            raise UnknownOrderError(f"{len(found)} orders are called {number}: write {names}.")
        return self.get(OrderId(found[0]["id"]))

    def _of_receipt(self, reference: str) -> Order:
        """Return the gift that a gift receipt's code belongs to."""
        order_id = order_of(reference)
        found = self.look_up(order_id) if order_id is not None else None
        if found is None or not found.has_prices_hidden:
            raise UnknownOrderError(f"There is no order {reference}.")
        return found

    def next_manual_number(self) -> str:
        """Return the number that the next order by hand gets."""
        return f"D-{self._rows.last_manual_number() + 1}"

    def add(self, new: NewOrder) -> tuple[OrderId, Changes]:
        """Enter an order by hand; a blank number gets the next ``D-n``."""
        number = new.number or self.next_manual_number()
        channel = new.channel
        if self._rows.matching_number(number, channel):
            raise InvalidTransitionError(
                f"There is an order {number} already. Nothing was changed."
            )
        self._book.read_settings()
        with self._store.step(f"Enter order {number}") as step:
            order_id = self._book.record(replace(new, number=number), self._clock.now())
        return order_id, changes_of(step.tables)

    def hold(self, order_id: OrderId, reason: str, until: date | None = None) -> Changes:
        """Put an order on hold, with a reason and perhaps a last day."""
        order = self.get(order_id)
        reason = reason.strip()
        if not reason:
            raise InvalidTransitionError("A hold needs a reason. Nothing was changed.")
        refusal = hold_refusal(order)
        if refusal:
            raise InvalidTransitionError(f"{refusal} Nothing was changed.")
        now = self._clock.now()
        with self._store.step(f"Hold order {order.number}") as step:
            self._book.writing.hold(order_id, reason, until, now)
            self._book.writing.add_event(order_id, now, f"on hold: {reason}")
            self._refresh(order_id)
        return changes_of(step.tables)

    def release(self, order_id: OrderId) -> Changes:
        """Release the hold. A free order that nobody explained stays held by the price guard."""
        order = self.get(order_id)
        if order.hold is None:
            raise InvalidTransitionError(
                f"Order {order.number} is not on hold. Nothing was changed."
            )
        if order.hold.reason == UNEXPLAINED_FREE:
            raise InvalidTransitionError(
                f"Order {order.number} costs nothing and nobody said why. Name its code in the"
                " setting shop.intended_codes if that is meant. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Release order {order.number}") as step:
            self._book.writing.release(order_id, now)
            self._book.writing.goods.start_replacement(order_id)
            self._book.writing.add_event(order_id, now, "released")
            self._refresh(order_id)
        return changes_of(step.tables)

    def ask_customer(self, order_id: OrderId, question: str) -> Changes:
        """Note what the buyer was asked; the order waits for the answer since now."""
        order = self.get(order_id)
        question = question.strip()
        if not question:
            raise InvalidTransitionError("Write what you asked. Nothing was changed.")
        if not order.units_to_send:
            raise InvalidTransitionError(
                f"Order {order.number} is {order.fulfillment_status.value.replace('_', ' ')}:"
                " nothing of it waits for an answer. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Ask the buyer of order {order.number}") as step:
            self._book.writing.goods.ask(order_id, question, now)
            if order.question is not None:
                self._book.resume_promise(order_id, now)
            told = f"waiting for the customer: {question}"
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def customer_answered(self, order_id: OrderId, answer: str = "") -> Changes:
        """Note that the buyer answered; the order waits no longer."""
        order = self.get(order_id)
        if order.question is None:
            raise InvalidTransitionError(
                f"Order {order.number} does not wait for the customer. Nothing was changed."
            )
        now = self._clock.now()
        answer = answer.strip()
        with self._store.step(f"The buyer of order {order.number} answered") as step:
            self._book.writing.goods.answer(order_id, answer or None, now)
            told = "the customer answered"
            self._book.writing.add_event(order_id, now, f"{told}: {answer}" if answer else told)
            self._book.resume_promise(order_id, now)
            self._refresh(order_id)
        return changes_of(step.tables)

    def record_event(self, order_id: OrderId, what: str) -> None:
        """Add a line to an order's timeline, inside the open step."""
        self._book.writing.add_event(order_id, self._clock.now(), what)

    def judge_free_orders(self) -> None:
        """Compute free orders anew after the intended codes changed, inside the open step."""
        self._book.read_settings()
        for order_id in self._rows.free_order_ids():
            self._book.refresh(order_id, self._clock.now())

    def _refresh(self, order_id: OrderId) -> None:
        self._book.read_settings()
        self._book.refresh(order_id, self._clock.now())


def hold_refusal(order: Order) -> str | None:
    """Return why an order cannot be put on hold, or None when it can."""
    if order.fulfillment_status not in _GONE:
        return None
    state = order.fulfillment_status.value.replace("_", " ")
    return f"Order {order.number} is {state}: there is nothing to hold."


def _split(number: str) -> tuple[Channel | None, str]:
    """Take ``shopify:#1041`` apart; a number without a channel has None."""
    name, colon, rest = number.strip().partition(":")
    if colon and name.casefold() in set(Channel):
        return Channel(name.casefold()), rest
    return None, number


def _folded(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
