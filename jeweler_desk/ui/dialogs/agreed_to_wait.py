"""The buyer agreed to wait: until which day, and how she said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.dialogs.hold_order import read_day
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Agreed:
    """The day agreed to, and the words."""

    until: date
    words: str


class AgreedForm(Form):
    """Asks for the day and the words; the promise itself stays as it is."""

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(f"The buyer of order {number} agrees to wait", "She agrees", parent)
        self.day = QLineEdit()
        self.day.setPlaceholderText("2026-11-27")
        self.words = ChoiceField(("by e-mail", "on Etsy", "by phone"))
        self.add_field("Until", self.day)
        self.add_field("How she said so", self.words, field=self.words.line)
        follows = "The law’s last day moves there; your own ship-by day stays as it is."
        self.parts.addWidget(Text(follows, soft=True, wrap=True))

    def value(self) -> Agreed:
        """Return day and words. Raises with the sentence of what is missing."""
        until = read_day(self.day.text())
        if until is None:
            raise FormError("Write the day until which the buyer waits.")
        if not self.words.text:
            raise FormError("Write how the buyer agreed: her words, or where they stand.")
        return Agreed(until, self.words.text)
