from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk as program
from tests.post import Letter

NEXT_DAY = "2026-10-06T12:00+00:00"


def _run(folder: Path, *words: str, now: str = NEXT_DAY) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["--desk", str(folder), "--now", now, *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "q1.eml").write_bytes(Letter("q1@c.test").raw())
    folder = tmp_path / "desk"
    assert _run(folder, "mail", "read", str(inbox), "--as", "inbox")[0] == 0
    return folder


def test_the_agenda_names_what_is_late_as_other_programs_read_it(folder: Path) -> None:
    status, said, _ = _run(folder, "agenda", "--json")

    assert status == 0
    assert json.loads(said) == [
        {
            "kind": "email",
            "title": "Answer Anna Berg: Ring",
            "due_at": "2026-10-06T08:00:00Z",
            "state": "late",
            "link": "mail:q1@c.test",
        }
    ]


def test_the_agenda_is_told_in_words(folder: Path) -> None:
    assert "late" in _run(folder, "agenda")[1]
    assert _run(folder, "mail", "answered", "q1@c.test", "--how", "by telephone")[0] == 0
    assert _run(folder, "agenda")[1] == "Nothing is due.\n"


def test_a_notice_needs_a_desktop_and_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")

    early = _run(folder, "agenda", "--notify", now="2026-10-05T12:00+00:00")
    assert (early[0], early[2]) == (0, "There is nothing new to notify of.\n")
    status, _, said = _run(folder, "agenda", "--notify")
    assert status == 3
    assert said.startswith("This desktop shows no notification")
