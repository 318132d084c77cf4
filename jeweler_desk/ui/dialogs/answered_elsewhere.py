"""Her own word that a letter was answered: by which way."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from jeweler_desk.ui.dialogs.form import Form, FormError

_WAYS: Final = ("by phone", "on Etsy", "on Instagram", "at the market", "from another mailbox")


class AnsweredElsewhere(Form):
    """Asks how a letter was answered; the words are kept with the letter."""

    def __init__(self, person: str, parent: QWidget) -> None:
        super().__init__(f"How was {person} answered?", "Answered", parent)
        self.way = QComboBox()
        self.way.setEditable(True)
        self.way.addItems(_WAYS)
        line = self.way.lineEdit()
        if line is not None:
            line.setAccessibleName("How")
        self.add_field("How", self.way, "This stops the clock of the letter. It can be undone.")

    def value(self) -> str:
        """Return the way in words."""
        way = self.way.currentText().strip()
        if not way:
            raise FormError("Write in a few words how it was answered.")
        return way
