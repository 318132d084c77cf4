"""The clock of one conversation: what starts it, what stops it, what brings it back.

It runs from the oldest message of hers that no letter of ours followed; her further messages do not
move it; our letter stops it; a bounced letter brings the old start back (facts/mail.md section 8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from jeweler_desk.domain.message import Message
from jeweler_desk.domain.nature import Nature, Role
from jeweler_desk.domain.verdict import ClockState, Decision, Wait, WaitEnd

Moment = Callable[[datetime], str]


class EventKind(IntEnum):
    """What happened; of two things in the same second the lower comes first."""

    ARRIVAL = 0
    SEEN_ANSWERED = 1  # a flag on her message, or its move to the junk folder
    LETTER = 2
    SAID = 3  # the seller's own word
    CAME_BACK = 4


class Event(NamedTuple):
    """One thing that happened in a conversation."""

    at: datetime
    kind: EventKind
    message_id: str
    message: Message | None = None
    nature: Nature | None = None
    words: str = ""
    letter_id: str = ""
    end: WaitEnd = WaitEnd.ANSWERED
    is_holding: bool = False


def _order(event: Event) -> tuple[datetime, int, str, str]:
    """Return where an event stands in time; ties are broken the same way every time."""
    return (event.at, event.kind, event.message_id, event.words)


@dataclass(slots=True)
class _Answer:
    """How the clock was stopped last, so that a bounce can bring it back."""

    start: Event
    at: datetime
    words: str
    was_waiting: bool
    letters: list[str] = field(default_factory=list)
    is_by_word: bool = False
    is_holding: bool = False


@dataclass(slots=True)
class Clock:
    """Runs through the events of one conversation in their order."""

    moment: Moment
    had_answer_before: Callable[[Message, Nature], bool]
    written: Callable[[Message], str]
    decisions: dict[str, tuple[Decision, str]] = field(default_factory=dict)
    open: Event | None = None
    soft: Event | None = None
    answer: _Answer | None = None
    last_arrival: Event | None = None
    words: str = ""
    waits: list[Wait] = field(default_factory=list)
    _endings: dict[str, str] = field(default_factory=dict)

    def run(self, events: Iterable[Event]) -> None:
        """Go through all events."""
        for event in sorted(events, key=_order):
            if event.kind is EventKind.ARRIVAL:
                self._arrival(event)
            elif event.kind is EventKind.LETTER:
                self._letter(event)
            elif event.kind is EventKind.CAME_BACK:
                self._came_back(event)
            else:
                self._said(event)
        if self.open is not None:
            self.waits.append(Wait(self.open.message_id, self.open.at))
        for message_id, words in self._endings.items():
            decision, reason = self.decisions[message_id]
            self.decisions[message_id] = (decision, f"{reason}; {words}")

    @property
    def state(self) -> ClockState:
        """How the conversation stands after its last event."""
        if self.open is not None:
            return ClockState.WAITING
        if self.soft is not None:
            return ClockState.SOFT
        return ClockState.ANSWERED if self.last_arrival is not None else ClockState.NONE

    def _decide(self, event: Event, decision: Decision, reason: str) -> None:
        self.decisions[event.message_id] = (decision, reason)

    def _arrival(self, event: Event) -> None:
        message, nature = event.message, event.nature
        if message is None or nature is None:
            return
        self.last_arrival = event
        rescued = "rescued from spam: " if nature.is_rescued else ""
        if self.open is not None:
            since = self.moment(self.open.at)
            self._decide(
                event, Decision.KEEP, f"{rescued}{nature.why}; the clock runs since {since}"
            )
        elif nature.role is not Role.PERSON:
            self.soft = self.soft or event
            self._decide(event, Decision.SOFT, f"{rescued}{nature.why}")
        elif nature.is_courteous and self._was_answered(message, nature):
            self.soft = self.soft or event
            self._decide(event, Decision.SOFT, "a few kind words after your answer, nothing asked")
        else:
            self.open = event
            self.words = (
                f"{rescued}{nature.why}, received {self.moment(event.at)}{self.written(message)}"
            )
            self._decide(event, Decision.START, self.words)

    def _was_answered(self, message: Message, nature: Nature) -> bool:
        if nature.is_reaction and (message.in_reply_to or message.references):
            return True
        return self.answer is not None or self.had_answer_before(message, nature)

    def _close(self, event: Event, *, is_by_word: bool) -> None:
        start = self.open or self.soft
        if start is not None:
            self.answer = _Answer(
                start, event.at, event.words, self.open is not None, is_by_word=is_by_word
            )
            self.words = event.words
            is_timed = event.kind is EventKind.SAID
            told = f", {self.moment(event.at)}" if is_timed else ""
            self._endings[start.message_id] = event.words + told
            if self.open is not None:
                self.waits.append(
                    Wait(
                        start.message_id,
                        start.at,
                        ended_at=event.at,
                        end=event.end,
                        words=event.words,
                    )
                )
        self.open = self.soft = None

    def _letter(self, event: Event) -> None:
        if self.open is not None:
            since = self.moment(self.open.at)
            self._close(event, is_by_word=False)
            self._decide(event, Decision.STOP, f"{event.words}; it waited since {since}")
        elif self.soft is not None:
            self._close(event, is_by_word=False)
            self._decide(event, Decision.KEEP, f"{event.words}; nothing was waiting")
        elif self.answer is not None and self.answer.is_by_word and not self.answer.letters:
            self._decide(event, Decision.STOP, f"{event.words}; before it {self.answer.words}")
        else:
            self._decide(
                event, Decision.KEEP, "your letter; nothing of this person was waiting then"
            )
        if self.answer is not None:
            self.answer.letters.append(event.message_id)

    def _said(self, event: Event) -> None:
        if self.open is not None or self.soft is not None:
            self._close(event, is_by_word=True)
            if self.answer is not None:
                self.answer.is_holding = event.is_holding
        elif self.answer is not None and not event.is_holding:
            self.answer.is_by_word, self.answer.is_holding = True, False

    def _came_back(self, event: Event) -> None:
        answer = self.answer
        if answer is None or event.letter_id not in answer.letters:
            self._decide(
                event, Decision.IGNORE, "a letter of yours came back that answered nothing"
            )
            return
        answer.letters.remove(event.letter_id)
        if answer.letters or (answer.is_by_word and not answer.is_holding):
            words = "a letter of yours came back, but another answer stands"
            self._decide(event, Decision.IGNORE, words)
            return
        self.answer = None
        self._endings.pop(answer.start.message_id, None)
        self.words = f"your letter came back: {event.words}"
        if not answer.was_waiting:
            self.soft = answer.start
            self._decide(event, Decision.IGNORE, self.words)
            return
        self.open = answer.start
        self.waits.pop()
        since = self.moment(answer.start.at)
        self._decide(event, Decision.REOPEN, f"{self.words}; the clock runs again since {since}")
