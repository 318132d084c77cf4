"""Days and instants as marketplaces write them; nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

_US_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INSTANT: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?: ?(?:(?P<utc>UTC|Z)|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})))?"
)
_CENTURY: Final = 2000
_SHORT_YEAR: Final = 2
# Outside of these a date is a slip of the pen, and the calendar's arithmetic would end.
_KNOWN_YEARS: Final = range(1970, 2200)


class DayCellError(ValueError):
    """A cell that is no day or no instant."""


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date | None:
    """Read MM/DD/YY, MM/DD/YYYY (Etsy, in every country) or YYYY-MM-DD; a blank is None."""
    cell = text.strip()
    if not cell:
        return None
    try:
        if match := _US_DAY.fullmatch(cell):
            month, day, year = match.groups()
            century = _CENTURY if len(year) == _SHORT_YEAR else 0
            return _known(date(century + int(year), int(month), int(day)))
        if match := _ISO_DAY.fullmatch(cell):
            return _known(date(*map(int, match.groups())))
    except ValueError:
        pass
    raise DayCellError(f"“{cell}” is not a day such as 10/02/26")


@lru_cache(maxsize=4096)
def parse_instant(text: str) -> tuple[datetime, date] | None:
    """Read an instant with its zone: the UTC instant, and the day as it was written.

    A blank is None; an instant without a zone is refused, for it could be any.
    """
    cell = text.strip()
    if not cell:
        return None
    match = _INSTANT.fullmatch(cell)
    if match is None:
        raise DayCellError(f"“{cell}” is not a time such as 2026-09-02 10:14:03 -0400")
    if not (match["utc"] or match["sign"]):
        raise DayCellError(
            f"“{cell}” names no time zone; the file was probably saved again by hand"
        )
    minutes = 0 if match["utc"] else int(match["hours"]) * 60 + int(match["minutes"])
    offset = timedelta(minutes=-minutes if match["sign"] == "-" else minutes)
    try:
        year, month, day, hour, minute, second = map(int, match.groups()[:6])
        local = datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
        return local.astimezone(UTC), _known(local.date())
    except (ValueError, OverflowError) as error:
        raise DayCellError(f"“{cell}” is not a time such as 2026-09-02 10:14:03 -0400") from error


def _known(day: date) -> date:
    if day.year not in _KNOWN_YEARS:
        raise ValueError(day)
    return day
