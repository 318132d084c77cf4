"""What was seen of who we are, so that a few new messages need not ask all others again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from jeweler_desk.domain.message import FolderKind, Message, canonical_address, is_address
from jeweler_desk.domain.ours import Ours, _senders_in_sent, _written_to


class Change(StrEnum):
    """What happened to a message since it was judged."""

    NEW = "new"
    FACTS = "facts"
    LIES = "lies"  # a copy came, went, moved or had its flags changed
    WORD = "word"  # the seller said something of it


@dataclass(frozen=True, slots=True)
class OursKept:
    """Who we are, and the witnesses of it, all canonical.

    ``candidates`` are senders in Sent folders who were not declared, ``excluded`` those who are
    not, because they stand in an order; ``written`` tells which of us wrote to which candidate,
    ``names`` how we are called in From.
    """

    ours: Ours
    candidates: frozenset[str]
    excluded: frozenset[str]
    written: frozenset[tuple[str, str]]
    names: frozenset[str]

    def hangs_on(self, address: str) -> bool:
        """Tell whether an order with this address (canonical) may change who we are."""
        return address in self.candidates or address in self.excluded

    def is_shaken_by(self, message: Message, changes: AbstractSet[Change]) -> bool:
        """Tell whether a message may change who we are or how we are called."""
        sender = message.sender
        if sender is None or changes == {Change.WORD}:
            return False
        address = canonical_address(sender.address)
        if self.ours.owns(address) and sender.name not in self.names:
            return True
        if not self.ours.owns(address) and not self.hangs_on(address):
            return message.notice is None and _is_in_sent(message)
        return address not in self.excluded and self._is_moved_by(message, address, changes)

    def _is_moved_by(self, message: Message, sender: str, changes: AbstractSet[Change]) -> bool:
        """Tell whether a letter of ours, or of a candidate, may change who is one of us."""
        is_known = Change.NEW not in changes
        if sender in self.candidates and (is_known or self._is_ranked()):
            return True
        to = {canonical_address(each.address) for each in (*message.to, *message.cc, *message.bcc)}
        met = (to & self.candidates) - {sender}
        if is_known:
            return bool(self.candidates if Change.FACTS in changes else met)
        return any((sender, each) not in self.written for each in met)

    def _is_ranked(self) -> bool:
        """Tell whether candidates wrote to each other, so that the number of letters decides."""
        return any(writer in self.candidates for writer, _ in self.written)


def ours_kept(
    messages: Sequence[Message], ours: Ours, declared: Iterable[str], customers: AbstractSet[str]
) -> OursKept:
    """Sum up what the outcome ``ours`` of these messages hangs on; ``customers`` canonical."""
    firm = {canonical_address(each) for each in declared if is_address(each)}
    senders = _senders_in_sent(messages).keys() - firm
    candidates = frozenset(senders - customers)
    written = _written_to(messages, firm | candidates) if candidates else {}
    return OursKept(
        ours,
        candidates,
        frozenset(senders & customers),
        frozenset((writer, each) for writer, to in written.items() for each in to & candidates),
        frozenset(
            message.sender.name
            for message in messages
            if message.sender is not None and ours.owns(message.sender.address)
        ),
    )


def _is_in_sent(message: Message) -> bool:
    return any(copy.kind is FolderKind.SENT for copy in message.copies)
