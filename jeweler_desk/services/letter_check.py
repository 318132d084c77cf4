"""Reads along while a letter is typed: what its tone and the records say to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jeweler_desk.domain.letter_findings import Finding
from jeweler_desk.domain.letter_tone import LetterWords, tone_findings
from jeweler_desk.domain.letter_truth import LetterRecord, truth_findings
from jeweler_desk.domain.order import Order
from jeweler_desk.resources import resource


@cache
def letter_words() -> LetterWords:
    """Return the word lists, read with the first letter."""
    text = resource("letter_words.json").read_text(encoding="utf-8")
    return LetterWords(json.loads(text))


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """The records that one letter speaks of, read once; each look at its words is then pure."""

    record: LetterRecord
    capitals: str

    def findings(self, subject: str, body: str, to_address: str) -> tuple[Finding, ...]:
        """Return what was found: of truth first, then of tone, each by its place."""
        words = letter_words()
        truth = truth_findings(subject, body, to_address, self.record, words)
        tone = tone_findings(body, words, self.capitals)
        by_place = lambda each: each.at  # noqa: E731
        return (*sorted(truth, key=by_place), *sorted(tone, key=by_place))


def instants_of(order: Order) -> Iterator[datetime]:
    """Yield every instant of an order that a letter may name."""
    yield from (each for each in (order.paid_at, order.placed_at, order.restarted_at) if each)
    for parcel in (*order.shipments, *order.undone_shipments):
        for at in (
            parcel.shipped_at, parcel.first_scan_at, parcel.delivered_at, parcel.label_bought_at,
        ):  # fmt: skip
            if at is not None:
                yield at
    yield from (each.at for each in order.refunds if each.at)
    yield from (each.opened_at for each in order.returns)
    yield from (each.captured_at for each in order.charges if each.captured_at)
