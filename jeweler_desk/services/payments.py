"""Money beside refunds: payments noted by hand, held money let go, disputes of the bank."""

from __future__ import annotations

from datetime import date

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    AuthorizationState,
    Charge,
    Dispute,
    DisputeOutcome,
    Order,
    OrderId,
    OrderStatus,
)
from jeweler_desk.domain.payment import BY_HAND
from jeweler_desk.domain.wording import money_text
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.store.database import Store


class Payments:
    """What comes in, what is only held, and what a bank takes back."""

    def __init__(self, store: Store, book: OrderBook, clock: Clock) -> None:
        self._store = store
        self._book = book
        self._clock = clock

    def open_amount(self, order: Order) -> Money:
        """Return what an order still has to bring; nothing when it is covered."""
        money = self._book.money_of(order)
        return Money(max(0, money.due - money.net), order.total.currency)

    def owed(self, order: Order) -> Money:
        """Return what is owed to the buyer: money that came beyond what is due."""
        money = self._book.money_of(order)
        return Money(max(0, money.net - money.due), order.total.currency)

    def record(self, order_id: OrderId, amount: Money, means: str = "") -> Changes:
        """Note money that came in outside a file: in cash, by transfer, for a difference."""
        order = self._book.order(order_id)
        if amount.minor_units <= 0:
            raise InvalidTransitionError("Write the amount that came in. Nothing was changed.")
        if amount.currency != order.total.currency:
            raise InvalidTransitionError(
                f"Order {order.number} is in {order.total.currency}. Nothing was changed."
            )
        now = self._clock.now()
        number = sum(each.source == BY_HAND for each in order.charges) + 1
        told = f"paid {money_text(amount)}"
        with self._store.step(f"Payment for order {order.number}") as step:
            self._book.writing.add_charge(
                order_id, Charge(amount, now, BY_HAND, f"{BY_HAND}-{order_id}-{number}")
            )
            self._book.writing.add_event(
                order_id, now, f"{told} · {means.strip()}" if means.strip() else told
            )
            if amount.minor_units >= self.open_amount(order).minor_units:
                self._book.writing.money.set_paid_at(order_id, now)
            self._refresh(order_id)
        return changes_of(step.tables)

    def void(self, order_id: OrderId) -> Changes:
        """Note that held money was let go; nothing of it was ever taken."""
        order = self._book.order(order_id)
        held = [each for each in order.authorizations if each.state is AuthorizationState.HELD]
        if not held:
            advice = "a refund gives taken money back" if order.charges else "nothing was taken"
            raise InvalidTransitionError(
                f"No money is held for order {order.number}: {advice}. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Void order {order.number}") as step:
            for each in held:
                self._book.writing.money.void(each.id)
                told = f"voided {money_text(each.amount)}, which was only held"
                self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def expire(self, order_id: OrderId) -> Changes:
        """Note that the time of held money ran out before it was taken."""
        order = self._book.order(order_id)
        held = [each for each in order.authorizations if each.state is AuthorizationState.HELD]
        if not held:
            raise InvalidTransitionError(
                f"No money is held for order {order.number}. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Held money of order {order.number} ran out") as step:
            for each in held:
                self._book.writing.money.expire(each.id)
                told = f"the hold on {money_text(each.amount)} ran out; nothing was taken"
                self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def write_off(self, order_id: OrderId, amount: Money, why: str) -> Changes:
        """Ask for less than the total: what is written off is due no more."""
        order = self._book.order(order_id)
        open_amount = self.open_amount(order)
        if amount.currency != order.total.currency or not (
            0 < amount.minor_units <= open_amount.minor_units
        ):
            raise InvalidTransitionError(
                f"Of order {order.number} {money_text(open_amount)} are open: at most that can be"
                " written off. Nothing was changed."
            )
        if not why.strip():
            raise InvalidTransitionError("Write why it is written off. Nothing was changed.")
        now = self._clock.now()
        with self._store.step(f"Write off {money_text(amount)} of order {order.number}") as step:
            self._book.writing.money.write_off(order_id, amount, why.strip(), now)
            told = f"written off {money_text(amount)}: {why.strip()}"
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def honor(self, order_id: OrderId, why: str) -> Changes:
        """Let an order go for what it brought, and say why: a wrong price is kept.

        What is open is written off, and a total of 0.00 is explained by it.
        """
        order = self._book.order(order_id)
        why = why.strip()
        if order.order_status is OrderStatus.CANCELED:
            raise InvalidTransitionError(
                f"Order {order.number} is canceled: reinstate it and honor it there."
                " Nothing was changed."
            )
        if not why:
            raise InvalidTransitionError("Write why the price is honored. Nothing was changed.")
        if order.refunds:
            raise InvalidTransitionError(
                f"Money of order {order.number} went back, so it is not honored for what it"
                " brought. Nothing was changed."
            )
        missing = self.open_amount(order)
        if not missing and (order.free_reason or order.total):
            raise InvalidTransitionError(
                f"Order {order.number} is covered: there is nothing to honor. Nothing was changed."
            )
        now = self._clock.now()
        brought = Money(max(0, self._book.money_of(order).net), order.total.currency)
        with self._store.step(f"Honor order {order.number}") as step:
            if missing:
                self._book.writing.money.write_off(order_id, missing, f"honored: {why}", now)
            self._book.writing.money.explain_free(order_id, f"honored: {why}")
            if order.paid_at is None:
                self._book.writing.money.set_paid_at(order_id, now)
            told = f"honored at {money_text(brought)}: {why}"
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def open_dispute(
        self, order_id: OrderId, amount: Money, reason: str, evidence_due_on: date | None = None
    ) -> Changes:
        """Note that the buyer's bank asks for money back."""
        order = self._book.order(order_id)
        charged = self._book.money_of(order).charged
        if not 0 < amount.minor_units <= charged or amount.currency != order.total.currency:
            raise InvalidTransitionError(
                f"Only money that was taken can be disputed: at most"
                f" {Money(charged, order.total.currency).amount} {order.total.currency}."
                " Nothing was changed."
            )
        if not reason.strip():
            raise InvalidTransitionError("Write what the bank says. Nothing was changed.")
        if any(each.outcome is None for each in order.disputes):
            raise InvalidTransitionError(
                f"Order {order.number} is disputed already. Nothing was changed."
            )
        now = self._clock.now()
        told = f"dispute of {money_text(amount)}: {reason.strip()}"
        if evidence_due_on:
            told += f" · evidence by {evidence_due_on.isoformat()}"
        with self._store.step(f"Dispute of order {order.number}") as step:
            self._book.writing.money.open_dispute(
                order_id, amount, reason.strip(), evidence_due_on, now
            )
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def give_evidence(self, order_id: OrderId) -> Changes:
        """Note that the evidence was given; it can be given once."""
        order, dispute = self._open_dispute_of(order_id)
        if dispute.evidence_given_at is not None:
            raise InvalidTransitionError(
                f"The evidence for order {order.number} was given already, and it is taken once."
                " Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Evidence for order {order.number}") as step:
            self._book.writing.money.give_evidence(dispute.id, now)
            self._book.writing.add_event(order_id, now, "evidence given to the bank")
            self._refresh(order_id)
        return changes_of(step.tables)

    def close_dispute(self, order_id: OrderId, outcome: DisputeOutcome) -> Changes:
        """Note how a dispute ended; a lost one takes its money from the order."""
        order, dispute = self._open_dispute_of(order_id)
        now = self._clock.now()
        with self._store.step(f"Dispute of order {order.number} {outcome.value}") as step:
            self._book.writing.money.close_dispute(dispute.id, outcome, now)
            told = f"dispute of {money_text(dispute.amount)} {outcome.value}"
            self._book.writing.add_event(order_id, now, told)
            self._refresh(order_id)
        return changes_of(step.tables)

    def _open_dispute_of(self, order_id: OrderId) -> tuple[Order, Dispute]:
        order = self._book.order(order_id)
        for each in order.disputes:
            if each.outcome is None:
                return order, each
        raise InvalidTransitionError(f"Order {order.number} is not disputed. Nothing was changed.")

    def _refresh(self, order_id: OrderId) -> None:
        self._book.read_settings()
        self._book.refresh(order_id, self._clock.now())


def may_be_honored(order: Order) -> bool:
    """Whether an order as it stands may be let go for what it brought."""
    if order.order_status is OrderStatus.CANCELED or order.refunds:
        return False
    is_unexplained = not order.total and not order.free_reason
    return is_unexplained or order.payment_status.value in {"unpaid", "partially_paid"}
