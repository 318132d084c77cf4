"""Her own word that a letter was answered: by which way, when, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.typed_moment import read_instant
from jeweler_desk.domain.wording import moment_text
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.text import Text

_WAYS: Final = ("by phone", "on Etsy", "on Instagram", "at the market", "from another mailbox")


@dataclass(frozen=True, slots=True)
class Answered:
    """How, when (None: now), and a note."""

    way: str
    at: datetime | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """How, and what was said, on one line."""
        return f"{self.way}: {self.note}" if self.note else self.way


class AnsweredElsewhere(Form):
    """Asks how a letter was answered; the words are kept with the letter."""

    def __init__(
        self,
        person: str,
        parent: QWidget,
        *,
        now: datetime,
        timezone: str,
        likely: Sequence[str] = (),
    ) -> None:
        super().__init__(f"How was {person} answered?", "Answered", parent)
        self._now = now
        self._timezone = timezone
        ways = (*likely, *(each for each in _WAYS if each not in likely))
        self.way = ChoiceField(ways)
        if likely:
            self.way.line.setText(likely[0])
        self.at = QLineEdit()
        self.at.setPlaceholderText("now – or 14:30, yesterday 6 pm")
        self.note = QLineEdit()
        self.note.setPlaceholderText("what was said, in a few words")
        self.add_field("How", self.way, field=self.way.line)
        self.add_field("When", self.at)
        self.add_field("Note", self.note)
        self.echo = Text("", Type.SMALL, soft=True, wrap=True)
        self.parts.addWidget(self.echo)
        self.at.textChanged.connect(self._say)
        self._say()

    def _say(self) -> None:
        at = self._read()
        words = "This stops the clock of the letter. It can be undone."
        if at is None:
            words = "Not a time yet."
        elif self.at.text().strip():
            words = f"{moment_text(at, self._now, self._timezone).capitalize()}. {words}"
        self.echo.setText(words)

    def _read(self) -> datetime | None:
        return read_instant(self.at.text(), self._now, self._timezone, is_past=True)

    def value(self) -> Answered:
        """Return the way, the instant and the note."""
        if not self.way.text:
            raise FormError("Write in a few words how it was answered.")
        at = self._read()
        if at is None:
            raise FormError("Type when, such as “14:30” or “yesterday 6 pm”, or leave it empty.")
        if at > self._now:
            raise FormError("An answer cannot have been given later than now.")
        is_told = bool(self.at.text().strip())
        return Answered(self.way.text, at if is_told else None, self.note.text().strip())
