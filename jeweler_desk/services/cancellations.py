"""Calling an order off, taking it up again, and taking back that its parcel left."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Order,
    OrderId,
    OrderStatus,
    Refund,
    RefundChoice,
    RefundState,
    Shipment,
)
from jeweler_desk.domain.payment import BY_HAND
from jeweler_desk.domain.refunds import is_paid_for_twice, returnable_units, titles
from jeweler_desk.domain.wording import money_text
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.store.database import Store
from jeweler_desk.store.returns import Restart

_DRAFTED: Final = "the buyer was told that it left: a correction lies among your letters as a draft"
_PERHAPS_TOLD: Final = "if the buyer was told that it left, write a correction"


class Cancellations:
    """Acts that turn an order round."""

    def __init__(self, store: Store, book: OrderBook, clock: Clock, letters: Letters) -> None:
        self._store = store
        self._letters = letters
        self._book = book
        self._clock = clock

    def cancel(self, order_id: OrderId, why: str) -> Changes:
        """Cancel an order of which nothing was sent.

        Money taken becomes a refund to ask for; money only held is to be voided: two tasks, each
        of its own. Raises `InvalidTransitionError` once a piece has left.
        """
        order = self._book.order(order_id)
        why = why.strip()
        if not why:
            raise InvalidTransitionError("Write why the order is canceled. Nothing was changed.")
        if order.order_status is OrderStatus.CANCELED:
            raise InvalidTransitionError(
                f"Order {order.number} is canceled already. Nothing was changed."
            )
        if any(line.units_shipped for line in order.line_items):
            raise InvalidTransitionError(
                f"Pieces of order {order.number} have left: take them back as a return, or undo"
                " the parcel first if it never left. Nothing was changed."
            )
        now = self._clock.now()
        write = self._book.writing
        with self._store.step(f"Cancel order {order.number}") as step:
            self._book.open_parcel(order, now)
            for line in order.line_items:
                if line.units_to_send:
                    write.goods.cancel_units(order_id, line.id, line.units_to_send, now)
            write.add_event(order_id, now, f"canceled: {why}")
            if order.question:
                write.goods.answer(order_id, None, now)
            self._grant_rest(order, f"canceled: {why}")
            self._refresh(order_id)
        return changes_of(step.tables)

    def _grant_rest(self, order: Order, reason: str) -> None:
        rest = Money(self._book.money_of(order).refundable, order.total.currency)
        if not rest:
            return
        now = self._clock.now()
        refund = Refund(
            rest, RefundState.GRANTED, now, reason, BY_HAND, goods=rest,
            choice=RefundChoice.CANCELED,
        )  # fmt: skip
        self._book.writing.money.grant(order.id, refund)
        self._book.writing.add_event(order.id, now, f"refund of {money_text(rest)} granted")

    def reinstate(self, order_id: OrderId, why: str, *, honored: bool = False) -> Changes:
        """Take a canceled order up again under its number; its ship-by day counts from now.

        The money must cover it, or the seller honors it for what it brought. A refund that was
        granted by canceling and not asked for yet is withdrawn.
        """
        order = self._book.order(order_id)
        why = why.strip()
        if order.order_status is not OrderStatus.CANCELED:
            raise InvalidTransitionError(
                f"Order {order.number} is not canceled. Nothing was changed."
            )
        if not why:
            raise InvalidTransitionError("Write why it is taken up again. Nothing was changed.")
        now = self._clock.now()
        write = self._book.writing
        with self._store.step(f"Reinstate order {order.number}") as step:
            for refund in order.refunds:
                is_ours = refund.choice is RefundChoice.CANCELED
                if is_ours and refund.state is RefundState.GRANTED:
                    write.money.withdraw(refund.id, now)
                    told = f"refund of {money_text(refund.amount)} withdrawn, nothing was sent"
                    write.add_event(order_id, now, told)
            for line in order.line_items:
                if line.units_canceled:
                    write.goods.cancel_units(order_id, line.id, -line.units_canceled, now)
            write.goods.restart(order_id, Restart.REINSTATED, why, now)
            told = f"reinstated: {why}"
            if honored:
                told = f"reinstated and honored at {money_text(self._honor(order_id, why))}: {why}"
            write.add_event(order_id, now, told)
            self._refresh(order_id)
            alive = self._book.order(order_id)
            if alive.replaces is not None and not honored:
                self._refuse_paid_back(alive)
            if not alive.passes_gate:
                raise InvalidTransitionError(
                    f"The money of order {order.number} does not cover it"
                    f" ({alive.payment_status.value.replace('_', ' ')}): collect it, or honor the"
                    " order for what it brought. Nothing was changed."
                )
        return changes_of(step.tables)

    def _refuse_paid_back(self, order: Order) -> None:
        """Raise when the pieces that a replacement was paid with were given back for meanwhile."""
        exchange = self._book.reading.goods.exchange_for(order.id)
        if exchange is None:
            return
        first_id, units = exchange
        first = self._book.order(first_id)
        credit = order.discount or Money.zero(order.total.currency)
        if is_paid_for_twice(first, units, self._book.settled_units(first), credit):
            raise InvalidTransitionError(
                f"{titles(first, units.items())} of order {first.number} was given back for"
                f" meanwhile: its value pays for order {order.number} no more. Honor the order, if"
                " it shall go out for nothing. Nothing was changed."
            )

    def _honor(self, order_id: OrderId, why: str) -> Money:
        """Ask for no more than what came in, and say why; return what that was."""
        order = self._book.order(order_id)
        money = self._book.money_of(order)
        now = self._clock.now()
        if money.due > money.net:
            missing = Money(money.due - money.net, order.total.currency)
            self._book.writing.money.write_off(order_id, missing, f"honored: {why}", now)
        self._book.writing.money.explain_free(order_id, f"honored: {why}")
        return Money(max(0, min(money.net, money.due)), order.total.currency)

    def undo_shipped(self, order_id: OrderId, why: str, shipment_id: int | None = None) -> Changes:
        """Note that a parcel never left: its units stand packed again, its promise lives again.

        Orders that lie in the same box did not leave either.
        """
        order = self._book.order(order_id)
        parcel = self._parcel(order, shipment_id)
        why = why.strip()
        if not why:
            raise InvalidTransitionError("Write what happened to the parcel. Nothing was changed.")
        box = [(order, parcel), *self._beside(parcel)]
        for each, sent in box:
            returned = {line.id: line.units_returned for line in each.line_items}
            if any(returned.get(line_id) for line_id, _ in sent.units):
                raise InvalidTransitionError(
                    f"A piece of that parcel of order {each.number} has come back, so it did"
                    " leave. Nothing was changed."
                )
            _refuse_expected_back(each, sent)
        with self._store.step(f"Order {order.number}: not shipped after all") as step:
            for each, sent in box:
                self._take_back(each, sent, why)
        return changes_of(step.tables)

    def _beside(self, parcel: Shipment) -> list[tuple[Order, Shipment]]:
        """Return the other orders that left in the same box, each with its shipment."""
        orders = [
            (self._book.order(order_id), shipment_id)
            for order_id, shipment_id in self._book.reading.boxes.left_with(parcel.id)
        ]
        return [
            (order, each)
            for order, shipment_id in orders
            for each in order.shipments
            if each.id == shipment_id
        ]

    def _take_back(self, order: Order, parcel: Shipment, why: str) -> None:
        now = self._clock.now()
        write = self._book.writing
        write.goods.undo_shipment(parcel, now)
        write.labels.let_go(order.id, parcel, now)
        if self._book.supplies is not None and parcel.shipped_at is not None:
            self._book.supplies.come_back(order.id, parcel.shipped_at, now)
        self._book.reading.boxes.come_back(parcel.id)
        told = titles(order, parcel.units)
        write.add_event(
            order.id, now, f"not shipped after all: {why}{f' · {told}' if told else ''}"
        )
        self._refresh(order.id)
        is_drafted = self._letters.correct(self._book.order(order.id), parcel)
        write.add_event(order.id, now, _DRAFTED if is_drafted else _PERHAPS_TOLD)

    @staticmethod
    def _parcel(order: Order, shipment_id: int | None) -> Shipment:
        found = [each for each in order.shipments if shipment_id in (None, each.id) and each.units]
        if not found:
            raise InvalidTransitionError(
                f"No such parcel of order {order.number} has left. Nothing was changed."
            )
        if len(found) > 1:
            names = ", ".join(f"{each.id} ({titles(order, each.units)})" for each in found)
            raise InvalidTransitionError(
                f"Several parcels of order {order.number} have left: name one of {names}."
                " Nothing was changed."
            )
        return found[0]

    def _refresh(self, order_id: OrderId) -> None:
        self._book.read_settings()
        self._book.refresh(order_id, self._clock.now())


def _refuse_expected_back(order: Order, parcel: Shipment) -> None:
    """Raise when a return waits for more pieces than would have left without that parcel."""
    back = returnable_units(order)
    for line_id, count in parcel.units:
        if count > back.get(line_id, 0):
            raise InvalidTransitionError(
                f"A piece of that parcel of order {order.number} is expected back: close its"
                " return first, if the parcel never left. Nothing was changed."
            )
