"""Writing an address in Latin letters, for carriers that ask for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.address_label import beyond_latin
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.setting_row import Lines
from jeweler_desk.ui.widgets.text import Text


class LatinAddress(Form):
    """Shows the buyer's own lines and asks for the same ones in Latin letters."""

    def __init__(self, own: tuple[str, ...], latin: tuple[str, ...], parent: QWidget) -> None:
        super().__init__("The address in Latin letters", "Keep", parent)
        self.own = Text("\n".join(own), Type.STRONG, wrap=True)
        self.lines = Lines()
        self.lines.setPlainText("\n".join(latin))
        self.add_field("The buyer’s own", self.own)
        hint = "They stand beneath the buyer’s own lines. Leave it empty to take them away."
        self.add_field("In Latin letters", self.lines, hint)

    def value(self) -> tuple[str, ...]:
        """Return the lines. Raises with the letter that is not Latin."""
        text = self.lines.toPlainText()
        strange = next((each for each in text if beyond_latin(each)), None)
        if strange is not None:
            raise FormError(f"“{strange}” is no Latin letter.")
        return tuple(line.strip() for line in text.splitlines() if line.strip())
