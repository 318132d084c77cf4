"""Who is meant: the conversations of each person in each thread, and which letters answer them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from jeweler_desk.domain.message import (
    Message,
    canonical_address,
    local_part,
    order_numbers,
    subject_stem,
)
from jeweler_desk.domain.nature import IN_CLOCK, Nature
from jeweler_desk.domain.senders import is_machine_address, is_relay_alias
from jeweler_desk.domain.thread import Bonds

_OFFICES: Final = frozenset(
    {
        "info", "hello", "hi", "contact", "office", "mail", "email", "sales", "shop", "support",
        "team", "orders", "kontakt", "bonjour", "me", "post", "admin", "help", "service",
        "billing",
    }
)  # fmt: skip
_SHIPPING_NEWS: Final = re.compile(
    r"\b(?:has shipped|have shipped|was shipped|shipped|on its way|out for delivery|tracking"
    r"|dispatched"
    r"|order confirmation|order confirmed|receipt|invoice|newsletter|verschickt|versandt)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PersonInThread:
    """One person in one thread: her messages, and the addresses that reach her."""

    root: Hashable
    first: Message
    arrivals: list[Message] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The conversation's name: its first message, however the reading went."""
        return self.first.message_id

    def add(self, message: Message, nature: Nature) -> None:
        """Put one more message of hers into the conversation."""
        self.arrivals.append(message)
        self.addresses.update(nature.addresses)
        if nature.person:
            self.names.add(nature.person.casefold())
        mine = (message.received_at, message.message_id)
        if mine < (self.first.received_at, self.first.message_id):
            self.first = message


def conversations_of(
    messages: Sequence[Message], natures: Mapping[str, Nature], threads: Bonds
) -> list[PersonInThread]:
    """Group persons' messages by thread and person.

    Within one thread an equal name or an equal local part links two addresses; across threads
    nothing does, because linking people is the seller's to say.
    """
    people = Bonds()
    arrivals = [each for each in messages if natures[each.message_id].role in IN_CLOCK]
    for message in arrivals:
        root = threads.group(message.message_id)
        for node in _person_nodes(root, natures[message.message_id]):
            people.join(message.message_id, node)
    found: dict[Hashable, PersonInThread] = {}
    for message in arrivals:
        nature = natures[message.message_id]
        group = people.group(message.message_id)
        conversation = found.get(group)
        if conversation is None:
            conversation = PersonInThread(threads.group(message.message_id), message)
            found[group] = conversation
        conversation.add(message, nature)
    return list(found.values())


def _person_nodes(root: Hashable, nature: Nature) -> list[Hashable]:
    nodes: list[Hashable] = [(root, "address", each) for each in nature.addresses]
    nodes += [(root, "local", local_part(each)) for each in nature.addresses if _is_personal(each)]
    if nature.person:
        nodes.append((root, "name", nature.person.casefold()))
    return nodes or [(root, "nobody")]


def _is_personal(address: str) -> bool:
    local = local_part(address)
    return local not in _OFFICES and not is_machine_address(address)


class Addressees:
    """Finds the conversations that a letter of ours speaks to."""

    def __init__(
        self,
        conversations: Sequence[PersonInThread],
        natures: Mapping[str, Nature],
        threads: Bonds,
        known_ids: Mapping[str, Message],
    ) -> None:
        self._threads = threads
        self._known_ids = known_ids
        self._in_thread: defaultdict[Hashable, list[PersonInThread]] = defaultdict(list)
        self._by_trace: defaultdict[tuple[str, str, str], list[PersonInThread]] = defaultdict(list)
        for conversation in conversations:
            self._in_thread[conversation.root].append(conversation)
            for address in conversation.addresses:
                for trace in self._traces_of(conversation, natures, address):
                    self._by_trace[trace].append(conversation)

    def _traces_of(
        self, conversation: PersonInThread, natures: Mapping[str, Nature], address: str
    ) -> set[tuple[str, str, str]]:
        traces: set[tuple[str, str, str]] = set()
        for message in conversation.arrivals:
            traces.add((address, "subject", subject_stem(message.subject)))
            for number in order_numbers(message.subject):
                traces.add((address, "order", number))
            if message.gmail_thread:
                traces.add((address, "gmail", message.gmail_thread))
            if natures[message.message_id].needs_fresh_letter:
                traces.add((address, "fresh", ""))
        if is_relay_alias(address):
            traces.add((address, "alias", ""))
        return traces

    def of(self, letter: Message, nature: Nature) -> list[tuple[PersonInThread, str]]:
        """Return the conversations a letter speaks to, each with the witness in words.

        A letter belongs to a person's conversation when it goes to her and stands in the thread,
        or has her subject, her order number, her Gmail thread, or her alias at a marketplace.
        """
        found: dict[int, tuple[PersonInThread, str]] = {}
        for conversation in self._in_thread.get(self._threads.group(letter.message_id), ()):
            if self._reaches(letter, nature, conversation):
                found[id(conversation)] = (conversation, "your reply in the same thread")
        for address in sorted(nature.addresses):
            for trace, words in self._letter_traces(letter, address):
                for conversation in self._by_trace.get(trace, ()):
                    found.setdefault(id(conversation), (conversation, words))
        return list(found.values())

    def in_thread_of(self, message: Message) -> list[PersonInThread]:
        """Return every conversation of the thread that a message stands in."""
        return self._in_thread.get(self._threads.group(message.message_id), [])

    @staticmethod
    def _reaches(letter: Message, nature: Nature, conversation: PersonInThread) -> bool:
        if nature.addresses & conversation.addresses:
            return True
        if not conversation.addresses:
            # A platform's news tells a name and no address: mail to that name reaches nobody.
            return False
        locals_of_hers = {local_part(each) for each in conversation.addresses if _is_personal(each)}
        return any(
            (each.name and each.name.casefold() in conversation.names)
            or local_part(canonical_address(each.address)) in locals_of_hers
            for each in (*letter.to, *letter.cc, *letter.bcc)
            if canonical_address(each.address) in nature.addresses
        )

    def _letter_traces(
        self, letter: Message, address: str
    ) -> list[tuple[tuple[str, str, str], str]]:
        traces = [((address, "alias", ""), "your letter to her address at the marketplace")]
        stem = subject_stem(letter.subject)
        words = "your letter to her with the same subject"
        traces.append(((address, "subject", stem), words if stem else f"{words}: none"))
        if letter.gmail_thread:
            words = "your letter to her in the same Gmail thread"
            traces.append(((address, "gmail", letter.gmail_thread), words))
        is_new = not any(
            each in self._known_ids for each in (*letter.in_reply_to, *letter.references)
        )
        if is_new:
            traces.append(((address, "fresh", ""), "your new letter to the address in her form"))
            if not _SHIPPING_NEWS.search(letter.subject):
                traces += [
                    ((address, "order", number), "your new letter to her about the same order")
                    for number in order_numbers(letter.subject)
                ]
        return traces
