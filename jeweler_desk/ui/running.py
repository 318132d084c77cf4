"""Opens the window on a desk and stays until it is closed."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.settings import TEXT_SIZE, THEME
from jeweler_desk.ui.pictures import save_pictures
from jeweler_desk.ui.single_window import SingleWindow, raise_first
from jeweler_desk.ui.theme import Mode

_LOG: Final = logging.getLogger(__name__)


def run_window(desk: Desk, *, demo_note: str = "", files: Sequence[Path] = ()) -> int:
    """Open the window on a desk this process owns; return the exit status when it is closed.

    ``demo_note`` is the banner over a sample shop; ``files`` are looked at for import at once.
    """
    app = _application()
    look = _appearance(app, desk)
    window = MainWindow(desk, look, JobRunner(), demo_note=demo_note)
    door = SingleWindow(desk.folder, window) if desk.folder is not None else None
    if door is not None:
        door.asked.connect(window.come_forward)
    window.show()
    window.chores.start()
    if files:
        window.come_forward(list(files))
    status = app.exec()
    if door is not None:
        door.close()
    _copy_at_closing(desk)
    return int(status)


def raise_first_window(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Bring the window forward that owns the desk; False when none answers."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    raised = raise_first(folder, files)
    app.processEvents()
    return raised


def leave_pictures(desk: Desk, folder: Path, *, demo_note: str = "") -> list[Path]:
    """Write pictures of every page into a folder; needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    window = MainWindow(desk, _appearance(app, desk), InlineJobs(), demo_note=demo_note)
    paths = save_pictures(window, folder)
    window.close()
    return paths


def _copy_at_closing(desk: Desk) -> None:
    """Make the copy of the day's end; the window is gone, so a refusal goes to the log."""
    try:
        desk.backups.back_up_at_closing()
    except RefusedError as refused:
        _LOG.warning("The copy at closing was not made: %s", refused)


def _application() -> QApplication:
    QCoreApplication.setApplicationName("Jeweler Desk")
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication(sys.argv[:1])


def _appearance(app: QApplication, desk: Desk) -> Appearance:
    values = desk.settings.all()
    return Appearance(app, Mode(values[THEME]), int(values[TEXT_SIZE]))
