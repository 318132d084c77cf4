"""When the evening sweeps are: an hour of the shop's clock, each as an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

COUNTS_FOR_TODAY: Final = timedelta(hours=2)
"""A sweep begun so long before its hour is that day's sweep."""
_DAY: Final = timedelta(days=1)


def sweep_on(day: date, at: time, timezone: str) -> datetime:
    """Return the instant of a day's sweep in UTC; an hour that a day skips comes an hour later."""
    return datetime.combine(day, at, ZoneInfo(timezone)).astimezone(UTC)


def sweeps_between(start: datetime, end: datetime, at: time, timezone: str) -> list[datetime]:
    """Return the sweeps from one instant (with it) to another (without it)."""
    zone = ZoneInfo(timezone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    found = []
    while day <= last:
        moment = sweep_on(day, at, timezone)
        if start <= moment < end:
            found.append(moment)
        day += _DAY
    return found


def next_sweep(now: datetime, at: time, timezone: str) -> datetime:
    """Return the sweep after the one that an instant stands for.

    Shortly before its hour, and after it, today's sweep is the one at hand.
    """
    today = now.astimezone(ZoneInfo(timezone)).date()
    days = (today, today + _DAY, today + 2 * _DAY)
    moments = [sweep_on(day, at, timezone) for day in days]
    return next(each for each in moments if each > now + COUNTS_FOR_TODAY)
