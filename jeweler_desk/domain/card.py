"""The card in the parcel: a gift's message word for word, or a few true sentences of thanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Final

from jeweler_desk.domain.discretion import Discretion
from jeweler_desk.domain.order import Gift, Order

VALEDICTION: Final = "Yours truly,"
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MOST_NAMED: Final = 3
_LONGEST_PIECE: Final = 60
_FEWEST_LETTERS: Final = 4
_PART_END: Final = re.compile(r"\s+[-–—|·•/~]\s+|[,;|]\s+|\s*\(")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "mme", "m", "sra", "sr", "rev"}
)
_PARTICLES: Final = frozenset(
    {"van", "von", "de", "di", "da", "del", "della", "du", "la", "le", "el", "al", "mac", "st"}
)
_SUFFIXES: Final = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "inc", "llc", "ltd"}
)
# Chinese, Japanese, Korean and Vietnamese names begin with the family name.
_FAMILY_FIRST: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[\u1ea0-\u1ef9ơưđƠƯĐ]"
)

_FIRST: Final[tuple[str, ...]] = (
    (
        "Thank you for choosing {pieces}. I packed {it} with care, and I hope {it_feels} at home"
        " with you from the first day."
    ),
    (
        "Thank you for your order. It was a pleasure to pack {pieces} for you, and I hope"
        " {it_feels} as good to wear as to unwrap."
    ),
    (
        "Thank you for finding my workshop. {Pieces} left my bench with good wishes, and I hope"
        " you enjoy {it} for many years."
    ),
)
_AGAIN: Final[tuple[str, ...]] = (
    (
        "Thank you for coming back: this is your {nth} order here, and I packed {pieces} with as"
        " much care as ever."
    ),
    (
        "Thank you for your {nth} order. To be chosen again means a great deal at a small bench,"
        " and I hope {pieces} will be a daily joy."
    ),
    (
        "Thank you for choosing my work once more. {Pieces} made up your {nth} order, and it was a"
        " pleasure to pack it."
    ),
)
# For a gift, and for what may be one: true whoever opens the parcel, and no word of buying.
_RECEIVED: Final[tuple[str, ...]] = (
    "{Pieces} in this parcel {was} packed for you with care. Thank you for giving {it} a home.",
    (
        "It was a pleasure to pack {pieces} for you. I hope you enjoy {it} for many years, and"
        " thank you for giving {it} a home."
    ),
    (
        "{Pieces} left my bench with good wishes for you. Thank you for giving {it} a place among"
        " your things."
    ),
)
_RECEIVED_AGAIN: Final = "This is the {nth} parcel I have packed for you. "
_OCCASIONS: Final = frozenset({"birthday", "anniversary", "wedding", "engagement", "graduation"})
_OCCASION: Final = "And warm wishes for the {occasion}."
_NO_NAME: Final = (
    "No name to greet is known. Write the card by hand, or complete the name in the order's"
    " address."
)
_UNKNOWN_RECIPIENT: Final = (
    "It is a gift without a message, sent to the buyer: nobody knows who will open it."
    " Thank the buyer by letter instead."
)
_CLOSINGS: Final = (
    "If anything is not as you hoped, please write to me.",
    "Should anything not be quite right, write to me and I will see to it.",
)
ALL_SAID: Final = (
    "Every wording for this order has gone to this person before. Write this card by hand, or"
    " print it as it is."
)


class CardWay(StrEnum):
    """How a card came to be."""

    PRINTED = "printed"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class CardFact:
    """A card that was made: how, with which body, when."""

    way: CardWay
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ThankYouCard:
    """The words of one card; a gift's message stands alone, exactly as the buyer wrote it."""

    body: tuple[str, ...]
    salutation: str | None = None
    valediction: str | None = None
    signature: str | None = None
    is_gift_message: bool = False

    @property
    def words(self) -> str:
        """The body alone, which is said to a person once."""
        return ("\n" if self.is_gift_message else "\n\n").join(self.body)

    @property
    def text(self) -> str:
        """The whole card as one text, for showing it large or writing it by hand."""
        if self.is_gift_message:
            return "\n".join(self.body)
        closing = "\n".join(part for part in (self.valediction, self.signature) if part)
        parts = (self.salutation, *self.body, closing)
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CardText:
    """The card of one order, or the reason why there is none yet; ``advice`` is for the seller."""

    order_number: str
    card: ThankYouCard | None
    advice: tuple[str, ...] = ()


