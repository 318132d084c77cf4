"""Judges a small change among the few messages that it can touch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar
from zoneinfo import ZoneInfo

from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.message import Message, canonical_address
from jeweler_desk.domain.ours import Ours
from jeweler_desk.domain.verdict import Judgement, Mark, Wait
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_ties import MailTies
from jeweler_desk.store.mail_verdicts import Verdicts

if TYPE_CHECKING:
    from jeweler_desk.domain.judging_some import Hearing
    from jeweler_desk.domain.ours_kept import Change, OursKept

MOST_TOUCHED: Final = 1500
"""Above so many messages all are judged, which then costs little more."""

_MOST_SAID: Final = 500
"""Above so many addresses at once (an import of orders) all messages are judged."""

_KEPT_AT_ONCE: Final = 250
T = TypeVar("T")

Named = Callable[[Iterable[Message]], list[Message]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a judging stands on besides the messages and marks; ``customers`` are canonical.

    ``named`` lets letters written here name what they answer.
    """

    declared: Sequence[str]
    customers: frozenset[str]
    zone: ZoneInfo
    word: HerWord
    named: Named
    version: str

    @property
    def basis(self) -> list[str]:
        """What no trigger watches and every message hangs on."""
        return basis_of(self.version, self.zone, self.word.names_called)


def basis_of(version: str, zone: ZoneInfo, called: frozenset[str] | None) -> list[str]:
    """Sum up what no trigger watches and every message hangs on."""
    by_name = [] if called is None else ["called", *sorted(called)]
    return [version, zone.key, *by_name]


@dataclass(frozen=True, slots=True)
class Whole:
    """A judging of all messages; ``ties`` by row, ``basis`` is what it stood on."""

    judgement: Judgement
    ties: Mapping[int, Collection[int]]
    kept: OursKept
    basis: Sequence[str]


def hear(messages: Mapping[int, Message], marks: Sequence[Mark], grounds: Grounds) -> Whole:
    """Judge all messages (by row); touches no store."""
    from jeweler_desk.domain.judging_some import hear_all  # noqa: PLC0415 - a start needs no rules

    ordered = sorted(messages.values(), key=lambda each: (each.received_at, each.message_id))
    judgement, ties, kept = hear_all(
        grounds.named(ordered),
        grounds.declared,
        marks,
        grounds.customers,
        grounds.zone,
        grounds.word,
    )
    by_row = {row: ties[message.message_id] for row, message in messages.items()}
    return Whole(judgement, by_row, kept, grounds.basis)


