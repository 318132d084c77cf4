"""A letter on its way out: what is written on its envelope, and how a server answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.message import MOST_REFERENCES, NO_ID, Message

# Gmail and Microsoft put what passes their servers into Sent themselves; a second copy by us
# would stand there twice.
_KEEP_COPIES: Final = frozenset(
    {
        "smtp.gmail.com",
        "smtp.googlemail.com",
        "smtp-relay.gmail.com",
        "smtp.office365.com",
        "smtp-mail.outlook.com",
        "smtp.live.com",
    }
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter as it is to be written down; ``at`` has the shop's offset."""

    message_id: str
    at: datetime
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    subject: str
    body: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom a server is to carry a letter."""

    sender: str
    recipient: str


class Outcome(StrEnum):
    """What became of an attempt."""

    READY = "ready"  # sender and recipient are taken; no word of the letter was given away
    HANDED_OVER = "handed_over"
    NOT_NOW = "not_now"  # for certain not taken; worth another try
    NEVER = "never"  # for certain not taken, and another try would change nothing
    UNCLEAR = "unclear"  # its words were given away, and no answer came


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt went, and why, in words."""

    outcome: Outcome
    why: str = ""


def references_of(message: Message) -> tuple[str, ...]:
    """Return the whole chain for an answer: what hers referred to, then hers (RFC 5322 3.6.4)."""
    own = (message.message_id,) if has_own_id(message) else ()
    chain = (*(message.references or message.in_reply_to), *own)
    return tuple(dict.fromkeys(chain))[-MOST_REFERENCES:]


def has_own_id(message: Message) -> bool:
    """Tell whether a message came with a Message-ID; one made up here is named to nobody."""
    return not message.message_id.startswith(NO_ID)


def keeps_own_copy(smtp_host: str | None) -> bool:
    """Tell whether a server puts what it carries into Sent by itself."""
    return (smtp_host or "").casefold().rstrip(".") in _KEEP_COPIES


def answer_in_words(code: int, reply: bytes) -> str:
    """Return a server's own answer as one short line; it is shown, never believed."""
    said = " ".join(reply.decode("utf-8", "replace").split())
    plain = "".join(each for each in said if each.isprintable())
    return f"{code} {plain[:200]}".strip()
