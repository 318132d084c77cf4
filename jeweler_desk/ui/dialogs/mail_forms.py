"""Her word on a letter: snoozed, promised, hers to answer, not a question, a link's real host."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.typed_moment import read_date, read_instant
from jeweler_desk.domain.web_link import Link
from jeweler_desk.domain.wording import long_day, moment_text
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.text import Text

_FRIDAY: Final = 4
_LONGEST_URL: Final = 400


@dataclass(frozen=True, slots=True)
class Moments:
    """The instant of the window and the shop's zone, by which typed times are read."""

    now: datetime
    timezone: str
    today: date

    def said(self, moment: datetime) -> str:
        """Write an instant as the shop's clock shows it."""
        return moment_text(moment, self.now, self.timezone)


class _Echo(Text):
    """Says below a line how what is typed there was understood."""

    def __init__(self, line: QLineEdit, said: Callable[[str], str]) -> None:
        super().__init__("", Type.SMALL, soft=True, wrap=True)
        self._said = said
        line.textChanged.connect(self.read)
        self.read(line.text())

    def read(self, text: str) -> None:
        """Say it anew."""
        self.setText(self._said(text.strip()))


def snooze_presets(moments: Moments) -> tuple[str, ...]:
    """Return the usual times to come, those of today only while they are."""
    local_hour = 24
    found = ["in 3 h"]
    for words, hour in (("1 pm", 13), ("7 pm", 19)):
        at = read_instant(f"today {words}", moments.now, moments.timezone, is_past=False)
        if at is not None and at > moments.now and hour < local_hour:
            found.append(words)
    return (*found, "tomorrow 8 am", "weekend")


class SnoozeLetter(Form):
    """Asks until when no notice tells of a letter; beyond its due time it asks once."""

    def __init__(
        self, person: str, moments: Moments, due_at: datetime | None, parent: QWidget
    ) -> None:
        super().__init__(f"Snooze the letter of {person}", "Snooze", parent)
        self._moments = moments
        self._due_at = due_at
        self._asked_of: datetime | None = None
        self.until = ChoiceField(snooze_presets(moments))
        self.until.line.setPlaceholderText("choose, or type: tomorrow 9:30, Fri 2 pm")
        self.add_field("Until", self.until, field=self.until.line)
        self.echo = _Echo(self.until.line, self._understood)
        self.parts.addWidget(self.echo)
        self.parts.addWidget(
            Text(
                "It stays in the list and its age goes on; only notices wait. A new letter of hers"
                " ends it.",
                Type.SMALL,
                soft=True,
                wrap=True,
            )
        )

    def _read(self, text: str) -> datetime | None:
        return read_instant(text, self._moments.now, self._moments.timezone, is_past=False)

    def _understood(self, text: str) -> str:
        at = self._read(text) if text else None
        if at is None:
            return "Not a time yet." if text else " "
        late = self._due_at is not None and at > self._due_at
        return f"Until {self._moments.said(at)}{', after it is due' if late else ''}."

    def value(self) -> datetime:
        """Return the instant."""
        text = self.until.text
        at = self._read(text)
        if at is None:
            raise FormError("Choose a time or type one, such as “tomorrow 9:30”.")
        if self._due_at is not None and at > self._due_at and self._asked_of != at:
            self._asked_of = at
            due = self._moments.said(self._due_at)
            raise FormError(f"It is due {due}, before that. Press once more if it may be late.")
        return at


@dataclass(frozen=True, slots=True)
class DayChosen:
    """A day and a few words."""

    on: date | None
    note: str


def _day_presets(today: date) -> tuple[str, ...]:
    days = ["tomorrow"]
    if today.weekday() < _FRIDAY - 1:
        days.append("Friday")
    days += ["Monday", "in 7 days"]
    return tuple(days)


@dataclass(frozen=True, slots=True)
class _DayWords:
    """What a form for a day says; ``day`` and ``note`` name their lines and show an example."""

    title: str
    verb: str
    day: tuple[str, str]
    note: tuple[str, str]
    told: str


