"""After the first look: what the other pages need is loaded beside the window, then set out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from jeweler_desk.services.papers_ready import load_papers
from jeweler_desk.ui.widgets.sidebar import Place

if TYPE_CHECKING:
    from jeweler_desk.ui.main_window import MainWindow

_PAUSE_MS: Final = 250
_PRINTING: Final = frozenset({Place.ORDERS, Place.BENCH})
_BY_USE: Final = (
    Place.ORDERS,
    Place.BENCH,
    Place.MAIL,
    Place.MAKING,
    Place.SETTINGS,
    Place.LISTINGS,
    Place.SUPPLIES,
    Place.SWEEP,
)


def load_pages() -> None:
    """Load the code of every page; for a worker: nothing is built."""
    from jeweler_desk.ui import search_palette  # noqa: F401, PLC0415 - this is what loads ahead
    from jeweler_desk.ui.pages import (  # noqa: F401, PLC0415 - likewise
        bench,
        listings,
        mail,
        making,
        orders,
        settings_parts,
        supplies,
        sweep,
    )


class Warming(QObject):
    """Builds one page after the other while nobody asks for anything.

    What papers are made with is loaded when a page is shown that prints.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._left = list(_BY_USE)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._build_next)

    def begin(self) -> None:
        """Load beside the window, and build when that is done."""
        self._window.stack.currentChanged.connect(self._load_papers)
        self._window.jobs.start("warming.pages", load_pages, self._loaded, self._failed)

    def _loaded(self, _result: object) -> None:
        self._timer.start()

    def _failed(self, _error: Exception) -> None:
        """Leave it to the first opening, which tells what is wrong."""

    @Slot()
    def _build_next(self) -> None:
        if QApplication.mouseButtons() or QApplication.activePopupWidget() is not None:
            return
        if self._left:
            self._window.page(self._left.pop(0))
        else:
            self._timer.stop()

    @Slot()
    def _load_papers(self) -> None:
        if self._window.place not in _PRINTING:
            return
        self._window.stack.currentChanged.disconnect(self._load_papers)
        self._window.jobs.start("warming.papers", load_papers, self._nothing, self._failed)

    def _nothing(self, _result: object) -> None:
        """Say nothing: the first paper simply comes sooner."""
