"""What follows from an order as its channel tells it: instants, fate of the pieces, progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.order import (
    LineItem,
    NewOrder,
    Order,
    OrderStatus,
    PaymentStatus,
    RefundState,
    TimelineEntry,
)
from jeweler_desk.domain.order_states import OrderStates
from jeweler_desk.domain.payment import BY_HAND, MoneyFacts

IMPORTED: Final = "import"
"""The source of goods facts that a channel told; the desk's own are ``desk``."""
_PROMISED: Final = frozenset(
    {
        PaymentStatus.PAID,
        PaymentStatus.OVERPAID,
        PaymentStatus.PARTIALLY_REFUNDED,
        PaymentStatus.REFUNDED,
    }
)
_NO_MONEY: Final = 0
_HELD_MONEY: Final = 1
_PART_OR_NEVER: Final = 2
_ALL_MONEY: Final = 3
_RANKS: Final = {
    PaymentStatus.UNPAID: _NO_MONEY,
    PaymentStatus.AUTHORIZED: _HELD_MONEY,
    PaymentStatus.PARTIALLY_PAID: _PART_OR_NEVER,
    PaymentStatus.VOIDED: _PART_OR_NEVER,
    PaymentStatus.EXPIRED: _PART_OR_NEVER,
}


@dataclass(frozen=True, slots=True, order=True)
class Progress:
    """How far an order had come in one telling; amounts in minor units, sent pieces in units."""

    money: int
    part_paid: int
    given_back: int
    sent: int
    is_canceled: bool

    def is_behind(self, other: Progress) -> bool:
        """Whether nothing is further than in the other telling, and something less far."""
        pairs = (
            (self.money, other.money),
            (self.part_paid, other.part_paid) if self.money == other.money else (0, 0),
            (self.given_back, other.given_back),
            (self.sent, other.sent),
            (self.is_canceled, other.is_canceled),
        )
        return self != other and all(mine <= theirs for mine, theirs in pairs)


def progress_told(new: NewOrder) -> Progress:
    """Return how far the order had come when its channel told this."""
    sent = sum(line.quantity if new.is_shipped else line.units_shipped for line in new.line_items)
    return _progress(_money_of(new), sent, is_canceled=new.is_canceled)


def progress_known(order: Order) -> Progress:
    """Return how far a known order had come by what its channel told so far."""
    sent = sum(
        units
        for parcel in order.shipments
        if parcel.source == IMPORTED
        for _, units in parcel.units
    )
    money = _money_of(order)
    told = replace(
        money,
        charges=[each for each in money.charges if each.source != BY_HAND],
        refunds=[each for each in money.refunds if each.source != BY_HAND],
    )
    return _progress(told, sent, is_canceled=order.is_canceled_by_channel)


def _money_of(order: NewOrder | Order) -> MoneyFacts:
    return MoneyFacts(
        channel=order.channel,
        total=order.total,
        charges=order.charges,
        authorizations=order.authorizations,
        refunds=order.refunds,
        has_free_reason=True,
    )


def _progress(money: MoneyFacts, sent: int, *, is_canceled: bool) -> Progress:
    status = money.status(is_canceled=True)
    return Progress(
        money=_RANKS.get(status, _ALL_MONEY),
        part_paid=money.charged if status is PaymentStatus.PARTIALLY_PAID else 0,
        given_back=money.refunded(RefundState.SETTLED),
        sent=sent,
        is_canceled=is_canceled,
    )


def with_instants(new: NewOrder, calendar: BusinessCalendar) -> NewOrder:
    """Give every fact that is only a day its instant: 00:00 of that day at the shop."""
    paid_at = new.paid_at or (calendar.start_of(new.paid_on) if new.paid_on else None)
    shipped_at = new.shipped_at or (calendar.start_of(new.shipped_on) if new.shipped_on else None)
    if any(charge.captured_at is None for charge in new.charges):
        charges = tuple(
            charge if charge.captured_at else replace(charge, captured_at=paid_at)
            for charge in new.charges
        )
        return replace(new, paid_at=paid_at, shipped_at=shipped_at, charges=charges)
    if paid_at is new.paid_at and shipped_at is new.shipped_at:
        return new
    return replace(new, paid_at=paid_at, shipped_at=shipped_at)


def promise_counts_from(new: NewOrder, calendar: BusinessCalendar) -> datetime | None:
    """Return from when the promise counts: the payment, or the order where the money is held."""
    if new.paid_at:
        return new.paid_at
    taken = [charge.captured_at for charge in new.charges if charge.captured_at]
    if taken:
        return max(taken)
    if new.charges or new.authorizations or new.total.minor_units == 0:
        return new.placed_at or calendar.start_of(new.placed_on)
    return None


def is_promised(states: OrderStates) -> bool:
    """Whether a ship-by day belongs to the order: it is paid (or may be sent) and not canceled."""
    if states.order_status is OrderStatus.CANCELED:
        return False
    return states.payment_status in _PROMISED or states.passes_gate


def with_fate(line: LineItem, new: NewOrder) -> LineItem:
    """Return a new line with the counts that its source tells."""
    shipped = line.quantity if new.is_shipped else line.units_shipped
    is_canceled = new.is_canceled and not shipped
    canceled = line.quantity if is_canceled else line.units_canceled
    if not (shipped or canceled):
        return line
    return replace(
        line, units_shipped=shipped, units_packed=max(shipped, line.units_packed),
        units_canceled=canceled,
    )  # fmt: skip


def history(new: NewOrder, calendar: BusinessCalendar, at: datetime) -> Sequence[TimelineEntry]:
    """Return the timeline of an order that is read for the first time."""
    placed_at = new.placed_at or calendar.start_of(new.placed_on)
    lines = [TimelineEntry(placed_at, wording.ordered(new.channel))]
    lines += [
        TimelineEntry(each.captured_at or placed_at, wording.paid(each.amount))
        for each in new.charges
    ]
    lines += [
        TimelineEntry(each.at or new.canceled_at or at, wording.refunded(each.amount))
        for each in new.refunds
    ]
    if new.is_canceled:
        lines.append(TimelineEntry(new.canceled_at or at, wording.canceled(new.channel)))
    if new.is_shipped or any(line.units_shipped for line in new.line_items):
        sentence = wording.handed_over(new.carrier, new.tracking_number)
        lines.append(TimelineEntry(new.shipped_at or at, sentence))
    return lines
