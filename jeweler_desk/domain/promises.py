"""A ship-by promise made anew: what would be promised now, and the letter that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.order import Channel, Order, OrderId, Promise
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.wording import full_day

CALENDAR_CHANGED: Final = "the shop's calendar changed"


@dataclass(frozen=True, slots=True)
class DelayPolicy:
    """How long a first delay may be that stands unless the buyer objects."""

    most_days_by_silence: int = 30


USUAL_POLICY: Final = DelayPolicy()


@dataclass(frozen=True, slots=True)
class MovedPromise:
    """An order whose promise stands, and the day that the calendar of now would give."""

    order_id: OrderId
    number: str
    channel: Channel
    customer: str | None
    ship_by: date
    would_be: date

    @property
    def is_delay(self) -> bool:
        """Whether the buyer would wait longer."""
        return self.would_be > self.ship_by


def pauses(asked_at: datetime, ship_by: date, timezone: str) -> bool:
    """Whether a question to the buyer stops the days to a promise (orders.md section 5, rule 6).

    It does when it was asked before the promised day, both by the calendar in which the promise
    was made: ``timezone`` is the promise's own, so that a shop that moves loses no pause.
    """
    return asked_at.astimezone(ZoneInfo(timezone)).date() < ship_by


def is_paused(order: Order | OrderSummary) -> bool:
    """Whether the days to an order's promise do not count: its buyer was asked before that day."""
    if not isinstance(order, Order):
        return order.is_paused
    if order.question is None or order.promise is None or order.ship_by is None:
        return False
    return pauses(order.question.since, order.ship_by, order.promise.timezone)


def promised_anew(old: Promise | None, new: Promise) -> str:
    """Say in a timeline that another day is promised, and why."""
    before = f" instead of {full_day(old.ship_by)}" if old else ""
    why = f" ({new.why})" if new.why else ""
    return f"promised anew: ship by {full_day(new.ship_by)}{before}{why}"


def put_off(promises: tuple[Promise, ...]) -> int:
    """Count how often an order was put off already."""
    days = [promise.ship_by for promise in promises]
    return sum(later > earlier for earlier, later in pairwise(days))
