"""The shop's calendar by months, and days that are closed or opened in it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.shop_calendar import CalendarDay, calendar_day, days_text
from jeweler_desk.domain.shop_settings import parse_days
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.settings import Settings

_KEY = "shop.closed_days"


class ShopCalendar:
    """Shows and changes when the shop is closed. It moves no promise."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def month(self, first: date) -> tuple[CalendarDay, ...]:
        """Return every day of the month in which a day lies."""
        calendar = self._settings.calendar(first)
        own, holidays = self._own(), self._settings.holidays(first.year)
        return tuple(
            calendar_day(first.replace(day=number), calendar, own, holidays)
            for number in range(1, monthrange(first.year, first.month)[1] + 1)
        )

    def toggle(self, first: date, last: date | None = None) -> Changes:
        """Close the days from the first to the last, or open them if all are closed already.

        Raises `InvalidTransitionError` for a single holiday: the setting shop.holidays closes it.
        """
        last = last or first
        first, last = min(first, last), max(first, last)
        span = frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
        own = self._own()
        holiday = self._settings.holidays(first.year).get(first)
        if first == last and holiday and first not in own:
            raise InvalidTransitionError(
                f"{full_day(first)} is closed as a holiday already: {holiday}. Nothing was changed."
            )
        return self._settings.set(_KEY, days_text(own - span if span <= own else own | span))

    def today(self) -> date:
        """Return the present day at the shop."""
        return self._settings.today()

    def calendar(self, around: date) -> BusinessCalendar:
        """Return the calendar that counts around a day."""
        return self._settings.calendar(around)

    def _own(self) -> frozenset[date]:
        kept = self._settings.get(_KEY)
        return parse_days(kept) if kept else frozenset()
