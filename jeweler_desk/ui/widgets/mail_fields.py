"""The fields of connecting a mailbox: parts that appear when they are needed, and ports."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_S
from jeweler_desk.ui.widgets.text import Text

_LAST_PORT: Final = 65535
_PORT_IN_LETTERS: Final = 10


class Fields(QWidget):
    """A part of the form that appears when it is needed; its labels stand above their fields."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(*NO_SPACE)
        self.rows.setSpacing(SPACE_S)
        self._labels: dict[QWidget, Text] = {}

    def add(self, label: str, part: QWidget, field: QWidget) -> None:
        """Put a field below its label."""
        name = Text(label, soft=True)
        name.setBuddy(field)
        field.setAccessibleName(label)
        self._labels[field] = name
        self.rows.addWidget(name)
        self.rows.addWidget(part)

    def show_field(self, field: QWidget, is_shown: bool) -> None:  # noqa: FBT001 - as Qt's setVisible
        """Show or hide a field with its label."""
        field.setVisible(is_shown)
        self._labels[field].setVisible(is_shown)


class PortField(QLineEdit):
    """A port: a number from 1 to 65535."""

    def __init__(self, port: int) -> None:
        super().__init__(str(port))
        self.setValidator(QIntValidator(1, _LAST_PORT, self))
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _PORT_IN_LETTERS)

    def value(self) -> int:
        """Return the number; 0 when there is none."""
        return int(self.text()) if self.hasAcceptableInput() else 0

    def show_port(self, port: int) -> None:
        """Show a number."""
        self.setText(str(port))


def beside(wide: QWidget, narrow: QWidget) -> QWidget:
    """Put a narrow part at the end of a wide one."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(*NO_SPACE)
    row.setSpacing(SPACE_S)
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    both.setFocusProxy(wide)
    return both
