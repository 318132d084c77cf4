"""Putting a backup back: checked first, the replaced desk kept whole, safe at every instant."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.backup import BackupKind
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.backups import restore_desk
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.backup import back_up
from jeweler_desk.store.copying import contents, open_read_only
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.errors import (
    BusyDeskError,
    ForeignFileError,
    KnownStoreError,
    NewerFileError,
)
from jeweler_desk.store.restoring import finish_restore, look_into
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import an_order
from tests.doomed import doomed
from tests.fakes import MONDAY_MORNING, FixedClock

COMPANIONS = ("", "-wal", "-shm")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Path:
    """A backup that holds three orders."""
    return a_backup_of(3, tmp_path, clock)


def a_backup_of(count: int, tmp_path: Path, clock: FixedClock) -> Path:
    folder = tmp_path / f"once-{count}"
    with opened_desk(folder, clock, is_writing=True) as desk:
        for number in range(count):
            desk.orders.add(an_order(number=f"#{number}"))
        made = desk.backups.back_up(folder=tmp_path / f"usb-{count}")
    shutil.rmtree(folder)
    return made.file


def orders_of(folder: Path, clock: FixedClock) -> int:
    with opened_desk(folder, clock, is_writing=True) as desk:
        return desk.orders.counts()[View.ALL]


def a_desk_with_a_power_cut(folder: Path, clock: FixedClock) -> None:
    """Leave a desk of five orders as a power cut would: much of it in its write-ahead log."""
    working = folder.with_name("working")
    folder.mkdir(mode=0o700)
    with opened_desk(working, clock, is_writing=True) as desk:
        for number in range(5):
            desk.orders.add(an_order(number=f"#{number}"))
        for each in COMPANIONS:
            shutil.copyfile(working / f"{DESK_FILE}{each}", folder / f"{DESK_FILE}{each}")
    assert (folder / f"{DESK_FILE}-wal").stat().st_size


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.name != "desk.lock"
    }


def test_a_backup_comes_back_and_what_it_replaces_is_kept_whole(
    folder: Path, small: Path, clock: FixedClock, tmp_path: Path
) -> None:
    a_desk_with_a_power_cut(folder, clock)
    restored = restore_desk(folder / DESK_FILE, small, clock)
    assert restored.orders == orders_of(folder, clock) == 3
    assert restored.replaced == folder / "backups" / "replaced-2026-10-05T140000Z"
    again = tmp_path / "again"
    shutil.copytree(restored.replaced, again)
    assert orders_of(again, clock) == 5
    assert small.exists()


def test_a_stale_write_ahead_log_is_never_replayed_into_a_restored_desk(
    folder: Path, small: Path, clock: FixedClock
) -> None:
    a_desk_with_a_power_cut(folder, clock)
    (folder / f"{DESK_FILE}-journal").write_bytes(b"left by something else")
    restore_desk(folder / DESK_FILE, small, clock)
    assert not (folder / f"{DESK_FILE}-wal").exists()
    with closing(open_read_only(folder / DESK_FILE)) as desk, closing(open_read_only(small)) as old:
        assert contents(desk) == contents(old)


def test_only_she_can_read_a_restored_desk(folder: Path, small: Path, clock: FixedClock) -> None:
    a_desk_with_a_power_cut(folder, clock)
    before = os.umask(0)
    try:
        restored = restore_desk(folder / DESK_FILE, small, clock)
    finally:
        os.umask(before)
    assert restored.replaced is not None
    assert restored.replaced.stat().st_mode & 0o777 == 0o700
    assert (folder / DESK_FILE).stat().st_mode & 0o777 == 0o600


def test_a_backup_is_restored_where_there_was_no_desk(
    folder: Path, small: Path, clock: FixedClock
) -> None:
    restored = restore_desk(folder / "deep" / DESK_FILE, small, clock)
    assert restored.replaced is None
    assert orders_of(folder / "deep", clock) == 3


def test_restoring_twice_in_a_second_keeps_both_that_were_replaced(
    folder: Path, small: Path, clock: FixedClock
) -> None:
    a_desk_with_a_power_cut(folder, clock)
    first = restore_desk(folder / DESK_FILE, small, clock).replaced
    second = restore_desk(folder / DESK_FILE, small, clock).replaced
    assert first is not None and second is not None
    assert first != second
    assert look_into(second / DESK_FILE).orders == 3


def test_a_damaged_desk_can_be_replaced(folder: Path, small: Path, clock: FixedClock) -> None:
    folder.mkdir(mode=0o700)
    (folder / DESK_FILE).write_bytes(b"SQLite format 3\0" + bytes(5000))
    restored = restore_desk(folder / DESK_FILE, small, clock)
    assert orders_of(folder, clock) == 3
    assert restored.replaced is not None
    assert (restored.replaced / DESK_FILE).stat().st_size == 5016


def foreign_file(path: Path) -> type[KnownStoreError]:
    path.write_text("Dear diary, today I soldered.", encoding="utf-8")
    return ForeignFileError


def foreign_database(path: Path) -> type[KnownStoreError]:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE orders (id INTEGER)")
    return ForeignFileError


def empty_file(path: Path) -> type[KnownStoreError]:
    path.touch()
    return ForeignFileError


def newer_desk(path: Path) -> type[KnownStoreError]:
    with closing(Store(path, now=lambda: MONDAY_MORNING)) as store, store.write():
        store.run(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('jeweler_desk', 'm999_tomorrow', '2031-01-01')"
        )
    return NewerFileError


def damaged_desk(path: Path) -> type[KnownStoreError]:
    Store(path, now=lambda: MONDAY_MORNING).close()
    with path.open("r+b") as handle:
        handle.seek(path.stat().st_size // 2)
        handle.write(b"\xa5" * 20_000)
    return KnownStoreError


def shortened_desk(path: Path) -> type[KnownStoreError]:
    Store(path, now=lambda: MONDAY_MORNING).close()
    os.truncate(path, path.stat().st_size - 40_000)
    return KnownStoreError


@pytest.mark.parametrize(
    "make",
    [foreign_file, foreign_database, empty_file, newer_desk, damaged_desk, shortened_desk],
)
def test_a_file_that_is_no_sound_backup_changes_nothing(
    make: object, folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    assert callable(make)
    file = tmp_path / "offered.db"
    refusal = make(file)
    a_desk_with_a_power_cut(folder, clock)
    offered, before = file.read_bytes(), snapshot(folder)
    with pytest.raises(refusal) as refused:
        restore_desk(folder / DESK_FILE, file, clock)
    assert str(refused.value).startswith(("“offered.db”", "This desk was written by a newer"))
    assert file.read_bytes() == offered
    assert snapshot(folder) == before


def test_a_file_that_is_not_there_is_told_in_a_sentence(folder: Path, clock: FixedClock) -> None:
    with pytest.raises(KnownStoreError, match=r"There is no file .*nowhere\.db"):
        restore_desk(folder / DESK_FILE, folder / "nowhere.db", clock)
    assert not folder.exists()


def test_the_desk_is_not_restored_from_itself(folder: Path, clock: FixedClock) -> None:
    with opened_desk(folder, clock, is_writing=True) as desk:
        desk.orders.add(an_order())
    with pytest.raises(KnownStoreError, match="is the desk itself"):
        restore_desk(folder / DESK_FILE, folder / DESK_FILE, clock)
    assert orders_of(folder, clock) == 1


def test_a_desk_that_is_open_is_not_replaced(folder: Path, small: Path, clock: FixedClock) -> None:
    with opened_desk(folder, clock, is_writing=True) as desk:
        desk.orders.add(an_order())
        with pytest.raises(BusyDeskError, match="open in a window"):
            restore_desk(folder / DESK_FILE, small, clock)
        assert desk.orders.counts()[View.ALL] == 1
    assert not (folder / "backups").exists()


def test_the_window_that_owns_the_desk_may_replace_it_once_it_is_closed(
    folder: Path, small: Path, clock: FixedClock
) -> None:
    with doomed() as process:
        process.works("own", folder, acts=1)
    restored = restore_desk(folder / DESK_FILE, small, clock, is_owner=True)
    assert restored.orders == orders_of(folder, clock) == 3


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_restore_that_a_power_cut_stopped_is_carried_through_at_the_next_start(
    moved: int, folder: Path, small: Path, clock: FixedClock
) -> None:
    a_desk_with_a_power_cut(folder, clock)
    aside = folder / "backups" / "replaced-2026-10-05T140000Z"
    aside.mkdir(parents=True)
    for each in COMPANIONS[:moved]:
        (folder / f"{DESK_FILE}{each}").rename(aside / f"{DESK_FILE}{each}")
    shutil.copyfile(small, folder / f"{DESK_FILE}.restored-2026-10-05T140000Z")
    assert orders_of(folder, clock) == 3
    assert orders_of(aside, clock) == 5


def test_a_restore_that_cannot_set_the_old_desk_aside_waits_for_the_next_start(
    folder: Path, small: Path, clock: FixedClock
) -> None:
    a_desk_with_a_power_cut(folder, clock)
    in_the_way = folder / "backups"
    in_the_way.write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(KnownStoreError, match=r"Nothing was lost; it waits in"):
        restore_desk(folder / DESK_FILE, small, clock)
    with pytest.raises(KnownStoreError, match="the next start tries again"):
        orders_of(folder, clock)
    in_the_way.unlink()
    assert orders_of(folder, clock) == 3
    assert orders_of(folder / "backups" / "replaced-2026-10-05T140000Z", clock) == 5


def test_a_start_without_a_stopped_restore_moves_nothing(folder: Path, clock: FixedClock) -> None:
    a_desk_with_a_power_cut(folder, clock)
    before = snapshot(folder)
    finish_restore(folder / DESK_FILE)
    assert snapshot(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL and no fork")
def test_a_power_cut_while_restoring_leaves_one_desk_or_the_other(
    folder: Path, small: Path, clock: FixedClock, tmp_path: Path
) -> None:
    large = a_backup_of(7, tmp_path, clock)
    orders = {small.parent.name: 3, large.parent.name: 7}
    expected = {3}
    restore_desk(folder / DESK_FILE, small, clock)
    with doomed() as process:
        for turn in range(20):
            said = process.works(
                "restore", folder, large, small, acts=turn % 2, then_seconds=turn / 200
            )
            if said:
                expected = {orders[act.split()[1]] for act in said[-1:]}
            in_flight = 7 if not said or said[-1].endswith("usb-3") else 3
            found = orders_of(folder, clock)
            assert found in expected | {in_flight}
            expected = {found}


@pytest.fixture
def open_desk(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    with opened_desk(folder, clock, is_writing=True) as desk:
        yield desk


def test_a_copy_of_a_live_desk_with_its_log_can_be_restored_too(
    open_desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    open_desk.orders.add(an_order())
    assert open_desk.folder is not None
    made = back_up(open_desk.folder / DESK_FILE, tmp_path, BackupKind.ON_DEMAND, clock.now())
    assert restore_desk(tmp_path / "other" / DESK_FILE, made.file, clock).orders == 1
    restored = restore_desk(tmp_path / "third" / DESK_FILE, open_desk.folder / DESK_FILE, clock)
    assert restored.orders == 1
