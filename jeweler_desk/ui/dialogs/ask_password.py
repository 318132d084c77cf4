"""Asking for a password that no keyring keeps: beside the window, once for each start."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.text import Text

_WHY = (
    "This computer keeps no password for it, so the desk asks once after each start. It is held"
    " only until you close the desk, and written nowhere."
)


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """A password for as long as the desk is open."""

    address: str
    password: str


class AskPassword(Form):
    """Stands beside the window, which stays usable."""

    def __init__(self, address: str, parent: QWidget) -> None:
        super().__init__("Password for your mail", "Read mail", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._address = address
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.submit)
        self.add_field(address, self.password)
        self.password.setAccessibleName(f"Password of {address}")
        self.parts.addWidget(Text(_WHY, Type.SMALL, soft=True, wrap=True))

    def value(self) -> GivenPassword:
        """Return the password. Raises with a sentence when none was typed."""
        if not self.password.text():
            raise FormError("Write the password, or press Cancel: the desk works without it.")
        return GivenPassword(self._address, self.password.text())
