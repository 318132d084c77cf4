"""The shop's settings, and the calendar that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.delay_rule import usual_rule
from jeweler_desk.domain.shop_settings import (
    FORMS,
    SettingError,
    check_setting,
    parse_clock,
    parse_days,
    parse_quiet_hours,
    parse_stages,
    parse_weekdays,
)
from jeweler_desk.domain.stages import Stages
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.store.database import Store
from jeweler_desk.store.settings import SettingRows

# Codes that lists of countries and currencies carry for unions, tests and the unknown.
_NO_REAL_CODES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "XXX", "XTS"})

_OF_THE_CALENDAR: Final = (
    "shop.timezone",
    "shop.working_days",
    "shop.handover_days",
    "shop.holidays",
    "shop.closed_days",
    "shop.cutoff",
    "shop.processing_days",
)


class Settings:
    """Reads and changes settings. A value out of form raises `SettingError`."""

    def __init__(self, store: Store, rows: SettingRows, clock: Clock) -> None:
        self._store = store
        self._rows = rows
        self._clock = clock
        self._followers: dict[str, Callable[[], None]] = {}

    def when_changed(self, key: str, follow: Callable[[], None]) -> None:
        """Let what hangs on a setting be brought up to date in the setting's own step."""
        self._followers[key] = follow

    def get(self, key: str) -> str:
        """Return what counts for a key: what was set, else its default; empty when neither."""
        check_setting(key, "")
        return self._rows.all().get(key) or self._default(key)

    def all(self) -> dict[str, str]:
        """Return what counts for every key."""
        made = self._rows.all()
        return {key: made.get(key) or self._default(key) for key in FORMS}

    def set(self, key: str, value: str) -> Changes:
        """Make a setting, as one step; an empty value clears it."""
        value = value.strip()
        check_setting(key, value)
        if value:
            self._refuse_unknown(key, value)
        with self._store.step(f"Change the setting {key}") as step:
            self._rows.put(key, value)
            if key in self._followers:
                self._followers[key]()
        return changes_of(step.tables)

    def _refuse_unknown(self, key: str, value: str) -> None:
        """Raise `SettingError` for a code that has the right form and stands for nothing."""
        if key == "shop.holidays":
            _holiday_dates(value, self.today().year)
        elif key == "shop.country" and value not in _codes_of("territories"):
            raise SettingError(f"“{value}” is no country's code; the one of Britain is GB.")
        elif key == "shop.currency" and value not in _codes_of("currencies"):
            raise SettingError(f"“{value}” is no currency's code such as USD.")

    def note_on(self, key: str) -> str | None:
        """Return what the seller should know of a setting as it stands, or None."""
        if key in {"shop.processing_days", "shop.cutoff"}:
            calendar = self.calendar(self.today())
            if calendar.processing_days == 0 and calendar.cutoff is None:
                return "0 processing days need a cut-off time; until one is set they count as 1."
        return None

    def _default(self, key: str) -> str:
        if key == "shop.timezone":
            return computer_timezone()
        if key == "shop.currency":
            return computer_currency()
        if key == "shop.handover_days":
            return self.get("shop.working_days")
        if key == "shop.delay_rule":
            return usual_rule(self.get("shop.country"))
        return FORMS[key].default

    def timezone(self) -> str:
        """Return the shop's zone as its IANA name."""
        return self.get("shop.timezone")

    def notice_zone(self) -> bool:
        """Look which zone the computer is in now; True when the shop's zone changed by it."""
        if self._rows.all().get("shop.timezone"):
            return False
        before = computer_timezone()
        computer_timezone.cache_clear()
        return computer_timezone() != before

    def local(self, moment: datetime) -> datetime:
        """Return an instant as the shop's clock shows it."""
        return BusinessCalendar(self.timezone()).local(moment)

    def today(self) -> date:
        """Return the present day at the shop."""
        return self.local(self._clock.now()).date()

    def quiet_hours(self) -> tuple[time, time]:
        """Return when no notice may pop up."""
        return parse_quiet_hours(self.get("mail.quiet_hours"))

    def stages(self) -> Stages:
        """Return the stages of making under the shop's names."""
        return Stages(parse_stages(self.get("shop.stages")))

    def holidays(self, year: int) -> Mapping[date, str]:
        """Return the holidays of a year with their names; none while no region is set."""
        region = self.get("shop.holidays")
        return _holiday_names(region, year) if region else {}

    def calendar(self, around: date) -> BusinessCalendar:
        """Return the calendar for payments near a day (one year back, two ahead)."""
        made = self._rows.all()
        values = {key: made.get(key) or self._default(key) for key in _OF_THE_CALENDAR}
        closed = (
            parse_days(values["shop.closed_days"]) if values["shop.closed_days"] else frozenset()
        )
        if values["shop.holidays"]:
            for year in range(around.year - 1, around.year + 3):
                closed |= _holiday_dates(values["shop.holidays"], year)
        return BusinessCalendar(
            timezone=values["shop.timezone"],
            working_days=parse_weekdays(values["shop.working_days"]),
            handover_days=parse_weekdays(values["shop.handover_days"]),
            closed_days=closed,
            cutoff=parse_clock(values["shop.cutoff"]) if values["shop.cutoff"] else None,
            processing_days=int(values["shop.processing_days"]),
        )


def _holiday_dates(region: str, year: int) -> frozenset[date]:
    return frozenset(_holiday_names(region, year))


@lru_cache(maxsize=64)
def _holiday_names(region: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415 - slow to load, and most starts need none

    country, _, subdivision = region.partition("-")
    try:
        days = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError as error:
        raise SettingError(f"“{region}” is no country or region with known holidays.") from error
    return dict(days)


@lru_cache(maxsize=2)
def _codes_of(kind: str) -> frozenset[str]:
    """Return the codes that stand for something: countries, or currencies."""
    from babel.core import Locale  # noqa: PLC0415 - slow to load, and most starts need none

    names: Mapping[str, str] = getattr(Locale("en"), kind)
    return frozenset(names) - _NO_REAL_CODES


@lru_cache(maxsize=1)
def computer_timezone() -> str:
    """Return the computer's IANA zone, or UTC when it tells none."""
    try:
        from babel.localtime import get_localzone  # noqa: PLC0415 - slow to load, asked once

        key = getattr(get_localzone(), "key", None)
        check_setting("shop.timezone", str(key or ""))
    except (SettingError, LookupError, ValueError, OSError):  # TZ may hold any other form
        return "UTC"
    return str(key) if key else "UTC"


@lru_cache(maxsize=1)
def computer_currency() -> str:
    """Return the currency of the computer's region, or USD when it tells none."""
    import locale  # noqa: PLC0415 - asked once

    from babel.core import (  # noqa: PLC0415 - slow to load, asked once
        Locale,
        UnknownLocaleError,
        default_locale,
    )
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - likewise

    try:
        name = default_locale("LC_MONETARY") or locale.getlocale()[0] or ""
        territory = Locale.parse(name).territory
    except (UnknownLocaleError, ValueError):
        return "USD"
    found = get_territory_currencies(territory) if territory else []
    return str(found[0]) if found else "USD"