class _DayForm(Form):
    """Asks for a day, says how it was understood, and takes a few words."""

    def __init__(
        self, words: _DayWords, presets: Sequence[str], today: date, parent: QWidget
    ) -> None:
        super().__init__(words.title, words.verb, parent)
        self._today = today
        self.day = ChoiceField(presets)
        self.day.line.setPlaceholderText(words.day[1])
        self.note = QLineEdit()
        self.note.setPlaceholderText(words.note[1])
        self.add_field(words.day[0], self.day, field=self.day.line)
        self.add_field(words.note[0], self.note)
        self.echo = _Echo(self.day.line, lambda text: _day_said(text, today))
        self.parts.addWidget(self.echo)
        self.parts.addWidget(Text(words.told, Type.SMALL, soft=True, wrap=True))

    def value(self) -> DayChosen:
        """Return the day and the note."""
        return DayChosen(_day_of(self.day.text, self._today), self.note.text().strip())


class PromiseDay(_DayForm):
    """Asks by which day an answer was promised in a holding letter."""

    def __init__(self, person: str, moments: Moments, parent: QWidget) -> None:
        words = _DayWords(
            f"When does {person} get the answer?",
            "Promise",
            ("By", "choose, or type: Fri, 27 Nov, 2026-11-27"),
            ("Note", "the stone must be ordered first"),
            "A holding letter that names a day stops the 24 hours. The day itself is kept as a"
            " promise and comes back on Today.",
        )
        super().__init__(words, _day_presets(moments.today), moments.today, parent)


class WaitForHer(_DayForm):
    """Says that it is her turn; a day on which to ask again is optional."""

    def __init__(self, person: str, moments: Moments, parent: QWidget, *, needs_day: bool) -> None:
        words = _DayWords(
            f"It is {person}’s turn",
            "Wait for her",
            ("Ask again", "a day" if needs_day else "a day, or empty"),
            ("Waiting for", "her ring size"),
            "No clock runs while she has the word. As soon as she or you write, the reminder is"
            " gone.",
        )
        super().__init__(words, ("in 3 days", "in 7 days", "in 2 weeks"), moments.today, parent)
        self._needs_day = needs_day

    def value(self) -> DayChosen:
        """Return the day, if any, and what is waited for."""
        if self.day.text or self._needs_day:
            return super().value()
        return DayChosen(None, self.note.text().strip())


def _day_said(text: str, today: date) -> str:
    if not text:
        return " "
    day = read_date(text, today)
    return f"{long_day(day)}." if day is not None and day >= today else "Not a day to come yet."


def _day_of(text: str, today: date) -> date:
    day = read_date(text, today)
    if day is None:
        raise FormError("Choose a day or type one, such as “Fri” or “27 Nov”.")
    if day < today:
        raise FormError("That day is past already.")
    if day > today + timedelta(days=366):
        raise FormError("That day is more than a year ahead.")
    return day


class NoReply(Form):
    """Asks why a letter needs no answer."""

    def __init__(self, person: str, usual: Sequence[str], parent: QWidget) -> None:
        super().__init__(f"Why does {person} need no answer?", "No reply needed", parent)
        self.why = ChoiceField(usual)
        self.add_field("Because", self.why, "This stops the clock. Undo starts it again.",
                       field=self.why.line)  # fmt: skip

    def value(self) -> str:
        """Return the reason."""
        if not self.why.text:
            raise FormError("Write in a word why it needs no answer.")
        return self.why.text


class OpenLink(Form):
    """Shows where a link really leads before it is opened in the browser."""

    def __init__(self, link: Link, parent: QWidget) -> None:
        is_mail = link.url.casefold().startswith("mailto:")
        super().__init__(
            "Write to this address?" if is_mail else "Open this link?",
            "Write" if is_mail else "Open in the browser",
            parent,
        )
        self._link = link
        place = Text(link.host, Type.SUBHEADING, wrap=True)
        self.parts.addWidget(place)
        url = link.url if len(link.url) <= _LONGEST_URL else link.url[:_LONGEST_URL] + "…"
        # A blank after each slash and sign lets a long address wrap; it is only shown.
        shown = Text(_wrappable(url), Type.SMALL, soft=True, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.parts.addWidget(shown)
        if link.is_odd:
            warning = Text(
                "This address looks made to be mistaken for another. If you did not expect it,"
                " leave it.",
                wrap=True,
            )
            warning.set_tone(Tone.LATE)
            self.parts.addWidget(warning)
            self.verb.setDefault(False)
            self.cancel.setDefault(True)
            self.cancel.setFocus()

    def value(self) -> str:
        """Return the address."""
        return self._link.url


def _wrappable(url: str) -> str:
    return "".join(f"{each}\u200b" if each in "/?&=-_.%" else each for each in url)
