"""Opens the window on a desk and stays until it is closed."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.faults import FaultLog
from jeweler_desk.ui.jobs import InlineJobs, JobRunner
from jeweler_desk.ui.kept_shape import FILE, KeptShape
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import TEXT_SIZE, THEME, USUAL_SCALE, Mode, Tone

if TYPE_CHECKING:
    from jeweler_desk.services.desk import Desk
    from jeweler_desk.ui.single_window import SingleWindow

_AFTER_THE_FIRST_LOOK_MS: Final = 300
_UNSEEN_MS: Final = 1000
"""A window that starts minimized is not painted; its desk is opened all the same."""
_SHOP: Final = "shop.name"
_LOG: Final = logging.getLogger(__name__)


def run_window(
    open_desk: Callable[[], Desk],
    folder: Path,
    known: Mapping[str, str],
    *,
    demo_note: str = "",
    files: Sequence[Path] = (),
    quiet: bool = False,
    told: str = "",
) -> int:
    """Show the window, open the desk of a folder in it; return the exit status when it is closed.

    ``quiet`` opens it out of the way: minimized, or in the tray where one is.
    ``known`` are settings read before the desk is open: the frame wears them at once.
    ``told`` is what to say at once, of what was done before the window opened.
    ``demo_note`` is the banner over a sample shop; ``files`` are looked at for import at once.
    Raises what ``open_desk`` raises; the window is closed then.
    """
    app = _application()
    window = MainWindow(
        None,
        _appearance(app, known),
        JobRunner(),
        demo_note=demo_note,
        shop=known.get(_SHOP, ""),
        kept=KeptShape(folder / FILE),
    )
    door = _Door(open_desk, folder, window, files, is_quiet=quiet)
    # One quit, and after the closing: a second would be left for whatever loop comes next.
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    faults = FaultLog(folder, window.notices)
    faults.install()
    if told:
        window.notices.warn("restore", told, Tone.DUE)
    window.painted.connect(door.furnish, Qt.ConnectionType.QueuedConnection)
    if quiet:
        window.showMinimized()
    else:
        window.show()
    QTimer.singleShot(_UNSEEN_MS, door.furnish)
    status = app.exec()
    faults.remove()
    door.close()
    window.deleteLater()
    if door.trouble is not None:
        raise door.trouble
    if window.is_furnished:
        _copy_at_closing(window.desk)
    return int(status)


class _Door(QObject):
    """What waits until the window is seen: its desk, the chores, a second start, files."""

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        folder: Path,
        window: MainWindow,
        files: Sequence[Path],
        *,
        is_quiet: bool = False,
    ) -> None:
        super().__init__(window)
        self._is_quiet = is_quiet
        self._open_desk: Callable[[], Desk] | None = open_desk
        self._folder = folder
        self._window = window
        self._files = list(files)
        self._single: SingleWindow | None = None
        self.trouble: Exception | None = None

    @Slot()
    def furnish(self) -> None:
        """Open the desk, once; what prevents it closes the window and is told by who ran it."""
        open_desk, self._open_desk = self._open_desk, None
        if open_desk is None:
            return
        try:
            desk = open_desk()
            self._wear(desk)
            self._window.furnish(desk)
        except Exception as trouble:  # noqa: BLE001 - raised again as soon as Qt is left
            self.trouble = trouble
            self._window.close()
            return
        QTimer.singleShot(_AFTER_THE_FIRST_LOOK_MS, self._open)

    def _wear(self, desk: Desk) -> None:
        """Wear what the desk says, should the first glance at it have missed something."""
        self._window.look.set_mode(Mode(desk.settings.get(THEME)))
        self._window.look.set_scale(int(desk.settings.get(TEXT_SIZE)))

    @Slot()
    def _open(self) -> None:
        """Begin to listen and to work."""
        from jeweler_desk.ui.single_window import (  # noqa: PLC0415 - after the first look
            SingleWindow,
        )
        from jeweler_desk.ui.staying import Staying  # noqa: PLC0415 - likewise
        from jeweler_desk.ui.warming import Warming  # noqa: PLC0415 - likewise

        self._single = SingleWindow(self._folder, self)
        self._single.asked.connect(self._come_forward)
        if self._files:
            self._window.come_forward(self._files)
        staying = Staying.of(self._window)
        if self._is_quiet and staying is not None:
            staying.begin_quietly()
        self._window.deeds.tell_of_interrupted()
        self._window.chores.start()
        self._window.tray.queue.offer_unfinished()
        Warming(self._window).begin()

    @Slot(list)
    def _come_forward(self, files: list[Path]) -> None:
        """Bring the window forward for a second start, hidden or minimized as it may be."""
        from jeweler_desk.ui.staying import Staying  # noqa: PLC0415 - the window has loaded it

        staying = Staying.of(self._window)
        if staying is not None:
            staying.come_forward()
        self._window.come_forward(files)

    def close(self) -> None:
        """Open nothing more and listen no more."""
        self._open_desk = None
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
    look = _appearance(app, {key: desk.settings.get(key) for key in (THEME, TEXT_SIZE)})
    window = MainWindow(desk, look, InlineJobs(), demo_note=demo_note)
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


def _appearance(app: QApplication, known: Mapping[str, str]) -> Appearance:
    """Dress the program; what a newer version may have written and ours cannot wear is left."""
    mode, scale = known.get(THEME, ""), known.get(TEXT_SIZE, "")
    return Appearance(
        app,
        Mode(mode) if mode in set(Mode) else Mode.SYSTEM,
        int(scale) if scale.isdecimal() else USUAL_SCALE,
    )
