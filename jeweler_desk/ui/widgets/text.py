"""Text on a page: always plain, in one of the kinds of the theme, shortened where it must be."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from jeweler_desk.ui.appearance import shape
from jeweler_desk.ui.theme import Tone, Type

_FEWEST_LETTERS = 4
_LONGEST_WORD = 24
_BREAK = "\u200b"
_LONG_WORDS = re.compile(rf"[!-,.0-~\u00a1-\u024f]{{{_LONGEST_WORD + 1},}}")


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
        self.setWordWrap(wrap)
        self.setText(text)
        self.setProperty("type", kind.value)
        self.setProperty("soft", "true" if soft else "false")
        self.setProperty("tone", "")
        self._shape(kind)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's own name
        """Show these words; one too long for a line may be broken where it must."""
        super().setText(_LONG_WORDS.sub(_with_breaks, text) if self.wordWrap() else text)

    def text(self) -> str:
        """Return the words as they were given."""
        return super().text().replace(_BREAK, "")

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


def _with_breaks(word: re.Match[str]) -> str:
    """Let a word of Latin letters, a number or a link go on in the next line."""
    letters = word[0]
    parts = range(0, len(letters), _LONGEST_WORD // 2)
    return _BREAK.join(letters[at : at + _LONGEST_WORD // 2] for at in parts)
