"""The ship-by promise: receive day, working days, hand-over days, and when a parcel is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.business_days import (
    BusinessCalendar,
    NoWorkingDayError,
    Pause,
    is_late,
    promise_of_pieces,
)
from jeweler_desk.domain.order import LineItem, LineItemId

NEW_YORK: Final = "America/New_York"
CALENDAR: Final = BusinessCalendar(
    timezone=NEW_YORK,
    closed_days=frozenset(
        {date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 26), date(2026, 12, 25)}
    ),
)
CUTOFF: Final = time(14, 0)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


@pytest.mark.parametrize(
    ("paid", "days", "without_cutoff", "with_cutoff"),
    [
        ("2026-10-05T22:30:00", 1, date(2026, 10, 6), date(2026, 10, 7)),
        ("2026-10-09T14:00:00", 1, date(2026, 10, 13), date(2026, 10, 13)),
        ("2026-10-09T14:00:01", 1, date(2026, 10, 13), date(2026, 10, 14)),
        ("2026-10-10T09:00:00", 1, date(2026, 10, 13), date(2026, 10, 14)),
        ("2026-09-01T10:00:00", 5, date(2026, 9, 9), date(2026, 9, 9)),
        ("2026-11-25T10:00:00", 5, date(2026, 12, 3), date(2026, 12, 3)),
        ("2026-12-18T20:00:00", 3, date(2026, 12, 23), date(2026, 12, 24)),
        ("2026-12-24T13:00:00", 1, date(2026, 12, 28), date(2026, 12, 28)),
    ],
)
def test_the_table_of_ship_by_days(
    paid: str, days: int, without_cutoff: date, with_cutoff: date
) -> None:
    calendar = replace(CALENDAR, processing_days=days)
    assert calendar.ship_by(new_york(paid)) == without_cutoff
    assert replace(calendar, cutoff=CUTOFF).ship_by(new_york(paid)) == with_cutoff


def test_a_payment_late_in_the_evening_counts_for_the_shops_own_day_not_for_utcs() -> None:
    assert CALENDAR.ship_by(datetime(2026, 10, 6, 2, 30, tzinfo=UTC)) == date(2026, 10, 6)


def test_without_settings_a_parcel_is_mailed_the_following_business_day() -> None:
    assert BusinessCalendar(NEW_YORK).ship_by(new_york("2026-10-07T11:00:00")) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("paid", "ship_by"),
    [
        ("2026-10-09T14:00:00", date(2026, 10, 9)),
        ("2026-10-09T14:00:01", date(2026, 10, 13)),
        ("2026-10-10T09:00:00", date(2026, 10, 13)),
    ],
)
def test_zero_processing_days_with_a_cutoff_mean_the_receive_day_itself(
    paid: str, ship_by: date
) -> None:
    calendar = replace(CALENDAR, cutoff=CUTOFF, processing_days=0)
    assert calendar.ship_by(new_york(paid)) == ship_by


def test_zero_processing_days_without_a_cutoff_count_as_one() -> None:
    calendar = replace(CALENDAR, processing_days=0)
    assert calendar.effective_processing_days == 1
    assert calendar.ship_by(new_york("2026-10-07T11:00:00")) == date(2026, 10, 8)


def test_a_ship_by_day_without_hand_over_moves_to_the_next_hand_over_day() -> None:
    calendar = replace(CALENDAR, handover_days=frozenset({0, 3}))
    assert calendar.ship_by(new_york("2026-10-05T09:00:00")) == date(2026, 10, 8)


def test_a_hand_over_day_is_never_a_closed_day() -> None:
    calendar = replace(CALENDAR, handover_days=frozenset({0}))
    assert calendar.ship_by(new_york("2026-10-08T09:00:00")) == date(2026, 10, 19)


def test_a_parcel_handed_over_on_saturday_is_packed_by_friday() -> None:
    calendar = replace(CALENDAR, handover_days=frozenset({5}))
    promise = calendar.promise(new_york("2026-10-05T09:00:00"))
    assert (promise.ship_by, promise.pack_by) == (date(2026, 10, 10), date(2026, 10, 9))


def test_a_promise_keeps_the_inputs_it_was_made_from() -> None:
    paid = new_york("2026-10-05T22:30:00")
    promise = replace(CALENDAR, cutoff=CUTOFF, processing_days=3).promise(paid)
    assert (promise.paid_at, promise.timezone) == (paid, NEW_YORK)
    assert (promise.processing_days, promise.cutoff) == (3, "14:00")
    assert promise.ship_by == date(2026, 10, 9)
    assert CALENDAR.promise(paid).cutoff is None


@pytest.mark.parametrize(
    ("utc", "ship_by"),
    [  # the clocks go back on 1 November 2026: 14:00 is 18:00 UTC before and 19:00 after
        (datetime(2026, 10, 30, 18, 0, 0, tzinfo=UTC), date(2026, 11, 2)),
        (datetime(2026, 10, 30, 18, 0, 1, tzinfo=UTC), date(2026, 11, 3)),
        (datetime(2026, 11, 2, 19, 0, 0, tzinfo=UTC), date(2026, 11, 3)),
        (datetime(2026, 11, 2, 19, 0, 1, tzinfo=UTC), date(2026, 11, 4)),
        # and forward on 8 March 2026
        (datetime(2026, 3, 6, 19, 0, 0, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 3, 9, 18, 0, 0, tzinfo=UTC), date(2026, 3, 10)),
        (datetime(2026, 3, 9, 18, 0, 1, tzinfo=UTC), date(2026, 3, 11)),
    ],
)
def test_the_cutoff_follows_the_wall_clock_across_a_clock_change(
    utc: datetime, ship_by: date
) -> None:
    assert replace(CALENDAR, cutoff=CUTOFF).ship_by(utc) == ship_by


def test_a_day_begins_and_ends_by_the_wall_clock_on_the_day_of_a_clock_change() -> None:
    day = date(2026, 11, 1)
    assert CALENDAR.start_of(day).astimezone(UTC) == datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    assert CALENDAR.end_of(day).astimezone(UTC) == datetime(2026, 11, 2, 4, 59, 59, tzinfo=UTC)


def test_a_payment_in_the_repeated_hour_counts_for_that_day_both_times() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert CALENDAR.receive_day(first) == date(2026, 11, 1)
    assert CALENDAR.receive_day(first + timedelta(hours=1)) == date(2026, 11, 1)


def test_a_calendar_without_any_working_day_says_so() -> None:
    never = replace(CALENDAR, working_days=frozenset())
    with pytest.raises(NoWorkingDayError, match="working day"):
        never.ship_by(new_york("2026-10-05T09:00:00"))
    with pytest.raises(NoWorkingDayError, match="working day"):
        never.pack_by(date(2026, 10, 5))


def test_a_calendar_without_any_hand_over_day_says_so() -> None:
    with pytest.raises(NoWorkingDayError, match="hand-over"):
        replace(CALENDAR, handover_days=frozenset()).ship_by(new_york("2026-10-05T09:00:00"))


@pytest.mark.parametrize(
    ("ship_by", "units", "today", "late"),
    [
        (date(2026, 10, 6), 1, date(2026, 10, 6), False),
        (date(2026, 10, 6), 1, date(2026, 10, 7), True),
        (date(2026, 10, 6), 0, date(2026, 10, 7), False),
        (None, 1, date(2026, 10, 7), False),
    ],
)
def test_a_parcel_is_late_only_after_its_whole_day(
    ship_by: date | None, units: int, today: date, *, late: bool
) -> None:
    assert is_late(ship_by=ship_by, units_to_send=units, today=today) is late


moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis gives the zone itself
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(2025, 12, 1), max_value=date(2028, 3, 1))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
calendars = st.builds(
    BusinessCalendar,
    timezone=st.sampled_from([NEW_YORK, "UTC", "Asia/Tokyo", "Australia/Lord_Howe"]),
    working_days=weekdays,
    handover_days=weekdays,
    closed_days=st.frozensets(days, max_size=40),
    cutoff=st.none() | st.times().map(lambda clock: clock.replace(microsecond=0)),
    processing_days=st.integers(0, 15),
)


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=30)))
def test_a_later_payment_never_gives_an_earlier_ship_by(
    calendar: BusinessCalendar, paid: datetime, later: timedelta
) -> None:
    assert calendar.ship_by(paid) <= calendar.ship_by(paid + later)


@given(calendars, moments, st.integers(0, 60))
def test_one_more_closed_day_never_gives_an_earlier_ship_by(
    calendar: BusinessCalendar, paid: datetime, ahead: int
) -> None:
    closed = calendar.local(paid).date() + timedelta(days=ahead)
    fuller = replace(calendar, closed_days=calendar.closed_days | {closed})
    assert fuller.ship_by(paid) >= calendar.ship_by(paid)


spans = st.timedeltas(timedelta(), timedelta(days=12))


@st.composite
def waits(draw: st.DrawFn, paid: datetime) -> tuple[Pause, ...]:
    """Draw what a buyer was asked after paying, and when the answers came."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        asked = paid + draw(st.timedeltas(timedelta(days=-2), timedelta(days=20)))
        found.append(Pause(asked, asked + draw(spans)))
    return tuple(found)


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=30)), st.data())
def test_a_later_payment_of_an_order_that_waited_never_gives_an_earlier_promise(
    calendar: BusinessCalendar, paid: datetime, later: timedelta, data: st.DataObject
) -> None:
    pauses = data.draw(waits(paid))
    assert calendar.promise(paid, pauses).ship_by <= calendar.promise(paid + later, pauses).ship_by


