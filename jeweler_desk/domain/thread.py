"""Which messages belong together: by their ids, never by the subject alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from jeweler_desk.domain.message import MOST_REFERENCES, Message, subject_stem
from jeweler_desk.domain.nature import Nature, Role

_FRESH_SUBJECT_AFTER: Final = timedelta(days=14)


class Bonds:
    """A union of nodes into groups; the outcome does not depend on the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def group(self, node: Hashable) -> Hashable:
        """Return the node that stands for the whole group of a node."""
        parent = self._parent
        root = node
        while (above := parent.get(root, root)) != root:
            root = above
        while node != root:
            following = parent.get(node, node)
            parent[node] = root
            node = following
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        """Put two nodes, and with them their groups, together."""
        first, second = self.group(one), self.group(other)
        if first != second:
            self._parent[second] = first


def threads(messages: Sequence[Message], natures: Mapping[str, Nature]) -> Bonds:
    """Join messages into threads; ask the outcome with ``group(message_id)``.

    In-Reply-To is trusted alone; a References id counts only where the subjects agree, because some
    programs carry old ids into new topics. An answer to an old letter under a new subject, pressed
    by her, opens a new thread. Loops, missing roots and doubled ids do no harm.
    """
    by_id = {message.message_id: message for message in messages}
    bonds = Bonds()
    for message in messages:
        own = message.message_id
        nature = natures[own]
        if nature.thread:
            bonds.join(own, ("platform", nature.thread))
        if message.in_reply_to or message.references:
            _join_ids(bonds, message, by_id, is_ours=nature.role is Role.LETTER)
    return bonds


def _join_ids(
    bonds: Bonds, message: Message, by_id: Mapping[str, Message], *, is_ours: bool
) -> None:
    own = message.message_id
    stem = subject_stem(message.subject)
    for each in message.in_reply_to:
        parent = by_id.get(each)
        if parent is None:
            bonds.join(own, each)
            bonds.join(own, (each, stem))
        elif is_ours or not _opens_a_new_topic(message, stem, parent):
            bonds.join(own, each)
    for each in message.references[-MOST_REFERENCES:]:
        parent = by_id.get(each)
        if parent is None:
            bonds.join(own, (each, stem))
        elif subject_stem(parent.subject) == stem:
            bonds.join(own, each)


def _opens_a_new_topic(message: Message, stem: str, parent: Message) -> bool:
    return (
        message.received_at - parent.received_at > _FRESH_SUBJECT_AFTER
        and subject_stem(parent.subject) != stem
        and stem != ""
    )
