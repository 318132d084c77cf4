"""What became of an order's money and goods, in lines for the panel beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    AuthorizationState,
    Dispute,
    LineItem,
    Order,
    Refund,
    RefundState,
    Return,
)
from jeweler_desk.domain.payment import BY_HAND, MoneyFacts
from jeweler_desk.domain.refund_timing import means_of
from jeweler_desk.domain.refunds import titles
from jeweler_desk.domain.wording import REFUND_TIMES, count_text, day_text, moment_text, money_text
from jeweler_desk.services.returns import CONDITION_NAMES, difference_text


def fate_of(line: LineItem) -> str:
    """Say what became of a piece's units where they do not all stand alike."""
    told = (
        ("in the closed parcel", line.units_closed),
        ("sent", line.units_shipped),
        ("canceled", line.units_canceled),
        ("back", line.units_returned),
    )
    parts = [f"{count} {name}" for name, count in told if count]
    is_plain = line.quantity in {line.units_shipped, line.units_closed}
    if not parts or (is_plain and not line.units_returned):
        return ""
    left = line.units_to_send - line.units_closed
    return " · ".join([*parts, *([f"{left} to send"] if left else [])])


def money_after_lines(order: Order, today: date) -> list[str]:
    """Return the lines of what happened to the money beside its payment."""
    lines = [_refund(refund) for refund in order.refunds]
    asked = (each for each in order.refunds if each.state is RefundState.ASKED)
    lines += dict.fromkeys(REFUND_TIMES[means_of(each.means, order.channel)] for each in asked)
    lines += money_beside_lines(order, today)
    owed = _owed(order)
    if owed.minor_units > 0:
        lines.append(f"owes {money_text(owed)}")
    return lines


def money_beside_lines(order: Order, today: date) -> list[str]:
    """Return the lines of money that is only held, not asked for any more, or disputed."""
    lines = [
        f"{money_text(held.amount)} held, not taken"
        for held in order.authorizations
        if held.state is AuthorizationState.HELD
    ]
    if order.written_off:
        lines.append(f"{money_text(order.written_off)} not asked for any more")
    return [*lines, *(_dispute(each, today) for each in order.disputes)]


def _owed(order: Order) -> Money:
    money = MoneyFacts(
        order.channel, order.total, order.charges, order.authorizations, order.refunds,
        order.disputes, order.written_off,
    )  # fmt: skip
    return Money(money.net - money.due, order.total.currency)


def _refund(refund: Refund) -> str:
    told = f"refund {money_text(refund.amount)} · {refund.state.value}"
    details = " ".join(each for each in (refund.means, refund.reference) if each)
    why = refund.reason if refund.source == BY_HAND else None
    return " · ".join(each for each in (told, details, why) if each)


def _dispute(dispute: Dispute, today: date) -> str:
    told = f"dispute {money_text(dispute.amount)} · {dispute.reason}"
    if dispute.outcome is not None:
        return f"{told} · {dispute.outcome.value}"
    if dispute.evidence_given_at is not None:
        return f"{told} · evidence given"
    if dispute.evidence_due_on is not None:
        return f"{told} · evidence by {day_text(dispute.evidence_due_on, today)}"
    return f"{told} · evidence not given"


def return_lines(order: Order, now: datetime, timezone: str) -> Sequence[str]:
    """Return the lines of what comes back, came back, and goes out for it."""
    lines: list[str] = []
    if order.replaces is not None:
        waits = ", and waits for it to come back" if order.replaces.is_waiting else ""
        lines.append(f"replaces a piece of order {order.replaces.number}{waits}")
    for each in order.returns:
        lines += _return(each, order, now, timezone)
    return lines


def _return(each: Return, order: Order, now: datetime, timezone: str) -> list[str]:
    lines = [f"{titles(order, each.units)} · {each.reason}"]
    for receipt in each.receipts:
        when = moment_text(receipt.received_at, now, timezone)
        what = titles(order, ((receipt.line_item_id, receipt.units),))
        lines.append(f"back {when}: {what}, {CONDITION_NAMES[receipt.condition]}")
    missing = sum(count for _, count in each.units_missing)
    if missing and each.closed_at is None:
        lines.append(f"{count_text(missing, 'piece')} still expected")
    if each.replacement and each.difference is not None:
        number = each.replacement
        lines.append(f"order {number} goes out instead · {difference_text(each.difference)}")
    if each.closed_why:
        lines.append(f"closed: {each.closed_why}")
    return lines
