"""Opening a desk: what is not ours stays untouched, one process owns it, every place is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order_view import View
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE, DeskLock
from jeweler_desk.store.errors import (
    BusyDeskError,
    ForeignFileError,
    KnownStoreError,
    NewerFileError,
)
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import an_order
from tests.cli.command_line import CommandLine
from tests.doomed import ROOT, doomed
from tests.fakes import MONDAY_MORNING, FixedClock

ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL, fork or modes")
NOBODY = 65534
LONG_NAME = "A home jeweler's desk " * 9 + "..."
PLACES = [
    "Анна’s 💍 desk",
    'it\'s "hers" 100% #1?',
    "a;b&c=d [e] {f} $HOME `g`",
    LONG_NAME,
]


def diary(path: Path) -> None:
    path.write_text("Dear diary, today I soldered a bezel.", encoding="utf-8")


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER)")


def cut_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def newer_desk(path: Path) -> None:
    with closing(Store(path, now=lambda: MONDAY_MORNING)) as store, store.write():
        store.run(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('jeweler_desk', 'm999_tomorrow', '2031-01-01')"
        )


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jeweler_desk", "--desk", str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (diary, ForeignFileError),
        (another_database, ForeignFileError),
        (cut_short, ForeignFileError),
        (newer_desk, NewerFileError),
    ],
)
def test_a_file_that_is_not_a_desk_of_this_program_is_left_as_it_is(
    make: Callable[[Path], None],
    refusal: type[KnownStoreError],
    read_only: bool,  # noqa: FBT001 - given by pytest
    tmp_path: Path,
) -> None:
    path = tmp_path / DESK_FILE
    make(path)
    before, mode = path.read_bytes(), path.stat().st_mode
    with pytest.raises(refusal, match="left as it is"):
        Store(path, now=lambda: MONDAY_MORNING, read_only=read_only)
    assert path.read_bytes() == before
    assert path.stat().st_mode == mode


def test_the_command_line_refuses_a_newer_desk_in_one_sentence(tmp_path: Path) -> None:
    newer_desk(tmp_path / DESK_FILE)
    before = (tmp_path / DESK_FILE).read_bytes()
    within = CommandLine(tmp_path)
    told = [within.process("orders"), *(within.run(word) for word in ("undo", "check", "backup"))]
    for answer in told:
        assert answer.status == 3
        assert answer.aside.startswith("This desk was written by a newer Jeweler Desk.")
        assert "Traceback" not in answer.aside
    assert (tmp_path / DESK_FILE).read_bytes() == before


def test_a_desk_that_is_not_there_yet_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(KnownStoreError, match="There is no desk"):
        Store(tmp_path / DESK_FILE, now=lambda: MONDAY_MORNING, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_every_connection_is_opened_with_the_safe_settings(tmp_path: Path) -> None:
    for _ in range(20):
        with closing(Store(tmp_path / DESK_FILE, now=lambda: MONDAY_MORNING)) as store:
            told = {
                name: store.rows(f"PRAGMA {name}")[0][0]
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
            assert told == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "secure_delete": 1,
            }


def test_a_desk_opened_to_read_cannot_be_written(tmp_path: Path) -> None:
    Store(tmp_path / DESK_FILE, now=lambda: MONDAY_MORNING).close()
    with closing(Store(tmp_path / DESK_FILE, now=lambda: MONDAY_MORNING, read_only=True)) as store:
        with pytest.raises(KnownStoreError, match="reading only"), store.write():
            pass
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.run("DELETE FROM settings")


@pytest.mark.parametrize("place", PLACES, ids=["emoji", "quotes", "signs", "200 characters"])
def test_a_desk_may_lie_in_a_folder_of_any_name(place: str, tmp_path: Path) -> None:
    folder = tmp_path / place
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
        made = desk.backups.back_up()
    with opened_desk(folder, FixedClock(), is_writing=False) as desk:
        assert desk.orders.counts()[View.ALL] == 1
        assert desk.backups.look_into(made.file) == 1


@ON_POSIX
def test_only_she_can_read_her_desk_whatever_the_system_allows(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with opened_desk(tmp_path / "desk", FixedClock(), is_writing=True) as desk:
            desk.orders.add(an_order())
            files = {
                each.name: each.stat().st_mode & 0o777 for each in (tmp_path / "desk").iterdir()
            }
    finally:
        os.umask(before)
    assert set(files) == {DESK_FILE, f"{DESK_FILE}-wal", f"{DESK_FILE}-shm", "desk.lock"}
    assert set(files.values()) == {0o600}
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700


def test_a_desk_has_one_owner_in_a_process_too(tmp_path: Path) -> None:
    with closing(DeskLock(tmp_path)), pytest.raises(BusyDeskError, match="open in a window"):
        DeskLock(tmp_path)
    DeskLock(tmp_path).close()


@ON_POSIX
def test_beside_an_open_desk_others_may_read_and_back_up_but_not_write(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
    with doomed() as process, process.owning(folder):
        refused = command(folder, "undo")
        assert (refused.returncode, refused.stdout) == (3, "")
        assert refused.stderr == (
            "The desk is open in a window (or another command is writing). Nothing was changed.\n"
        )
        assert "#1041" in command(folder, "orders").stdout
        assert command(folder, "check").returncode == 0
        backup = command(folder, "backup", str(tmp_path / "usb"))
        assert (backup.returncode, backup.stderr) == (0, "")
        assert command(folder, "restore", backup.stdout.splitlines()[0]).returncode == 3
    assert command(folder, "undo").returncode == 0


@ON_POSIX
def test_a_killed_owner_leaves_no_lock_behind(tmp_path: Path) -> None:
    with doomed() as process:
        for _ in range(20):
            process.works("own", tmp_path, acts=1)
            with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
                assert desk.history.undo_label() is None


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that a user without rights reaches, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def without_rights(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user whom file modes bind; root, as on a build machine, is not."""
    script = (
        "import os, sys\n"
        # Loaded with root's rights: this Python may lie where that user cannot read.
        "import babel.dates, babel.localtime, babel.numbers, platformdirs, tempfile\n"
        "import sqlite_utils, jeweler_desk.store.migrations, jeweler_desk.cli.orders\n"
        "import jeweler_desk.app, jeweler_desk.cli.care, jeweler_desk.imports.files\n"
        "from jeweler_desk.cli import main\n"
        f"if os.geteuid() == 0:\n    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, "--desk", str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def given_away(folder: Path) -> None:
    """Give a desk to the user without rights."""
    if os.geteuid() == 0:
        for each in (folder, *folder.iterdir()):
            os.chown(each, NOBODY, NOBODY)


@ON_POSIX
def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(open_to_all: Path) -> None:
    folder = open_to_all / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
    given_away(folder)
    folder.chmod(0o500)
    for words in (["orders"], ["undo"], ["check"], ["backup"]):
        answer = without_rights(folder, *words)
        assert "Traceback" not in answer.stderr
        assert answer.returncode == 3
        assert answer.stderr.count("\n") == 1
    folder.chmod(0o700)
    assert "#1041" in without_rights(folder, "orders").stdout


@ON_POSIX
def test_a_file_that_cannot_be_written_to_can_still_be_read(open_to_all: Path) -> None:
    folder = open_to_all / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
    (folder / DESK_FILE).chmod(0o400)
    given_away(folder)
    assert "#1041" in without_rights(folder, "orders").stdout
    answer = without_rights(folder, "undo")
    assert answer.returncode == 3
    assert "cannot be written to" in answer.stderr


@ON_POSIX
def test_a_folder_that_is_not_hers_is_told_in_a_sentence(open_to_all: Path) -> None:
    closed = open_to_all / "closed"
    closed.mkdir(mode=0)
    for words in (["orders"], ["undo"], ["restore", __file__]):
        answer = without_rights(closed / "desk", *words)
        assert answer.returncode == 3
        assert answer.stderr.startswith(("The folder “", "“test_opening.py”"))
    closed.chmod(0o700)