@given(calendars, moments, st.integers(0, 60), st.data())
def test_one_more_closed_day_never_gives_an_order_that_waited_an_earlier_promise(
    calendar: BusinessCalendar, paid: datetime, ahead: int, data: st.DataObject
) -> None:
    pauses = data.draw(waits(paid))
    closed = calendar.local(paid).date() + timedelta(days=ahead)
    fuller = replace(calendar, closed_days=calendar.closed_days | {closed})
    assert fuller.promise(paid, pauses).ship_by >= calendar.promise(paid, pauses).ship_by


@given(calendars, moments, spans, st.data())
def test_a_longer_wait_never_gives_an_earlier_promise(
    calendar: BusinessCalendar, paid: datetime, longer: timedelta, data: st.DataObject
) -> None:
    pauses = data.draw(waits(paid))
    stretched = [replace(each, answered_at=each.answered_at + longer) for each in pauses]
    assert calendar.promise(paid, stretched).ship_by >= calendar.promise(paid, pauses).ship_by
    assert calendar.promise(paid, pauses).ship_by >= calendar.promise(paid).ship_by


@pytest.mark.parametrize(
    ("asked", "answered", "ship_by"),
    [
        ("2026-10-05T12:00:00", "2026-10-05T18:00:00", date(2026, 10, 7)),
        ("2026-10-05T12:00:00", "2026-10-06T18:00:00", date(2026, 10, 8)),
        ("2026-10-06T12:00:00", "2026-10-08T09:00:00", date(2026, 10, 9)),
        ("2026-10-06T12:00:00", "2026-10-12T09:00:00", date(2026, 10, 13)),
        ("2026-10-07T12:00:00", "2026-10-09T09:00:00", date(2026, 10, 7)),
    ],
)
def test_the_count_stands_still_from_the_question_to_the_answer(
    asked: str, answered: str, ship_by: date
) -> None:
    two_days = replace(CALENDAR, processing_days=2)
    pause = Pause(new_york(asked), new_york(answered))
    assert two_days.promise(new_york("2026-10-05T09:00:00"), [pause]).ship_by == ship_by


