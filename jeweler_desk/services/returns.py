"""Goods that come back: a return expected, received, closed; an exchange for another piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import (
    Channel,
    Condition,
    LineItem,
    LineItemId,
    NewOrder,
    Order,
    OrderId,
    Return,
)
from jeweler_desk.domain.refunds import chosen_units, refuse_more_than, returnable_units, titles
from jeweler_desk.domain.wording import money_text
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.refunds import Refunds
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.returns import Restart

CONDITION_NAMES: Final = {
    Condition.AS_SENT: "as sent",
    Condition.WORN: "worn",
    Condition.DAMAGED: "damaged",
    Condition.WRONG_PIECE: "the wrong piece",
}


@dataclass(frozen=True, slots=True)
class ExchangeWish:
    """What comes back, what goes out for it, and whether that waits for the piece."""

    reason: str
    units: Mapping[LineItemId, int]
    lines: Sequence[LineItem]
    starts_at_once: bool = False


class Returns:
    """What buyers send back."""

    def __init__(
        self,
        store: Store,
        orders: Orders,
        book: OrderBook,
        refunds: Refunds,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store = store
        self._orders = orders
        self._book = book
        self._refunds = refunds
        self._settings = settings
        self._clock = clock

    def expect(self, order_id: OrderId, units: Mapping[LineItemId, int], reason: str) -> Changes:
        """Expect units back that were sent. Receiving them and refunding are acts of their own."""
        order = self._book.order(order_id)
        chosen = self._returnable(order, units, reason)
        now = self._clock.now()
        with self._store.step(f"Return of order {order.number}") as step:
            self._book.writing.goods.open(order_id, reason.strip(), chosen, now)
            what = titles(order, chosen.items())
            told = f"return expected: {what} ({reason.strip()})"
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def _returnable(
        self, order: Order, units: Mapping[LineItemId, int], reason: str
    ) -> dict[LineItemId, int]:
        chosen = chosen_units(order, units)
        if not reason.strip():
            raise InvalidTransitionError("A return needs a reason. Nothing was changed.")
        if not chosen:
            raise InvalidTransitionError("Choose the pieces that come back. Nothing was changed.")
        refuse_more_than(order, chosen, returnable_units(order), "can come back")
        return chosen

    def receive(
        self,
        order_id: OrderId,
        condition: Condition = Condition.AS_SENT,
        units: Mapping[LineItemId, int] | None = None,
        return_id: int | None = None,
    ) -> Changes:
        """Note that pieces are back, and how; without units, all that were expected."""
        order = self._book.order(order_id)
        found = self._open_return(order, return_id, is_missing=True)
        missing = dict(found.units_missing)
        chosen = missing if units is None else chosen_units(order, units)
        if not chosen:
            raise InvalidTransitionError("Choose the pieces that are back. Nothing was changed.")
        refuse_more_than(order, chosen, missing, "are expected back")
        now = self._clock.now()
        write = self._book.writing
        with self._store.step(f"Order {order.number}: pieces are back") as step:
            write.goods.receive(found.id, tuple(chosen.items()), condition, now)
            told = f"back: {titles(order, chosen.items())}, {CONDITION_NAMES[condition]}"
            write.add_event(order_id, now, told)
            if chosen == missing:
                self._all_back(order, found)
            self._refresh(order_id)
        return changes_of(step.tables)

    def _all_back(self, order: Order, found: Return) -> None:
        """Start what waited for the pieces; an exchange that owes nothing is closed by them."""
        now = self._clock.now()
        write = self._book.writing
        replacement = self._book.reading.goods.replacement_id(found.id)
        if replacement is None:
            return
        if write.goods.start_replacement(replacement):
            write.release(replacement, now)
            write.goods.restart(replacement, Restart.PIECE_BACK, order.number, now)
            write.add_event(replacement, now, f"the piece of order {order.number} is back")
            self._refresh(replacement)
        if found.difference is None or found.difference.minor_units >= 0:
            write.goods.close(found.id, f"exchanged for order {found.replacement}", now)

    @staticmethod
    def came_back(order: Order) -> dict[LineItemId, int]:
        """Return the pieces of open returns that are here again."""
        found: dict[LineItemId, int] = {}
        for receipt in (r for each in order.returns if not each.closed_at for r in each.receipts):
            found[receipt.line_item_id] = found.get(receipt.line_item_id, 0) + receipt.units
        return found

    def close(self, order_id: OrderId, why: str, return_id: int | None = None) -> Changes:
        """End a return without a refund: it never came, or nothing is owed for it."""
        order = self._book.order(order_id)
        found = self._open_return(order, return_id, is_missing=False)
        if not why.strip():
            raise InvalidTransitionError("Write why the return ends. Nothing was changed.")
        now = self._clock.now()
        with self._store.step(f"Close the return of order {order.number}") as step:
            self._book.writing.goods.close(found.id, why.strip(), now)
            self._book.writing.add_event(order_id, now, f"return closed: {why.strip()}")
            self._refresh(order_id)
        return changes_of(step.tables)

    @staticmethod
    def _open_return(order: Order, return_id: int | None, *, is_missing: bool) -> Return:
        found = [
            each
            for each in order.returns
            if each.closed_at is None and return_id in (None, each.id)
            if each.units_missing or not is_missing
        ]
        if not found:
            raise InvalidTransitionError(
                f"No piece of order {order.number} is expected back. Nothing was changed."
            )
        if len(found) > 1:
            names = ", ".join(f"{each.id} ({titles(order, each.units)})" for each in found)
            raise InvalidTransitionError(
                f"Order {order.number} has several returns: name one of {names}."
                " Nothing was changed."
            )
        return found[0]

    def difference(self, order: Order, wish: ExchangeWish) -> Money:
        """Return what an exchange costs the buyer; less than nothing goes back to her."""
        return self._price(order, wish) - self._refunds.exchange_value(order, wish.units)

    @staticmethod
    def _price(order: Order, wish: ExchangeWish) -> Money:
        prices = [line.unit_price * line.quantity for line in wish.lines if line.unit_price]
        return total_of(prices, order.total.currency)

    def exchange(self, order_id: OrderId, wish: ExchangeWish) -> tuple[OrderId, Changes]:
        """Expect units back and enter the order that replaces them, linked both ways.

        The value of the units is taken off the replacement; more is collected with it, less is
        given back once the piece is here. It waits for the piece unless it starts at once.
        """
        order = self._book.order(order_id)
        units = self._returnable(order, wish.units, wish.reason)
        if not wish.lines:
            raise InvalidTransitionError("Write what goes out instead. Nothing was changed.")
        price = self._price(order, wish)
        difference = price - self._refunds.exchange_value(order, units)
        new = self._replacement(order, wish, price, difference)
        now = self._clock.now()
        write = self._book.writing
        self._book.read_settings()
        with self._store.step(f"Exchange of order {order.number}") as step:
            replacement = self._book.record(new, now)
            write.goods.open(
                order_id,
                wish.reason.strip(),
                units,
                now,
                replacement=replacement,
                difference=difference,
                starts_at_once=wish.starts_at_once,
            )
            what = titles(order, units.items())
            write.add_event(
                order_id,
                now,
                f"exchange: {what} expected back, order {new.number} goes out instead"
                f" ({wish.reason.strip()}) · {difference_text(difference)}",
            )
            write.add_event(replacement, now, f"replaces {what} of order {order.number}")
            if not wish.starts_at_once:
                write.goods.drop_promises(replacement)
                waits = f"waiting for the piece of {order.number} to come back"
                write.hold(replacement, waits, None, now)
                write.add_event(replacement, now, f"on hold: {waits}")
            self._refresh(order_id)
            self._refresh(replacement)
        return replacement, changes_of(step.tables)

    def _replacement(
        self, order: Order, wish: ExchangeWish, price: Money, difference: Money
    ) -> NewOrder:
        zero = Money.zero(order.total.currency)
        total = difference if difference.minor_units > 0 else zero
        now = self._clock.now()
        return NewOrder(
            channel=Channel.MANUAL,
            number=self._orders.next_manual_number(),
            currency=order.total.currency,
            placed_on=self._settings.today(),
            placed_at=now,
            total=total,
            subtotal=price,
            discount=price - total,
            shipping=zero,
            tax=zero,
            free_reason=None if total else f"replacement for {order.number}",
            customer=order.customer,
            email=order.email,
            phone=order.phone,
            gift=order.gift,
            address=order.address,
            line_items=tuple(wish.lines),
        )

    def _refresh(self, order_id: OrderId) -> None:
        self._book.read_settings()
        self._book.refresh(order_id, self._clock.now())


def difference_text(difference: Money) -> str:
    """Say who pays the difference of an exchange."""
    if difference.minor_units > 0:
        return f"{money_text(difference)} to collect"
    if difference.minor_units < 0:
        return f"{money_text(difference * -1)} to give back once it is here"
    return "nothing to pay"
