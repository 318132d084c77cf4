"""One page of a paper as it will be printed, fitted or as large as it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from jeweler_desk.services.paper_view import PaperView
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_M

_LEAST_SCALE: Final = 0.2
_MOST_PIXELS: Final = 4096
_INCH_POINTS: Final = 72.0


class _Sheet(QWidget):
    """Paints the picture of a page on the desk's ground, with a hairline around it."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._image: QImage | None = None
        self._size = QSize()

    def show_page(self, image: QImage, size: QSize) -> None:
        """Take the picture of a page."""
        self._image, self._size = image, size
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page in the middle."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left = (self.width() - self._size.width()) / 2
        top = (self.height() - self._size.height()) / 2
        place = QRectF(QPointF(max(0.0, left), max(0.0, top)), self._size.toSizeF())
        painter.drawImage(place, self._image)
        painter.setPen(self._look.color("line"))
        painter.drawRect(place)


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
        """Show the page at a multiple of its true size on this screen."""
        self._zoom = max(0.25, min(4.0, zoom))
        self._draw()

    def zoom_by(self, factor: float) -> None:
        """Show the page larger or smaller than now."""
        self.set_zoom(self._scale() * _INCH_POINTS / self.logicalDpiX() * factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and change the size by keys."""
        acts = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1.25),
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
        ratio = self.devicePixelRatioF()
        most = _MOST_PIXELS / max(width, height)
        found = self._view.picture(self.page, min(scale * ratio, most))
        image = QImage(
            found.pixels, found.width, found.height, found.stride, QImage.Format.Format_RGBX8888
        ).copy()
        size = QSize(round(width * scale), round(height * scale))
        self._sheet.show_page(image, size)
        grown = QSize(size.width() + 2 * SPACE_M, size.height() + 2 * SPACE_M)
        self._sheet.setMinimumSize(QSize(0, 0) if self.is_fitted else grown)
        self.turned.emit()
