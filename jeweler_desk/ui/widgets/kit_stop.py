"""What stands in place of the checks while the kit of a parcel is not complete."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

_ADVICE = "Fill up or count the supplies before you begin, or take the next parcel with N."


class KitStop(QWidget):
    """Says what is missing and leads to the supplies; the middle of a parcel is never stopped."""

    def __init__(self, go_to_supplies: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text("", Type.BENCH, wrap=True)
        self.words.set_tone(Tone.LATE)
        self.button = Button("Look at the supplies", "primary", room="large")
        self.button.follow(go_to_supplies)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_L)
        layout.addWidget(self.words)
        layout.addWidget(Text(_ADVICE, Type.BENCH_SMALL, soft=True, wrap=True))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_stop(self, sentence: str | None) -> None:
        """Say what is missing; nothing hides it."""
        self.words.setText(sentence or "")
        self.setVisible(sentence is not None)
