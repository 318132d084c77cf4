"""A small chart by week: how many of the orders left in time, drawn and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_S, SPACE_XS, Tone, Type

_HEIGHT = 128
_WIDEST_BAR = 44
_LEAST_PER_BAR = 34
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: the words below it, those above it, its share of all, and its sentence."""

    name: str
    value: str
    share: float | None
    told: str


class WeekChart(QWidget):
    """One bar for each week; the accessible description says the same in words."""

    def __init__(self, look: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these weeks, oldest first."""
        self._bars = tuple(bars)
        told = "; ".join(bar.told for bar in bars)
        self.setAccessibleDescription(told)
        self.setToolTip("\n".join(bar.told for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for a bar of each week."""
        least = self._look.px(_LEAST_PER_BAR) * max(1, len(self._bars))
        return QSize(least, self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(self._look.px(_LEAST_PER_BAR), self._look.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars: a quiet one of full height, and how much of it was in time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        font = look.font(Type.CHIP)
        painter.setFont(font)
        line = QFontMetrics(font).height()
        top, bottom = line + SPACE_XS, self.height() - line - SPACE_XS
        step = self.width() / max(1, len(self._bars))
        width = min(float(look.px(_WIDEST_BAR)), step - SPACE_S)
        for place, bar in enumerate(self._bars):
            middle = step * (place + 0.5)
            room = QRectF(middle - width / 2, top, width, bottom - top)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunken"))
            if bar.share is None:
                room.setTop(bottom - SPACE_XS)
            painter.drawRoundedRect(room, SPACE_XS, SPACE_XS)
            if bar.share:
                filled = QRectF(room)
                filled.setTop(bottom - max(SPACE_S * 1.0, room.height() * bar.share))
                painter.setBrush(look.ink(Tone.GOOD))
                painter.drawRoundedRect(filled, SPACE_XS, SPACE_XS)
            painter.setPen(look.color("ink"))
            painter.drawText(QRectF(middle - step / 2, 0, step, line), _CENTER, bar.value)
            painter.setPen(look.color("soft_ink"))
            painter.drawText(
                QRectF(middle - step / 2, bottom + SPACE_XS, step, line), _CENTER, bar.name
            )
        painter.end()
