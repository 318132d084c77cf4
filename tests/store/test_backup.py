"""Backups of a live desk: whole, verified, never half, never over one another."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.backup import Backup, BackupKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.backup import back_up, backups_folder, backups_in, rotate
from jeweler_desk.store.copying import (
    claim_name,
    contents,
    copy_before_migration,
    open_read_only,
    refuse_full_disk,
)
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.errors import KnownStoreError
from jeweler_desk.store.restoring import look_into
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import a_line, an_order
from tests.doomed import ROOT, doomed
from tests.fakes import MONDAY_MORNING, FixedClock

ZONE = ZoneInfo("America/New_York")
ASKED = BackupKind.ON_DEMAND
FEW, MANY = 12, 400


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one order, open in a window."""
    with opened_desk(tmp_path / "desk", FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
        yield desk


@pytest.fixture
def file(desk: Desk) -> Path:
    assert desk.folder is not None
    return desk.folder / DESK_FILE


def rows_of(file: Path, table: str) -> int:
    with closing(open_read_only(file)) as connection:
        return dict(contents(connection).rows)[table]


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def damage(file: Path) -> None:
    """Write rubbish over some pages in the middle of a closed file."""
    with file.open("r+b") as handle:
        handle.seek(file.stat().st_size // 2)
        handle.write(b"\xa5" * 8192)


def test_a_backup_holds_what_only_the_write_ahead_log_holds_yet(file: Path, tmp_path: Path) -> None:
    assert file.with_name(f"{DESK_FILE}-wal").stat().st_size
    made = back_up(file, tmp_path / "usb", ASKED, MONDAY_MORNING)
    assert made.orders == rows_of(made.file, "orders") == 1
    assert rows_of(made.file, "line_items") == 1


def test_a_backup_stands_alone(file: Path, tmp_path: Path) -> None:
    made = back_up(file, tmp_path / "usb", ASKED, MONDAY_MORNING)
    assert names_in(made.file.parent) == ["desk-2026-10-05T140000Z.db"]
    with closing(sqlite3.connect(made.file)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_no_backup_overwrites_another(file: Path, tmp_path: Path) -> None:
    made = [back_up(file, tmp_path / "usb", ASKED, MONDAY_MORNING) for _ in range(3)]
    assert names_in(tmp_path / "usb") == [
        "desk-2026-10-05T140000Z-2.db",
        "desk-2026-10-05T140000Z-3.db",
        "desk-2026-10-05T140000Z.db",
    ]
    assert len({each.file for each in made}) == 3


def test_a_name_is_given_once_even_while_its_copy_is_under_way(tmp_path: Path) -> None:
    first = claim_name(tmp_path, "desk-2026-10-05T140000Z", ".db")
    second = claim_name(tmp_path, "desk-2026-10-05T140000Z", ".db")
    assert (first.name, second.name) == (
        "desk-2026-10-05T140000Z.db",
        "desk-2026-10-05T140000Z-2.db",
    )


def test_only_she_can_read_a_backup_whatever_the_system_allows(file: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = back_up(file, tmp_path / "usb", ASKED, MONDAY_MORNING)
        own = back_up(file, backups_folder(file), BackupKind.DAILY, MONDAY_MORNING)
    finally:
        os.umask(before)
    for each in (made.file, own.file):
        assert each.stat().st_mode & 0o777 == 0o600
        assert each.parent.stat().st_mode & 0o777 == 0o700


def test_orders_coming_in_meanwhile_do_not_tear_a_backup(tmp_path: Path) -> None:
    folder, is_enough = tmp_path / "desk", threading.Event()
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order(a_line(), a_line("Moon"), number="#1"))

    def come_in() -> None:
        with opened_desk(folder, FixedClock(), is_writing=True) as desk:
            number = 1
            while not is_enough.is_set():
                number += 1
                desk.orders.add(an_order(a_line(), a_line("Moon"), number=f"#{number}"))

    writer = threading.Thread(target=come_in)
    writer.start()
    made: list[Backup] = []
    try:
        while len(made) < FEW or (made[-1].orders == made[0].orders and len(made) < MANY):
            made.append(back_up(folder / DESK_FILE, tmp_path / "usb", ASKED, MONDAY_MORNING))
    finally:
        is_enough.set()
        writer.join()
    for each in made:
        assert look_into(each.file).orders == each.orders == rows_of(each.file, "orders")
        assert rows_of(each.file, "line_items") == 2 * rows_of(each.file, "orders")
        assert rows_of(each.file, "steps") == rows_of(each.file, "orders")
    counts = [each.orders or 0 for each in made]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_damaged_desk_never_becomes_a_backup(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        for number in range(20):
            desk.orders.add(an_order(number=f"#{number}"))
        good = desk.backups.back_up(BackupKind.DAILY)
    damage(folder / DESK_FILE)
    with pytest.raises(KnownStoreError, match=r"damaged|thrown away"):
        back_up(folder / DESK_FILE, folder / "backups", BackupKind.DAILY, MONDAY_MORNING)
    assert names_in(folder / "backups") == [good.file.name]
    assert look_into(good.file).orders == 20


def test_a_desk_with_rows_that_belong_nowhere_never_becomes_a_backup(
    tmp_path: Path, desk: Desk, file: Path
) -> None:
    with closing(sqlite3.connect(file)) as stranger:
        stranger.execute("INSERT INTO holds (order_id, reason, held_at) VALUES (77, 'x', 'y')")
        stranger.commit()
    with pytest.raises(KnownStoreError, match="a row of holds belongs nowhere"):
        back_up(file, tmp_path / "usb", ASKED, MONDAY_MORNING)
    assert names_in(tmp_path / "usb") == []
    assert desk.orders.find("#1041").customer == "Hannah Lindqvist"


def test_a_disk_that_is_too_full_is_told_with_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(KnownStoreError, match=r"disk is full.*needs 12\.0 MB.*3\.0 MB are free"):
        refuse_full_disk(12_000_000, 3_000_000, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the limit that plays the failing disk is POSIX's")
def test_a_disk_that_fails_half_way_leaves_no_stub(file: Path, tmp_path: Path) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from jeweler_desk.domain.backup import Backup, BackupKind\n"
        "from jeweler_desk.store.backup import back_up\n"
        "from jeweler_desk.store.errors import KnownStoreError\n"
        "from tests.fakes import MONDAY_MORNING\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    back_up(Path(sys.argv[1]), Path(sys.argv[2]), BackupKind.DAILY, MONDAY_MORNING)\n"
        "except KnownStoreError as error:\n"
        "    print(error)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(file), str(tmp_path / "usb")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.startswith("The disk ")
    assert "Nothing was changed" in answer.stdout
    assert names_in(tmp_path / "usb") == []


def test_a_place_that_can_hold_no_backup_is_told_in_a_sentence(file: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("not a folder", encoding="utf-8")
    with pytest.raises(KnownStoreError, match=r"note\.txt” cannot take a copy of the desk"):
        back_up(file, tmp_path / "note.txt", ASKED, MONDAY_MORNING)


def test_a_desk_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownStoreError, match="cannot be opened"):
        back_up(tmp_path / "none.db", tmp_path / "usb", ASKED, MONDAY_MORNING)
    assert not (tmp_path / "usb").exists()


def test_a_backup_is_found_again_by_its_name(file: Path) -> None:
    folder = backups_folder(file)
    made = [back_up(file, folder, kind, MONDAY_MORNING) for kind in list(BackupKind)[:3]]
    with closing(sqlite3.connect(file)) as source:
        copy_before_migration(source, file, MONDAY_MORNING)
    for foreign in ("notes.txt", "desk-2026-99-99T000000Z.db", "desk.db"):
        (folder / foreign).touch()
    found = backups_in(folder)
    assert {each.kind for each in found} == set(BackupKind)
    assert {each.made_at for each in found} == {MONDAY_MORNING}
    assert {each.file for each in made} < {each.file for each in found}


def test_rotation_removes_what_it_may_and_nothing_else(file: Path) -> None:
    folder = backups_folder(file)
    made = [
        back_up(file, folder, BackupKind.CLOSING, MONDAY_MORNING + timedelta(hours=hours)).file.name
        for hours in range(4)
    ]
    asked = back_up(file, folder, ASKED, MONDAY_MORNING).file.name
    left_by_a_power_cut = folder / "desk-2026-10-01T090000Z.db.unfinished"
    under_way = folder / "desk-2026-10-05T150000Z-daily.db.unfinished"
    hers = folder / "notes about backups.txt"
    for each in (left_by_a_power_cut, under_way, hers):
        each.touch()
    rotate(folder, MONDAY_MORNING + timedelta(hours=4), ZONE)
    assert names_in(folder) == sorted([made[0], made[-1], asked, under_way.name, hers.name])


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL and no fork")
def test_a_power_cut_while_backing_up_leaves_only_whole_backups(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        for number in range(40):
            desk.orders.add(an_order(number=f"#{number}"))
    said = []
    with doomed() as process:
        for turn in range(12):
            said += process.works("back_up", folder, acts=1, then_seconds=turn / 400)
    whole = backups_in(folder / "backups")
    assert {act.split()[1] for act in said} <= {each.file.name for each in whole}
    assert {look_into(each.file).orders for each in whole} == {40}


def test_the_copy_before_a_migration_is_a_verified_one(tmp_path: Path) -> None:
    path = tmp_path / DESK_FILE
    with closing(Store(path, now=lambda: MONDAY_MORNING)) as store:
        with store.step("Name the shop"):
            store.insert("settings", {"key": "shop.name", "value": "Moon & Sea"})
        copy = copy_before_migration(store.db.conn, path, MONDAY_MORNING)
    assert copy == tmp_path / "backups" / "before-migration-2026-10-05T140000Z.db"
    assert rows_of(copy, "settings") == 1
    assert look_into(copy).orders == 0
