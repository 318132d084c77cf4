"""What the paper of one parcel says: the packing slip, as it follows from an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final

from jeweler_desk.domain.discretion import Discretion
from jeweler_desk.domain.listing import Listing
from jeweler_desk.domain.order import Gift, LineItem, LineItemId, Order, Shipment, Variation
from jeweler_desk.domain.paper_picture import PaperPicture

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_GIFT_CELLS: Final = frozenset({"gift", "is gift", "gift message", "gift note"})


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends: the shop's name, its address as written in the settings, her signature."""

    name: str = ""
    address: str = ""
    signature: str = ""
    logo: PaperPicture | None = None


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One product in the parcel, as the slip says it; ``notes`` tell how its stones vary."""

    title: str
    quantity: int
    variations: tuple[Variation, ...] = ()
    personalization: str | None = None
    notes: tuple[str, ...] = ()
    photo: PaperPicture | None = None
    line_id: LineItemId | None = field(default=None, compare=False)
    price: str = ""


@dataclass(frozen=True, slots=True)
class OtherUnits:
    """Units of the order that are not in this parcel; ``by``: when those to follow leave."""

    title: str
    quantity: int
    by: date | None = None


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """The paper in the box: what is in this parcel; prices and sums only where they were asked for.

    ``warnings`` are sentences for the seller, said before printing.
    """

    order_number: str
    placed_on: date
    shop: Letterhead
    ship_to: tuple[str, ...]
    lines: tuple[SlipLine, ...]
    already_sent: tuple[OtherUnits, ...] = ()
    to_follow: tuple[OtherUnits, ...] = ()
    note: str | None = None
    details: tuple[Variation, ...] = ()
    thanks: str = ""
    warnings: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    sums: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the buyer's and the shop's that the slip prints."""
        return (
            self.order_number,
            self.shop.name,
            self.shop.address,
            *self.ship_to,
            *(text for line in self.lines for text in _texts_of(line)),
            *(units.title for units in (*self.already_sent, *self.to_follow)),
            self.note or "",
            *self.terms,
            *self.care,
            *(text for detail in self.details for text in (detail.name or "", detail.value)),
        )


def _texts_of(line: SlipLine) -> tuple[str, ...]:
    named = (text for each in line.variations for text in (each.name or "", each.value))
    return (line.title, line.personalization or "", *line.notes, *named)


@dataclass(slots=True)
class _Telling:
    """Says an order's texts on paper; a gift's without what its recipient must not read."""

    discretion: Discretion | None
    warnings: list[str] = field(default_factory=list)

    def say(self, text: str, warning: str, instead: str = "") -> str:
        if self.discretion is None:
            return text
        kept = self.discretion.kept(text)
        if kept.was_changed and warning not in self.warnings:
            self.warnings.append(warning)
        return kept.text if kept.text.strip() or not kept.was_changed else instead

    def title(self, line: LineItem) -> str:
        return self.say(
            line.title,
            f"The title “{line.title}” names a price; it is printed without it.",
            "Your piece",
        )

    def variations(self, line: LineItem) -> tuple[Variation, ...]:
        warning = f"A choice of “{line.title}” names a price; it is printed without it."
        return tuple(
            Variation(self.say(each.name, warning) if each.name else None, value)
            for each in line.variations
            if (value := self.say(each.value, warning)) or not each.value
        )

    def personalization(self, line: LineItem) -> str | None:
        if not line.personalization:
            return None
        warning = (
            f"The personalization of “{line.title}” names an amount, a code or a way to reach the"
            " buyer; the slip leaves that out. Engrave from the order, not from the slip."
        )
        return self.say(line.personalization, warning) or None

    def details(self, order: Order) -> tuple[Variation, ...]:
        told: list[Variation] = []
        for each in order.note_attributes:
            name = (each.name or "").replace("_", " ").strip()
            # A name that begins with “_” is the web shop's own; a gift's message has its card.
            if (each.name or "").startswith("_") or name.casefold() in _GIFT_CELLS:
                continue
            warning = f"The note “{name}” names an amount, a code or a way to reach the buyer; the slip leaves that out."  # noqa: E501
            name = self.say(name, warning)
            value = self.say(each.value, warning)
            if value.strip():
                told.append(Variation(name[:1].upper() + name[1:] or None, value))
        return tuple(told)

    def note(self, order: Order, of_the_parcel: str | None) -> str | None:
        warning = "The note of this parcel names an amount or a code; the slip leaves that out."
        own = self.say(of_the_parcel, warning) if of_the_parcel else None
        told = [each for each in (own, self._note_of(order)) if each]
        return "\n".join(told) or None

    def _note_of(self, order: Order) -> str | None:
        if not (order.notes and order.notes.strip()):
            return None
        warning = "The buyer's note names an amount, a code or a way to reach the buyer; the slip leaves that out."  # noqa: E501
        return self.say(order.notes.strip(), warning) or None


