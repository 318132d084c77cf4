"""A backup is restored from the window: the desk closes, opens as it was, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order_view import View
from jeweler_desk.start import put_back, run_window
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.ui.dialogs.restore_backup import RestoreBackup
from jeweler_desk.ui.main_window import MainWindow
from tests.builders import an_order
from tests.fakes import FixedClock


@pytest.fixture
def backup(tmp_path: Path, clock: FixedClock) -> Path:
    """A backup of one order; a second came in since."""
    with opened_desk(tmp_path, clock, is_writing=True) as desk:
        desk.orders.add(an_order(number="#1"))
        file = desk.backups.back_up().file
        desk.orders.add(an_order(number="#2"))
    clock.goes_on(minutes=5)
    return file


def shown(kind: type[MainWindow]) -> MainWindow | None:
    found = (each for each in QApplication.topLevelWidgets() if isinstance(each, kind))
    return next((each for each in found if each.isVisible() and each.is_furnished), None)


def test_the_desk_opens_again_as_the_backup_has_it(
    qtbot: QtBot, tmp_path: Path, clock: FixedClock, backup: Path
) -> None:
    seen: list[object] = []
    timer = QTimer()

    def look() -> None:
        window = shown(MainWindow)
        if window is None or (seen and "restore" not in window.notices.banners()):
            return
        if not seen:
            window.actions_["restore"].trigger()
            (form,) = window.findChildren(RestoreBackup)
            seen.append(form.list.currentItem().text())
            qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
            return
        seen.append(window.notices.banners()["restore"])
        seen.append([each.number for each in window.desk.orders.list(View.ALL)])
        timer.stop()
        window.leave()

    timer.timeout.connect(look)
    timer.start(20)
    assert run_window(tmp_path, clock) == 0
    choice, told, orders = seen
    assert str(choice).endswith("restorable, 1 order, 5 minutes ago")
    assert str(told).startswith(f"The backup “{backup.name}” is restored, with 1 order.")
    assert orders == ["#1"]
    (kept,) = (tmp_path / "backups").glob("replaced-*")
    assert (kept / DESK_FILE).is_file()
    assert str(kept) in str(told)


def test_a_file_that_is_no_backup_leaves_the_desk_as_it_was(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    stranger = tmp_path / "letter.db"
    stranger.write_text("Dear Aileen", encoding="utf-8")
    window.actions_["restore"].trigger()
    (form,) = window.findChildren(RestoreBackup)
    assert form.problem.text().startswith("There is no backup among the desk’s own yet.")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "Choose a backup of the list, or a file from elsewhere."
    form.take(stranger)
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    told = window.notices.banners()["restore"]
    assert told.startswith("The backup was not restored. “letter.db” is not a desk")
    assert window.isVisible()


def test_what_cannot_be_put_back_is_told(tmp_path: Path, clock: FixedClock, backup: Path) -> None:
    backup.unlink()
    told = put_back(tmp_path / DESK_FILE, backup, clock)
    assert told.startswith("The desk is as it was. There is no file")
