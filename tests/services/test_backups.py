"""What the seller sees of her backups: made, kept, how old, put back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.backup import BackupKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.backups import restore_desk
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from tests.builders import an_order
from tests.fakes import FixedClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def shop(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """A shop in New York, on disk, with one order."""
    with opened_desk(folder, clock, is_writing=True) as desk:
        desk.settings.set("shop.timezone", "America/New_York")
        desk.orders.add(an_order())
        yield desk


def kinds(desk: Desk) -> list[str]:
    return [each.kind.value for each in desk.backups.kept()]


def test_a_backup_stands_among_the_desk_s_own_and_says_it_can_be_restored(
    shop: Desk, folder: Path, clock: FixedClock
) -> None:
    made = shop.backups.back_up()
    assert made.file == folder / "backups" / "desk-2026-10-05T140000Z.db"
    clock.goes_on(minutes=3)
    assert shop.backups.said(made) == "restorable, 1 order, 3 minutes ago"
    assert shop.backups.look_into(made.file) == 1


def test_the_copy_is_made_beside_the_window_and_noted_in_it(shop: Desk) -> None:
    job = shop.backups.back_up_job()
    with ThreadPoolExecutor(1) as worker:
        made = worker.submit(job).result()
    assert shop.backups.last_backup_at() == made.made_at
    assert shop.backups.record(made) == frozenset({Topic.BACKUPS})
    last = shop.backups.last()
    assert last is not None and last.orders == 1


def test_noting_a_backup_is_no_step_that_undo_takes_back(shop: Desk) -> None:
    shop.backups.back_up()
    assert shop.history.undo_label() == "Enter order #1041"


def test_the_day_at_the_shop_has_one_backup_of_its_own(shop: Desk, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 10, 6, 3, 30, tzinfo=UTC)
    assert shop.backups.is_daily_due(clock.now())
    shop.backups.back_up(BackupKind.DAILY)
    assert not shop.backups.is_daily_due(clock.now())
    clock.goes_on(minutes=29)
    assert not shop.backups.is_daily_due(clock.now()), "23:59 of the same Monday in New York"
    clock.goes_on(minutes=1)
    assert shop.backups.is_daily_due(clock.now()), "Tuesday 00:00"


def test_a_backup_into_another_folder_counts_and_is_found_again(
    shop: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    made = shop.backups.back_up(folder=tmp_path / "usb")
    assert not shop.backups.is_daily_due(clock.now())
    assert shop.backups.kept() == [made]
    made.file.unlink()
    assert shop.backups.kept() == []
    assert shop.backups.last_backup_at() == made.made_at


def test_backups_that_make_themselves_are_rotated_and_those_asked_for_never(
    shop: Desk, clock: FixedClock
) -> None:
    shop.backups.back_up()
    for _ in range(22):
        shop.backups.back_up(BackupKind.DAILY)
        clock.goes_on(hours=8)
        shop.backups.back_up_at_closing()
        clock.goes_on(hours=16)
    today, morning, *earlier, asked = shop.backups.kept()
    assert (today.kind, morning.kind, asked.kind) == ("closing", "daily", "on_demand")
    assert {each.kind for each in earlier} == {BackupKind.CLOSING}
    days = [each.made_at.day for each in (today, *earlier)]
    assert days == [*range(26, 12, -1), 11], "14 days, and the Sunday of the week before"


def test_the_list_is_newest_first_and_knows_how_many_orders_each_holds(
    shop: Desk, clock: FixedClock
) -> None:
    shop.backups.back_up(BackupKind.DAILY)
    clock.goes_on(hours=1)
    shop.orders.add(an_order(number="#1042"))
    shop.backups.back_up()
    assert kinds(shop) == ["on_demand", "daily"]
    assert [each.orders for each in shop.backups.kept()] == [2, 1]


def test_a_restored_desk_still_finds_the_backups_made_after_it(
    folder: Path, clock: FixedClock
) -> None:
    with opened_desk(folder, clock, is_writing=True) as desk:
        desk.orders.add(an_order())
        first = desk.backups.back_up()
        clock.goes_on(hours=1)
        desk.orders.add(an_order(number="#1042"))
        later = desk.backups.back_up()
    restore_desk(folder / "desk.db", first.file, clock)
    with opened_desk(folder, clock, is_writing=True) as desk:
        assert [each.file for each in desk.backups.kept()] == [later.file, first.file]
        assert desk.backups.last_backup_at() == later.made_at


def test_a_clock_that_was_wrong_does_not_hide_how_old_the_last_backup_is(
    shop: Desk, clock: FixedClock
) -> None:
    real = shop.backups.back_up(BackupKind.DAILY)
    clock.goes_on(days=400)
    shop.backups.back_up(BackupKind.DAILY)
    clock.goes_on(days=-398)
    assert shop.backups.last_backup_at() == real.made_at
    assert shop.backups.is_daily_due(clock.now())


def test_a_desk_in_memory_has_no_backups_and_closes_without_one(
    desk: Desk, clock: FixedClock
) -> None:
    with pytest.raises(RefusedError, match="only in memory"):
        desk.backups.back_up_job()
    assert desk.backups.back_up_at_closing() is None
    assert desk.backups.kept() == []
    assert desk.backups.last_backup_at() is None
    assert not desk.backups.is_daily_due(clock.now())


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(
    clock: FixedClock, shop: Desk, tmp_path: Path
) -> None:
    made = shop.backups.back_up()
    (tmp_path / "note.txt").write_text("a file", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"note\.txt” cannot be used"):
        restore_desk(tmp_path / "note.txt" / "desk.db", made.file, clock)
