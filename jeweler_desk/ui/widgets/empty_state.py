"""What a page says while it has nothing to show, with the act that fills it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import PICTURE, SPACE_L, SPACE_S, SPACE_XL, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text


class _Emblem(QWidget):
    """The page's icon, large and quiet."""

    def __init__(self, look: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        look.changed.connect(self.updateGeometry)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        side = self._look.px(PICTURE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = float(self._look.px(PICTURE))
        room = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, room, self._look.color("accent"))
        painter.end()


class EmptyState(QWidget):
    """A heading, a sentence, and the buttons that lead on, the likeliest first."""

    def __init__(
        self,
        look: Appearance,
        icon: str,
        heading: str,
        sentence: str,
        *buttons: Button,
    ) -> None:
        super().__init__()
        self.heading = Text(heading, Type.HEADING, wrap=True)
        self.sentence = Text(sentence, soft=True, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE_S)
        layout.addStretch(1)
        self._emblem = _Emblem(look, icon, self)
        layout.addWidget(self._emblem)
        layout.addSpacing(SPACE_S)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(SPACE_L)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)

    def say(self, heading: str, sentence: str, icon: str = "") -> None:
        """Change the words, and the emblem if another is named."""
        if icon:
            self._emblem.show_icon(icon)
        self.heading.setText(heading)
        self.sentence.setText(sentence)
