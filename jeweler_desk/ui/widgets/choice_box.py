"""A box that holds one choice of several and opens the rest, in the desk's own dress."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from jeweler_desk.ui.theme import SPACE_L

_ARROW: Final = 4.0
_STROKE: Final = 1.5
_LETTERS: Final = 18


class ChoiceBox(QComboBox):
    """A combo box no wider than its room, with a line arrow."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over the box."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), _STROKE))
        middle = QPointF(self.width() - SPACE_L, self.height() / 2)
        arrow = QPainterPath(middle + QPointF(-_ARROW, -_ARROW / 2))
        arrow.lineTo(middle + QPointF(0, _ARROW / 2))
        arrow.lineTo(middle + QPointF(_ARROW, -_ARROW / 2))
        painter.drawPath(arrow)
