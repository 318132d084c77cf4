from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from jeweler_desk.domain.reminder import (
    DueState,
    Rung,
    due_state,
    has_room,
    is_quiet,
    rung_reached,
)

ASKED = datetime(2026, 10, 31, 22, 0, tzinfo=UTC)
DUE = ASKED + timedelta(hours=24)
NIGHT = (time(21), time(8))


def test_an_email_turns_amber_at_20_hours_and_late_at_24_to_the_second() -> None:
    second = timedelta(seconds=1)

    assert rung_reached(DUE, ASKED + timedelta(hours=20) - second) is None
    assert rung_reached(DUE, ASKED + timedelta(hours=20)) is Rung.AMBER
    assert rung_reached(DUE, DUE - second) is Rung.AMBER
    assert rung_reached(DUE, DUE) is Rung.LATE
    assert due_state(DUE, DUE - second) is DueState.DUE
    assert due_state(DUE, DUE) is DueState.LATE


@pytest.mark.parametrize(
    ("hour", "quiet"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False)]
)
def test_quiet_hours_run_past_midnight(hour: int, *, quiet: bool) -> None:
    assert is_quiet(time(hour), NIGHT) is quiet


def test_quiet_hours_within_a_day_end_the_same_day() -> None:
    lunch = (time(12), time(13))

    assert is_quiet(time(12, 30), lunch)
    assert not is_quiet(time(13), lunch)


def test_at_most_three_notices_pop_up_on_a_local_day() -> None:
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # 15:00 in New York
    today = [now - timedelta(hours=each) for each in (1, 2, 3)]
    yesterday = now - timedelta(hours=20)

    assert has_room(now, "America/New_York", today[:2])
    assert not has_room(now, "America/New_York", today)
    assert has_room(now, "America/New_York", [*today[:2], yesterday])
