"""A person's initials on a disk, so that a row is recognized at a glance."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import AVATAR, Tone, Type


def initials_of(name: str) -> str:
    """Return at most two initials: of the first and the last word that begin with a letter."""
    spoken = name.partition("@")[0].replace(".", " ")
    words = [word for word in spoken.split() if word[0].isalnum()]
    if not words:
        return "?"
    first = words[0][0]
    last = words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def paint_avatar(painter: QPainter, look: Appearance, room: QRectF, name: str) -> None:
    """Paint a person's disk into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ground(Tone.ACCENT))
    painter.drawEllipse(room)
    painter.setPen(look.ink(Tone.ACCENT))
    painter.setFont(look.font(Type.SMALL))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, initials_of(name))
    painter.restore()


class Avatar(QWidget):
    """The disk as a widget."""

    def __init__(self, look: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        side = self._look.px(AVATAR)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disk."""
        painter = QPainter(self)
        paint_avatar(painter, self._look, QRectF(self.rect()), self._name)
        painter.end()
