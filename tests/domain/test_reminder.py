from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from jeweler_desk.domain.reminder import (
    DueState,
    Rung,
    Unanswered,
    due_state,
    is_quiet,
    may_pop_up,
    next_notice,
    rung_reached,
)

ASKED = datetime(2026, 10, 31, 22, 0, tzinfo=UTC)
DUE = ASKED + timedelta(hours=24)
NIGHT = (time(21), time(8))


def _email(name: str, due_at: datetime = DUE) -> Unanswered:
    return Unanswered(f"<{name}@c.test>", name, due_at)


def test_an_email_turns_amber_at_20_hours_and_late_at_24_to_the_second() -> None:
    second = timedelta(seconds=1)

    assert rung_reached(DUE, ASKED + timedelta(hours=20) - second) is None
    assert rung_reached(DUE, ASKED + timedelta(hours=20)) is Rung.AMBER
    assert rung_reached(DUE, DUE - second) is Rung.AMBER
    assert rung_reached(DUE, DUE) is Rung.LATE
    assert due_state(DUE, DUE - second) is DueState.DUE
    assert due_state(DUE, DUE) is DueState.LATE


def test_all_emails_that_are_due_come_in_one_notice() -> None:
    waiting = [_email("Ann"), _email("Bea", DUE + timedelta(hours=3)), _email("Cy", DUE)]

    notice = next_notice(waiting, [], DUE)

    assert notice is not None
    assert notice.title == "2 emails have waited over 24 hours, 1 more due within 4 hours"
    assert notice.text == "Ann, Bea, Cy"


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["Ann"], "1 email falls due within 4 hours"),
        (["Ann", "Bea"], "2 emails fall due within 4 hours"),
    ],
)
def test_a_notice_counts_what_falls_due_soon(names: list[str], title: str) -> None:
    notice = next_notice([_email(name) for name in names], [], DUE - timedelta(hours=1))

    assert notice is not None
    assert notice.title == title


def test_a_notice_names_three_people_and_counts_the_rest() -> None:
    notice = next_notice([_email(name) for name in ("Ann", "Bea", "Cy", "Dee", "Eve")], [], DUE)

    assert notice is not None
    assert notice.text == "Ann, Bea, Cy and 2 more"


def test_nobody_is_told_twice_of_the_same_email() -> None:
    told = [("<Ann@c.test>", Rung.LATE)]

    assert next_notice([_email("Ann")], told, DUE) is None
    assert next_notice([_email("Ann")], told, DUE - timedelta(hours=2)) is None


def test_an_email_that_was_amber_is_told_once_more_when_it_is_late() -> None:
    told = [("<Ann@c.test>", Rung.AMBER)]

    assert next_notice([_email("Ann")], told, DUE - timedelta(hours=1)) is None
    late = next_notice([_email("Ann")], told, DUE)
    assert late is not None
    assert late.told == (("<Ann@c.test>", Rung.LATE),)


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

    assert may_pop_up(now, "America/New_York", NIGHT, today[:2])
    assert not may_pop_up(now, "America/New_York", NIGHT, today)
    assert may_pop_up(now, "America/New_York", NIGHT, [*today[:2], yesterday])


def test_quiet_hours_go_by_the_shops_clock_not_the_computers() -> None:
    evening_in_portland = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # 22:30 on the 21st

    assert not may_pop_up(evening_in_portland, "America/New_York", NIGHT, [])
    assert may_pop_up(evening_in_portland, "Pacific/Auckland", NIGHT, [])
