"""The chip: a state as a word on a quiet ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_M, SPACE_S, SPACE_XS, Tone, Type


def chip_size(look: Appearance, text: str) -> QSize:
    """Return the room a chip with that word takes."""
    metrics = QFontMetrics(look.font(Type.CHIP))
    return QSize(
        metrics.horizontalAdvance(text) + 2 * look.px(SPACE_M),
        metrics.height() + look.px(SPACE_XS) + SPACE_XS // 2,
    )


def paint_chip(painter: QPainter, look: Appearance, room: QRectF, text: str, tone: Tone) -> None:
    """Paint a chip at the left of the room, in its middle; a word too long is shortened."""
    size = chip_size(look, text)
    width = min(float(size.width()), room.width())
    chip = QRectF(room.left(), room.center().y() - size.height() / 2, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ground(tone))
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
    font = look.font(Type.CHIP)
    painter.setFont(font)
    painter.setPen(look.ink(tone))
    inner = chip.adjusted(look.px(SPACE_S), 0, -look.px(SPACE_S), 0)
    word = QFontMetrics(font).elidedText(
        text, Qt.TextElideMode.ElideRight, round(inner.width()) + 1
    )
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()


class StatusChip(QWidget):
    """A state in words, with the color of what it means."""

    def __init__(
        self,
        look: Appearance,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        self.show_state(text, tone)

    @property
    def text(self) -> str:
        """The word on it."""
        return self._text

    @property
    def tone(self) -> Tone:
        """What the word means."""
        return self._tone

    def show_state(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the word takes."""
        return chip_size(self._look, self._text)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is not squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, self._look, QRectF(self.rect()), self._text, self._tone)
        painter.end()
