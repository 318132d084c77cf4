"""A letter from draft to "seen in Sent", and which steps it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.refusal import RefusedError

TAKE_BACK: Final = timedelta(seconds=20)
"""How long a queued letter can be taken back (care.md section 4)."""
_WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 15, 30, 60, 120, 240))
MOST_TRIES: Final = 12
"""After so many refusals "for now", about a day and a half, the letter is a draft again."""


class LetterKind(StrEnum):
    """What a letter is for; each has its template in `resources/templates`."""

    ANSWER = "answer"
    SHIPPING = "shipping"
    THANKS = "thanks"
    DELAY = "delay"
    DELAY_CONSENT = "delay-consent"
    DELAY_OPEN = "delay-open"
    CORRECTION = "correction"
    REFUND_ASKED = "refund-asked"
    REFUND_SETTLED = "refund-settled"
    VOID = "void"
    RING_SIZE = "ring-size"
    HOLDING = "holding"
    APOLOGY = "apology"


class LetterState(StrEnum):
    """How far a letter is. "Sent" is said only of one that was seen in Sent."""

    DRAFT = "draft"
    QUEUED = "queued"
    CONNECTING = "connecting"  # on the way to the server: nothing of it was given away yet
    HANDING_OVER = "handing_over"  # its words may have reached the server
    UNCLEAR = "unclear"  # they may have, and nobody said so: only Sent can tell
    HANDED_OVER = "handed_over"
    SEEN_IN_SENT = "seen_in_sent"
    CAME_BACK = "came_back"
    ELSEWHERE = "elsewhere"  # she gave its words to the buyer another way


IN_OUTBOX: Final = frozenset(
    {LetterState.QUEUED, LetterState.CONNECTING, LetterState.HANDING_OVER, LetterState.UNCLEAR}
)
"""What is neither a draft any more nor with the server for certain."""
LEFT: Final = frozenset(
    {
        LetterState.HANDING_OVER,
        LetterState.UNCLEAR,
        LetterState.HANDED_OVER,
        LetterState.SEEN_IN_SENT,
        LetterState.ELSEWHERE,
    }
)
"""States in which the buyer has read the letter, or may have."""


class CopyState(StrEnum):
    """Whether a copy must still be put into Sent."""

    NONE = "none"
    WANTED = "wanted"
    KEPT = "kept"


class LetterError(RefusedError):
    """An act that a letter does not allow; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it stands.

    ``answers`` is the Message-ID it answers; ``message_id`` its own once it was queued; ``trouble``
    says what hindered it last; ``waived`` are findings of truth that she said are right.
    """

    id: int
    kind: LetterKind
    order_id: OrderId | None
    order_number: str | None
    answers: str | None
    to_name: str
    to_address: str
    from_address: str
    subject: str
    body: str
    state: LetterState
    made_at: datetime
    changed_at: datetime
    waived: frozenset[str] = frozenset()
    trouble: str | None = None
    message_id: str | None = None
    account: str | None = None
    queued_at: datetime | None = None
    leaves_at: datetime | None = None
    tries: int = 0
    handed_at: datetime | None = None
    copy_state: CopyState = CopyState.NONE
    seen_at: datetime | None = None
    came_back_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.state is LetterState.DRAFT


def next_try_at(now: datetime, tries: int) -> datetime:
    """Return when a letter refused "for now" is tried again; the waits grow up to four hours."""
    return now + _WAITS[min(tries, len(_WAITS)) - 1]


def refuse_unless(letter: Letter, *states: LetterState) -> None:
    """Raise `LetterError` when a letter is in none of the states."""
    if letter.state not in states:
        raise LetterError(f"{_STANDS[letter.state]} Nothing was changed.")


_STANDS: Final = {
    LetterState.DRAFT: "This letter is still a draft.",
    LetterState.QUEUED: "This letter waits in the outbox: take it back to change it.",
    LetterState.CONNECTING: "This letter is on its way to the mail server.",
    LetterState.HANDING_OVER: "This letter is being handed to the mail server.",
    LetterState.UNCLEAR: "This letter was perhaps sent: look into Sent.",
    LetterState.HANDED_OVER: "The mail server has taken this letter.",
    LetterState.SEEN_IN_SENT: "This letter is sent.",
    LetterState.CAME_BACK: "This letter came back: write a new one.",
    LetterState.ELSEWHERE: "You gave this letter to the buyer another way.",
}
