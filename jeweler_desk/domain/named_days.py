"""The days that a text names, as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH: Final = "|".join(f"(?:{each})" for each in _MONTHS)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = (
    r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
    r"(?:the\s+)?)?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<year>\d{4})(?!-))?"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_WEEKDAY}(?P<month>{_MONTH})\.?\s+{_DAY}\b(?!\s*(?:%|:\d|times?\b)){_YEAR}",
        rf"\b{_WEEKDAY}{_DAY}\.?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}",
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b",
    )
)
_SLASHED: Final = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?![\d/])")
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as a text names it: the days it can mean, given the year or not, and its weekday."""

    text: str
    at: int
    month_days: tuple[tuple[int | None, int, int], ...]
    weekday: int | None = None

    def days(self, today: date) -> tuple[date, ...]:
        """Return the days that may be meant; one without a year is the nearest to today."""
        found = []
        for year, month, day in self.month_days:
            years = [year] if year else [today.year - 1, today.year, today.year + 1]
            possible: list[date] = []
            for each in years:
                with suppress(ValueError):
                    possible.append(date(each, month, day))
            if possible:
                found.append(min(possible, key=lambda each: abs((each - today).days)))
        return tuple(found)


def days_in(text: str) -> list[NamedDay]:
    """Return the days that a text names, in the order of their forms."""
    if not any(each.isdigit() for each in text):
        return []
    named: list[NamedDay] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            parts = found.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _month_number(month)
            year = int(parts["year"]) if parts["year"] else None
            weekday = parts.get("weekday")
            named.append(
                NamedDay(
                    found[0],
                    found.start(),
                    ((year, number, int(parts["day"])),),
                    _WEEKDAYS.index(weekday[:3].casefold()) if weekday else None,
                )
            )
            taken.append(found.span())
    for found in _SLASHED.finditer(text):
        first, second, year = (int(each) for each in found.groups())
        year += _CENTURY if year < 100 else 0  # noqa: PLR2004 - two figures
        ways = ((year, first, second), (year, second, first))
        named.append(NamedDay(found[0], found.start(), ways))
    return named


def _month_number(text: str) -> int:
    return next(
        number
        for number, form in enumerate(_MONTHS, start=1)
        if re.fullmatch(form, text, re.IGNORECASE)
    )
