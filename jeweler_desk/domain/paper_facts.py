"""What was printed of an order, and whether that paper still says what is true."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.card import card_of
from jeweler_desk.domain.customs import goods_value, share_of, with_units
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.shipment import Letterhead, packing_slips

REPRINT: Final = "out of date, reprint"


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

    @property
    def sentence(self) -> str:
        """What the seller reads: ``packing slip out of date, reprint: the address changed``."""
        why = "the address changed" if self.has_other_address else "the order changed"
        return f"{PAPER_NAMES[self.kind]} {REPRINT}: {why}"


def digest_of(order: Order, kind: PaperKind) -> str:
    """Return the digest of what a paper says of its order.

    The shop's own head and signature are left out, and what the card says of earlier orders: they
    make a paper look otherwise, not wrong.
    """
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
        where = address_lines(order.address, AddressLayout())
        slips = packing_slips(order, Letterhead(), where)
        said = [asdict(slip) | {"warnings": ()} for slip in slips]
        for slip in said:
            # The policies’ short forms are the shop’s own, as its head is; what a piece was shown
            # as never changes.
            for name in ("terms", "care"):
                del slip[name]
            for line in slip["lines"]:
                for name in ("notes", "photo", "line_id"):
                    del line[name]
            del slip["shop"]["logo"]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _declared(order: Order) -> object:
    """Return what customs are told of an order's parcel: to whom, what, how many, worth what."""
    worth = goods_value(order)
    lines = [
        (line.title, line.sku, units, share_of(line, units, worth[line.id]))
        for line, units in with_units(order)
    ]
    return (address_lines(order.address, AddressLayout()), order.phone, lines, order.shipping)


def stale_papers(order: Order, prints: tuple[PrintFact, ...]) -> tuple[StalePaper, ...]:
    """Return the papers of the parcel at hand that must be printed anew.

    Of each kind only the latest print counts. Where nothing is left to send, nothing is stale.
    """
    if not order.units_to_send:
        return ()
    latest = {each.kind: each for each in sorted(prints, key=lambda each: each.printed_at)}
    address = None if order.address.is_empty else order.address
    return tuple(
        StalePaper(kind, found.printed_at, found.address != address)
        for kind, found in sorted(latest.items())
        if found.digest != digest_of(order, kind)
    )
