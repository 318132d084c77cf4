"""A desk's version is known without the library that changes tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sqlite_utils
from sqlite_utils.utils import sqlite3 as chosen_by_sqlite_utils

from jeweler_desk.store.database import Store
from jeweler_desk.store.migrations import migrations
from jeweler_desk.store.sqlite_library import sqlite3
from jeweler_desk.store.versions import KNOWN, applied, is_of_today

_OPENS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from jeweler_desk.store.database import Store
Store(Path(sys.argv[1]), now=lambda: datetime(2026, 10, 5, tzinfo=UTC)).close()
sys.stdout.write(str("sqlite_utils" in sys.modules))
"""


def opens(desk: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", _OPENS, desk], check=True, capture_output=True, text=True
    ).stdout


def test_every_migration_is_known_by_name() -> None:
    new = sqlite_utils.Database(memory=True)
    assert [each.name for each in migrations.pending(new)] == list(KNOWN)


def test_a_new_file_has_had_no_migration_and_a_desk_all_of_them(store: Store) -> None:
    nothing = sqlite3.connect(":memory:")
    assert applied(nothing) == ()
    assert not is_of_today(nothing)
    nothing.close()
    assert applied(store.connection) == KNOWN
    assert [each.name for each in migrations.applied(store.db)] == list(KNOWN)
    assert is_of_today(store.connection)


def test_the_store_stands_on_the_sqlite_that_sqlite_utils_chooses() -> None:
    assert sqlite3 is chosen_by_sqlite_utils


def test_a_desk_of_today_opens_without_what_changes_tables(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    assert opens(desk) == "True"
    assert opens(desk) == "False"


def test_the_same_triggers_fire_as_through_sqlite_utils(store: Store) -> None:
    question = "PRAGMA recursive_triggers"
    told = store.one(question)
    assert told is not None
    assert told[0] == sqlite_utils.Database(memory=True).execute(question).fetchone()[0]
