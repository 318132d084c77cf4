"""Our line icons, painted from SVG in the color they are asked for, sharp at any size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from jeweler_desk.resources import resource

_FADED = 0.45
# What Qt cloned belongs to Qt, but PySide would free it as soon as Python lets go of it: each is
# held until Qt has done away with it. Without this an icon Qt changes a copy of ends the program.
_CLONES: Final[list[QIconEngine]] = []


@cache
def _drawing(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint one of ``resources/icons`` into a rectangle, its strokes in that color."""
    svg = _drawing(name).replace("currentColor", color.name())
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, rect)


class LineIconEngine(QIconEngine):
    """Paints an icon at the moment it is shown, so that a change of theme needs no new icons."""

    def __init__(self, name: str, color: Callable[[], QColor]) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the icon; one that is off is faded."""
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * _FADED)
        paint_icon(painter, self._name, QRectF(rect), self._color())
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as pixels, for the parts of Qt that want them."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return a second engine of the same icon."""
        second = LineIconEngine(self._name, self._color)
        _CLONES[:] = [each for each in _CLONES if isValid(each)]
        _CLONES.append(second)
        return second
