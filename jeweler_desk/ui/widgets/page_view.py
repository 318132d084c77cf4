"""One page of a paper as it will be printed, fitted or as large as it is."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from jeweler_desk.services.paper_view import PaperView
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_M

_LEAST_SCALE: Final = 0.2
_LEAST_ZOOM: Final = 0.25
_MOST_ZOOM: Final = 4.0
_INCH_POINTS: Final = 72.0


class _Sheet(QWidget):
    """Paints what is seen of a page on the desk's ground, dot for dot, with a hairline around it.

    Only the part in sight is drawn, so a page shown four times as large is as sharp and as quick.
    """

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: PaperView | None = None
        self._page = 0
        self._scale = 1.0
        self._held = QRect()
        self._image = QImage()
        self._ratio = 1.0

    def show_page(self, view: PaperView, page: int, scale: float) -> None:
        """Take a page and how large it is shown, in pixels a point."""
        self._view, self._page, self._scale = view, page, scale
        self._held = QRect()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page in the middle."""
        if self._view is None:
            return
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio, self._held = ratio, QRect()
        wide, high = (round(side * self._scale * ratio) for side in self._view.sizes[self._page])
        # Everything in the screen's own dots, so that a dot of the page is one of the screen.
        left = max(0, round((self.width() * ratio - wide) / 2))
        top = max(0, round((self.height() * ratio - high) / 2))
        page = QRect(left, top, wide, high)
        wanted = _dots(event.rect(), ratio) & page
        if not wanted.isEmpty() and not self._held.contains(wanted):
            seen = _dots(self.visibleRegion().boundingRect(), ratio) & page
            self._hold(self._view, page, seen | wanted)
        painter = QPainter(self)
        if not self._held.isEmpty():
            painter.drawImage(_points(self._held, ratio), self._image)
        painter.setPen(self._look.color("line"))
        painter.drawRect(_points(page, ratio))

    def _hold(self, view: PaperView, page: QRect, part: QRect) -> None:
        place = (part.x() - page.x(), part.y() - page.y(), part.width(), part.height())
        found = view.part(self._page, self._scale * self._ratio, place)
        self._held = part
        self._image = QImage(
            found.pixels, found.width, found.height, found.stride, QImage.Format.Format_RGBX8888
        ).copy()


def _dots(rectangle: QRect, ratio: float) -> QRect:
    """Return a rectangle of a widget in the screen's dots, whole dots around it."""
    left, top = math.floor(rectangle.x() * ratio), math.floor(rectangle.y() * ratio)
    right = math.ceil((rectangle.x() + rectangle.width()) * ratio)
    low = math.ceil((rectangle.y() + rectangle.height()) * ratio)
    return QRect(left, top, right - left, low - top)


def _points(dots: QRect, ratio: float) -> QRectF:
    """Return a rectangle of the screen's dots where a widget has it."""
    sides = (dots.x(), dots.y(), dots.width(), dots.height())
    return QRectF(*(side / ratio for side in sides))


def _middle(bar: QScrollBar) -> float:
    """Return what part of the whole lies before the middle of what is in sight."""
    return (bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep())


class PageView(QScrollArea):
    """Shows a page of a `PaperView`; Page Up and Down turn, plus, minus and 0 change its size."""

    turned = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PaperView | None = None
        self.page = 0
        self._zoom: float | None = None
        self._sheet = _Sheet(look)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("The paper as it will be printed")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return len(self._view.sizes) if self._view else 0

    @property
    def is_fitted(self) -> bool:
        """Whether the whole page is shown."""
        return self._zoom is None

    def show_paper(self, view: PaperView) -> None:
        """Show a paper from its first page, or from the page that was open."""
        self._view = view
        self.page = min(self.page, max(0, self.pages - 1))
        self._draw()

    def turn(self, by: int) -> None:
        """Turn so many pages on or back."""
        wanted = max(0, min(self.pages - 1, self.page + by))
        if wanted != self.page:
            self.page = wanted
            self._draw()

    def fit(self) -> None:
        """Show the whole page."""
        self._zoom = None
        self._draw()

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a multiple of its true size; what is in the middle stays there."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        middles = [_middle(each) for each in (across, down)]
        self._zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, zoom))
        self._draw()

        for each, middle in zip((across, down), middles, strict=True):
            each.setValue(round(middle * (each.maximum() + each.pageStep()) - each.pageStep() / 2))

    def zoom_by(self, factor: float) -> None:
        """Show the page larger or smaller than now."""
        self.set_zoom(self._scale() * _INCH_POINTS / self.logicalDpiX() * factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and change the size by keys."""
        acts = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.turn(-self.page),
            Qt.Key.Key_End: lambda: self.turn(self.pages),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1.25),
            Qt.Key.Key_Equal: lambda: self.zoom_by(1.25),
            Qt.Key.Key_Minus: lambda: self.zoom_by(0.8),
            Qt.Key.Key_0: self.fit,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page fitted."""
        super().resizeEvent(event)
        if self.is_fitted:
            self._draw()

    def _scale(self) -> float:
        """Return pixels a point for the page's size now."""
        if self._view is None:
            return 1.0
        width, height = self._view.sizes[self.page]
        if self._zoom is not None:
            return self._zoom * self.logicalDpiX() / _INCH_POINTS
        room = self.viewport().size()
        across = (room.width() - 2 * SPACE_M) / width
        return max(_LEAST_SCALE, min(across, (room.height() - 2 * SPACE_M) / height))

    def _draw(self) -> None:
        if self._view is None or not self.pages:
            return
        width, height = self._view.sizes[self.page]
        scale = self._scale()
        size = QSize(round(width * scale), round(height * scale))
        self._sheet.show_page(self._view, self.page, scale)
        grown = QSize(size.width() + 2 * SPACE_M, size.height() + 2 * SPACE_M)
        self._sheet.setMinimumSize(QSize(0, 0) if self.is_fitted else grown)
        self.turned.emit()
