"""How mail is shown: what waits, what is known, one conversation whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import FolderKind, MailChannel
from jeweler_desk.domain.verdict import (
    ClockState,
    ConversationClock,
    Decision,
    Direction,
    WaitingState,
    waiting_state,
)

_SECONDS_AN_HOUR = 3600


class MailView(StrEnum):
    """Which letters a list shows."""

    ALL = "all"
    ASIDE = "aside"  # what came and was taken for no question


@dataclass(frozen=True, slots=True)
class WaitingEmail:
    """One conversation that waits for an answer (or, ``soft``, is only listed).

    ``message_id`` is its oldest unanswered message; ``due_at`` is None for a soft one.
    """

    message_id: str
    person: str | None
    address: str | None
    subject: str
    channel: MailChannel
    waiting_since: datetime
    due_at: datetime | None
    state: WaitingState
    hours_waiting: float
    reason: str


@dataclass(frozen=True, slots=True)
class AnsweredEmail:
    """A conversation whose clock was stopped, when and by what."""

    message_id: str
    person: str | None
    subject: str
    channel: MailChannel
    answered_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """One row of ``mail list``."""

    message_id: str
    folder: FolderKind
    from_address: str | None
    subject: str
    received_at: datetime
    decision: Decision
    reason: str
    channel: MailChannel
    person: str | None
    clock: ClockState


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """One message of a conversation, as it is read."""

    message_id: str
    direction: Direction
    person: str | None
    at: datetime
    subject: str
    text: str
    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation whole, the oldest message first."""

    person: str | None
    address: str | None
    subject: str
    channel: MailChannel
    clock: ClockState
    waiting_since: datetime | None
    due_at: datetime | None
    reason: str
    entries: tuple[ConversationEntry, ...]


@dataclass(frozen=True, slots=True)
class MessageFound:
    """A message that a search found."""

    message_id: str
    person: str
    subject: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class LastLook:
    """When the mailboxes were last seen whole, and what hinders it now."""

    at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class AccountShown:
    """An account and how its last look went."""

    account: MailAccount
    looked_at: datetime | None
    error: str | None


def waiting_email(clock: ConversationClock, now: datetime) -> WaitingEmail:
    """Show a conversation that waits or is soft, as of an instant."""
    since = clock.waiting_since or now
    # A clock that was set back shows no age below nothing.
    hours = max(0.0, (now - since).total_seconds() / _SECONDS_AN_HOUR)
    return WaitingEmail(
        clock.message_id,
        clock.person,
        clock.address,
        clock.subject,
        clock.channel,
        since,
        clock.due_at,
        waiting_state(clock.due_at, now),
        round(hours, 1),
        clock.reason,
    )


def most_urgent_first(clocks: list[ConversationClock], now: datetime) -> list[WaitingEmail]:
    """Show what waits by the time it is due; the soft ones last, oldest first."""
    shown = [
        waiting_email(clock, now)
        for clock in clocks
        if clock.clock in {ClockState.WAITING, ClockState.SOFT}
    ]
    return sorted(
        shown,
        key=lambda each: (
            each.due_at is None,
            each.due_at or each.waiting_since,
            each.message_id,
        ),
    )
