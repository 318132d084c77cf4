from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.store.desk_lock import DESK_FILE, DeskLock
from tests.cli.command_line import CommandLine, refused


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_a_window_on_a_foreign_file_closes_and_says_why(tmp_path: Path) -> None:
    content = b"not a database at all" * 100
    (tmp_path / DESK_FILE).write_bytes(content)
    refused(CommandLine(tmp_path).process(), "is not a desk of this program")
    assert (tmp_path / DESK_FILE).read_bytes() == content


def test_a_window_on_a_desk_that_a_command_writes_to_is_refused(tmp_path: Path) -> None:
    with closing(DeskLock(tmp_path)):
        refused(CommandLine(tmp_path).process(), "open in a window")
