"""A conversation as it went: her letters and ours, as plain text, the newest at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, Type
from jeweler_desk.ui.widgets.card import Hairline
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Utterance:
    """One letter: who wrote, when in words, and the words."""

    who: str
    when: str
    words: str
    is_ours: bool


class ConversationView(Scroll):
    """Shows letters below each other; nothing in them is rendered, fetched or run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The conversation", takes_focus=True, parent=parent)

    def show_letters(self, letters: Sequence[Utterance]) -> None:
        """Show these letters and bring the newest into view."""
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_M)
        for number, letter in enumerate(letters):
            if number:
                layout.addWidget(Hairline())
            layout.addWidget(_letter(letter))
        layout.addStretch(1)
        self.hold(layout)
        QTimer.singleShot(0, self._show_end)

    def _show_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())


def _letter(letter: Utterance) -> QWidget:
    holder = QFrame()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(*NO_SPACE)
    if letter.is_ours:
        holder.setObjectName("quote")
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
    layout.setSpacing(SPACE_S)
    head = QHBoxLayout()
    head.setSpacing(SPACE_S)
    head.addWidget(ElidedText(letter.who, Type.STRONG), 1)
    head.addWidget(Text(letter.when, Type.SMALL, soft=True))
    words = Text(letter.words, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addLayout(head)
    layout.addWidget(words)
    return holder
