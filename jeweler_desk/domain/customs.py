"""What customs ask of a parcel abroad: what, of which material, from where, how heavy, worth what.

Codes are suggested, never decided; every figure stands with the day it was looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import LineItem, Order
from jeweler_desk.domain.refusal import RefusedError

LOOKED_UP_ON: Final = date(2026, 7, 3)
"""The newest day of the sources behind the codes, thresholds and words of this module."""
ADVICE: Final = "Check with your post"
_FEWEST_WORDS: Final = 3
_HEAVIEST_GRAMS: Final = 30_000


class CustomsError(RefusedError):
    """A customs fact out of form; the sentence says what is expected."""


class CustomsForm(StrEnum):
    """The form that a post wants on the parcel."""

    CN22 = "CN22"
    CN23 = "CN23"


CN22_UP_TO: Final = {"USD": 40000, "EUR": 38000, "GBP": 27000, "CAD": 42500, "AUD": 45000}
"""Minor units of about 300 special drawing rights; below, CN22 will do, above CN23 is wanted."""

HEAVIEST_CN22_GRAMS: Final = 2000
"""Small packets of the letter post end at two kilograms; what is heavier wants CN23."""


@dataclass(frozen=True, slots=True)
class HsCode:
    """Six digits of the Harmonized System, and what they stand for in plain words."""

    code: str
    words: str

    @property
    def shown(self) -> str:
        """The code as forms have it: ``7113.11``."""
        return f"{self.code[:4]}.{self.code[4:]}"


HS_CODES: Final = (
    HsCode("711311", "jewelry of silver, also plated with another precious metal"),
    HsCode("711319", "jewelry of gold, platinum or another precious metal"),
    HsCode("711320", "jewelry of base metal clad with precious metal (gold-filled, rolled gold)"),
    HsCode("711719", "imitation jewelry of base metal, gold-plated brass and copper too"),
    HsCode("711711", "cuff links of base metal"),
    HsCode("711790", "other imitation jewelry: beads, resin, wood"),
    HsCode("711610", "articles of pearls"),
    HsCode("711620", "articles of precious or semi-precious stones without precious metal"),
    HsCode("710122", "loose cultured pearls, worked"),
    HsCode("710239", "loose diamonds, cut, not mounted"),
    HsCode("710391", "loose rubies, sapphires, emeralds, cut, not mounted"),
    HsCode("710399", "other loose precious or semi-precious stones, cut, not mounted"),
    HsCode("710491", "loose synthetic or laboratory-grown diamonds, cut"),
    HsCode("710499", "other loose synthetic stones, cut"),
    HsCode("970600", "antiques older than a hundred years"),
)
_BY_CODE: Final = {each.code: each for each in HS_CODES}
# A thin coat or a color is no metal of the piece: it is taken out before the metals are looked for.
_COATS: Final = (
    (re.compile(r"\b(gold|silver)[- ]?filled\b|\brolled[- ]gold\b"), "clad"),
    (re.compile(r"\bgold[- ]vermeil\b"), "vermeil"),
    (
        re.compile(r"\b(rose[- ]|white[- ])?(gold|silver|platinum|rhodium)[- ]?plat(ed|ing)\b"),
        "plated",
    ),
    (re.compile(r"\b(gold|silver|bronze|copper|brass)[- ](tones?|toned|colou?r|colou?red)\b"), ""),
)
_STONES: Final = (
    r"gem|stone|agate|quartz|\bjade\b|lapis|garnet|labradorite|turquoise|amethyst|onyx|opal|jasper"
)
_LOOSE: Final = r"(?=.*\bloose\b)"
_MADE: Final = r"(synthetic|lab[- ](grown|created)|laboratory|simulated)"
_BASE: Final = r"\b(brass|copper|bronze|steel|stainless|alumin(i?um)|titanium|pewter)\b"
# Asked in this order: the first that a piece's words fit is suggested first.
_SIGNS: Final = (
    ("710122", rf"{_LOOSE}.*\bpearls?\b"),
    ("710491", rf"{_LOOSE}(?=.*{_MADE}).*\bdiamonds?\b"),
    ("710499", rf"{_LOOSE}(?=.*{_MADE}).*\b(stones?|gems?|rub(y|ies)|sapphires?|emeralds?)\b"),
    ("710239", rf"{_LOOSE}(?!.*{_MADE}).*\bdiamonds?\b"),
    ("710391", rf"{_LOOSE}(?!.*{_MADE}).*\b(rub(y|ies)|sapphires?|emeralds?)\b"),
    ("710399", rf"{_LOOSE}(?!.*{_MADE}).*({_STONES})"),
    ("711320", r"\bclad\b"),
    ("711711", rf"(?=.*\bcuff ?links?\b).*{_BASE}"),
    ("711719", _BASE),
    ("711311", r"\bsilver\b|\bvermeil\b"),
    ("711319", r"\b(gold|platinum|palladium)\b"),
    ("711719", r"\bplated\b"),
    ("711610", r"\bpearls?\b"),
    ("711620", _STONES),
    ("711790", r"\b(beads?|beaded|resin|wood|wooden|glass|ceramic|leather|polymer)\b"),
    ("970600", r"\b(antique|georgian|victorian)\b"),
)
STOP_WORDS: Final = (
    "gift", "gifts", "accessory", "accessories", "article", "articles", "artwork", "decorative",
    "sample", "samples", "parts", "part", "as ordered", "goods", "item", "items", "merchandise",
    "present", "product", "products", "various", "misc", "personal effects",
)  # fmt: skip
"""Words that say nothing of what is inside; the European Union's systems refuse several."""
_ORIGIN: Final = re.compile(r"[A-Z]{2}")
_CODE: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class CustomsFacts:
    """What customs ask of one kind of piece; an empty cell is not known yet."""

    description: str = ""
    material: str = ""
    hs_code: str = ""
    origin: str = ""
    net_grams: int | None = None