PAID: Final = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
STUDS, RING, CUFF = LineItemId(1), LineItemId(2), LineItemId(3)


def piece(line_id: LineItemId, shipped: int = 0) -> LineItem:
    return LineItem("piece", 1, units_packed=shipped, units_shipped=shipped, id=line_id)


def test_pieces_in_one_parcel_wait_for_the_latest_and_alone_each_keeps_its_day() -> None:
    promise = promise_of_pieces(CALENDAR, {STUDS: None, RING: 5, CUFF: 3}, PAID)
    assert (promise.ship_by, promise.processing_days) == (date(2026, 10, 13), 5)
    assert [promise.day_of(each) for each in (STUDS, RING, CUFF)] == [
        date(2026, 10, 6),
        date(2026, 10, 13),
        date(2026, 10, 8),
    ]
    together = [piece(STUDS), piece(RING), piece(CUFF)]
    assert promise.ship_by_for(together) == date(2026, 10, 13)
    assert promise.ship_by_for([piece(STUDS, 1), *together[1:]]) == date(2026, 10, 8)
    assert promise.ship_by_for([piece(STUDS, 1), piece(RING), piece(CUFF, 1)]) == promise.ship_by
    gone = [piece(STUDS, 1), piece(RING, 1), piece(CUFF, 1)]
    assert promise.ship_by_for(gone) == promise.ship_by, "kept after shipping"


def test_pieces_that_take_equally_long_have_one_day() -> None:
    assert promise_of_pieces(CALENDAR, {STUDS: None, RING: 1}, PAID) == CALENDAR.promise(PAID)
    assert promise_of_pieces(CALENDAR, {}, PAID) == CALENDAR.promise(PAID)
