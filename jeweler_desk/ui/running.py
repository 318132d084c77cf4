"""Opens the window on a desk and stays until it is closed."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.faults import FaultLog
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import TEXT_SIZE, THEME, Mode

_AFTER_THE_FIRST_LOOK_MS: Final = 300
if TYPE_CHECKING:
    from jeweler_desk.ui.single_window import SingleWindow

_LOG: Final = logging.getLogger(__name__)


def run_window(desk: Desk, *, demo_note: str = "", files: Sequence[Path] = ()) -> int:
    """Open the window on a desk this process owns; return the exit status when it is closed.

    ``demo_note`` is the banner over a sample shop; ``files`` are looked at for import at once.
    """
    app = _application()
    look = _appearance(app, desk)
    window = MainWindow(desk, look, JobRunner(), demo_note=demo_note)
    door = _Door(desk.folder, window, files)
    # One quit, and after the closing: a second would be left for whatever loop comes next.
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    faults = FaultLog(desk.folder, window.notices)
    faults.install()
    window.show()
    QTimer.singleShot(_AFTER_THE_FIRST_LOOK_MS, door.open)
    status = app.exec()
    faults.remove()
    door.close()
    _copy_at_closing(desk)
    window.deleteLater()
    return int(status)


class _Door(QObject):
    """What waits until the window is seen: the chores, a second start, files handed over."""

    def __init__(self, folder: Path | None, window: MainWindow, files: Sequence[Path]) -> None:
        super().__init__(window)
        self._folder = folder
        self._window = window
        self._files = list(files)
        self._single: SingleWindow | None = None

    def open(self) -> None:
        """Begin to listen and to work."""
        if self._folder is not None:
            from jeweler_desk.ui.single_window import (  # noqa: PLC0415 - after the first look
                SingleWindow,
            )

            self._single = SingleWindow(self._folder, self)
            self._single.asked.connect(self._window.come_forward)
        if self._files:
            self._window.come_forward(self._files)
        self._window.chores.start()

    def close(self) -> None:
        """Listen no more."""
        if self._single is not None:
            self._single.close()


def raise_first_window(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Bring the window forward that owns the desk; False when none answers."""
    from jeweler_desk.ui.single_window import raise_first  # noqa: PLC0415 - not at a usual start

    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    raised = raise_first(folder, files)
    app.processEvents()
    return raised


def leave_pictures(desk: Desk, folder: Path, *, demo_note: str = "") -> list[Path]:
    """Write pictures of every page into a folder; needs no display."""
    from jeweler_desk.ui.pictures import save_pictures  # noqa: PLC0415 - only for pictures

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    window = MainWindow(desk, _appearance(app, desk), InlineJobs(), demo_note=demo_note)
    paths = save_pictures(window, folder)
    window.close()
    window.deleteLater()
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
    settings = desk.settings
    return Appearance(app, Mode(settings.get(THEME)), int(settings.get(TEXT_SIZE)))
