"""Giving money back: granted, asked, settled or failed; each step an act with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    LineItemId,
    Order,
    OrderId,
    Refund,
    RefundChoice,
    RefundState,
)
from jeweler_desk.domain.refund_timing import Means, arrives_by, etsy_refunds_end, means_of
from jeweler_desk.domain.refunds import (
    RefundWish,
    left_in_pieces,
    planned_refund,
    refuse_step,
    titles,
    value_of_units,
)
from jeweler_desk.domain.wording import etsy_refunds_over, money_text
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store


class Refunds:
    """What goes back to buyers."""

    def __init__(self, store: Store, book: OrderBook, clock: Clock, settings: Settings) -> None:
        self._settings = settings
        self._store = store
        self._book = book
        self._clock = clock

    def refundable(self, order: Order) -> Money:
        """Return the most that can still be given back of an order."""
        return Money(self._book.money_of(order).refundable, order.total.currency)

    def value_of(self, order: Order, units: Mapping[LineItemId, int]) -> Money:
        """Return what units are worth that were not given back for yet."""
        return value_of_units(order, units, self.settled_units(order))

    def exchange_value(self, order: Order, units: Mapping[LineItemId, int]) -> Money:
        """Return what units are worth towards a replacement: no more than their buyer still holds.

        Money that went back, by whatever name, pays for nothing else; nor does a debt let go.
        """
        currency = order.total.currency
        money = self._book.money_of(order)
        kept = Money(max(0, money.due - money.lost), currency)
        credit = self._book.reading.goods.exchanged(order.id, currency).credit
        return min(self.value_of(order, units), kept, left_in_pieces(order, credit))

    def settled_units(self, order: Order) -> dict[LineItemId, int]:
        """Return how many units of each line item were given back for, in money or exchanged."""
        return self._book.settled_units(order)

    def means_doubt(self, order: Order) -> str | None:
        """Return why the usual means no longer gives an order's money back, or None."""
        paid_on = self._settings.local(order.paid_at).date() if order.paid_at else order.placed_on
        last = etsy_refunds_end(order.channel, paid_on)
        if last is None or last >= self._settings.today():
            return None
        return etsy_refunds_over(order.number, last)

    def arrives_by(self, order: Order, refund: Refund) -> date | None:
        """Return the day by which money that was asked for should be there."""
        if refund.state is not RefundState.ASKED or refund.at is None:
            return None
        asked_on = self._settings.local(refund.at).date()
        return arrives_by(means_of(refund.means, order.channel), asked_on)

    def plan(self, order: Order, wish: RefundWish) -> Refund:
        """Return the refund that a wish would make. Raises `InvalidTransitionError`."""
        cap = self._book.money_of(order).refundable
        exchanged = self._book.reading.goods.exchanged(order.id, order.total.currency)
        return planned_refund(order, wish, cap, self.settled_units(order), exchanged)

    def grant(self, order_id: OrderId, wish: RefundWish) -> Changes:
        """Promise money back; it is a task until it is asked for, and open until it settled.

        Money and do not send cancels the units, and opens a closed parcel that holds them.
        A return whose pieces are back is settled by it.
        """
        order = self._book.order(order_id)
        now = self._clock.now()
        refund = replace(self.plan(order, wish), at=now)
        with self._store.step(f"Refund {money_text(refund.amount)} of order {order.number}") as s:
            self._book.writing.money.grant(order_id, refund)
            what = titles(order, refund.units)
            told = f"refund of {money_text(refund.amount)} granted: {refund.reason}"
            self._book.writing.add_event(order_id, now, f"{told} · {what}" if what else told)
            if refund.choice is RefundChoice.DO_NOT_SEND:
                self._book.open_parcel(order, now)
                for line_id, count in refund.units:
                    self._book.writing.goods.cancel_units(order_id, line_id, count, now)
                self._book.writing.add_event(order_id, now, f"not to be sent: {what}")
            for each in order.returns:
                if each.closed_at is None and each.receipts and not each.units_missing:
                    self._book.writing.goods.close(each.id, "refunded", now)
            self._refresh(order_id)
        return changes_of(s.tables)

    def ask(
        self,
        order_id: OrderId,
        refund_id: int | None = None,
        *,
        means: str | None = None,
        reference: str | None = None,
    ) -> Changes:
        """Note that the money was asked for at the bank or the marketplace.

        Where the usual means is no longer open, another one must be named.
        """
        order, refund = self._find(order_id, refund_id, RefundState.ASKED)
        doubt = self.means_doubt(order)
        if doubt and (means or order.channel.value).strip().casefold() == Means.ETSY:
            raise InvalidTransitionError(f"{doubt} Name that means. Nothing was changed.")
        money = self._book.money_of(order)
        sent = money.refunded(RefundState.ASKED, RefundState.SETTLED) + money.lost
        if refund.amount.minor_units > money.charged - sent:
            raise InvalidTransitionError(
                f"Of order {order.number} so much was never taken, or it went back already."
                " Nothing was changed."
            )
        details = " ".join(each for each in (means, reference) if each)
        told = f"refund of {money_text(refund.amount)} asked for"
        told = f"{told} · {details}" if details else told
        return self._step(order, refund, RefundState.ASKED, told, means=means, reference=reference)

    def settle(self, order_id: OrderId, refund_id: int | None = None) -> Changes:
        """Note that the money has arrived."""
        order, refund = self._find(order_id, refund_id, RefundState.SETTLED)
        told = f"refunded {money_text(refund.amount)}"
        return self._step(order, refund, RefundState.SETTLED, told)

    def fail(self, order_id: OrderId, why: str, refund_id: int | None = None) -> Changes:
        """Note that the money did not go; it is still owed."""
        order, refund = self._find(order_id, refund_id, RefundState.FAILED)
        if not why.strip():
            raise InvalidTransitionError(
                "Write why the refund failed; the next try needs it. Nothing was changed."
            )
        told = f"refund of {money_text(refund.amount)} failed: {why.strip()}"
        return self._step(order, refund, RefundState.FAILED, told, why=why.strip())

    def _find(
        self, order_id: OrderId, refund_id: int | None, to: RefundState
    ) -> tuple[Order, Refund]:
        """Return the refund that is meant: the named one, else the only one that can go there."""
        order = self._book.order(order_id)
        found = [each for each in order.refunds if refund_id in (None, each.id)]
        if not found:
            raise InvalidTransitionError(
                f"Order {order.number} has no such refund. Nothing was changed."
            )
        fitting = [each for each in found if _may_go(each, to)]
        if len(fitting) > 1:
            names = ", ".join(f"{each.id} ({money_text(each.amount)})" for each in fitting)
            raise InvalidTransitionError(
                f"Order {order.number} has several such refunds: name one of {names}."
                " Nothing was changed."
            )
        refund = fitting[0] if fitting else found[-1]
        refuse_step(refund, to)
        return order, refund

    def _step(
        self,
        order: Order,
        refund: Refund,
        to: RefundState,
        told: str,
        *,
        means: str | None = None,
        reference: str | None = None,
        why: str | None = None,
    ) -> Changes:
        now = self._clock.now()
        with self._store.step(f"Order {order.number}: refund {to.value}") as step:
            self._book.writing.money.add_step(
                refund.id, to, now, means=means, reference=reference, why=why
            )
            self._book.writing.add_event(order.id, now, told)
            self._refresh(order.id)
        return changes_of(step.tables)

    def _refresh(self, order_id: OrderId) -> None:
        self._book.read_settings()
        self._book.refresh(order_id, self._clock.now())


def _may_go(refund: Refund, to: RefundState) -> bool:
    try:
        refuse_step(refund, to)
    except InvalidTransitionError:
        return False
    return True
