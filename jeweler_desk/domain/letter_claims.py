"""What a letter says that happened - sent, asked for, refunded, voided - against what did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.order import AuthorizationState, Order, RefundState

_BY_US: Final = r"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:now\s+|already\s+|just\s+)?"
_DONE: Final = r"(?:was|were|is|has\s+been|have\s+been)\s+(?:now\s+|already\s+)?"
_SHIPPED: Final = (
    r"(?:\b(?:is|are)|['’]s)\s+(?:now\s+|already\s+)?on (?:its|the|their) way\b"
    r"|\b(?:has|have)\s+(?:now\s+|already\s+)?(?:been\s+)?(?:left|shipped|mailed|posted)\b"
    r"|\bwas (?:shipped|mailed|posted)\b|\b(?:i|we) (?:shipped|mailed|posted)\b"
    r"|\bparcel left\b"
)
_REFUNDED: Final = (
    r"\b(?:was|were|is|been|have|has|i|we)\s+(?:now\s+|already\s+)?refunded\b"
    r"|(?<!when your )(?<!once your )(?<!until your )(?<!if your )"
    r"\brefund for order \S+ has arrived"
    r"|\brefund\s+(?:has\s+|is\s+)?(?:arrived|settled|complete[d]?)\b"
    r"|\b(?:sent|given|gave|returned)\s+(?:you\s+)?(?:your|the)\s+money\s+back\b"
)
_ASKED: Final = (
    rf"{_BY_US}(?:asked|requested|initiated|issued|started|processed|submitted)\s+"
    r"(?:for\s+|(?:your|the)\s+bank\s+(?:for|to\s+\w+)\s+)?(?:you\s+)?(?:your|the|a)\s+"
    r"(?:full\s+|partial\s+)?(?:money\s+back|refund)\b"
    rf"|\brefund\s+{_DONE}(?:asked\s+for|requested|initiated|issued|processed|submitted)\b"
    rf"|{_BY_US}asked\s+(?:your|the)\s+bank\b"
)
_VOIDED: Final = (
    rf"{_BY_US}voided\b|\b{_DONE}voided\b"
    rf"|\bpending\s+(?:charge|payment)\s+{_DONE}(?:canceled|cancelled|released|reversed)\b"
)
_CONDITION: Final = re.compile(
    r"\b(?:once|when|whenever|as soon as|until|if|before|after|not|n['’]t)\s+(?:[\w’']+\s+){0,2}$",
    re.IGNORECASE,
)
_CLAIMS: Final = {
    FindingKind.NOT_REFUNDED: (LetterKind.REFUND_SETTLED, re.compile(_REFUNDED, re.IGNORECASE)),
    FindingKind.NOT_ASKED: (LetterKind.REFUND_ASKED, re.compile(_ASKED, re.IGNORECASE)),
    FindingKind.NOT_VOIDED: (LetterKind.VOID, re.compile(_VOIDED, re.IGNORECASE)),
    FindingKind.NOT_SHIPPED: (LetterKind.SHIPPING, re.compile(_SHIPPED, re.IGNORECASE)),
}
"""Which letter tells of it by its kind, and the words that tell of it in any letter."""
_MAY_BE_A_CONDITION: Final = frozenset({FindingKind.NOT_ASKED, FindingKind.NOT_VOIDED})


Untrue = tuple[tuple[FindingKind, str], ...]
"""What did not happen to an order, each with what is known instead (empty: nothing)."""


def untrue_of(order: Order) -> Untrue:
    """Return what no letter about an order may tell of as done."""
    refunds = [each.state for each in order.refunds]
    last = refunds[-1].value if refunds else ""
    missing = []
    if RefundState.SETTLED not in refunds:
        missing.append((FindingKind.NOT_REFUNDED, last))
    if not {RefundState.ASKED, RefundState.SETTLED} & set(refunds):
        missing.append((FindingKind.NOT_ASKED, last))
    holds = [each.state for each in order.authorizations]
    if AuthorizationState.VOIDED not in holds:
        known = "taken" if order.charges else holds[-1].value if holds else ""
        missing.append((FindingKind.NOT_VOIDED, known))
    if not order.shipments:
        missing.append((FindingKind.NOT_SHIPPED, ""))
    return tuple(missing)


def untrue_claims(
    subject: str, body: str, kind: LetterKind | None, untrue: Untrue
) -> Iterator[Finding]:
    """Yield where a letter, by its words or else by its kind, tells of what did not happen."""
    for missing, known in untrue:
        told_by, words = _CLAIMS[missing]
        said = [
            *(Finding(missing, each[0], known) for each in _said(words, subject, missing)),
            *(
                Finding(missing, each[0], known, each.start())
                for each in _said(words, body, missing)
            ),
        ]
        if not said and kind is told_by:
            said = [Finding(missing, "", known)]
        yield from said


def _said(words: re.Pattern[str], text: str, missing: FindingKind) -> Iterator[re.Match[str]]:
    for found in words.finditer(text):
        is_condition = _CONDITION.search(text[: found.start()])
        if not (is_condition and missing in _MAY_BE_A_CONDITION):
            yield found
