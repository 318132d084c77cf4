"""The day of return that an out-of-office note names, in the languages of buyers."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

_FARTHEST: Final = timedelta(days=200)
_LONGEST: Final = 4000
_MONTHS: Final = (
    r"jan(?:uar[iy]?|vier|eiro)?|ene(?:ro)?|gen(?:naio)?|stycznia|tammikuuta",
    r"feb(?:ruar[iy]?|rero|braio)?|fév(?:rier)?|fev(?:ereiro)?|lutego|helmikuuta",
    r"mar(?:ch|s|zo|ço)?|märz|maart|marca|maaliskuuta",
    r"apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwietnia|huhtikuuta",
    r"may|mai|maj|mayo|mei|mag(?:gio)?|maio|maja|toukokuuta",
    r"june?|juni|juin|junio|giu(?:gno)?|junho|czerwca|kesäkuuta",
    r"july?|juli|juillet|julio|lug(?:lio)?|julho|lipca|heinäkuuta",
    r"aug(?:ust(?:us|i)?)?|août|ago(?:sto)?|sierpnia|elokuuta",
    r"sept?(?:ember|embre|iembre|tembre)?|set(?:tembre|embro)?|września|syyskuuta",
    r"oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|października|lokakuuta",
    r"nov(?:ember|embre|iembre|embro)?|listopada|marraskuuta",
    r"de[cz](?:ember|embre|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|desember|grudnia|joulukuuta",
)
_MONTH: Final = "|".join(f"(?:{each})" for each in _MONTHS)
_AWAY: Final = (
    r"until|till|til|through|bis(?: einschließlich| einschl\.)?(?: zum)?|jusqu['’]au|hasta(?: el)?"
    r"|fino al?|tot(?: en met)?|t\.?o\.?m\.?|t\.?e\.?m\.?|até(?: o dia)?|do(?: dnia)?|asti|saakka"
)
_BACK: Final = (
    r"(?:back|return(?:ing)?|again)(?: (?:in|to|at|the|my|office|work|desk|here))*(?: on)?"
    r"|(?:wieder |zurück )?(?:ab|am)(?: dem)?|de retour(?: le)?|dès le|reviens le|à partir du"
    r"|(?:vuelvo|volveré|regreso|regresaré)(?: el)?|a partir del?|(?:torno|rientro|tornerò)(?: il)?"
    r"|dal|(?:terug|weer)(?: vanaf)?(?: op)?|vanaf|(?:tillbaka|åter|tilbage|tilbake)(?: den)?"
    r"|wracam|od|volto(?: em| no dia)?|a partir de|palaan"
)
_WEEKDAY: Final = r"(?:[^\W\d]{2,12}[.,]?\s+(?:the\s+|den\s+|le\s+)?)?"
_DAY: Final = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?"
_FORMS: Final = (
    rf"{_DAY.format('d1')}\s+(?:of\s+|de\s+)?(?P<m1>{_MONTH})\b",
    rf"(?P<m2>{_MONTH})\.?\s+{_DAY.format('d2')}\b",
    r"(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})",
    r"(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.",
    r"(?P<a5>\d{1,2})/(?P<b5>\d{1,2})(?:/\d{2,4})?\b",
)


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern; it is large, and a start needs it not."""
    return re.compile(
        rf"\b(?:(?P<away>{_AWAY})|(?P<back>{_BACK}))\s+{_WEEKDAY}(?:{'|'.join(_FORMS)})",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Return:
    """The day an absence names: her last day away (``is_last``), or her first day back."""

    on: date
    is_last: bool


def named_return(text: str, written: date) -> Return | None:
    """Return the last such day that a note names, if it lies ahead of the day it was written."""
    found: Return | None = None
    for match in _named().finditer(text[:_LONGEST]):
        day = _day_of(match.groupdict(), written)
        if day is not None and (found is None or day > found.on):
            found = Return(day, match["away"] is not None)
    return found


def _day_of(parts: dict[str, str | None], written: date) -> date | None:
    """Return the day meant: the next one of that name, in either order where both are possible."""
    ways: list[tuple[int, int]] = []
    for number in "1234":
        day, month = parts.get(f"d{number}"), parts.get(f"m{number}")
        if day and month:
            ways.append((int(month) if month.isdigit() else _month(month), int(day)))
    if parts["a5"] and parts["b5"]:
        first, second = int(parts["a5"]), int(parts["b5"])
        ways += [(first, second), (second, first)]
    possible: list[date] = []
    for month_number, day_number in ways:
        for year in (written.year, written.year + 1):
            with suppress(ValueError):
                possible.append(date(year, month_number, day_number))
    ahead = [each for each in possible if written <= each <= written + _FARTHEST]
    return min(ahead, default=None)


def _month(name: str) -> int:
    return next(
        number
        for number, form in enumerate(_MONTHS, start=1)
        if re.fullmatch(form, name, re.IGNORECASE)
    )
