"""A box that counts, in the desk's own dress: keys, or the arrows at its end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from jeweler_desk.ui.theme import SPACE_S

_ARROW: Final = 4.0
_STROKE: Final = 1.5


class CountBox(QSpinBox):
    """A whole number between two others. The wheel turns it only where it has the focus."""

    def __init__(
        self,
        least: int = 0,
        most: int = 99,
        value: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(SPACE_S, 0, 0, 0)
        self.setRange(least, most)
        self.setValue(least if value is None else value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let a list scroll on under the mouse; a count that nobody chose never moves."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both arrows over the box; one that leads nowhere is faint."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style, whole = self.style(), QStyle.ComplexControl.CC_SpinBox
        enabled = self.stepEnabled() if self.isEnabled() else self.StepEnabledFlag.StepNone
        for part, flag, way in (
            (QStyle.SubControl.SC_SpinBoxUp, self.StepEnabledFlag.StepUpEnabled, -1),
            (QStyle.SubControl.SC_SpinBoxDown, self.StepEnabledFlag.StepDownEnabled, 1),
        ):
            role = QPalette.ColorRole.Text if flag in enabled else QPalette.ColorRole.Mid
            painter.setPen(QPen(self.palette().color(role), _STROKE))
            _draw_arrow(painter, QRectF(style.subControlRect(whole, option, part, self)), way)
        painter.end()


def _draw_arrow(painter: QPainter, room: QRectF, way: int) -> None:
    middle, tip = room.center(), _ARROW / 2 * way
    arrow = QPainterPath(middle + QPointF(-_ARROW, -tip))
    arrow.lineTo(middle + QPointF(0, tip))
    arrow.lineTo(middle + QPointF(_ARROW, -tip))
    painter.drawPath(arrow)
