"""backup, restore and check from the command line, to the letter of their JSON."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from jeweler_desk.app import opened_desk
from jeweler_desk.cli import desk as program
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.sqlite_library import sqlite3
from tests.builders import an_order
from tests.fakes import MONDAY_MORNING, FixedClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop with one order."""
    folder = tmp_path / "desk"
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order())
    return folder


def run(folder: Path, *words: str) -> Result:
    options = ["--desk", str(folder), "--now", MONDAY_MORNING.isoformat()]
    return CliRunner().invoke(program, [*options, *words], catch_exceptions=False)


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def tamper(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DESK_FILE)) as stranger:
        stranger.execute("UPDATE orders SET payment_status = 'refunded'")
        stranger.commit()


def test_a_backup_names_its_file_and_says_that_it_can_be_restored(folder: Path) -> None:
    result = run(folder, "backup", "--json")
    assert result.exit_code == 0
    assert document(result) == {
        "ok": True,
        "findings": [
            {
                "kind": "backup",
                "severity": "information",
                "what": "restorable, 1 order, just now",
                "order": None,
            }
        ],
        "file": str(folder / "backups" / "desk-2026-10-05T140000Z.db"),
    }
    assert Path(document(result)["file"]).is_file()


def test_a_backup_goes_into_the_folder_that_is_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "usb" / "desk-2026-10-05T140000Z.db"
    result = run(folder, "backup", str(tmp_path / "usb"))
    assert result.stdout == f"{file}\nrestorable, 1 order, just now\n"
    assert file.is_file()


def test_a_backup_that_cannot_be_made_is_not_done(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a file", encoding="utf-8")
    result = run(folder, "backup", str(tmp_path / "note.txt"), "--json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "cannot take a copy of the desk" in result.stderr


def test_a_backup_made_beside_an_open_window_is_made_all_the_same(folder: Path) -> None:
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        assert run(folder, "backup").exit_code == 0
        assert desk.backups.last_backup_at() == MONDAY_MORNING


def test_a_restore_says_where_the_replaced_desk_is_kept(folder: Path) -> None:
    file = document(run(folder, "backup", "--json"))["file"]
    result = run(folder, "restore", file)
    assert result.exit_code == 0
    assert result.stdout == (
        f"Restored 1 order from “{file}”. What was there before is kept in"
        f" “{folder / 'backups' / 'replaced-2026-10-05T140000Z'}”.\n"
    )


def test_a_restore_into_an_empty_place_replaces_nothing(folder: Path, tmp_path: Path) -> None:
    file = document(run(folder, "backup", "--json"))["file"]
    result = run(tmp_path / "new", "restore", file, "--json")
    assert document(result) == {
        "ok": True,
        "findings": [
            {
                "kind": "backup",
                "severity": "information",
                "what": f"Restored 1 order from “{file}”.",
                "order": None,
            }
        ],
    }
    assert "#1041" in run(tmp_path / "new", "orders").stdout


def test_a_restore_under_an_open_window_is_not_done(folder: Path) -> None:
    file = document(run(folder, "backup", "--json"))["file"]
    with opened_desk(folder, FixedClock(), is_writing=True):
        result = run(folder, "restore", file)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("The desk is open in a window")


def test_a_sound_desk_is_told_so(folder: Path) -> None:
    result = run(folder, "check", "--json")
    assert result.exit_code == 0
    assert document(result) == {
        "ok": True,
        "findings": [
            {
                "kind": "backup",
                "severity": "information",
                "what": "There is no backup yet; “jeweler-desk backup” makes one.",
                "order": None,
            }
        ],
    }
    assert run(folder, "check").stdout.endswith("The desk is sound.\n")


def test_a_failed_finding_needs_the_seller(folder: Path) -> None:
    tamper(folder)
    result = run(folder, "check", "--json")
    assert result.exit_code == 1
    told = document(result)
    assert told["ok"] is False
    assert told["findings"][0] == {
        "kind": "states",
        "severity": "failed",
        "what": "The payment status is kept as refunded; the facts say paid.",
        "order": "#1041",
    }
    said = run(folder, "check")
    assert said.exit_code == 1
    assert said.stdout.splitlines()[0] == (
        "FAILED  #1041: The payment status is kept as refunded; the facts say paid."
    )
    assert said.stdout.endswith("The desk needs you.\n")


def test_a_check_beside_an_open_window_changes_nothing(folder: Path) -> None:
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.orders.add(an_order(number="#1042"))
        assert run(folder, "check").exit_code == 0
        assert desk.history.undo_label() == "Enter order #1042"
