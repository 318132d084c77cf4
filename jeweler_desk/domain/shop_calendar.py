"""The shop's month: which days are worked, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar

_LONGEST_RANGE: Final = 366
_DAY: Final = timedelta(days=1)


class DayKind(StrEnum):
    """What a day is at the shop."""

    WORKING = "working day"
    RESTING = "no working day"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    VACATION = "vacation"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day; ``name`` is the holiday's."""

    day: date
    kind: DayKind
    name: str = ""


def calendar_day(
    day: date, calendar: BusinessCalendar, own: frozenset[date], holidays: Mapping[date, str]
) -> CalendarDay:
    """Return what a day is; own closed days side by side are a vacation."""
    if day in own:
        is_range = day - _DAY in own or day + _DAY in own
        return CalendarDay(day, DayKind.VACATION if is_range else DayKind.CLOSED)
    if day in holidays:
        return CalendarDay(day, DayKind.HOLIDAY, holidays[day])
    return CalendarDay(day, DayKind.WORKING if calendar.is_working_day(day) else DayKind.RESTING)


def days_text(days: Iterable[date]) -> str:
    """Write closed days as the setting keeps them: ``2026-11-27, 2026-12-24..2027-01-02``."""
    ranges: list[tuple[date, date]] = []
    for day in sorted(days):
        first, last = ranges[-1] if ranges else (day, date.min)
        if ranges and day == last + _DAY and (day - first).days <= _LONGEST_RANGE:
            ranges[-1] = (first, day)
        else:
            ranges.append((day, day))
    return ", ".join(f"{first}..{last}" if first != last else str(first) for first, last in ranges)
