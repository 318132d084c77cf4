"""Instants as a person types them: 14:30, 2 pm, yesterday 18:00, tomorrow 8 am, in 3 h."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.named_days import days_in

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN: Final = re.compile(
    r"(?:in\s+)?(\d{1,3})\s*(min(?:ute)?s?|m|h(?:ours?)?|hrs?|d(?:ays?)?|weeks?|w)", re.IGNORECASE
)
_CLOCK: Final = re.compile(
    r"(?:\bat\s+)?\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?(?=\W|$)"
    r"|(?:\bat\s+)?\b(?P<hour24>\d{1,2}):(?P<minute24>\d{2})\b|\b(?P<noon>noon)\b",
    re.IGNORECASE,
)
_MORNING: Final = time(8)
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WEEKEND: Final = 5
_DAY: Final = timedelta(days=1)
_LAST_HOUR, _NOON = 23, 12


def read_instant(text: str, now: datetime, timezone: str, *, is_past: bool) -> datetime | None:
    """Return the instant that a text means, in UTC; None where nobody can tell.

    ``is_past``: it was, else it is to come; a clock time alone then means the nearest such one.
    """
    words = " ".join(text.casefold().split())
    zone = ZoneInfo(timezone)
    if words in {"", "now"}:
        return now if is_past else None
    span = _SPAN.fullmatch(words)
    if span and not is_past:
        return now + timedelta(**{_UNITS[span[2][0]]: int(span[1])})
    local = now.astimezone(zone)
    clock = _CLOCK.search(words)
    at = _time_of(clock) if clock else None
    if clock and at is None:
        return None
    rest = (words[: clock.start()] + words[clock.end() :] if clock else words).strip(" ,")
    day = _day_of(rest, local.date(), is_past=is_past)
    if day is None:
        if rest not in {"", "at"} or at is None:
            return None
        day = local.date()
        moment = datetime.combine(day, at, zone)
        if is_past and moment > now:
            day -= _DAY
        elif not is_past and moment <= now:
            day += _DAY
    return datetime.combine(day, at or _MORNING, zone).astimezone(UTC)


def _time_of(clock: re.Match[str]) -> time | None:
    if clock["noon"]:
        return time(_NOON)
    hour, minute = (
        int(clock["hour24"] or clock["hour"]),
        int(clock["minute24"] or clock["minute"] or 0),
    )
    if clock["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if clock["half"] == "p" else 0)
    if hour > _LAST_HOUR or minute > 59:  # noqa: PLR2004 - minutes of an hour
        return None
    return time(hour, minute)


def _day_of(words: str, today: date, *, is_past: bool) -> date | None:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
    if words in near:
        return today + near[words] * _DAY
    if words in {"weekend", "the weekend"}:
        return today + ((_WEEKEND - today.weekday()) % 7 or 7) * _DAY
    name = words.removeprefix("on ").removeprefix("next ").removeprefix("last ")
    if name[:3] in _DAYS and name.isalpha():
        ahead = (_DAYS.index(name[:3]) - today.weekday()) % 7
        return today + ((ahead or 7) - (7 if is_past else 0)) * _DAY
    named = days_in(words)
    found = named[0].days(today) if named else ()
    return found[0] if len(found) == 1 else None


def read_date(text: str, today: date) -> date | None:
    """Return the day to come that a text means: tomorrow, Friday, 27 Nov, 2026-11-27, in 3 days."""
    words = " ".join(text.casefold().split())
    span = _SPAN.fullmatch(words)
    if span and span[2][0] in {"d", "w"}:
        return today + timedelta(**{_UNITS[span[2][0]]: int(span[1])})
    return _day_of(words, today, is_past=False)
