"""The words of a card, shown large for writing them by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.text import Text

_WIDTH_IN_LETTERS = 90


class CardWords(Form):
    """Shows the card's words; there is nothing to fill in."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__("The card", "Written", parent)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        self.words = Text(words, Type.BENCH, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts.addWidget(self.words)
        self.cancel.say("Not yet")

    def value(self) -> str:
        """Return the words that were written."""
        return self.words.text()
