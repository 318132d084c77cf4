"""What the column of letters says: who waits and until when, who was promised an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from jeweler_desk.domain.freshness_wording import MAIL_IS_READ
from jeweler_desk.domain.letter import Letter, LetterState
from jeweler_desk.domain.letter_days import DayShown
from jeweler_desk.domain.mail_view import AnsweredEmail, ListedMessage, WaitingEmail
from jeweler_desk.domain.mailbox import UnreadableMessage
from jeweler_desk.domain.unreadable_wording import UNREADABLE, unreadable_place
from jeweler_desk.domain.verdict import ClockState, Decision
from jeweler_desk.domain.wording import day_text, moment_text
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.tables.letters import LetterRow
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import CHANNELS_TO_ANSWER_ON, Said, due_said, in_words, joined, sentence

EVERY_ANSWERED = "Every email is answered"
READING = f"{MAIL_IS_READ}."


class MailLists:
    """Writes rows for the lists of the page, as of an instant."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.now = now
        self._timezone = settings.timezone()
        self._today = settings.today()

    def when(self, moment: datetime) -> str:
        """Write an instant as the shop's clock shows it."""
        return moment_text(moment, self.now, self._timezone)

    def waiting(
        self, email: WaitingEmail, put_off: Mapping[str, datetime], begun: Mapping[str, str]
    ) -> LetterRow:
        """Say who waits, how long an answer has left, and that it is snoozed or begun."""
        since = f"waiting since {self.when(email.waiting_since)}"
        due = f"due {self.when(email.due_at)}" if email.due_at else ""
        name = email.person or email.address or "Someone"
        until = put_off.get(email.message_id)
        marks = [
            f"snoozed to {self._soon(until)}" if until else "",
            begun.get(email.message_id, ""),
        ]
        place = CHANNELS_TO_ANSWER_ON.get(email.channel)
        return LetterRow(
            email.message_id,
            name,
            name,
            email.subject or "No subject",
            due_said(email.due_at, self.now),
            sentence(joined([due, since])),
            joined([f"reply on {place}" if place else "", *marks]),
        )

    def _soon(self, moment: datetime) -> str:
        """Write an instant shortly: today’s as its time alone."""
        return self.when(moment).removeprefix("today ")

    def promised(self, day: DayShown) -> LetterRow:
        """Say by when an answer was promised."""
        said = Said(f"by {day_text(day.on, self._today)}", self._day_tone(day))
        return self._day_row(day, said, "promised")

    def waited_for(self, day: DayShown) -> LetterRow:
        """Say when she is asked again."""
        said = Said(f"ask {day_text(day.on, self._today)}", self._day_tone(day))
        return self._day_row(day, said, "her turn")

    def _day_row(self, day: DayShown, said: Said, mark: str) -> LetterRow:
        name = day.person or "Someone"
        return LetterRow(
            day.message_id, name, name, day.note or day.subject, said, day.note or day.subject, mark
        )

    def _day_tone(self, day: DayShown) -> Tone:
        if day.on < self._today:
            return Tone.LATE
        return Tone.DUE if day.on == self._today else Tone.NEUTRAL

    def answered(self, email: AnsweredEmail) -> LetterRow:
        """Say that a letter was answered, when and by what."""
        return LetterRow(
            email.message_id,
            email.person or "Someone",
            email.person or "",
            email.subject or "No subject",
            Said("answered", Tone.GOOD),
            sentence(joined([f"answered {self.when(email.answered_at)}", email.reason])),
        )

    def known(self, message: ListedMessage) -> LetterRow:
        """Show any message: ours with whom it went to, hers with how it stands."""
        is_ours = message.decision is Decision.STOP or message.folder.value == "sent"
        name = message.person or message.from_address or "Someone"
        return LetterRow(
            message.message_id,
            name,
            name,
            message.subject or "No subject",
            _known_said(message, self.when(message.received_at)),
            sentence(joined([self.when(message.received_at), message.reason])),
            "you wrote" if is_ours else "",
        )

    def aside(self, message: ListedMessage) -> LetterRow:
        """Show a message that started no clock, with the reason."""
        name = message.person or message.from_address or "Someone"
        return LetterRow(
            message.message_id,
            name,
            name,
            sentence(message.reason) or message.subject,
            Said(self.when(message.received_at), Tone.NEUTRAL),
            joined([message.subject, sentence(message.reason)]),
        )

    def unreadable(self, message: UnreadableMessage) -> LetterRow:
        """Show a message that could not be read: where it lies, and when it came or was found."""
        at = message.came_at or message.seen_at
        return LetterRow(
            unreadable_id(message),
            UNREADABLE,
            message.folder,
            unreadable_place(message),
            Said(self.when(at), Tone.DUE),
            joined([message.reason.rstrip("."), unreadable_place(message)]),
            "not read",
        )


def unreadable_id(message: UnreadableMessage) -> str:
    """Return the name of a row that has no Message-ID: no letter can have one with a blank."""
    return f"not read {message.id}"


def _known_said(message: ListedMessage, when: str) -> Said:
    tones = {ClockState.WAITING: Tone.DUE, ClockState.ANSWERED: Tone.GOOD}
    return Said(when, tones.get(message.clock, Tone.NEUTRAL))


_MARKS: Final = {
    LetterState.DRAFT: "answer begun",
    LetterState.UNCLEAR: "perhaps sent",
    LetterState.CAME_BACK: "came back",
}


def begun_marks(letters: Sequence[Letter]) -> dict[str, str]:
    """Return by the message they answer that answers are begun, on their way, or came back."""
    return {
        each.answers: _MARKS.get(each.state, "on its way")
        for each in reversed(letters)
        if each.answers
    }


def heading(waiting: Sequence[WaitingEmail], now: datetime) -> str:
    """Say how many are late and how many are due."""
    late = sum(1 for email in waiting if email.due_at and email.due_at <= now)
    due = sum(1 for email in waiting if email.due_at and email.due_at > now)
    told = [f"{in_words(late)} late"] if late else []
    told += [f"{in_words(due)} due"] if due else []
    return sentence(joined(told))


def all_done(
    waiting: Sequence[WaitingEmail],
    put_off: Mapping[str, datetime],
    promised: Sequence[DayShown],
    lists: MailLists,
) -> str:
    """Say that nothing waits for her now, and what comes next."""
    due = [email for email in waiting if email.due_at]
    if any(email.message_id not in put_off for email in due):
        return ""
    if due:
        first = min(email.due_at for email in due if email.due_at)
        return f"{EVERY_ANSWERED} or snoozed; the next one is due {lists.when(first)}."
    if promised:
        day = min(each.on for each in promised)
        who = next(each.person or "someone" for each in promised if each.on == day)
        row = next(lists.promised(each) for each in promised if each.on == day)
        until = row.said.text if row.said else ""
        return f"{EVERY_ANSWERED}; the next answer is promised to {who} {until}."
    return f"{EVERY_ANSWERED}."
