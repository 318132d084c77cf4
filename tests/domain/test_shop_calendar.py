"""The shop's month: working days, holidays, closed days, vacations; and how they are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.shop_calendar import CalendarDay, DayKind, calendar_day, days_text
from jeweler_desk.domain.shop_settings import parse_days

OWN = frozenset({date(2026, 10, 8), date(2026, 10, 22), date(2026, 10, 23)})
HOLIDAYS = {date(2026, 10, 12): "Columbus Day"}
CALENDAR = BusinessCalendar("UTC", closed_days=OWN | HOLIDAYS.keys())


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (7, DayKind.WORKING),
        (8, DayKind.CLOSED),
        (10, DayKind.RESTING),
        (12, DayKind.HOLIDAY),
        (22, DayKind.VACATION),
        (23, DayKind.VACATION),
    ],
)
def test_each_day_says_what_it_is(day: int, kind: DayKind) -> None:
    assert calendar_day(date(2026, 10, day), CALENDAR, OWN, HOLIDAYS).kind is kind


def test_a_holiday_has_its_name() -> None:
    told = calendar_day(date(2026, 10, 12), CALENDAR, OWN, HOLIDAYS)
    assert told == CalendarDay(date(2026, 10, 12), DayKind.HOLIDAY, "Columbus Day")


def test_days_side_by_side_are_written_as_a_range() -> None:
    assert days_text(OWN) == "2026-10-08, 2026-10-22..2026-10-23"
    assert days_text(()) == ""


@given(st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=60))
def test_what_is_written_is_read_again(days: frozenset[date]) -> None:
    assert not days or parse_days(days_text(days)) == days


def test_two_years_on_end_are_written_in_ranges_that_can_be_read() -> None:
    days = frozenset(date(2026, 1, 1) + timedelta(days=each) for each in range(800))
    assert parse_days(days_text(days)) == days
