"""Reading along while a letter is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jeweler_desk.domain.letter_truth import record_of
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    Gift,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
)
from jeweler_desk.services.letter_check import LetterCheck
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, in_turns, lap
from tests.builders import usd

_SENTENCES = 40
_SORTED = 20
_OF_SORTING = 40
_SENTENCE = "It left on October 6 with $54.00 and code LOYAL7, soon."
_LETTER = "Dear Hannah,\n\nThank you for your order. {}\n\nYours truly,\nAileen"
_ORDER = Order(
    OrderId(1), Channel.SHOPIFY, "#1041", "Hannah Lindqvist", date(2026, 10, 2), usd("50.00"),
    PaymentStatus.PAID, FulfillmentStatus.READY, OrderStatus.OPEN, Gift.NO, 1,
)  # fmt: skip


def typing(ground: Ground) -> Iterator[Line]:
    """Look for findings in a long letter, beside sorting its words a few times."""
    body = _LETTER.format(" ".join([_SENTENCE] * _SENTENCES))
    words = body.split() * _SORTED
    today = ground.shops.clock.now().date()
    check = LetterCheck(record_of(_ORDER, today=today), "")
    if not check.findings("", body, ""):
        raise AssertionError("a letter of doubtful claims was read without a finding")
    turns = ground.sizes.turns
    reading, sorting = in_turns(
        turns, lambda: lap(lambda: check.findings("", body, "")), lambda: lap(lambda: sorted(words))
    )
    work = f"read along in a letter of {len(body):,} letters"
    yield Comparison(work, reading, "sorting its words", sorting).at_most(_OF_SORTING)
