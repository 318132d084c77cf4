"""From paid to mailed: how long each order took, and how many left within one business day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.order import OrderId

WEEK: Final = timedelta(days=7)
_HOUR: Final = timedelta(hours=1)
_ONE_BUSINESS_DAY: Final = 1


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An order of which everything left: when it was paid, when the last parcel was mailed."""

    order_id: OrderId
    number: str
    channel: str
    paid_at: datetime
    handed_over_at: datetime


@dataclass(frozen=True, slots=True)
class Mailed:
    """How long one order took.

    ``working_days`` counts from the day after the payment was received to the hand-over's; 0 is
    the same day. ``hours`` go by the clock, nights and Sundays too. ``week`` is the Monday of the
    week of the hand-over at the shop.
    """

    order: HandedOver
    working_days: int
    hours: float
    week: date

    @property
    def is_within_one_day(self) -> bool:
        """Whether it was mailed the following business day at the latest."""
        return self.working_days <= _ONE_BUSINESS_DAY


@dataclass(frozen=True, slots=True)
class MailedShare:
    """Several orders together; ``hours`` is their median, None where there are none."""

    orders: int
    within: int
    hours: float | None

    @property
    def share(self) -> float | None:
        """The part of them that left within one business day, None where there are none."""
        return self.within / self.orders if self.orders else None


@dataclass(frozen=True, slots=True)
class MailedWeek:
    """One week, by its Monday."""

    monday: date
    mailed: MailedShare


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_until(today: date, count: int) -> list[date]:
    """Return the Mondays of the last weeks, this one included, oldest first."""
    last = monday_of(today)
    return [last - WEEK * back for back in reversed(range(count))]


def measured(orders: Iterable[HandedOver], calendar: BusinessCalendar) -> list[Mailed]:
    """Say of each order how long it took (the tenet: mailed the following business day)."""
    working = _WorkingDays(calendar)
    told: list[Mailed] = []
    for order in orders:
        left_on = calendar.local(order.handed_over_at).date()
        received = calendar.receive_day(order.paid_at)
        hours = max(0.0, (order.handed_over_at - order.paid_at) / _HOUR)
        days = working.between(received, left_on)
        told.append(Mailed(order, days, round(hours, 1), monday_of(left_on)))
    return told


def together(mailed: Sequence[Mailed]) -> MailedShare:
    """Sum orders up."""
    hours = round(median(each.hours for each in mailed), 1) if mailed else None
    return MailedShare(len(mailed), sum(each.is_within_one_day for each in mailed), hours)


def by_week(mailed: Iterable[Mailed], mondays: Sequence[date]) -> list[MailedWeek]:
    """Sum orders up by the week in which they left; a week without any is there too."""
    weeks: dict[date, list[Mailed]] = {monday: [] for monday in mondays}
    for each in mailed:
        if each.week in weeks:
            weeks[each.week].append(each)
    return [MailedWeek(monday, together(found)) for monday, found in weeks.items()]


class _WorkingDays:
    """Counts working days; each day of the calendar is looked at once."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self._calendar = calendar
        self._known: dict[date, bool] = {}

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after a day, up to another and with it."""
        return sum(
            self._is_working(start + timedelta(days=ahead))
            for ahead in range(1, (end - start).days + 1)
        )

    def _is_working(self, day: date) -> bool:
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._calendar.is_working_day(day)
        return found
