"""Text on a page: always plain, in one of the kinds of the theme, shortened where it must be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from jeweler_desk.ui.appearance import shape
from jeweler_desk.ui.theme import Tone, Type

_FEWEST_LETTERS = 4


class Text(QLabel):
    """A label that shows exactly what it is given; no markup of a customer is ever rendered."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        *,
        soft: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("type", kind.value)
        self.setProperty("soft", "true" if soft else "false")
        self.setProperty("tone", "")
        self._shape(kind)
        self.setWordWrap(wrap)

    def become(self, kind: Type) -> None:
        """Be another kind of text."""
        if self.property("type") != kind.value:
            self.setProperty("type", kind.value)
            self._shape(kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def _shape(self, kind: Type) -> None:
        # The style sheet gives family and size; only the font itself carries weight and figures.
        font = QFont()
        shape(font, kind)
        self.setFont(font)

    def set_tone(self, tone: Tone | None) -> None:
        """Color the words by what they mean, or take the color away."""
        if self.property("tone") == (tone.value if tone else ""):
            return
        self.setProperty("tone", tone.value if tone else "")
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedText(Text):
    """One line that ends in an ellipsis where there is no room; the tooltip has all of it."""

    @property
    def _line(self) -> str:
        return self.text().replace("\n", " ")

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _FEWEST_LETTERS, metrics.height())

    def sizeHint(self) -> QSize:
        """Return room for the whole line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line) + 1, metrics.height())

    @property
    def shown_text(self) -> str:
        """What fits of the text."""
        return self.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, self.width())

    def event(self, event: QEvent) -> bool:
        """Offer the whole text as a tooltip only where some of it is hidden."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.shown_text != self._line else "")
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), alignment, self.shown_text)
        painter.end()
