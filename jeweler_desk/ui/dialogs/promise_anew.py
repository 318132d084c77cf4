"""Promising anew: the reason, and the letter about the delay to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from jeweler_desk.domain.promises import CALENDAR_CHANGED, MovedPromise
from jeweler_desk.domain.wording import full_day
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

_LINES = 12


class PromiseAnew(Form):
    """Asks why another day is promised; a delay comes with its letter."""

    def __init__(self, moved: MovedPromise, letter: str | None, parent: QWidget) -> None:
        super().__init__(f"Promise order {moved.number} anew", "Promise", parent)
        self.why = QLineEdit(CALENDAR_CHANGED)
        self.add_field("Reason", self.why, "It stands in the order’s timeline.")
        told = f"{full_day(moved.would_be)} instead of {full_day(moved.ship_by)}."
        self.parts.addWidget(Text(told, wrap=True))
        self.letter = QPlainTextEdit(letter or "")
        self.letter.setReadOnly(True)
        self.letter.setTabChangesFocus(True)
        self.letter.setAccessibleName("The letter about the delay")
        self.letter.setMinimumHeight(self.letter.fontMetrics().lineSpacing() * _LINES)
        self.copy = Button("Copy the letter")
        self.copy.clicked.connect(self.copy_letter)
        if letter:
            self.parts.addWidget(self.letter)
            told = "It is laid among your letters as a draft; nothing is sent by itself."
            self.parts.addWidget(Text(told, soft=True, wrap=True))
            self.parts.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.parts.addWidget(Text("It is an earlier day: no letter is needed.", soft=True))

    def copy_letter(self) -> None:
        """Put the letter on the clipboard."""
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self.copy.say("Copied")

    def value(self) -> str:
        """Return the reason."""
        why = self.why.text().strip()
        if not why:
            raise FormError("Write in a few words why another day is promised.")
        return why
