"""The letters about an order in its panel: to whom, how far each is, and the next act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.letter_wording import STATE_NAMES
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.letter_shelf import LETTER_VERBS, letter_said
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class LetterDeeds:
    """Which letters there are about an order, and what a letter's button does."""

    of: Callable[[OrderId], list[Letter]]
    go_on: Callable[[Letter], object]


def letter_lines(
    look: Appearance, letters: list[Letter], deeds: LetterDeeds, now: datetime, timezone: str
) -> QVBoxLayout:
    """Set out letters, the newest first; each can be opened."""
    box = QVBoxLayout()
    box.setContentsMargins(*NO_SPACE)
    box.setSpacing(SPACE_S)
    for letter in reversed(letters):
        box.addWidget(_letter(look, letter, deeds, now, timezone))
    return box


def _letter(
    look: Appearance, letter: Letter, deeds: LetterDeeds, now: datetime, timezone: str
) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(*NO_SPACE)
    layout.setSpacing(SPACE_XS)
    layout.addWidget(Text(letter.subject or "No subject yet", wrap=True))
    at = letter.came_back_at or letter.handed_at or letter.changed_at
    said = letter_said(letter)
    chip = StatusChip(look, said.text, said.tone)
    chip.setToolTip(letter.trouble or STATE_NAMES[letter.state])
    verb = LETTER_VERBS.get(letter.state, "Read")
    button = Button(verb, room="small", name=f"{verb}: {letter.subject}")
    button.clicked.connect(partial(deeds.go_on, letter))
    layout.addWidget(Text(moment_text(at, now, timezone), Type.SMALL, soft=True))
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    row.addWidget(button)
    layout.addLayout(row)
    return holder
