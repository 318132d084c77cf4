"""A line to write in, with the usual answers as buttons beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout


class ChoiceField(QWidget):
    """One press fills the line; anything else can be typed."""

    def __init__(self, usual: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.setFocusProxy(self.line)
        choices = FlowLayout(spacing=SPACE_XS)
        self.buttons: list[Button] = []
        for words in usual:
            button = Button(words, room="small")
            button.clicked.connect(partial(self._take, words))
            choices.addWidget(button)
            self.buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.line)
        layout.addLayout(choices)

    @property
    def text(self) -> str:
        """What was chosen or typed."""
        return self.line.text().strip()

    def _take(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus()
