"""Judges a small change among the few messages that it can touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.message import Message, canonical_address
from jeweler_desk.domain.ours import Ours
from jeweler_desk.domain.verdict import Mark
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_ties import MailTies
from jeweler_desk.store.mail_verdicts import Verdicts

if TYPE_CHECKING:
    from jeweler_desk.domain.judging_some import Hearing
    from jeweler_desk.domain.ours_kept import Change, OursKept

_MOST_TOUCHED: Final = 1500
"""Above so many messages all are judged, which then costs little more."""

_MOST_SAID: Final = 500
"""Above so many addresses at once (an import of orders) all messages are judged."""

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
        called = self.word.names_called
        by_name = [] if called is None else ["called", *sorted(called)]
        return [self.version, self.zone.key, *by_name]


class FewMessages:
    """Finds what hangs on a change and judges it; writing needs an open transaction."""

    def __init__(self, store: Store, verdicts: Verdicts) -> None:
        self._ties = MailTies(store)
        self._verdicts = verdicts

    def ours(self, grounds: Grounds) -> Ours | None:
        """Return who we were found to be; None when that must be found anew."""
        kept = None if self._verdicts.is_stale() else self._ties.circle(grounds.basis)
        return kept.ours if kept else None

    def renew(self, grounds: Grounds) -> bool:
        """Judge what hangs on the changes and keep it; False when all must be judged."""
        if self._verdicts.asks_for_all():
            return False
        kept = self._ties.circle(grounds.basis)
        changed = self._ties.changed(_MOST_TOUCHED)
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

    def _spoken_of(self, addresses: Iterable[tuple[str, str]], word: HerWord) -> set[int]:
        """Return the messages (by row) that hang on what was said of addresses."""
        from jeweler_desk.domain.mail_ties import Meetings, TieKind, address_ties  # noqa: PLC0415

        meetings, ties = Meetings(word.links), set[int]()
        for address, what in addresses:
            ties |= address_ties([address], TieKind.NAMED)
            if what == "linked":
                people = meetings.all_of(address)
                ties |= address_ties(people, TieKind.NAMED, TieKind.HEARD, TieKind.TOLD)
        return self._ties.meeting(ties, _MOST_TOUCHED) if ties else set()

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
                if len(rows) > _MOST_TOUCHED:
                    return None
                ties = meetings.of(self._ties.of(fresh)) - looked
                looked |= ties
                wanted = self._ties.meeting(ties, _MOST_TOUCHED)
            read = self._ties.messages(rows)
            named = grounds.named(read.values())
            hearing = hear_some(named, kept, grounds.customers, grounds.zone, grounds.word)
            own = {each for ties in hearing.ties().values() for each in ties}
            ties = meetings.of(own) - looked
            looked |= ties
            wanted = self._ties.meeting(ties, _MOST_TOUCHED)
            if wanted <= rows:
                return rows, hearing, dict(zip(read, named, strict=True))
