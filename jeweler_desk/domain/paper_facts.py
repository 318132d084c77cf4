"""What was printed of an order, and whether that paper still says what is true."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.card import card_of
from jeweler_desk.domain.customs import CustomsSheet, goods_value, share_of, with_units
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.shipment import Letterhead, packing_slips

REPRINT: Final = "out of date, reprint"
_BESIDE: Final = "+"


class PaperKind(StrEnum):
    """The papers of an order (the words of the command line)."""

    PACKING_SLIPS = "packing-slips"
    CARDS = "cards"
    LABELS = "labels"
    CUSTOMS = "customs"
    LETTERS = "letters"


PAPER_NAMES: Final = {
    PaperKind.PACKING_SLIPS: "packing slip",
    PaperKind.CARDS: "card",
    PaperKind.LABELS: "address label",
    PaperKind.CUSTOMS: "customs paper",
    PaperKind.LETTERS: "letter",
}


_WHY_BESIDE: Final = {
    PaperKind.PACKING_SLIPS: "its prices changed",
    PaperKind.LABELS: "the address in Latin letters changed",
    PaperKind.CUSTOMS: "what customs are told changed",
}


@dataclass(frozen=True, slots=True)
class PrintFact:
    """One paper of an order that was printed: when, what it said, where it said it goes."""

    kind: PaperKind
    printed_at: datetime
    digest: str
    address: PostalAddress | None


@dataclass(frozen=True, slots=True)
class StalePaper:
    """A printed paper that no longer says what is true."""

    kind: PaperKind
    printed_at: datetime
    has_other_address: bool
    has_other_facts: bool = False

    @property
    def sentence(self) -> str:
        """What the seller reads: ``packing slip out of date, reprint: the address changed``."""
        why = _WHY_BESIDE[self.kind] if self.has_other_facts else "the order changed"
        why = "the address changed" if self.has_other_address else why
        return f"{PAPER_NAMES[self.kind]} {REPRINT}: {why}"


def digest_of(order: Order, kind: PaperKind, beside: object = None) -> str:
    """Return the digest of what a paper says of its order.

    The shop's own head and signature are left out, and what the card says of earlier orders: they
    make a paper look otherwise, not wrong. ``beside`` is what it says beside the order's own facts:
    the prices it was asked for, the address in Latin letters, what customs are told.
    """
    if beside is not None:
        return f"{digest_of(order, kind)}{_BESIDE}{_digest(beside)}"
    if kind is PaperKind.CARDS:
        card = card_of(order, "").card
        said: object = card.text if card else None
    elif kind is PaperKind.LABELS:
        said = address_lines(order.address, AddressLayout())
    elif kind is PaperKind.CUSTOMS:
        said = _declared(order)
    elif kind is PaperKind.LETTERS:
        said = None  # a letter's words are her own: no change of the order makes them wrong
    else:
        said = _slips(order)
    return _digest(said)


def _slips(order: Order) -> object:
    """Return what the slips of an order say of it, in the form that printed ones are kept in."""
    slips = packing_slips(order, Letterhead(), address_lines(order.address, AddressLayout()))
    said = [asdict(slip) | {"warnings": ()} for slip in slips]
    for slip in said:
        # The policies’ short forms are the shop’s own, as its head is; what a piece was shown as
        # never changes. Prices are on it only where they were asked for.
        for name in ("terms", "care", "sums"):
            del slip[name]
        for line in slip["lines"]:
            for name in ("notes", "photo", "line_id", "price"):
                del line[name]
        del slip["shop"]["logo"]
        # One day for all that follows, where all have the same: older prints are kept so.
        days = {each["by"] for each in slip["to_follow"]}
        slip["to_follow_by"] = days.pop() if len(days) == 1 else sorted(days) or None
        for units in (*slip["already_sent"], *slip["to_follow"]):
            del units["by"]
    return said


def says_the_same(printed: str, now: str) -> bool:
    """Whether two digests are of papers that say the same.

    One that was printed without prices, or before what stands beside its order was kept too, is
    judged by its order alone.
    """
    if _BESIDE in printed and _BESIDE in now:
        return printed == now
    return printed.partition(_BESIDE)[0] == now.partition(_BESIDE)[0]


def _digest(said: object) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def told_customs(sheet: CustomsSheet) -> object:
    """Return what customs are told of a parcel beside the order's own facts.

    The facts of its pieces, the form, what its country asks for on this day.
    """
    facts = [asdict(line.facts) for line in sheet.lines]
    return (facts, sheet.form, sheet.notes, sheet.country, sheet.receiver)


def _declared(order: Order) -> object:
    """Return what customs are told of an order's parcel: to whom, what, how many, worth what."""
    worth = goods_value(order)
    lines = [
        (line.title, line.sku, units, share_of(line, units, worth[line.id]))
        for line, units in with_units(order)
    ]
    return (address_lines(order.address, AddressLayout()), order.phone, lines, order.shipping)


def stale_papers(
    order: Order, prints: tuple[PrintFact, ...], says: Callable[[PaperKind], str]
) -> tuple[StalePaper, ...]:
    """Return the papers of the parcel at hand that must be printed anew.

    Of each kind only the latest print counts. Where nothing is left to send, nothing is stale.
    ``says`` tells the digest of what a paper made now would say.
    """
    if not order.units_to_send:
        return ()
    latest = {each.kind: each for each in sorted(prints, key=lambda each: each.printed_at)}
    address = None if order.address.is_empty else order.address
    return tuple(
        StalePaper(
            kind,
            found.printed_at,
            found.address != address,
            has_other_facts=_is_beside(found.digest, now),
        )
        for kind, found in sorted(latest.items())
        if not says_the_same(found.digest, now := says(kind))
    )


def _is_beside(printed: str, now: str) -> bool:
    """Whether two papers say the same of their order and differ in what stands beside it."""
    return printed.partition(_BESIDE)[0] == now.partition(_BESIDE)[0]
