"""A letter's words against the records they speak of: amounts, days, names, numbers, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from jeweler_desk.domain.card import first_name_of
from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_claims import Untrue, untrue_claims, untrue_of
from jeweler_desk.domain.letter_findings import Finding, FindingKind
from jeweler_desk.domain.letter_tone import SENTENCE, LetterWords
from jeweler_desk.domain.message import canonical_address, order_numbers
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.named_days import NamedDay, days_in
from jeweler_desk.domain.order import Order

_FIGURE: Final = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?"
)
_CODES: Final = "USD|EUR|GBP|CAD|AUD|NZD|CHF|JPY|SEK|NOK|DKK"
_AMOUNT: Final = re.compile(
    rf"(?:\b(?:US|CA|AU|NZ))?(?P<sign1>[$€£¥])\s?(?P<after>{_FIGURE})(?:\s?(?P<code1>{_CODES})\b)?"
    rf"|\b(?P<code2>{_CODES})\s?(?P<coded>{_FIGURE})"
    rf"|(?<![\w.,])(?P<before>{_FIGURE})\s?(?:(?P<code3>{_CODES})\b|(?P<sign2>[$€£¥])(?!\d)"
    r"|(?P<word>dollars?|euros?|pounds?|bucks)\b)"
)
_MEANT: Final = {
    "€": {"EUR"},
    "£": {"GBP"},
    "¥": {"JPY", "CNY"},
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"},
    "euro": {"EUR"},
    "pound": {"GBP"},
    "dollar": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"},
}
_SALUTATION: Final = re.compile(
    r"\s*(?:(?i:dear)\s+"
    r"|(?i:hello|good\s+(?:morning|afternoon|evening))\s+(?=[A-Z]\w*(?: \w+)?[,!]))"
    r"(?P<name>[^,\n:;!]{1,80}?)\s*(?:[,:;!\n]|\s[-–—])"
)
_BESIDE: Final = re.compile(r"\([^)]*\)")
_TITLES: Final = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s+", re.IGNORECASE)
_TRACKING: Final = re.compile(
    r"(?<![\w/.=@-])(?:[A-Z]{0,2}\d{3,5}(?: \d{2,5}){2,7}(?: ?[A-Z]{2})?|[A-Z0-9]{10,34})(?![\w@-])"
)
_FEWEST_DIGITS: Final = 8
_FEWEST_IN_GROUPS: Final = 12  # fewer may be a telephone number
_CODE: Final = re.compile(
    r"(?:\b(?P<kind>[A-Za-z]+)\s+)?\bcode(?:\s+is|\s*:)?\s+[“\"'‘]?"
    r"(?P<code>[A-Za-z0-9][A-Za-z0-9-]{3,19})(?![\w-])",
    re.IGNORECASE,
)
_OTHER_CODES: Final = frozenset(
    {"zip", "post", "postal", "area", "country", "qr", "bar", "hs", "tariff", "dress", "access"}
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
    untrue: Untrue = ()
    kind: LetterKind | None = None


def record_of(
    order: Order | None,
    *,
    today: date,
    local_days: Iterable[date] = (),
    names: Iterable[str] = (),
    addresses: Iterable[str] = (),
    codes: Iterable[str] = (),
    kind: LetterKind | None = None,
) -> LetterRecord:
    """Gather what is known: of the order, of the person, and of the shop's own codes.

    ``kind`` is what the letter is for. ``local_days`` are the days of the order's instants at the
    shop, earlier promises too.
    """
    called = {_folded(each) for name in names if name for each in _ways_to_call(name)}
    reached = frozenset(canonical_address(each) for each in addresses if each)
    if order is None:
        return LetterRecord(today, frozenset(called), addresses=reached)
    if order.customer:
        called |= {_folded(each) for each in _ways_to_call(order.customer)}
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
        untrue=untrue_of(order),
        kind=kind,
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
        findings += untrue_claims(subject, body, record.kind, record.untrue)
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
        meant = _currencies_meant(found)
        if (
            found["word"]
            and found["word"].casefold().startswith("pound")
            and "GBP" not in currencies
        ):
            continue  # what a parcel weighs
        if amount is None or amount not in known or (meant and not meant & currencies):
            nearest = min(
                record.amounts,
                key=lambda each: abs(Decimal(each.amount) - (amount or Decimal(0))),
            )
            told = f"{nearest.amount} {nearest.currency}"
            findings.append(Finding(FindingKind.AMOUNT, found[0].strip(), told, found.start()))
    return findings


def _currencies_meant(found: re.Match[str]) -> AbstractSet[str]:
    """Return the currencies that an amount may be in by its code, sign or word; empty: any."""
    code = found["code1"] or found["code2"] or found["code3"]
    if code:
        return {code}
    sign = found["sign1"] or found["sign2"]
    word = (found["word"] or "").casefold().rstrip("s")
    return _MEANT.get(sign or word, frozenset())


def _decimal(figure: str) -> Decimal | None:
    """Read a figure: a mark before three figures groups, before one or two it is decimal."""
    plain = re.sub(r"[,. \u00a0\u202f’'](?=\d{3}(?:\D|$))", "", figure).replace(",", ".")
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
        if _is_code(found) and found["code"].casefold() not in record.codes
    ]  # fmt: skip


def _is_code(found: re.Match[str]) -> bool:
    """Tell a code from a word: in capitals, or with a figure in it."""
    code, kind = found["code"], found["kind"] or ""
    has_letter = any(each.isalpha() for each in code)
    has_figure = any(each.isdigit() for each in code)
    return has_letter and (has_figure or code.isupper()) and kind.casefold() not in _OTHER_CODES


def _ways_to_call(name: str) -> list[str]:
    whole = " ".join(_BESIDE.sub(" ", name).split())
    if first_name_of(name) is None:
        return []  # a user name or a company: she greets as she knows
    family, comma, given = whole.partition(",")
    if comma and given.strip():
        return [whole, *_ways_in_order(f"{given.strip()} {family}"), *_ways_in_order(family)]
    return _ways_in_order(whole)


def _ways_in_order(whole: str) -> list[str]:
    bare = _TITLES.sub("", whole)
    parts = bare.split(" ")
    if not parts[0]:
        return []
    initial = f"{parts[0]} {parts[-1][0]}"
    return [whole, bare, parts[0], parts[-1], " ".join(parts[:-1]), initial, f"{initial}."]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _bare(number: str) -> str:
    return "".join(each for each in number if each.isalnum()).casefold()
