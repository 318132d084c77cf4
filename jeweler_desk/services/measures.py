"""Measures: paid to mailed, and the time at the bench, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mailing import (
    Mailed,
    MailedShare,
    MailedWeek,
    by_week,
    measured,
    together,
    weeks_until,
)
from jeweler_desk.domain.packing_pace import PackingMeasure, pace, packing_weeks, slowest_step
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.measures import MeasureRows

USUAL_WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class MailingMeasure:
    """The orders of the last weeks, the latest first; together, and week by week."""

    orders: tuple[Mailed, ...]
    together: MailedShare
    weeks: tuple[MailedWeek, ...]


class Measures:
    """How quickly the shop works."""

    def __init__(self, rows: MeasureRows, settings: Settings) -> None:
        self._rows = rows
        self._settings = settings

    def mailing(self, weeks: int = USUAL_WEEKS) -> MailingMeasure:
        """Measure the orders that left in the last weeks, this one included."""
        today = self._settings.today()
        mondays = weeks_until(today, weeks)
        calendar = self._settings.calendar(today)
        mailed = measured(self._rows.handed_over(calendar.start_of(mondays[0])), calendar)
        return MailingMeasure(tuple(mailed), together(mailed), tuple(by_week(mailed, mondays)))

    def packing(self, weeks: int = USUAL_WEEKS) -> PackingMeasure:
        """Measure the parcels whose packing was timed in the last weeks."""
        mondays = weeks_until(self._settings.today(), weeks)
        calendar = BusinessCalendar(self._settings.timezone())
        since = calendar.start_of(mondays[0])
        parcels = self._rows.packings(since)
        days = ((calendar.local(each.packed_at).date(), each) for each in parcels)
        return PackingMeasure(
            pace(parcels), packing_weeks(days, mondays), slowest_step(self._rows.steps(since))
        )
