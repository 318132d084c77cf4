"""What is made of messages: the decision on each, and the clock of each conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from jeweler_desk.domain.message import FolderKind, MailChannel
from jeweler_desk.domain.ours import Ours

REPLY_WITHIN: Final = timedelta(hours=24)
"""A letter is answered within 86,400 seconds elapsed, whatever the clocks on the wall did."""


class Decision(StrEnum):
    """What one message did to the clock, judged over all messages known."""

    START = "start"
    KEEP = "keep"
    STOP = "stop"
    IGNORE = "ignore"
    REOPEN = "reopen"
    SOFT = "soft"
    ACTION = "action"


class ClockState(StrEnum):
    """How a conversation stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    SOFT = "soft"
    NONE = "none"


class WaitingState(StrEnum):
    """How urgent a waiting letter is."""

    LATE = "late"
    DUE = "due"
    SOFT = "soft"


class Direction(StrEnum):
    """Whether a message came or went."""

    IN = "in"
    OUT = "out"


class MarkKind(StrEnum):
    """What the seller's own word on a letter was."""

    ANSWERED = "answered"
    NO_REPLY_NEEDED = "no_reply_needed"
    HOLDING = "holding"  # a letter that says when the answer comes


_SAID: Final = {
    MarkKind.ANSWERED: "answered",
    MarkKind.NO_REPLY_NEEDED: "no reply needed",
    MarkKind.HOLDING: "a holding letter",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The seller's own word: this letter was answered elsewhere, or needs no answer."""

    message_id: str
    kind: MarkKind
    at: datetime
    note: str

    @property
    def words(self) -> str:
        """What she said, as a witness."""
        return f"you said: {_SAID[self.kind]}" + (f" ({self.note})" if self.note else "")


class Verdict(NamedTuple):
    """What became of one message. ``person`` is the name, else the address, else None."""

    message_id: str
    decision: Decision
    reason: str
    clock: ClockState
    channel: MailChannel
    direction: Direction
    folder: FolderKind
    person: str | None = None
    address: str | None = None
    conversation: str | None = None


class WaitEnd(StrEnum):
    """How a wait ended, for the report of how quickly letters were answered."""

    ANSWERED = "answered"
    UNTIMED = "untimed"  # another program's mark says that, but not when
    NEEDS_NONE = "needs-none"


class Wait(NamedTuple):
    """One letter that waited for an answer, from its start to its end; ``end`` None: it waits."""

    message_id: str
    started_at: datetime
    person: str | None = None
    subject: str = ""
    channel: MailChannel = MailChannel.EMAIL
    ended_at: datetime | None = None
    end: WaitEnd | None = None
    words: str = ""


class ConversationClock(NamedTuple):
    """One person's clock in one thread.

    ``message_id`` is the oldest unanswered message (of an answered conversation: the last that
    was); ``due_at`` is None unless it waits.
    """

    key: str
    clock: ClockState
    message_id: str
    subject: str
    channel: MailChannel
    reason: str
    person: str | None = None
    address: str | None = None
    waiting_since: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from the messages known."""

    verdicts: Mapping[str, Verdict]
    conversations: tuple[ConversationClock, ...]
    ours: Ours
    waits: tuple[Wait, ...] = ()


def waiting_state(due_at: datetime | None, now: datetime) -> WaitingState:
    """Return how urgent a waiting letter is: late from the very second it is due."""
    if due_at is None:
        return WaitingState.SOFT
    return WaitingState.LATE if now >= due_at else WaitingState.DUE