NO_FACTS: Final = CustomsFacts()


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """Units of one piece in a parcel; ``value`` is what was paid for them, without shipping.

    ``is_free`` says that nothing was: customs are told what the piece is worth, its price.
    """

    title: str
    units: int
    facts: CustomsFacts
    value: Money
    is_free: bool = False

    @property
    def description(self) -> str:
        """What stands on the form."""
        return self.facts.description or self.title

    @property
    def net_grams(self) -> int | None:
        """The weight of all its units."""
        grams = self.facts.net_grams
        return None if grams is None else grams * self.units


@dataclass(frozen=True, slots=True)
class CustomsSheet:
    """One order's parcel for customs; the category is always a sale of goods."""

    order_number: str
    made_on: date
    sender: tuple[str, ...]
    receiver: tuple[str, ...]
    phone: str
    lines: tuple[CustomsLine, ...]
    shipping: Money | None
    is_gift: bool
    notes: tuple[str, ...] = ()
    country: str = ""

    @property
    def value(self) -> Money:
        """The value of all goods."""
        return total_of((line.value for line in self.lines), self.lines[0].value.currency)

    @property
    def net_grams(self) -> int | None:
        """The weight of all pieces, if it is known of each."""
        grams = [line.net_grams for line in self.lines]
        return None if None in grams else sum(each or 0 for each in grams)

    @property
    def form(self) -> CustomsForm | None:
        """The form for this value and weight; None where the currency's limit is not known."""
        if (self.net_grams or 0) > HEAVIEST_CN22_GRAMS:
            return CustomsForm.CN23
        limit = CN22_UP_TO.get(self.value.currency)
        if limit is None:
            return None
        return CustomsForm.CN22 if self.value.minor_units <= limit else CustomsForm.CN23

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything on it that a person wrote."""
        pieces = (text for line in self.lines for text in (line.description, line.facts.material))
        return (*self.sender, *self.receiver, *pieces)


def suggested_codes(words: Iterable[str]) -> tuple[HsCode, ...]:
    """Return the codes that a piece's words speak for, the likeliest first; she confirms one."""
    text = " ".join(words).casefold()
    for coat, plain in _COATS:
        text = coat.sub(plain, text)
    fitting = (code for code, signs in _SIGNS if re.search(signs, text))
    return tuple(_BY_CODE[code] for code in dict.fromkeys(fitting))