class FewMessages:
    """Finds what hangs on a change and judges it; writing needs an open transaction.

    Above ``most`` messages that a change may touch, all are judged.
    """

    def __init__(self, store: Store, verdicts: Verdicts) -> None:
        self._ties = MailTies(store)
        self._verdicts = verdicts
        self.most = MOST_TOUCHED

    def ours(self, grounds: Grounds) -> Ours | None:
        """Return who we were found to be; None when that must be found anew."""
        kept = None if self._verdicts.is_stale() else self._ties.circle(grounds.basis)
        return kept.ours if kept else None

    def last_ours(self) -> Ours | None:
        """Return who we were found to be in the last judging of all; None when there was none."""
        kept = self._ties.last_circle()
        return kept.ours if kept else None

    def is_on(self, basis: Sequence[str]) -> bool:
        """Whether what is kept was judged on this basis."""
        return self._ties.is_on(basis)

    def renew(self, grounds: Grounds) -> bool:
        """Judge what hangs on the changes and keep it; False when all must be judged."""
        if self._verdicts.asks_for_all():
            return False
        kept = self._ties.circle(grounds.basis)
        changed = self._ties.changed(self.most)
        said = self._ties.addresses(_MOST_SAID)
        if kept is None or changed is None or said is None:
            return False
        addresses = [(canonical_address(address), what) for address, what in said]
        if any(what == "bought" and kept.hangs_on(address) for address, what in addresses):
            return False
        seeds = set(changed) | self._spoken_of(addresses, grounds.word)
        if seeds and not self._judge_around(seeds, changed, kept, grounds):
            return False
        self._ties.settle()
        return True

    def renew_all(
        self, messages: Sequence[Message], marks: Iterable[Mark], grounds: Grounds
    ) -> None:
        """Judge all messages and keep the outcome, and what each hangs on."""
        from jeweler_desk.domain.judging_some import hear_all  # noqa: PLC0415 - as below

        judgement, ties, kept = hear_all(
            messages, grounds.declared, marks, grounds.customers, grounds.zone, grounds.word
        )
        self._verdicts.keep(judgement)
        rows = self._ties.rows_by_id()
        self._ties.keep({rows[each]: own for each, own in ties.items()}, is_all=True)
        self._ties.keep_circle(kept, grounds.basis)
        self._ties.settle()

    def begin_anew(self) -> None:
        """Begin a judging of all in steps; whatever changes from now on is taken note of anew."""
        self._verdicts.settle()
        self._ties.begin_anew()

    def keep_anew(self, whole: Whole) -> Iterator[Callable[[], None]]:
        """Yield the acts that keep a judging of all, each short, in a transaction of its own.

        No conversation that waits is ever missing: those that are none any more go after all
        others are kept. Until the last act the file says that a judging is under way.
        """
        verdicts, ties = self._verdicts, self._ties
        judgement = whole.judgement
        for clocks in _blocks(judgement.conversations):
            yield partial(verdicts.keep_clocks, clocks)
        rows, after = sorted(whole.ties), 0
        for block in _blocks(rows):
            yield partial(verdicts.keep_rows, judgement, after, block[-1])
            after = block[-1]
        present = {each.key for each in judgement.conversations}
        for keys in _blocks([each for each in verdicts.conversation_keys() if each not in present]):
            yield partial(verdicts.forget_clocks, keys)
        waits: dict[str, list[Wait]] = {each: [] for each in verdicts.waiting_ids()}
        for wait in judgement.waits:
            waits.setdefault(wait.message_id, []).append(wait)
        for ids in _blocks(list(waits)):
            yield partial(verdicts.keep_waits, ids, [own for each in ids for own in waits[each]])
        for block in _blocks(rows):
            yield partial(ties.keep, {each: whole.ties[each] for each in block}, is_all=False)
        yield partial(ties.keep_circle, whole.kept, whole.basis)

    def _spoken_of(self, addresses: Iterable[tuple[str, str]], word: HerWord) -> set[int]:
        """Return the messages (by row) that hang on what was said of addresses."""
        from jeweler_desk.domain.mail_ties import Meetings, TieKind, address_ties  # noqa: PLC0415

        meetings, ties = Meetings(word.links), set[int]()
        for address, what in addresses:
            ties |= address_ties([address], TieKind.NAMED)
            if what == "linked":
                people = meetings.all_of(address)
                ties |= address_ties(people, TieKind.NAMED, TieKind.HEARD, TieKind.TOLD)
        return self._ties.meeting(ties, self.most) if ties else set()

    def _judge_around(
        self,
        seeds: set[int],
        changed: Mapping[int, set[Change]],
        kept: OursKept,
        grounds: Grounds,
    ) -> bool:
        found = self._together(seeds, kept, grounds)
        if found is None:
            return False
        rows, hearing, messages = found
        for row, what in changed.items():
            if kept.is_shaken_by(messages[row], what):
                return False
        said = self._ties.marks([each.message_id for each in messages.values()])
        self._verdicts.keep_some(hearing.judge(said))
        ties = hearing.ties()
        self._ties.keep({row: ties[messages[row].message_id] for row in rows}, is_all=False)
        return True

    def _together(
        self, seeds: set[int], kept: OursKept, grounds: Grounds
    ) -> tuple[set[int], Hearing, dict[int, Message]] | None:
        """Return all messages that hang together with some, and a judging of them.

        They are closed under the ties that were kept and those that they have now.
        """
        from jeweler_desk.domain.judging_some import hear_some  # noqa: PLC0415 - a start needs none
        from jeweler_desk.domain.mail_ties import Meetings  # noqa: PLC0415 - a start needs no rules

        meetings = Meetings(grounds.word.links)
        rows, wanted = set[int](), set(seeds)
        looked: set[int] = set()
        while True:
            while wanted - rows:
                fresh = wanted - rows
                rows |= fresh
                if len(rows) > self.most:
                    return None
                ties = meetings.of(self._ties.of(fresh)) - looked
                looked |= ties
                wanted = self._ties.meeting(ties, self.most)
            read = self._ties.messages(rows)
            named = grounds.named(read.values())
            hearing = hear_some(named, kept, grounds.customers, grounds.zone, grounds.word)
            own = {each for ties in hearing.ties().values() for each in ties}
            ties = meetings.of(own) - looked
            looked |= ties
            wanted = self._ties.meeting(ties, self.most)
            if wanted <= rows:
                return rows, hearing, dict(zip(read, named, strict=True))


def _blocks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _KEPT_AT_ONCE):
        yield values[start : start + _KEPT_AT_ONCE]
