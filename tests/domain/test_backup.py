"""Which backups are kept, and how one is told in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.backup import (
    Backup,
    BackupKind,
    age_text,
    latest,
    restorable_text,
    superfluous,
)

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)
"""Monday evening in New York, Tuesday in UTC."""


def a_backup(made_at: datetime, kind: BackupKind = BackupKind.DAILY, number: int = 1) -> Backup:
    return Backup(Path(f"{made_at:%Y%m%d%H%M}-{kind}-{number}.db"), made_at, kind)


def kept(backups: list[Backup]) -> list[Backup]:
    gone = superfluous(backups, NOW, NEW_YORK)
    return [each for each in backups if each not in gone]


def test_fourteen_days_and_eight_weeks_are_kept_of_a_year_of_days() -> None:
    year = [a_backup(NOW - timedelta(days=ago)) for ago in range(365)]
    days = {each.made_at.astimezone(NEW_YORK).date() for each in kept(year)}
    monday = NOW.astimezone(NEW_YORK).date()
    fortnight = {monday - timedelta(days=ago) for ago in range(14)}
    sundays = {monday - timedelta(days=1 + 7 * ago) for ago in range(7)}
    assert days == fortnight | sundays


def test_of_a_past_day_at_the_shop_the_newest_is_kept() -> None:
    morning = a_backup(NOW - timedelta(hours=35))
    closing = a_backup(NOW - timedelta(hours=24), BackupKind.CLOSING)
    assert kept([closing, morning]) == [closing]


def test_of_today_the_first_and_the_newest_are_kept() -> None:
    morning = a_backup(NOW - timedelta(hours=11))
    noon = a_backup(NOW - timedelta(hours=6), BackupKind.CLOSING)
    evening = a_backup(NOW, BackupKind.CLOSING)
    assert kept([morning, noon, evening]) == [morning, evening]


def test_a_day_ends_at_the_shop_not_in_greenwich() -> None:
    sunday_night = a_backup(datetime(2026, 10, 5, 3, 30, tzinfo=UTC))
    monday_in_utc_too = a_backup(datetime(2026, 10, 5, 14, 0, tzinfo=UTC))
    assert kept([sunday_night, monday_in_utc_too]) == [sunday_night, monday_in_utc_too]


def test_days_without_a_backup_cost_none() -> None:
    before_a_long_holiday = [a_backup(NOW - timedelta(days=200 + ago)) for ago in range(14)]
    assert kept(before_a_long_holiday) == before_a_long_holiday


def test_what_was_asked_for_is_always_kept() -> None:
    asked_for = [
        a_backup(NOW - timedelta(days=3 * ago), BackupKind.ON_DEMAND) for ago in range(200)
    ]
    assert kept(asked_for) == asked_for


def test_the_copy_before_a_migration_is_kept_ninety_days() -> None:
    young = a_backup(NOW - timedelta(days=90), BackupKind.BEFORE_MIGRATION)
    old = a_backup(NOW - timedelta(days=91), BackupKind.BEFORE_MIGRATION)
    assert superfluous([young, old], NOW, NEW_YORK) == [old]


def test_a_clock_that_was_a_year_ahead_pushes_no_real_backup_out() -> None:
    ahead = [a_backup(NOW + timedelta(days=400 + day)) for day in range(100)]
    real = [a_backup(NOW - timedelta(days=day)) for day in range(3)]
    assert kept([*ahead, *real]) == [*ahead, *real]


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2025, 1, 1), datetime(2026, 10, 6), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bare bounds
            st.sampled_from(BackupKind),
        ),
        max_size=60,
    )
)
def test_the_newest_backup_of_all_is_never_let_go(made: list[tuple[datetime, BackupKind]]) -> None:
    backups = [a_backup(at, kind, number) for number, (at, kind) in enumerate(made)]
    rotated = [each for each in backups if each.kind in {BackupKind.DAILY, BackupKind.CLOSING}]
    gone = superfluous(backups, NOW, NEW_YORK)
    assert not rotated or max(each.made_at for each in rotated) in {
        each.made_at for each in rotated if each not in gone
    }
    assert all(each.kind is not BackupKind.ON_DEMAND for each in gone)


def test_rotating_twice_changes_nothing_more() -> None:
    year = [a_backup(NOW - timedelta(hours=7 * step)) for step in range(500)]
    left = kept(year)
    assert kept(left) == left


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-90), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_an_age_is_told_in_one_unit(span: timedelta, text: str) -> None:
    assert age_text(span) == text


@pytest.mark.parametrize(
    ("orders", "text"),
    [
        (12340, "restorable, 12,340 orders, 3 minutes ago"),
        (1, "restorable, 1 order, 3 minutes ago"),
        (0, "restorable, 0 orders, 3 minutes ago"),
        (None, "restorable, 3 minutes ago"),
    ],
)
def test_a_backup_says_what_it_is_good_for(orders: int | None, text: str) -> None:
    made = Backup(Path("desk.db"), NOW - timedelta(minutes=3), BackupKind.DAILY, orders)
    assert restorable_text(made, NOW) == text


def test_the_latest_backup_is_not_one_that_a_wrong_clock_dated_ahead() -> None:
    real = a_backup(NOW - timedelta(days=3))
    assert latest([a_backup(NOW + timedelta(days=30)), real], NOW) == real
    assert latest([], NOW) is None
