"""The shop's calendar: a day closed and opened again, a vacation, holidays by their names."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.shop_calendar import DayKind
from jeweler_desk.services.desk import Desk


def kind(desk: Desk, day: date) -> DayKind:
    return desk.shop_calendar.month(day)[day.day - 1].kind


def test_a_day_is_closed_and_opened_again(desk: Desk) -> None:
    fair = date(2026, 10, 8)
    desk.shop_calendar.toggle(fair)
    assert desk.settings.get("shop.closed_days") == "2026-10-08"
    assert kind(desk, fair) is DayKind.CLOSED
    desk.shop_calendar.toggle(fair)
    assert (desk.settings.get("shop.closed_days"), kind(desk, fair)) == ("", DayKind.WORKING)


def test_a_vacation_is_closed_whole_before_it_is_opened(desk: Desk) -> None:
    first, last = date(2026, 10, 22), date(2026, 10, 28)
    desk.shop_calendar.toggle(date(2026, 10, 23))
    desk.shop_calendar.toggle(last, first)
    assert desk.settings.get("shop.closed_days") == "2026-10-22..2026-10-28"
    assert kind(desk, first) is DayKind.VACATION
    desk.shop_calendar.toggle(first, last)
    assert desk.settings.get("shop.closed_days") == ""
    desk.history.undo()
    assert desk.settings.get("shop.closed_days") == "2026-10-22..2026-10-28"


def test_holidays_have_names_and_are_not_closed_twice(desk: Desk) -> None:
    desk.settings.set("shop.holidays", "US")
    thanksgiving = date(2026, 11, 26)
    (told,) = [day for day in desk.shop_calendar.month(thanksgiving) if day.day == thanksgiving]
    assert (told.kind, "Thanksgiving" in told.name) == (DayKind.HOLIDAY, True)
    with pytest.raises(InvalidTransitionError, match="Thanksgiving"):
        desk.shop_calendar.toggle(thanksgiving)
    assert desk.shop_calendar.calendar(thanksgiving).is_working_day(thanksgiving) is False


def test_a_month_has_all_its_days(desk: Desk) -> None:
    assert len(desk.shop_calendar.month(date(2026, 2, 14))) == 28
    assert desk.shop_calendar.today() == date(2026, 10, 5)
