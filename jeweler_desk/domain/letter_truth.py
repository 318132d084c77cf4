"""A letter's words against the records they speak of: amounts, days, names, numbers, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.letter_tone import SENTENCE, LetterWords
from jeweler_desk.domain.message import canonical_address, order_numbers
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.named_days import NamedDay, days_in
from jeweler_desk.domain.order import Order, RefundState

_FIGURE: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_CODES: Final = "USD|EUR|GBP|CAD|AUD|NZD|CHF|JPY|SEK|NOK|DKK"
_AMOUNT: Final = re.compile(
    rf"(?:\b(?:US|CA|AU|NZ))?[$€£¥]\s?(?P<after>{_FIGURE})(?:\s?(?P<code1>{_CODES})\b)?"
    rf"|\b(?P<code2>{_CODES})\s?(?P<coded>{_FIGURE})"
    rf"|(?<![\w.,])(?P<before>{_FIGURE})\s?(?:(?P<code3>{_CODES})\b|[€£]"
    r"|(?:dollars?|euros?|pounds?|bucks)\b)"
)
_SALUTATION: Final = re.compile(r"\s*Dear\s+(?P<name>[^,\n:]{1,80}?)\s*[,:\n]", re.IGNORECASE)
_TITLES: Final = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s+", re.IGNORECASE)
_TRACKING: Final = re.compile(
    r"(?<![\w/.=@-])(?:[A-Z]{0,2}\d{3,5}(?: \d{2,5}){2,7}(?: ?[A-Z]{2})?|[A-Z0-9]{10,34})(?![\w@-])"
)
_FEWEST_DIGITS: Final = 8
_FEWEST_IN_GROUPS: Final = 12  # fewer may be a telephone number
_CODE: Final = re.compile(
    r"\b(?i:code)\s+[“\"'‘]?(?P<code>(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{3,19})\b"
)
_REFUNDED: Final = re.compile(
    r"\b(?:was|were|is|been|have|has|i)\s+(?:now\s+|already\s+)?refunded\b"
    r"|\brefund\s+(?:has\s+|is\s+)?(?:arrived|settled|complete[d]?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """What the records say that a letter may speak of; what is empty is not compared."""

    today: date
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    amounts: tuple[Money, ...] = ()
    days: tuple[date, ...] = ()
    tracking: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    has_order: bool = False
    is_refunded: bool = False
    refund_state: str = ""


def record_of(
    order: Order | None,
    *,
    today: date,
    local_days: Iterable[date] = (),
    names: Iterable[str] = (),
    addresses: Iterable[str] = (),
    codes: Iterable[str] = (),
) -> LetterRecord:
    """Gather what is known: of the order, of the person, and of the shop's own codes.

    ``local_days`` are the days of the order's instants at the shop, earlier promises too.
    """
    called = {_folded(each) for name in names if name for each in _ways_to_call(name)}
    reached = frozenset(canonical_address(each) for each in addresses if each)
    if order is None:
        return LetterRecord(today, frozenset(called), addresses=reached)
    if order.customer:
        called |= {_folded(each) for each in _ways_to_call(order.customer)}
    refunds = [each.state for each in order.refunds]
    days = {order.placed_on, today, today + timedelta(days=1), today - timedelta(days=1)}
    if order.promise:
        days |= {order.promise.ship_by, order.promise.pack_by}
    parcels = (*order.shipments, *order.undone_shipments)
    own_codes = re.split(r"[,\s]+", order.discount_code or "")
    return LetterRecord(
        today,
        frozenset(called),
        frozenset({order.number.lstrip("#").casefold()}),
        tuple(_amounts(order)),
        tuple(sorted(days | set(local_days))),
        frozenset(_bare(each.tracking_number) for each in parcels if each.tracking_number),
        frozenset(each.casefold() for each in (*own_codes, *codes) if each),
        reached,
        has_order=True,
        is_refunded=RefundState.SETTLED in refunds,
        refund_state=refunds[-1].value if refunds else "",
    )


def _amounts(order: Order) -> list[Money]:
    given = [
        order.total, order.subtotal, order.discount, order.shipping, order.tax,
        order.marketplace_tax, order.written_off,
    ]  # fmt: skip
    for line in order.line_items:
        given += [line.unit_price, line.discount]
        if line.unit_price is not None:
            given.append(line.unit_price * line.quantity)
    given += [each.amount for each in order.charges]
    given += [each.amount for each in order.authorizations]
    given += [each.amount for each in order.disputes]
    for refund in order.refunds:
        given += [refund.amount, refund.goods, refund.shipping, refund.tax, refund.goodwill]
    given += [each.difference for each in order.returns]
    return [each for each in given if each is not None]


def truth_findings(
    subject: str, body: str, to_address: str, record: LetterRecord, words: LetterWords
) -> list[Finding]:
    """Return what differs from the records; none of it may leave before she said it is right."""
    findings: list[Finding] = []
    goes_to = canonical_address(to_address) if to_address else ""
    if record.addresses and goes_to and goes_to not in record.addresses:
        known = ", ".join(sorted(record.addresses))
        findings.append(Finding(FindingKind.ADDRESS, to_address, known))
    findings += _names(body, record)
    findings += _days(body, record, words)
    if record.has_order:
        findings += _numbers(subject, body, record)
        findings += _money(body, record)
        findings += _tracking(body, record)
        findings += _codes(body, record)
        if not record.is_refunded:
            findings += [
                Finding(FindingKind.NOT_REFUNDED, found[0], record.refund_state, found.start())
                for found in _REFUNDED.finditer(body)
            ]
    return findings


def _names(body: str, record: LetterRecord) -> list[Finding]:
    found = _SALUTATION.match(body)
    if found is None or not record.names or found["name"].startswith(("{", "…")):
        return []
    name = _TITLES.sub("", found["name"].strip())
    if _folded(name) in record.names:
        return []
    known = max(record.names, key=len)
    return [Finding(FindingKind.NAME, found["name"], known, found.start("name"))]


def _days(body: str, record: LetterRecord, words: LetterWords) -> list[Finding]:
    findings = []
    for sentence in SENTENCE.finditer(body):
        named = days_in(sentence[0])
        if not named:
            continue
        speaks_of_it = words.of_the_record.search(sentence[0])
        for each in named:
            at = sentence.start() + each.at
            meant = each.days(record.today)
            wrong = _wrong_weekday(each, meant)
            if wrong is not None or not meant:
                findings.append(Finding(FindingKind.WEEKDAY, each.text, wrong or "", at))
            elif record.days and speaks_of_it and not set(meant) & set(record.days):
                near = min(record.days, key=lambda day: abs((day - meant[0]).days))
                findings.append(Finding(FindingKind.DAY, each.text, near.isoformat(), at))
    return findings


def _wrong_weekday(named: NamedDay, meant: Sequence[date]) -> str | None:
    if named.weekday is None or not meant or any(d.weekday() == named.weekday for d in meant):
        return None
    return meant[0].isoformat()


def _numbers(subject: str, body: str, record: LetterRecord) -> list[Finding]:
    known = ", ".join(sorted(record.numbers))
    wrong = (order_numbers(subject) | order_numbers(body)) - record.numbers
    places = {each: body.casefold().find(each) for each in wrong}
    return [
        Finding(FindingKind.ORDER, each, known, places[each])
        for each in sorted(wrong)
        if _bare(each) not in record.tracking
    ]


def _money(body: str, record: LetterRecord) -> list[Finding]:
    findings = []
    known = {Decimal(each.amount) for each in record.amounts}
    currencies = {each.currency for each in record.amounts}
    for found in _AMOUNT.finditer(body):
        figure = found["after"] or found["coded"] or found["before"]
        amount = _decimal(figure)
        code = found["code1"] or found["code2"] or found["code3"]
        if amount is None or amount not in known or (code and code not in currencies):
            nearest = min(
                record.amounts,
                key=lambda each: abs(Decimal(each.amount) - (amount or Decimal(0))),
            )
            told = f"{nearest.amount} {nearest.currency}"
            findings.append(Finding(FindingKind.AMOUNT, found[0].strip(), told, found.start()))
    return findings


def _decimal(figure: str) -> Decimal | None:
    """Read a figure: a comma before three figures groups, before one or two it is decimal."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", figure).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _tracking(body: str, record: LetterRecord) -> list[Finding]:
    findings = []
    for found in _TRACKING.finditer(body):
        number = _bare(found[0])
        fewest = _FEWEST_IN_GROUPS if " " in found[0] else _FEWEST_DIGITS
        is_one = sum(each.isdigit() for each in number) >= fewest
        if is_one and number not in record.tracking and number not in record.numbers:
            known = ", ".join(sorted(record.tracking)).upper()
            findings.append(Finding(FindingKind.TRACKING, found[0], known, found.start()))
    return findings


def _codes(body: str, record: LetterRecord) -> list[Finding]:
    return [
        Finding(FindingKind.CODE, found["code"], ", ".join(sorted(record.codes)).upper(),
                found.start("code"))
        for found in _CODE.finditer(body)
        if found["code"].casefold() not in record.codes
    ]  # fmt: skip


def _ways_to_call(name: str) -> list[str]:
    whole = " ".join(name.split())
    bare = _TITLES.sub("", whole)
    parts = bare.split(" ")
    return [whole, bare, parts[0], parts[-1], " ".join(parts[:-1])] if parts[0] else []


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _bare(number: str) -> str:
    return "".join(each for each in number if each.isalnum()).casefold()
