"""What ties messages to each other, so that a change is judged among those that it can touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, timedelta
from enum import IntEnum
from typing import Final
from zlib import crc32

from jeweler_desk.domain.her_word import one_person
from jeweler_desk.domain.message import Message, ReportKind, canonical_address
from jeweler_desk.domain.nature import IN_CLOCK, Nature, Role

_DAYS_OF_BOUNCES: Final = 4
"""A rejection that names no letter is believed for three days, which touch four dates."""


class TieKind(IntEnum):
    """In which way a message hangs on what it names."""

    ID = 1  # its own Message-ID, or one that it refers to
    THREAD = 2  # a platform's conversation
    HEARD = 3  # an address that a clock of ours runs for, or that a bounce names
    TOLD = 4  # an address that a letter of ours went to
    REFUSED = 5  # a day of which a marketplace may have refused a letter
    MARKET = 6  # the day of a letter of ours to a marketplace's address
    NAMED = 7  # an address that her rules, links and orders may speak of; ties nothing by itself


_MEETS: Final = {
    TieKind.ID: TieKind.ID,
    TieKind.THREAD: TieKind.THREAD,
    TieKind.HEARD: TieKind.TOLD,
    TieKind.TOLD: TieKind.HEARD,
    TieKind.REFUSED: TieKind.MARKET,
    TieKind.MARKET: TieKind.REFUSED,
}


def tie(kind: TieKind, name: str) -> int:
    """Return a tie as a number; two names that share one only make a search wider."""
    return (kind << 32) | crc32(name.encode("utf-8", "surrogatepass"))


def address_ties(addresses: Iterable[str], *kinds: TieKind) -> set[int]:
    """Return the ties of these kinds to some addresses (canonical)."""
    return {tie(kind, each) for each in addresses for kind in kinds}


def ties_of(message: Message, nature: Nature) -> set[int]:
    """Return a message's ties; ``nature`` names its addresses as they stand, not linked."""
    report = message.report
    ids = (message.message_id, *message.in_reply_to, *message.references)
    found = {tie(TieKind.ID, each) for each in (*ids, *(report.about if report else ()))}
    if nature.thread:
        found.add(tie(TieKind.THREAD, nature.thread))
    if nature.role in IN_CLOCK:
        found |= address_ties(nature.addresses, TieKind.HEARD)
    elif nature.role is Role.LETTER:
        found |= address_ties(nature.addresses, TieKind.TOLD)
        if any("@marketplace.amazon." in each for each in nature.addresses):
            found.add(_day(TieKind.MARKET, message, 0))
    elif nature.role is Role.REJECTION:
        found.update(_day(TieKind.REFUSED, message, ago) for ago in range(_DAYS_OF_BOUNCES))
    if report is not None and report.kind is ReportKind.DELIVERY:
        failed = map(canonical_address, (*report.recipients, *report.mentioned))
        found |= address_ties(failed, TieKind.HEARD)
    return found | address_ties(_named(message), TieKind.NAMED)


def _day(kind: TieKind, message: Message, ago: int) -> int:
    day = (message.received_at.astimezone(UTC) - timedelta(days=ago)).date()
    return tie(kind, day.isoformat())


def _named(message: Message) -> Iterator[str]:
    """Yield every address that may turn out to be the one of the person behind a message."""
    for each in (message.sender, *message.reply_to, message.form, message.notice):
        if each is not None and each.address:
            yield canonical_address(each.address)


class Meetings:
    """Says which ties of other messages a tie meets, the seller's links between people counted."""

    def __init__(self, links: Iterable[tuple[str, str]]) -> None:
        person_of = one_person(links)
        self._people: dict[str, set[str]] = {}
        for address, person in person_of.items():
            self._people.setdefault(person, set()).add(address)
        self._person_of = person_of
        self._together: Mapping[int, set[str]] = {
            crc32(address.encode("utf-8", "surrogatepass")): self._people[person]
            for address, person in person_of.items()
        }

    def all_of(self, address: str) -> set[str]:
        """Return all addresses of a person by any of them (canonical)."""
        return self._people.get(self._person_of.get(address, ""), set()) | {address}

    def of(self, ties: Iterable[int]) -> set[int]:
        """Return what to look for among the ties of others."""
        found: set[int] = set()
        for each in ties:
            meets = _MEETS.get(TieKind(each >> 32))
            if meets is None:
                continue
            name = each & 0xFFFFFFFF
            found.add((meets << 32) | name)
            if meets in {TieKind.HEARD, TieKind.TOLD}:
                found |= address_ties(self._together.get(name, ()), meets)
        return found
