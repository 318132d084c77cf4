"""Who we are: the addresses that make a message an outgoing one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.message import (
    Correspondent,
    FolderKind,
    Message,
    canonical_address,
    domain_of,
    is_address,
)


@dataclass(frozen=True, slots=True)
class Ours:
    """Our addresses, canonical, and the domains that are ours alone.

    Plus parts and case never matter.
    """

    addresses: frozenset[str]
    domains: frozenset[str] = frozenset()

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
    (design/cli.md, *Identities*), so that a customer's letter filed in Sent never makes her one of
    us. A platform's mail filed there makes nobody ours.
    """
    firm = {canonical_address(each) for each in declared if is_address(each)}
    in_orders = {canonical_address(each) for each in known_customers}
    weight = _senders_in_sent(messages)
    candidates = [each for each in weight if each not in firm and each not in in_orders]
    if not candidates:
        return _ours(firm)
    written_to = _written_to(messages, firm | set(candidates))
    ranked = sorted(candidates, key=lambda each: (*weight[each], each))
    return _ours(firm | _nobody_elses(ranked, firm, written_to))


_SHARED: Final = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web"
    r"|t-online|proton"
    r"|protonmail|pm|fastmail|mail|zoho|yandex|qq|163|126|orange|free|laposte|wanadoo|libero"
    r"|comcast"
    r"|verizon|att|btinternet|sky|freemail)\..+"
)


def is_shared_domain(domain: str) -> bool:
    """Tell whether everybody can have an address under a domain, so that it names no house."""
    return _SHARED.fullmatch(domain) is not None


def _ours(addresses: set[str]) -> Ours:
    """Tell our own domains from those that everybody shares."""
    domains = {domain_of(each) for each in addresses}
    return Ours(
        frozenset(addresses), frozenset(each for each in domains if not is_shared_domain(each))
    )


def _nobody_elses(
    ranked: list[str], firm: set[str], written_to: Mapping[str, set[str]]
) -> set[str]:
    """Choose the candidates that none of us wrote to.

    Whom no other candidate wrote to is ours, and whom she wrote to is not; where candidates wrote
    to each other, the one ranked first decides.
    """
    accepted = set(firm)
    undecided = list(ranked)
    while undecided:
        undecided = [
            each for each in undecided if not any(each in written_to[we] for we in accepted)
        ]
        free = [
            each for each in undecided if not any(each in written_to[other] for other in undecided)
        ]
        accepted.update(free or undecided[:1])
        undecided = [each for each in undecided if each not in accepted]
    return accepted


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
        if sender is None or message.notice is not None:
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
