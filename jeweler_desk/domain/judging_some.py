"""Judges a part of all messages that hangs on nothing outside, exactly as among all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo

from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.judging import _Court, collector_at_rest
from jeweler_desk.domain.mail_ties import ties_of
from jeweler_desk.domain.message import Message
from jeweler_desk.domain.nature import Nature
from jeweler_desk.domain.ours import our_addresses
from jeweler_desk.domain.ours_kept import OursKept, ours_kept
from jeweler_desk.domain.verdict import Judgement, Mark


class Hearing(_Court):
    """One judging that tells besides what each message hangs on."""

    _unlinked: dict[str, Nature] | None = None

    def _link_addresses(self) -> None:
        self._unlinked = dict(self._natures)
        super()._link_addresses()

    def ties(self) -> dict[str, set[int]]:
        """Return each message's ties by its Message-ID."""
        natures = self._unlinked or self._natures
        return {each.message_id: ties_of(each, natures[each.message_id]) for each in self._messages}


def hear_all(
    messages: Sequence[Message],
    declared: Iterable[str],
    marks: Iterable[Mark],
    customers: frozenset[str],
    zone: tzinfo,
    word: HerWord,
) -> tuple[Judgement, dict[str, set[int]], OursKept]:
    """Judge all messages; ``customers`` canonical. Return the ties and who we are besides."""
    firm = list(declared)
    with collector_at_rest():
        ours = our_addresses(messages, firm, customers)
        hearing = Hearing(messages, ours, customers, zone, word)
        kept = ours_kept(messages, ours, firm, customers)
        return hearing.judge(marks), hearing.ties(), kept


def hear_some(
    messages: Sequence[Message],
    kept: OursKept,
    customers: frozenset[str],
    zone: tzinfo,
    word: HerWord,
) -> Hearing:
    """Open a judging of some messages among whom we are known to be."""
    if word.names_called is not None:
        word = replace(word, names_called=word.names_called | kept.names)
    return Hearing(messages, kept.ours, customers, zone, word)
