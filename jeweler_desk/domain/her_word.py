"""What the seller herself said of people and letters, and what outweighs the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain.message import canonical_address


@dataclass(frozen=True, slots=True)
class HerWord:
    """Her rules for addresses, second addresses of a person, and overruled decisions.

    ``questions`` holds by Message-ID whether she called a message a question, or none;
    ``names_called``: a letter in which she was only in Cc asks her when it begins with one of
    these names or of those in From of her letters (None: it never does).
    """

    not_customers: frozenset[str] = frozenset()
    links: tuple[tuple[str, str], ...] = ()
    questions: Mapping[str, bool] = field(default_factory=dict)
    names_called: frozenset[str] | None = None


NO_WORD: Final = HerWord()


@dataclass(frozen=True, slots=True)
class AddressRule:
    """An address whose letters never start a clock, and why."""

    address: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddressLink:
    """Two addresses of one person."""

    address: str
    other: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Overruling:
    """A decision turned about by her."""

    message_id: str
    is_question: bool
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterDay:
    """A day that hangs on a conversation: what a holding letter promised, or when to ask again."""

    message_id: str
    on: date
    note: str
    at: datetime


def one_person(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each linked address the one that stands for the person, however they are linked.

    It is the first in the order of letters, so that the order of linking changes nothing.
    """
    groups: dict[str, set[str]] = {}
    for one, other in links:
        first, second = canonical_address(one), canonical_address(other)
        joined = groups.get(first, {first}) | groups.get(second, {second})
        for each in joined:
            groups[each] = joined
    return {address: min(group) for address, group in groups.items()}
