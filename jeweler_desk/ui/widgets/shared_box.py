"""One box for several orders: offered where buyer and address are one, shown where it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jeweler_desk.domain.combining import numbers_text
from jeweler_desk.ui.theme import SPACE_L, SPACE_M, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

_KEY = "B"


class SharedBox(QFrame):
    """A band above the pieces; hidden where there is nothing to share."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._action = action
        self.told = Text("", Type.BENCH_SMALL, wrap=True)
        self.why = Text("", Type.SMALL, soft=True, wrap=True)
        self.button = Button("", room="large")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.follow(action)
        words = QVBoxLayout()
        words.setSpacing(SPACE_XS)
        words.addWidget(self.told)
        words.addWidget(self.why)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_M, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_L)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_box(self, numbers: Sequence[str], offered: Sequence[str]) -> None:
        """Show which orders share the box at hand and which could."""
        is_shared = len(numbers) > 1
        self.setVisible(is_shared or bool(offered))
        self._action.setEnabled(is_shared or bool(offered))
        if offered:
            verb = "go" if len(offered) > 1 else "goes"
            self.told.setText(f"{numbers_text(offered)} {verb} to the same buyer and address")
            self.why.setText("One box, one label; each order keeps its own slip")
            self._name("Pack together")
        elif is_shared:
            self.told.setText(f"One box for {numbers_text(numbers)}")
            self.why.setText("Packed and handed over together; each order keeps its own slip")
            self._name("Pack apart")

    def _name(self, verb: str) -> None:
        self._action.setText(verb)
        self.button.say(f"{verb}   {_KEY}", verb)
