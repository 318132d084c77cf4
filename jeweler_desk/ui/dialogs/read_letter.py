"""A letter that left, as it left: read only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.letter_wording import STATE_NAMES
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_L, SPACE_XL, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import joined, sentence

_WIDTH, _HEIGHT = 720, 560


class ReadLetter(QDialog):
    """Shows whom a letter went to, how far it is, and its words."""

    def __init__(self, look: Appearance, letter: Letter, when: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = letter.to_name or letter.to_address
        self.setWindowTitle(f"The letter to {name}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE_L)
        layout.addWidget(ElidedText(letter.subject, Type.HEADING))
        told = joined([STATE_NAMES[letter.state], when, f"to {letter.to_address}"])
        layout.addWidget(Text(told, Type.SMALL, soft=True, wrap=True))
        if letter.trouble:
            words = Text(f"{sentence(letter.trouble)}.", Type.SMALL, wrap=True)
            words.set_tone(Tone.LATE)
            layout.addWidget(words)
        self.words = QPlainTextEdit(letter.body)
        self.words.setReadOnly(True)
        self.words.setAccessibleName("The words of the letter")
        layout.addWidget(self.words, 1)
        row = FlowLayout()
        close = Button("Close")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        layout.addLayout(row)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))
