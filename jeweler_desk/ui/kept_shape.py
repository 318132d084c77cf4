"""What the window looked like: its size, its seams, its columns' widths; kept beside the desk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from jeweler_desk.ui.theme import WINDOW_SIZE

FILE: Final = "window.ini"
_SIZE: Final = "window/size"
_PLACE: Final = "window/place"
_MAXIMIZED: Final = "window/maximized"


class KeptShape:
    """Reads and writes one small file; without one nothing is kept.

    Nothing here is the shop's: it is no part of a backup and no step that could be undone.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat) if file else None

    def restore(self, window: QMainWindow) -> None:
        """Give a window the size it had, within the screen there is now, and its place.

        Wayland lets no program choose its place, so there only the size comes back.
        """
        size = self._value(_SIZE)
        wanted = size if isinstance(size, QSize) and size.isValid() else QSize(*WINDOW_SIZE)
        screen = window.screen().availableGeometry().size().expandedTo(window.minimumSize())
        window.resize(wanted.boundedTo(screen).expandedTo(window.minimumSize()))
        place = self._value(_PLACE)
        if isinstance(place, QPoint) and not _is_wayland() and _is_seen(place):
            window.move(place)
        if self._value(_MAXIMIZED) in (True, "true"):
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def keep(self, window: QMainWindow) -> None:
        """Remember a window's size and place as it is closed."""
        normal = window.normalGeometry()
        shown: QRect = normal if normal.isValid() else window.geometry()
        self._put(_SIZE, shown.size())
        if not _is_wayland():
            self._put(_PLACE, shown.topLeft() if window.isMaximized() else window.pos())
        self._put(_MAXIMIZED, window.isMaximized())
        if self._kept is not None:
            self._kept.sync()

    def numbers(self, group: str) -> dict[str, int]:
        """Return the whole numbers that were kept in a group; what is spoiled is left out."""
        if self._kept is None:
            return {}
        self._kept.beginGroup(group)
        found = {key: str(self._kept.value(key)) for key in self._kept.childKeys()}
        self._kept.endGroup()
        return {key: int(text) for key, text in found.items() if text.isdecimal()}

    def keep_numbers(self, group: str, numbers: Mapping[str, int]) -> None:
        """Keep these whole numbers in a group, in place of what it held."""
        if self._kept is not None:
            self._kept.remove(group)
            for key, number in numbers.items():
                self._kept.setValue(f"{group}/{key}", number)

    def follow(self, place: str, page: QWidget) -> None:
        """Give a page's seams and columns what was drawn before, and keep what is drawn now."""
        from jeweler_desk.ui.tables.table_view import (  # noqa: PLC0415 - not for the frame
            DeskTable,
        )
        from jeweler_desk.ui.widgets.halves import Halves  # noqa: PLC0415 - likewise

        for halves in page.findChildren(Halves):
            name = f"seams/{place}"
            halves.draw_widths(self.numbers(name))
            halves.drawn.connect(_Keeping(self, name, halves))
        for table in page.findChildren(DeskTable):
            name = f"columns/{place}"
            table.draw_widths(self.numbers(name))
            table.drawn.connect(_Keeping(self, name, table))

    def _value(self, name: str) -> object:
        return self._kept.value(name) if self._kept is not None else None

    def _put(self, name: str, value: object) -> None:
        if self._kept is not None:
            self._kept.setValue(name, value)


class _Drawn(Protocol):
    """A part whose seams or columns can be drawn."""

    @property
    def drawn_widths(self) -> dict[str, int]:
        """What was drawn by hand."""


class _Keeping:
    """Keeps what was drawn of one part."""

    def __init__(self, kept: KeptShape, name: str, part: _Drawn) -> None:
        self._kept = kept
        self._name = name
        self._part = part

    def __call__(self) -> None:
        self._kept.keep_numbers(self._name, self._part.drawn_widths)


def _is_wayland() -> bool:
    return QGuiApplication.platformName().startswith("wayland")


def _is_seen(place: QPoint) -> bool:
    """Whether a point lies on a screen that is there now."""
    return QGuiApplication.screenAt(place) is not None
