"""The law's own limits on sending and refunding late, as data: which apply is a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.order import PaymentStatus, Promise

NO_RULE: Final = "none"


@dataclass(frozen=True, slots=True)
class DelayRule:
    """How long a paid order may wait, counted from its payment; questions pause nothing.

    A first delay of at most ``most_days_by_silence`` stands unless the buyer objects; any other
    needs a yes, else the money goes back unasked within ``refund_working_days``.
    """

    name: str
    most_days: int
    remind_days_before: int
    most_days_by_silence: int
    refund_working_days: int


RULES: Final[Mapping[str, DelayRule]] = MappingProxyType(
    # 16 CFR 435: 30 days where nothing else was promised, and prompt refunds in 7 working days.
    {"US": DelayRule("US mail-order rule", 30, 5, 30, 7)}
)
WATCHED_MONEY: Final = (
    PaymentStatus.PAID,
    PaymentStatus.PARTIALLY_PAID,
    PaymentStatus.PARTIALLY_REFUNDED,
    PaymentStatus.OVERPAID,
    PaymentStatus.AUTHORIZED,
)
"""Orders whose money is here: for a fully refunded one the law asks nothing more."""


@dataclass(frozen=True, slots=True)
class LegalDay:
    """An order that the law wants sent by a day, or its buyer to agree to another."""

    number: str
    must_leave_by: date
    rule: DelayRule


def usual_rule(country: str) -> str:
    """Return the name of the rule that counts in a country, or that there is none."""
    return country if country in RULES else NO_RULE


def must_leave_by(
    rule: DelayRule, paid_on: date, promises: Sequence[Promise], agreed_until: date | None
) -> date:
    """Return the last day by law: from the payment, or what the buyer agreed to since.

    A first, short delay that was promised anew counts as agreed, for silence is consent to it.
    """
    day = paid_on + timedelta(days=rule.most_days)
    delays = [(old, new) for old, new in pairwise(promises) if new.ship_by > old.ship_by]
    if len(delays) == 1:
        old, new = delays[0]
        if (new.ship_by - old.ship_by).days <= rule.most_days_by_silence:
            day = max(day, new.ship_by)
    return max(day, agreed_until) if agreed_until else day


def refund_last_day(rule: DelayRule, granted_on: date) -> date:
    """Return the last working day by law for money that was granted on that day."""
    return BusinessCalendar("UTC").add_working_days(granted_on, rule.refund_working_days)
