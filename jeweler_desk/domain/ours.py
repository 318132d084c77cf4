"""Who we are: the addresses that make a message an outgoing one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jeweler_desk.domain.message import (
    Correspondent,
    FolderKind,
    Message,
    canonical_address,
    is_address,
)
from jeweler_desk.domain.senders import is_machine_address


@dataclass(frozen=True, slots=True)
class Ours:
    """Our addresses, canonical. Plus parts and case never matter."""

    addresses: frozenset[str]

    def owns(self, address: str) -> bool:
        """Tell whether an address is ours."""
        return canonical_address(address) in self.addresses

    def others(self, people: Iterable[Correspondent]) -> list[Correspondent]:
        """Return those who are not us."""
        return [each for each in people if canonical_address(each.address) not in self.addresses]


def our_addresses(
    messages: Sequence[Message], declared: Iterable[str], known_customers: Iterable[str]
) -> Ours:
    """Return our addresses: those declared, and the senders in Sent folders that are nobody else's.

    A sender in Sent is not ours when the address stands in an order or we wrote to it
    (design/cli.md, *Identities*). Candidates are weighed from the most certain down, so that a
    customer's letter filed in Sent never makes her one of us, and no order of reading matters.
    """
    firm = {canonical_address(each) for each in declared if is_address(each)}
    in_orders = {canonical_address(each) for each in known_customers}
    weight = _senders_in_sent(messages)
    candidates = [each for each in weight if each not in firm and each not in in_orders]
    if not candidates:
        return Ours(frozenset(firm))
    written_to = _written_to(messages, firm | set(candidates))
    accepted = set(firm)
    for candidate in sorted(candidates, key=lambda each: (*weight[each], each)):
        if not any(candidate in written_to[writer] for writer in accepted):
            accepted.add(candidate)
    return Ours(frozenset(accepted))


_Weight = tuple[int, int, int]


def _senders_in_sent(messages: Sequence[Message]) -> dict[str, _Weight]:
    """Weigh each sender in Sent: letters that never passed a server, letters, people written to."""
    unserved: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for message in messages:
        if not any(copy.kind is FolderKind.SENT for copy in message.copies):
            continue
        sender = message.sender
        if sender is None or message.notice is not None or is_machine_address(sender.address):
            continue
        address = canonical_address(sender.address)
        letters[address] += 1
        unserved[address] += not message.was_delivered
        people[address].update(each.address for each in (*message.to, *message.cc, *message.bcc))
    return {
        address: (-unserved[address], -letters[address], -len(people[address]))
        for address in letters
    }


def _written_to(messages: Sequence[Message], writers: set[str]) -> defaultdict[str, set[str]]:
    """Return whom each possible "we" wrote to, herself left out; drafts went to nobody."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for message in messages:
        sender = message.sender
        if sender is None:
            continue
        writer = canonical_address(sender.address)
        if writer in writers and any(copy.kind is not FolderKind.DRAFTS for copy in message.copies):
            for each in (*message.to, *message.cc, *message.bcc):
                address = canonical_address(each.address)
                if address != writer:
                    found[writer].add(address)
    return found
