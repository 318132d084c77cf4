"""The law's last day: from the payment, moved only by what the buyer agreed to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.delay_rule import RULES, must_leave_by, refund_last_day, usual_rule
from jeweler_desk.domain.order import Promise

US = RULES["US"]
PAID_ON = date(2026, 10, 5)


def promised(*days: date) -> list[Promise]:
    paid_at = datetime(2026, 10, 5, 14, tzinfo=UTC)
    return [Promise(day, day, paid_at, "America/New_York", 1, None) for day in days]


def test_thirty_days_run_from_the_payment() -> None:
    assert must_leave_by(US, PAID_ON, promised(date(2026, 10, 6)), None) == date(2026, 11, 4)


def test_silence_is_consent_to_a_first_short_delay() -> None:
    moved = promised(date(2026, 10, 20), date(2026, 11, 12))
    assert must_leave_by(US, PAID_ON, moved, None) == date(2026, 11, 12)
    twice = promised(date(2026, 10, 20), date(2026, 11, 12), date(2026, 11, 20))
    assert must_leave_by(US, PAID_ON, twice, None) == date(2026, 11, 4)
    long = promised(date(2026, 10, 20), date(2026, 11, 20))
    assert must_leave_by(US, PAID_ON, long, None) == date(2026, 11, 4)


@given(st.lists(st.integers(1, 90), max_size=4), st.none() | st.integers(0, 200))
def test_the_last_day_is_never_before_the_thirtieth_nor_before_what_was_agreed(
    delays: list[int], agreed: int | None
) -> None:
    promises = promised(*(PAID_ON + timedelta(days=each) for each in delays))
    until = None if agreed is None else PAID_ON + timedelta(days=agreed)
    day = must_leave_by(US, PAID_ON, promises, until)
    assert day >= PAID_ON + timedelta(days=30)
    assert until is None or day >= until


def test_a_refund_must_have_gone_after_seven_working_days() -> None:
    assert refund_last_day(US, date(2026, 10, 5)) == date(2026, 10, 14)


@pytest.mark.parametrize(("country", "rule"), [("US", "US"), ("GB", "none"), ("", "none")])
def test_the_rule_follows_the_shops_country(country: str, rule: str) -> None:
    assert usual_rule(country) == rule
