from __future__ import annotations

from pathlib import Path

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.first_window import FirstWindow, _name, call_first_window


def test_a_second_start_brings_the_first_window_forward(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstWindow(tmp_path)

    with qtbot.waitSignal(first.called):
        assert call_first_window(tmp_path)


def test_another_desk_is_another_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstWindow(tmp_path / "one")

    with qtbot.assertNotEmitted(first.called):
        assert not call_first_window(tmp_path / "two")


def test_a_name_left_by_a_crash_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    gone = FirstWindow(tmp_path)
    now = FirstWindow(tmp_path)

    with qtbot.waitSignal(now.called), qtbot.assertNotEmitted(gone.called):
        assert call_first_window(tmp_path)


def test_any_other_request_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstWindow(tmp_path)
    stranger = QLocalSocket()
    stranger.connectToServer(_name(tmp_path))
    assert stranger.waitForConnected(1000)

    with qtbot.assertNotEmitted(first.called), qtbot.waitSignal(stranger.disconnected):
        stranger.write(b"open /etc/passwd\n")
