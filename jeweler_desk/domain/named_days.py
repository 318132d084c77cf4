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
_NAMES: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_NAMED: Final = rf"\b(?P<weekday>{_NAMES})\.?,?\s+\(?(?:the\s+)?"
_WEEKDAY: Final = rf"(?:{_NAMED})?"
_AFTER: Final = rf"(?:(?:\s+\(|,\s+a\s+|\s+is\s+a\s+)(?P<after>{_NAMES})\b)?"
_BEFORE: Final = r"\b(?:on|by|until|till|before|after|since)\s+"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<year>\d{4})(?!-))?"
_NO_TIMES: Final = r"\b(?!\s*(?:%|:\d|times?\b))"
_NO_SIZE: Final = r"(?![\d/]|\s*(?:of|inch(?:es)?|in\b|mm|cm|ct|size|[\"”″]))"
_NO_THING: Final = r"(?!\s+(?:of|floor|street|avenue|century|anniversary|birthday|time|and)\b)"
_SLASHED: Final = (
    r"(?<![\d/.])(?P<one>\d{1,2})[/.](?P<other>\d{1,2})[/.](?P<year>\d{4}|\d{2})(?![\d/])"
)
_FORMS: Final = tuple(
    re.compile(form + _AFTER, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}\b(?P<month>{_MONTH})\.?\s+{_DAY}{_NO_TIMES}{_YEAR}",
        rf"{_WEEKDAY}\b{_DAY}\.?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}",
        rf"{_WEEKDAY}\b(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})\b",
        rf"{_WEEKDAY}{_SLASHED}",
        # Without a year, “1/2” may be a size and “the 2nd” may be a floor.
        rf"{_BEFORE}(?P<one>\d{{1,2}})/(?P<other>\d{{1,2}}){_NO_SIZE}",
        rf"{_NAMED}(?P<one>\d{{1,2}})/(?P<other>\d{{1,2}}){_NO_SIZE}",
        rf"{_BEFORE}the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_THING}",
        rf"{_NAMED}(?<=the\s)(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_THING}",
    )
)
_CENTURY: Final = 2000
_MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as a text names it: the days it can mean, given the year or not, and its weekday.

    Year and month are None where the text leaves them open.
    """

    text: str
    at: int
    month_days: tuple[tuple[int | None, int | None, int], ...]
    weekday: int | None = None

    def days(self, today: date) -> tuple[date, ...]:
        """Return the days that may be meant; what the text leaves open is the nearest to today."""
        found = []
        for year, month, day in self.month_days:
            possible: list[date] = []
            for each_year, each_month in _months(today, year, month):
                with suppress(ValueError):
                    possible.append(date(each_year, each_month, day))
            if possible:
                found.append(min(possible, key=lambda each: abs((each - today).days)))
        return tuple(found)


def _months(today: date, year: int | None, month: int | None) -> list[tuple[int, int]]:
    if month is not None:
        years = [year] if year else [today.year - 1, today.year, today.year + 1]
        return [(each, month) for each in years]
    at = today.year * _MONTHS_OF_A_YEAR + today.month - 1
    around = (divmod(at + step, _MONTHS_OF_A_YEAR) for step in (-1, 0, 1))
    return [(each, before + 1) for each, before in around]


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
            weekday = found.groupdict().get("weekday") or found["after"]
            named.append(
                NamedDay(
                    found[0].strip(),
                    found.start(),
                    _meant(found),
                    _WEEKDAYS.index(weekday[:3].casefold()) if weekday else None,
                )
            )
            taken.append(found.span())
    return named


def _meant(found: re.Match[str]) -> tuple[tuple[int | None, int | None, int], ...]:
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:  # noqa: PLR2004 - two figures
        year += _CENTURY
    if "one" in parts:
        one, other = int(parts["one"]), int(parts["other"])
        return (year, one, other), (year, other, one)
    month = parts.get("month")
    if month is None:
        return ((None, None, int(parts["day"])),)
    number = int(month) if month.isdigit() else _month_number(month)
    return ((year, number, int(parts["day"])),)


def _month_number(text: str) -> int:
    return next(
        number
        for number, form in enumerate(_MONTHS, start=1)
        if re.fullmatch(form, text, re.IGNORECASE)
    )
