"""One setting: its name, its field, what it means; taken when the field is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from jeweler_desk.ui.theme import SPACE_L, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.text import Text

_LINES = 6


class Lines(QPlainTextEdit):
    """A few lines of text; Tab goes on, leaving it tells so."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class SettingRow(QWidget):
    """A setting written as text. ``take`` keeps it and returns a sentence if it cannot."""

    def __init__(
        self,
        name: str,
        hint: str,
        take: Callable[[str], str | None],
        *,
        is_long: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._kept = ""
        self.field: QLineEdit | Lines = Lines() if is_long else QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(hint)
        label = Text(name)
        label.setBuddy(self.field)
        self._hint = hint
        self.note = Text(hint, Type.SMALL, soft=True, wrap=True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(SPACE_L)
        layout.setVerticalSpacing(SPACE_XS)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        layout.addWidget(label, 0, 0)
        layout.addWidget(self.field, 0, 1)
        layout.addWidget(self.note, 1, 1)
        self.note.setVisible(bool(hint))
        if isinstance(self.field, QLineEdit):
            self.field.editingFinished.connect(self.keep)
        else:
            self.field.left.connect(self.keep)

    @property
    def text(self) -> str:
        """What stands in the field."""
        if isinstance(self.field, QLineEdit):
            return self.field.text().strip()
        return self.field.toPlainText().strip()

    def show_value(self, value: str) -> None:
        """Show what counts, unless something else is being typed."""
        if self.field.hasFocus() and self.text != self._kept:
            return
        self._kept = value
        if isinstance(self.field, QLineEdit):
            self.field.setText(value)
        else:
            self.field.setPlainText(value)
        self._say(None)

    def keep(self) -> None:
        """Keep what was typed, or say why it cannot be and leave it there."""
        text = self.text
        if text == self._kept:
            self._say(None)
            return
        trouble = self._take(text)
        if trouble is None:
            self._kept = text
        self._say(trouble)

    def _say(self, trouble: str | None) -> None:
        self.note.setText(trouble or self._hint)
        self.note.set_tone(Tone.LATE if trouble else None)
        self.note.setVisible(bool(trouble or self._hint))
        self.field.setProperty("wrong", "true" if trouble else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)
