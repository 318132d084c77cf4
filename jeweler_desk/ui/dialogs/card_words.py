"""The words of a card, shown large for writing them by hand; that they are written is a fact."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.card import CardText
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.text import Text

_WIDTH_IN_LETTERS = 90


class CardWords(Form):
    """Shows the card's words, or why there are none; there is nothing to fill in."""

    def __init__(self, card: CardText, parent: QWidget) -> None:
        super().__init__("The card", "Written", parent)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        has_words = card.card is not None
        words = card.card.text if card.card else " ".join(card.advice)
        self.words = Text(words, Type.BENCH, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts.addWidget(self.words)
        for each in card.advice if has_words else ():
            told = Text(each, Type.SMALL, wrap=True)
            told.set_tone(Tone.DUE)
            self.parts.addWidget(told)
        self.verb.setVisible(has_words)
        self.cancel.say("Not yet" if has_words else "Close")

    def value(self) -> str:
        """Return the words that were written."""
        return self.words.text()
