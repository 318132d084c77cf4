from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mailing import (
    HandedOver,
    MailedShare,
    by_week,
    measured,
    together,
    weeks_until,
)
from jeweler_desk.domain.measure_wording import mailed_in, mailed_share, percent, week_of
from jeweler_desk.domain.order import OrderId

CALENDAR = BusinessCalendar("America/New_York", closed_days=frozenset({date(2026, 10, 12)}))


def order(paid: str, left: str) -> HandedOver:
    paid_at, left_at = (datetime.fromisoformat(f"{each}:00-04:00") for each in (paid, left))
    return HandedOver(OrderId(1), "#1", "shopify", paid_at, left_at)


@pytest.mark.parametrize(
    ("paid", "left", "days", "hours", "is_within"),
    [
        ("2026-10-05T10:00", "2026-10-05T16:00", 0, 6.0, True),
        ("2026-10-05T22:30", "2026-10-06T16:00", 1, 17.5, True),
        ("2026-10-09T14:00", "2026-10-13T16:00", 1, 98.0, True),
        ("2026-10-05T10:00", "2026-10-07T10:00", 2, 48.0, False),
        ("2026-10-10T09:00", "2026-10-10T11:00", 0, 2.0, True),
        ("2026-10-05T10:00", "2026-10-04T10:00", 0, 0.0, True),
    ],
    ids=["same day", "next day", "a closed Monday between", "two days", "on a Saturday", "before"],
)
def test_working_days_and_hours_lie_between_paid_and_handed_over(
    paid: str, left: str, days: int, hours: float, *, is_within: bool
) -> None:
    (found,) = measured([order(paid, left)], CALENDAR)
    assert (found.working_days, found.hours) == (days, hours)
    assert found.is_within_one_day is is_within


def test_a_payment_after_the_cut_off_counts_as_received_the_next_working_day() -> None:
    late = BusinessCalendar("America/New_York", cutoff=time(14))
    (found,) = measured([order("2026-10-05T15:00", "2026-10-07T09:00")], late)
    assert found.working_days == 1


def test_orders_are_summed_up_by_the_week_in_which_they_left() -> None:
    mailed = measured(
        [
            order("2026-10-02T10:00", "2026-10-04T23:30"),
            order("2026-10-05T10:00", "2026-10-05T20:00"),
            order("2026-10-05T10:00", "2026-10-08T10:00"),
            order("2020-01-02T10:00", "2020-01-02T11:00"),
        ],
        CALENDAR,
    )
    weeks = by_week(mailed, weeks_until(date(2026, 10, 7), 3))
    assert [(week.monday.day, week.mailed.orders, week.mailed.within) for week in weeks] == [
        (21, 0, 0),
        (28, 1, 1),
        (5, 2, 1),
    ]
    assert weeks[0].mailed == MailedShare(0, 0, None)
    assert weeks[0].mailed.share is None
    assert together(mailed).share == 0.75


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))


@given(INSTANTS, INSTANTS, INSTANTS)
def test_who_hands_over_later_never_took_fewer_days(
    paid: datetime, one: datetime, other: datetime
) -> None:
    first, last = sorted((one, other))
    orders = [HandedOver(OrderId(1), "#1", "etsy", paid, each) for each in (first, last)]
    sooner, later = measured(orders, CALENDAR)
    assert sooner.working_days <= later.working_days
    assert sooner.hours <= later.hours


def test_the_measure_in_words() -> None:
    assert [mailed_in(days, 21.5) for days in (0, 1, 4)] == [
        "same day · 21.5 h",
        "next business day · 21.5 h",
        "4 business days · 21.5 h",
    ]
    assert mailed_share(MailedShare(10, 9, 21.0)) == (
        "9 of 10 (90 %) within one business day · usually 21 h"
    )
    assert mailed_share(MailedShare(0, 0, None)) == "nothing was mailed"
    assert [percent(each) for each in (0.0, 0.001, 0.999, 1.0)] == ["0 %", "1 %", "99 %", "100 %"]
    assert week_of(date(2026, 10, 5)) == "week of 5 Oct"
