"""A small box to tick, in our colors in light and dark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import FOCUS_LINE, HAIRLINE, SPACE_S, SPACE_XS

_OF_A_LINE = 1.1


class TickBox(QCheckBox):
    """A check box whose box is seen in both modes."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the room of box and words."""
        metrics = self.fontMetrics()
        width = self._side() + SPACE_S + metrics.horizontalAdvance(self.text()) + 2 * SPACE_XS
        return QSize(round(width), round(self._side()) + 2 * SPACE_XS)

    def _side(self) -> float:
        return self.fontMetrics().height() * _OF_A_LINE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, its tick and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self.palette()
        side = self._side()
        box = QRectF(HAIRLINE, (self.height() - side) / 2, side, side)
        ticked, focused = self.isChecked(), self.hasFocus()
        line = colors.highlight() if focused or ticked else colors.dark()
        painter.setPen(QPen(line.color(), FOCUS_LINE if focused else HAIRLINE))
        painter.setBrush(colors.highlight() if ticked else colors.base())
        painter.drawRoundedRect(box, SPACE_XS, SPACE_XS)
        if ticked:
            inner = box.adjusted(HAIRLINE, HAIRLINE, -HAIRLINE, -HAIRLINE)
            paint_icon(painter, "check", inner, colors.highlightedText().color())
        painter.setPen(colors.windowText().color())
        words = QRectF(self.rect()).adjusted(side + SPACE_S, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if focused:
            under = painter.fontMetrics().boundingRect(self.text()).width()
            y = words.center().y() + painter.fontMetrics().height() / 2
            painter.fillRect(QRectF(words.left(), y, under, HAIRLINE), colors.highlight())
        painter.end()