def person_of(order: Order) -> str:
    """Return who opens the parcel, by name in small letters; empty where nobody is named."""
    names = (order.address.name, order.customer)
    if order.gift is Gift.NO:
        names = (order.customer, order.address.name)
    name = next((each for each in names if each and each.strip()), "")
    return " ".join(name.casefold().split())


def card_of(
    order: Order,
    signature: str,
    earlier: Sequence[Order] = (),
    said: Collection[str] = (),
    own: str | None = None,
) -> CardText:
    """Compose the card of an order from what is known of it.

    ``earlier`` are the same customer's orders before this one, oldest first: they tell the count,
    and no body is ever used twice for one person. ``said`` are the bodies that this person read on
    other cards; ``own`` is the one on this order's card so far, which stays while it is true.
    """
    if order.gift is not Gift.NO and order.gift_message and order.gift_message.strip():
        message = tuple(order.gift_message.strip("\r\n").splitlines())
        return CardText(order.number, ThankYouCard(message, is_gift_message=True))
    name = greeting_name(order)
    if name is None:
        return CardText(order.number, None, (_NO_NAME,))
    if order.gift is Gift.YES and _is_same_person(order):
        return CardText(order.number, None, (_UNKNOWN_RECIPIENT,))
    before = [each for each in earlier if greeting_name(each) == name]
    advice = () if signature else ("Your signature is missing: set shop.signature.",)
    body, is_new = _body(order, before, said, own)
    if not is_new:
        advice = (*advice, ALL_SAID)
    card = ThankYouCard(body, f"Dear {name},", VALEDICTION, signature or None)
    return CardText(order.number, card, advice)


def greeting_name(order: Order) -> str | None:
    """Return how the person who opens the parcel is greeted, or None where no name is known.

    The first name where names put it first; a name that begins with the
    family name stays whole.
    An e-mail address or a user name is nobody's first name.
    """
    names = (order.address.name, order.customer if order.gift is Gift.NO else None)
    if order.gift is Gift.NO:
        names = (order.customer, order.address.name)
    return next((first for name in names if name and (first := _first_name(name))), None)


def first_name_of(name: str) -> str | None:
    """Return how a person of this name is greeted, or None where it is nobody's name."""
    return _first_name(name)


def pieces_named(order: Order) -> str:
    """Name what an order is about as one would say it: ``the Rain Ring``, ``your two pieces``."""
    return _pieces(order)[0]


def _first_name(name: str) -> str | None:
    whole = _given_first(" ".join(name.split()))
    if _FAMILY_FIRST.search(whole):
        return whole
    words = [word for word in whole.split(" ") if word.strip(".,").casefold() not in _TITLES]
    if not words:
        return None
    first = words[0].strip(",")
    is_name = all(
        unicodedata.category(each)[0] in "LM" or each in "-'’ʻʼ" for each in first.rstrip(".")
    )
    if not is_name or not any(each.isalpha() for each in first) or first.endswith("."):
        return None
    if first.islower():
        return first.capitalize() if len(words) > 1 else None
    is_shouted = first.isupper() and len(first) > 2 and whole.isupper()  # noqa: PLR2004 - not "JD"
    return first.capitalize() if is_shouted else first


def _given_first(name: str) -> str:
    """Return “Berg, Anna” as “Anna Berg”; what stands behind a whole name stays there."""
    family, _, given = name.partition(",")
    after = given.split("(")[0].strip()
    words = family.split()
    is_family = len(words) == 1 or (bool(words) and words[0].casefold() in _PARTICLES)
    is_given = bool(after) and after.split()[0].strip(".").casefold() not in _SUFFIXES
    return f"{after} {family}" if is_family and is_given else name


def _is_same_person(order: Order) -> bool:
    buyer, recipient = order.customer, order.address.name
    return not buyer or not recipient or buyer.split() == recipient.split()


