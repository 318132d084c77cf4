"""The shop's settings: their keys, their forms and what stands where nothing was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import PurePath
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jeweler_desk.domain.order_view import parse_columns
from jeweler_desk.domain.own_size import OwnSizeError, read_own_sizes
from jeweler_desk.domain.refusal import RefusedError

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_HOLIDAYS: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,6})?")
_DELAY_RULE: Final = re.compile("US|none")
_CLOSING: Final = re.compile("ask|stay|quit")
_THEME: Final = re.compile("system|light|dark")
_YES_OR_NO: Final = re.compile(r"yes|no")
_KEPT_PICTURE: Final = re.compile(r"[0-9a-f]{64}\.(?:png|jpg)")
_TEXT_SIZE: Final = re.compile(r"[89][0-9]|1[0-9]{2}|200")
_LONGEST_CLOSING_DAYS: Final = 366
_FEWEST_STAGES: Final = 3
_MOST_STAGES: Final = 9
_LONGEST_STAGE: Final = 24


class SettingError(RefusedError):
    """A setting that does not exist, or a value out of its form; the sentence says which form."""


def parse_weekdays(text: str) -> frozenset[int]:
    """Read ``Mon,Tue`` as weekdays, Monday = 0."""
    days = [part.strip().capitalize() for part in text.split(",")]
    if not all(day in _WEEKDAYS for day in days):
        raise SettingError(f"“{text}” is not a list of weekdays such as Mon,Tue,Wed,Thu,Fri.")
    return frozenset(_WEEKDAYS.index(day) for day in days)


def parse_days(text: str) -> frozenset[date]:
    """Read ``2026-11-27,2026-12-24..2027-01-02`` as days; ranges count both ends."""
    days: set[date] = set()
    for part in (piece.strip() for piece in text.split(",")):
        first, dots, last = part.partition("..")
        try:
            start = date.fromisoformat(first.strip())
            end = date.fromisoformat(last.strip()) if dots else start
        except ValueError as error:
            raise SettingError(
                f"“{part}” is not a day such as 2026-11-27 or a range such as"
                " 2026-12-24..2027-01-02."
            ) from error
        span = (end - start).days
        if not 0 <= span <= _LONGEST_CLOSING_DAYS:
            raise SettingError(f"The range “{part}” must run forward and for a year at most.")
        days.update(start + timedelta(days=ahead) for ahead in range(span + 1))
    return frozenset(days)


def parse_clock(text: str) -> time:
    """Read ``HH:MM``."""
    if not _CLOCK.fullmatch(text):
        raise SettingError(f"“{text}” is not a time of day such as 14:00.")
    return time.fromisoformat(text)


def parse_quiet_hours(text: str) -> tuple[time, time]:
    """Read ``21:00-08:00``; the second may lie on the next day."""
    start, dash, end = text.partition("-")
    if not dash:
        raise SettingError(f"“{text}” is not a span such as 21:00-08:00.")
    return parse_clock(start.strip()), parse_clock(end.strip())


def parse_stages(text: str) -> tuple[str, ...]:
    """Read ``to make, making, polishing, ready``: the first and the last are fixed in meaning."""
    names = tuple(" ".join(part.split()) for part in text.split(","))
    words = [name.casefold().replace("-", " ").replace("_", " ") for name in names]
    if len(names) < _FEWEST_STAGES or not all(names):
        raise SettingError(
            f"“{text}” is not a list of stages such as to make, making, polishing, ready:"
            " name a first, a last and at least one between."
        )
    if len(set(words)) < len(words):
        raise SettingError(f"“{text}” names a stage twice.")
    if any(len(name) > _LONGEST_STAGE for name in names) or len(names) > _MOST_STAGES:
        raise SettingError(
            f"Name at most {_MOST_STAGES} stages, each in {_LONGEST_STAGE} letters at most."
        )
    fixed = {"to make": 0, "ready": len(names) - 1}
    for name, place in fixed.items():
        if name in words and words.index(name) != place:
            where = "first" if place == 0 else "last"
            raise SettingError(f"“{name}” can only be the {where} stage.")
    if "making" in (words[0], words[-1]):
        raise SettingError("“making” stands between the first and the last stage.")
    return names


def _zone(text: str) -> None:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(f"“{text}” is not a time zone such as America/New_York.") from error


def _count(text: str) -> None:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):  # noqa: PLR2004 - 999 days
        raise SettingError(f"“{text}” is not a whole number of days, 0 or more.")


def _matching(pattern: re.Pattern[str], sentence: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not pattern.fullmatch(text):
            raise SettingError(f"“{text}” is not {sentence}.")

    return check


def _whole_path(text: str) -> None:
    if not (text.startswith("~") or PurePath(text).is_absolute()):
        raise SettingError(f"“{text}” is not a whole path of a folder, from its drive or root on.")


def _own_sizes(text: str) -> None:
    try:
        read_own_sizes(text)
    except OwnSizeError as error:
        raise SettingError(str(error)) from error


def _anything(_text: str) -> None:
    """Any text will do."""


@dataclass(frozen=True, slots=True)
class SettingForm:
    """How a setting is written, and what counts where nothing was said."""

    check: Callable[[str], object]
    default: str = ""


FORMS: Final[Mapping[str, SettingForm]] = {
    "shop.name": SettingForm(_anything),
    "shop.signature": SettingForm(_anything),
    "shop.address": SettingForm(_anything),
    "shop.country": SettingForm(_matching(_COUNTRY, "a country code such as US")),
    "shop.timezone": SettingForm(_zone),
    "shop.currency": SettingForm(_matching(_CURRENCY, "a currency code such as USD")),
    "shop.working_days": SettingForm(parse_weekdays, "Mon,Tue,Wed,Thu,Fri"),
    "shop.handover_days": SettingForm(parse_weekdays),
    "shop.holidays": SettingForm(_matching(_HOLIDAYS, "a country or region such as US or US-NC")),
    "shop.closed_days": SettingForm(parse_days),
    "shop.cutoff": SettingForm(parse_clock),
    "shop.processing_days": SettingForm(_count, "1"),
    "shop.delay_rule": SettingForm(_matching(_DELAY_RULE, "a rule: US or none")),
    "shop.stages": SettingForm(parse_stages, "to make, making, setting, polishing, ready"),
    "shop.intended_codes": SettingForm(_anything),
    "shop.logo": SettingForm(_matching(_KEPT_PICTURE, "the name of a picture that the desk keeps")),
    "shop.slip_photos": SettingForm(_matching(_YES_OR_NO, "yes or no"), "yes"),
    "shop.slip_prices": SettingForm(_matching(_YES_OR_NO, "yes or no"), "no"),
    "paper.custom_sizes": SettingForm(_own_sizes),
    "bench.camera_folder": SettingForm(_whole_path),
    "mail.quiet_hours": SettingForm(parse_quiet_hours, "21:00-08:00"),
    "mail.sweep_at": SettingForm(parse_clock, "19:00"),
    "mail.copied": SettingForm(_matching(_YES_OR_NO, "yes or no"), "no"),
    "mail.watch": SettingForm(_matching(_YES_OR_NO, "yes or no"), "no"),
    "window.closing": SettingForm(_matching(_CLOSING, "ask, stay or quit"), "ask"),
    "window.theme": SettingForm(_matching(_THEME, "system, light or dark"), "system"),
    "window.order_columns": SettingForm(parse_columns),
    "window.text_size": SettingForm(_matching(_TEXT_SIZE, "a number from 80 to 200"), "100"),
}  # fmt: skip


def check_setting(key: str, value: str) -> None:
    """Raise `SettingError` when the key is unknown or the value out of its form."""
    form = FORMS.get(key)
    if form is None:
        raise SettingError(f"There is no setting “{key}”. Known are: {', '.join(FORMS)}.")
    if value:
        form.check(value)
