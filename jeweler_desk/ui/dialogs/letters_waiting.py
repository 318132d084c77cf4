"""Asks what becomes of letters that would leave in a few seconds, before the desk is closed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text

_NOW: Final = "now"
_LATER: Final = "later"


class LettersWaiting(Form):
    """Her answer is True for "send now"; Cancel leaves the desk open and the letters waiting."""

    def __init__(self, names: str, parent: QWidget) -> None:
        super().__init__("A letter has not left yet", "Close", parent)
        self.choice = OneOf(
            [
                (_NOW, "Send it now, and close as soon as the mail server has it"),
                (_LATER, "Close now: it is kept, and leaves when you open the desk again"),
            ],
            _NOW,
        )
        self.parts.addWidget(Text(f"Waiting its twenty seconds: to {names}.", wrap=True))
        self.parts.addWidget(self.choice)
        self.parts.addWidget(
            Text("Cancel keeps the desk open; you can still take it back.", soft=True, wrap=True)
        )

    def value(self) -> bool:
        """Return whether the letters leave before the desk is closed."""
        return self.choice.value == _NOW