def description_findings(text: str) -> tuple[str, ...]:
    """Return why customs may refuse a description: too short, or words that say nothing."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    found: list[str] = []
    if len(words) < _FEWEST_WORDS:
        found.append(
            "Say what it is, of what, set with what: “ring, sterling silver, set with garnet”."
        )
    empty = [each for each in STOP_WORDS if re.search(rf"\b{re.escape(each)}\b", text.casefold())]
    if empty:
        listed = ", ".join(f"“{each}”" for each in empty)
        found.append(f"Customs refuse {listed}: it does not say what is inside.")
    return tuple(found)


def checked_facts(facts: CustomsFacts) -> CustomsFacts:
    """Return the facts tidied. Raises `CustomsError` with what is expected."""
    code = re.sub(r"[.\s]", "", facts.hs_code)
    if code and not _CODE.fullmatch(code):
        raise CustomsError(f"“{facts.hs_code}” is no HS code of six digits such as 7113.11.")
    origin = facts.origin.strip().upper()
    if origin and not _ORIGIN.fullmatch(origin):
        raise CustomsError(f"“{facts.origin}” is no country of two letters such as US.")
    if facts.net_grams is not None and not 0 < facts.net_grams <= _HEAVIEST_GRAMS:
        raise CustomsError("The weight of a piece is given in whole grams from 1 to 30000.")
    return CustomsFacts(
        " ".join(facts.description.split()),
        " ".join(facts.material.split()),
        code,
        origin,
        facts.net_grams,
    )


def goods_value(order: Order) -> dict[int, Money]:
    """Return what was paid for one order's lines, by line id, in whole minor units.

    A discount of the whole order is spread over them by the largest remainder (orders.md 4).
    """
    currency = order.total.currency
    lines = [line for line in order.line_items if line.quantity]
    paid = [
        ((line.unit_price or Money.zero(currency)) * line.quantity)
        - (line.discount or Money.zero(currency))
        for line in lines
    ]
    known = total_of((line.discount or Money.zero(currency) for line in lines), currency)
    rest = (order.discount or Money.zero(currency)) - known
    weights = [max(0, each.minor_units) for each in paid]
    if rest.minor_units > 0 and any(weights):
        capped = Money(min(rest.minor_units, sum(weights)), currency)
        paid = [each - share for each, share in zip(paid, capped.allocate(weights), strict=True)]
    return {line.id: each for line, each in zip(lines, paid, strict=True)}


def declared_line(line: LineItem, units: int, facts: CustomsFacts, paid: Money) -> CustomsLine:
    """Return what customs are told of some units of a line, for which ``paid`` was paid in all.

    A piece that was given free is worth its price to them all the same.
    """
    value = share_of(line, units, paid)
    price = line.unit_price
    if value.minor_units or price is None or not price.minor_units:
        return CustomsLine(line.title, units, facts, value)
    return CustomsLine(line.title, units, facts, price * units, is_free=True)


def share_of(line: LineItem, units: int, paid: Money) -> Money:
    """Return what was paid for some units of a line; the first units take the odd minor units."""
    if not line.quantity:
        return Money.zero(paid.currency)
    shares = paid.allocate([1] * line.quantity)
    return total_of(shares[:units], paid.currency)


def lacking_facts(facts: CustomsFacts) -> tuple[str, ...]:
    """Return the names of what customs ask and is not known of a piece."""
    cells = {
        "HS code": facts.hs_code,
        "country of origin": facts.origin,
        "material": facts.material,
        "weight": facts.net_grams,
    }
    return tuple(name for name, cell in cells.items() if not cell)


def missing_facts(sheet: CustomsSheet) -> tuple[str, ...]:
    """Return what is not known of the pieces on a sheet, and what is weak about their words."""
    told: list[str] = []
    for line in sheet.lines:
        lacking = lacking_facts(line.facts)
        if lacking:
            told.append(f"“{line.title}” has no {', no '.join(lacking)} yet; a blank is printed.")
        told += [f"“{line.description}”: {each}" for each in description_findings(line.description)]
        if not line.value.minor_units:
            told.append(
                f"“{line.title}” has no price: customs want to know what it is worth. Write its"
                " value by hand."
            )
    if not sheet.phone:
        told.append("The receiver's phone number is missing; couriers ask for it.")
    if sheet.is_gift:
        told.append(
            "It is a gift, but customs must be told its value and that it was sold:"
            " tell the buyer that the form on the parcel shows the price."
        )
    return tuple(told)


def with_units(order: Order) -> Sequence[tuple[LineItem, int]]:
    """Return the lines of a parcel and their units: what is to send, or all that was sent."""
    to_send = [(line, line.units_to_send) for line in order.line_items if line.units_to_send > 0]
    if to_send:
        return to_send
    return [(line, line.units_shipped) for line in order.line_items if line.units_shipped > 0]
