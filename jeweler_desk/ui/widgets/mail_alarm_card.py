"""“Is something wrong?”: what several customers wrote of, their letters side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.mail_alarm import MailAlarm, Smoke
from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import sentence

_MOST: Final = 2
_SIDE_BY_SIDE: Final = 3
_LONGEST: Final = 180


class MailAlarmCard(Card):
    """Hidden while nothing smokes.

    ``letter_wanted`` tells which letter was pressed, ``looked_into`` which alarm is to be closed.
    """

    letter_wanted = Signal(str)
    looked_into = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("Is something wrong?", parent=parent)
        self._look = look
        self.told: list[str] = []
        self._folds: list[tuple[QWidget, Button]] = []
        self._is_folded = False
        self._makes_way = False
        self.hide()

    def show_alarms(self, alarms: Sequence[MailAlarm]) -> None:
        """Show each alarm with its letters."""
        self.clear()
        self.told, self._folds = [], []
        self.note.setText(f"{len(alarms) - _MOST} more" if len(alarms) > _MOST else "")
        for alarm in alarms[:_MOST]:
            if self.told:
                self.body.addWidget(Hairline())
            letters, fold = self._letters(alarm), Button("Letters", "quiet", room="small")
            fold.setCheckable(True)
            fold.toggled.connect(letters.setVisible)
            self._folds.append((letters, fold))
            self.body.addWidget(self._head(alarm, fold))
            self.body.addWidget(letters)
        self._share()

    def share(self, *, is_low: bool, makes_way: bool) -> None:
        """Fold the letters where there is little height; ``makes_way`` to what is written there."""
        if (is_low, makes_way) != (self._is_folded, self._makes_way):
            self._is_folded, self._makes_way = is_low, makes_way
            self._share()

    def _share(self) -> None:
        for letters, fold in self._folds:
            fold.setVisible(self._is_folded)
            fold.setChecked(False)
            letters.setVisible(not self._is_folded)
        self.setVisible(bool(self._folds) and not self._makes_way)

    def _head(self, alarm: MailAlarm, fold: Button) -> QWidget:
        people = count_text(alarm.people, "customer")
        self.told.append(sentence(f"{people} wrote within an hour of {alarm.title}"))
        words = ElidedText(self.told[-1], Type.BODY)
        words.set_tone(Tone.LATE)
        done = Button("Looked into…", "quiet", room="small", name=f"Looked into: {alarm.title}")
        done.clicked.connect(partial(self.looked_into.emit, alarm.key))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(*NO_SPACE)
        row.addWidget(words, 1)
        row.addWidget(fold)
        row.addWidget(done)
        return line

    def _letters(self, alarm: MailAlarm) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_L)
        for letter in alarm.letters[:_SIDE_BY_SIDE]:
            row.addLayout(self._letter(letter), 1)
        more = len(alarm.letters) - _SIDE_BY_SIDE
        if more > 0:
            row.addWidget(Text(f"+{more}", Type.SMALL, soft=True))
        return holder

    def _letter(self, letter: Smoke) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        words = " ".join(letter.words.split()) or letter.subject or "no words"
        words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        column.addWidget(ElidedText(letter.person, Type.BODY))
        column.addWidget(Text(words, Type.SMALL, soft=True, wrap=True))
        read = Button("Read", "plain", room="small", name=f"Read: {letter.person}")
        read.clicked.connect(partial(self.letter_wanted.emit, letter.message_id))
        under = QHBoxLayout()
        under.addWidget(read)
        under.addStretch(1)
        column.addStretch(1)
        column.addLayout(under)
        return column
