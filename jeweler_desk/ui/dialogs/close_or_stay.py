"""Asked once: whether closing the window ends the desk, or lets it remind on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text

_STAY, _QUIT = 1, 0


class CloseOrStay(Form):
    """Chooses between the end and a small window that reminds on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Close the desk?", "Close", parent)
        self.choice = OneOf(
            [
                (_STAY, "Out of the way: it goes on reading mail and reminds you"),
                (_QUIT, "For good: nobody reminds you until you open it again"),
            ],
            _STAY,
        )
        self.parts.addWidget(self.choice)
        self.parts.addWidget(
            Text("You are asked once; Settings, Reminding changes it.", soft=True, wrap=True)
        )

    def value(self) -> bool:
        """Return whether the desk stays."""
        return self.choice.value != _QUIT
