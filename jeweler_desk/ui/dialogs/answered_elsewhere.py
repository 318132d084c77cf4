"""Her own word that a letter was answered: by which way."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.widgets.choice_field import ChoiceField

_WAYS: Final = ("by phone", "on Etsy", "on Instagram", "at the market", "from another mailbox")


class AnsweredElsewhere(Form):
    """Asks how a letter was answered; the words are kept with the letter."""

    def __init__(self, person: str, parent: QWidget) -> None:
        super().__init__(f"How was {person} answered?", "Answered", parent)
        self.way = ChoiceField(_WAYS)
        hint = "This stops the clock of the letter. It can be undone."
        self.add_field("How", self.way, hint, field=self.way.line)

    def value(self) -> str:
        """Return the way in words."""
        way = self.way.text
        if not way:
            raise FormError("Write in a few words how it was answered.")
        return way