def _body(
    order: Order, earlier: Sequence[Order], said: Collection[str], own: str | None
) -> tuple[tuple[str, ...], bool]:
    """Return the sentences for this order, and whether this person never read them.

    The orders before it have taken theirs.
    """
    used: set[tuple[str, ...]] = set()
    for count, each in enumerate(earlier, start=1):
        used.add(_unused(_bodies(each, count), used))
    bodies = _bodies(order, len(earlier) + 1)
    fresh = [each for each in bodies if "\n\n".join(each) not in said]
    for body in fresh:
        if "\n\n".join(body) == own:
            return body, True
    return _unused(fresh or bodies, used), bool(fresh)


def _unused(
    bodies: Sequence[tuple[str, ...]], used: Collection[tuple[str, ...]]
) -> tuple[str, ...]:
    return next((each for each in bodies if each not in used), bodies[0])


def _bodies(order: Order, count: int) -> list[tuple[str, ...]]:
    pieces, is_many = _pieces(order)
    words = {
        "pieces": pieces,
        "Pieces": pieces[:1].upper() + pieces[1:],
        "it": "them" if is_many else "it",
        "was": "were" if is_many else "was",
        "it_feels": "they feel" if is_many else "it feels",
        "nth": _ordinal(count),
    }
    if order.gift is Gift.NO:
        patterns = _FIRST if count == 1 else _AGAIN
    else:
        patterns = _RECEIVED
        if count > 1:
            patterns = tuple(_RECEIVED_AGAIN + pattern for pattern in patterns)
    # Which sentences come first differs from order to order, but never from print to print.
    start = (sum(order.number.encode()) + count) % len(patterns)
    turned = [*patterns[start:], *patterns[:start]]
    closing = [_filled(_OCCASION, {"occasion": occasion})] if (occasion := _occasion(order)) else []
    return [
        (_filled(pattern, words), *closing, last) for last, pattern in product(_CLOSINGS, turned)
    ]


def _filled(pattern: str, words: dict[str, str]) -> str:
    """Fill in words one field at a time; a brace in a title is a brace, never a field."""
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]], pattern)


def _ordinal(count: int) -> str:
    if count <= len(_ORDINALS):
        return _ORDINALS[count - 1]
    teens = 11 <= count % 100 <= 13  # noqa: PLR2004 - 11th, 12th, 13th
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th") if not teens else "th"
    return f"{count}{ending}"


def _occasion(order: Order) -> str | None:
    for each in order.note_attributes:
        told = each.value.strip().lower()
        if (each.name or "").strip().casefold() == "occasion" and told in _OCCASIONS:
            return told
    return None


def _pieces(order: Order) -> tuple[str, bool]:
    """Name the pieces as one would say them, and whether they are more than one."""
    lines = [
        line
        for line in order.line_items
        if line.quantity > line.units_canceled and not line.is_placeholder
    ]
    discretion = Discretion(order)
    names = list(dict.fromkeys(_spoken(discretion.kept(line.title).text) for line in lines))
    units = sum(line.quantity - line.units_canceled for line in lines)
    if not names or not all(names) or any(len(name) > _LONGEST_PIECE for name in names):
        return ("your pieces", True) if units > 1 else ("your piece", False)
    if len(names) > _MOST_NAMED:
        return f"your {_counted(units)} pieces", True
    if len(names) == 1:
        if units > 1:
            return f"your {_counted(units)} pieces", True
        return f"the {names[0]}", names[0].endswith("s") and not names[0].endswith("ss")
    named = " and ".join([", ".join(names[:-1]), names[-1]])
    return f"the {named}", True


def _counted(units: int) -> str:
    return _NUMBERS[units] if units < len(_NUMBERS) else str(units)


def _spoken(title: str) -> str:
    """Shorten a title to the name of the piece: up to its first comma or dash."""
    whole = " ".join(title.split())
    end = _PART_END.search(whole)
    short = whole[: end.start()].strip() if end else whole
    short = short if sum(each.isalpha() for each in short) >= _FEWEST_LETTERS else whole
    return _ARTICLE.sub("", short)