def packing_slips(
    order: Order, shop: Letterhead, ship_to: tuple[str, ...]
) -> tuple[PackingSlip, ...]:
    """Return the slips of an order: one for the units to send, else one for each parcel sent.

    A gift, and an order that may be one, shows no amount, code, e-mail address or phone number,
    not even inside a title (orders.md section 7). An order with nothing to send and nothing sent
    has no slip.
    """
    if any(line.units_closed for line in order.line_items):
        return (_slip(order, shop, ship_to, _closed, _shipped, order.parcel_note),)
    parcels = sorted(order.shipments, key=lambda each: (each.shipped_at or _LONG_AGO, each.id))
    if any(line.units_to_send > 0 for line in order.line_items):
        return (_slip(order, shop, ship_to, _to_send, _shipped),)
    slips: list[PackingSlip] = []
    before: dict[LineItemId, int] = {}
    for parcel in parcels:
        units = _units(parcel, order, is_only=len(parcels) == 1)
        sent = dict(before)
        slips.append(
            _slip(
                order,
                shop,
                ship_to,
                _count_in(units),
                _count_in(sent),
                parcel.note,
            )
        )
        for line_id, count in units.items():
            before[line_id] = before.get(line_id, 0) + count
    return tuple(slips)


def with_terms(
    slips: tuple[PackingSlip, ...], order: Order, terms: tuple[str, ...]
) -> tuple[PackingSlip, ...]:
    """Return slips that print the short forms of the policies which their order keeps.

    A gift's recipient reads no amount in them either.
    """
    telling = _Telling(Discretion(order) if order.has_prices_hidden else None)
    warning = "The short form of a policy names an amount or a code; the slip leaves that out."
    kept = tuple(each for each in (telling.say(term, warning) for term in terms) if each.strip())
    return tuple(
        replace(slip, terms=kept, warnings=(*slip.warnings, *telling.warnings)) for slip in slips
    )


def with_pieces(
    slips: tuple[PackingSlip, ...], order: Order, shown: Mapping[LineItemId, Listing]
) -> tuple[PackingSlip, ...]:
    """Return slips that say how the stones of each piece vary, and how the pieces are cared for.

    Both as the piece was shown to its buyer; a note that several pieces share is said once.
    """
    telling = _Telling(Discretion(order) if order.has_prices_hidden else None)

    def kept(text: str, line: SlipLine) -> str:
        warning = f"What the listing says of “{line.title}” names a price; the slip leaves it out."
        return telling.say(text, warning).strip()

    told: list[PackingSlip] = []
    for slip in slips:
        lines: list[SlipLine] = []
        care: dict[str, None] = {}
        for line in slip.lines:
            listing = shown.get(line.line_id) if line.line_id is not None else None
            if listing is None:
                lines.append(line)
                continue
            stones = (each for each in listing.stones if each.variation)
            notes = (kept(f"{each.stone}: {each.variation}", line) for each in stones)
            lines.append(replace(line, notes=tuple(each for each in notes if each)))
            care[kept(listing.care, line)] = None
        care.pop("", None)
        warnings = (*slip.warnings, *telling.warnings)
        told.append(replace(slip, lines=tuple(lines), care=tuple(care), warnings=warnings))
    return tuple(told)


def with_pictures(
    slip: PackingSlip, photos: Mapping[LineItemId, PaperPicture], logo: PaperPicture | None
) -> PackingSlip:
    """Return a slip with the photos of its pieces and the shop's logo."""
    lines = tuple(
        replace(each, photo=photos.get(each.line_id)) if each.line_id is not None else each
        for each in slip.lines
    )
    return replace(slip, lines=lines, shop=replace(slip.shop, logo=logo))


def _count_in(units: Mapping[LineItemId, int]) -> Callable[[LineItem], int]:
    return lambda line: units.get(line.id, 0)


def _to_send(line: LineItem) -> int:
    return line.units_to_send


def _closed(line: LineItem) -> int:
    return line.units_closed


def _shipped(line: LineItem) -> int:
    return line.units_shipped


def _units(parcel: Shipment, order: Order, *, is_only: bool) -> Mapping[LineItemId, int]:
    """Return what a parcel held; a channel that does not say it sent everything at once."""
    if parcel.units or not is_only:
        return dict(parcel.units)
    return {line.id: line.units_shipped for line in order.line_items}


def _slip(
    order: Order,
    shop: Letterhead,
    ship_to: tuple[str, ...],
    inside: Callable[[LineItem], int],
    sent: Callable[[LineItem], int],
    parcel_note: str | None = None,
) -> PackingSlip:
    telling = _Telling(Discretion(order) if order.has_prices_hidden else None)
    lines: list[SlipLine] = []
    already: list[OtherUnits] = []
    later: list[OtherUnits] = []
    for line in order.line_items:
        here, before = inside(line), sent(line)
        after = line.quantity - line.units_canceled - here - before
        title = telling.title(line)
        if here > 0:
            lines.append(
                SlipLine(
                    title,
                    here,
                    telling.variations(line),
                    telling.personalization(line),
                    line_id=line.id,
                )
            )
        if before > 0:
            already.append(OtherUnits(title, before))
        if after > 0:
            later.append(OtherUnits(title, after, _day_of(order, line)))
    return PackingSlip(
        order_number=order.number,
        placed_on=order.placed_on,
        shop=shop,
        ship_to=ship_to,
        lines=tuple(lines),
        already_sent=tuple(already),
        to_follow=tuple(later),
        note=telling.note(order, parcel_note),
        details=telling.details(order),
        thanks=_thanks(order.gift),
        warnings=tuple(telling.warnings),
    )


def _day_of(order: Order, line: LineItem) -> date | None:
    """Return by when a piece leaves that is in none of the parcels so far."""
    return order.promise.day_of(line.id) if order.promise else None


def _thanks(gift: Gift) -> str:
    """Close the slip; nobody who may have got a gift is thanked for buying it."""
    return {
        Gift.NO: "Thank you for your order.",
        Gift.YES: "Packed with care, for you.",
        Gift.UNKNOWN: "Packed with care, and with thanks.",
    }[gift]
