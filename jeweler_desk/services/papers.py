"""Papers: packing slips and cards as PDF files, and what to know before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from jeweler_desk.domain.order import Gift, LineItem, LineItemId, Order, OrderId
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.paper_facts import PAPER_NAMES, PaperKind
from jeweler_desk.domain.print_job import Leaf, Sides
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.services.card_texts import CardTexts
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.fulfillment import gate_refusal
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.store.database import Store

if TYPE_CHECKING:
    from jeweler_desk.documents.pdf_file import Rendered
    from jeweler_desk.domain.card import CardText
    from jeweler_desk.domain.listing import AsShown
    from jeweler_desk.domain.shipment import PackingSlip
    from jeweler_desk.services.card_facts import CardFacts
    from jeweler_desk.services.paper_pictures import PaperPictures

# What is printed beside a warning that concerns the shop rather than one order.
OF_THE_SHOP: Final = ""
PRICES_SETTING: Final = "shop.slip_prices"


class PaperOrders(Protocol):
    """What papers ask of the orders."""

    def get(self, order_id: OrderId) -> Order:
        """Return one order whole."""
        ...

    def list(
        self, view: View, *, search: str | None = None, limit: int | None = None
    ) -> Sequence[OrderSummary]:
        """Return the rows of a view."""
        ...

    def record_event(self, order_id: OrderId, what: str) -> None:
        """Add a line to an order's timeline, inside the open step."""
        ...


class PaperSettings(Protocol):
    """What papers ask of the settings."""

    def get(self, key: str) -> str | None:
        """Return what counts for a key; empty or None when nothing does."""
        ...


class SlipPolicies(Protocol):
    """What papers ask of the policies."""

    def slip_lines(self, order: Order) -> tuple[str, ...]:
        """Return the short forms that an order's slip prints."""
        ...


class SlipPieces(Protocol):
    """What papers ask of the listings."""

    def shown_of(self, order_id: OrderId) -> dict[LineItemId, AsShown]:
        """Return what the buyers of an order's line items saw."""
        ...

    def photo_of(self, line: LineItem) -> Path | None:
        """Return the file of a piece's photo."""
        ...


@dataclass(frozen=True, slots=True)
class PrintWarning:
    """Something to know before printing; ``order`` is its number, or `OF_THE_SHOP`."""

    order: str
    what: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file: the numbers of the orders on it, and what could not be printed as it was.

    ``facts`` are what its papers say, by order number, as it was when they were made.
    """

    pdf: bytes
    pages: int
    orders: tuple[str, ...]
    warnings: tuple[PrintWarning, ...]
    leaves: tuple[Leaf, ...] = ()
    cards: tuple[CardText, ...] = ()
    has_prices: bool = False
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, made: Rendered, warnings: Iterable[PrintWarning]) -> Printed:
        """Return what a renderer made, with what was said before."""
        orders = _numbers(number for leaf in made.leaves for number in leaf.orders)
        return cls(made.pdf, made.pages, orders, tuple(warnings), made.leaves)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Orders whose paper may be printed, and what was said of those left out."""

    orders: tuple[Order, ...]
    left_out: tuple[PrintWarning, ...]


class Papers:
    """Makes the papers of orders. Each job reads what it needs first and then runs anywhere."""

    def __init__(
        self,
        store: Store,
        orders: PaperOrders,
        settings: PaperSettings,
        printed: PrintedPapers,
        policies: SlipPolicies | None = None,
        pieces: SlipPieces | None = None,
        pictures: PaperPictures | None = None,
        cards: CardFacts | None = None,
    ) -> None:
        self._cards = cards
        self._texts = CardTexts(orders, settings, cards)
        self._pieces = pieces
        self._pictures = pictures
        self._policies = policies
        self._printed = printed
        self._store = store
        self._orders = orders
        self._settings = settings
        self._layouts = AddressLayouts()

    def job(
        self, kind: PaperKind, order_ids: Sequence[OrderId], stock: str | None = None
    ) -> Callable[[], Printed]:
        """Return the work that makes a kind of paper of these orders, in this order."""
        make = self.cards_job if kind is PaperKind.CARDS else self.packing_slips_job
        return make(order_ids, stock)

    @property
    def usually_prices(self) -> bool:
        """Whether the shop's packing slips say prices where nobody decides otherwise."""
        return self._setting(PRICES_SETTING) == "yes"

    def packing_slips_job(
        self, order_ids: Sequence[OrderId], stock: str | None = None, *, prices: bool | None = None
    ) -> Callable[[], Printed]:
        """Return the work that makes the packing slips of these orders, in this order.

        ``prices`` are printed as the shop's setting says unless told; a gift's slip has none.
        Raises `RefusedError` when none of them may be printed, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        paper = sheet.stock_named(stock) if stock else sheet.usual_sheet(self._country())
        batch = self._batch(order_ids)
        slips = [slip for order in batch.orders for slip in self._slips(order)]
        warnings = self._slip_warnings(batch, slips)
        if not slips:
            raise _nothing(warnings)
        has_prices = self.usually_prices if prices is None else prices
        if prices:
            warnings = (*warnings, *_without_prices(batch.orders))
        if has_prices:
            slips = self._priced(batch.orders, slips)
        pictured = self._pictured_job(batch.orders)

        def work() -> Printed:
            from jeweler_desk.documents.packing_slip import (  # noqa: PLC0415 - brings reportlab
                render_packing_slips,
            )

            made = render_packing_slips(pictured(slips), paper)
            return Printed(
                made.pdf,
                made.pages,
                _numbers(slip.order_number for slip in slips),
                warnings,
                made.leaves,
                has_prices=has_prices,
            )

        return work

    def cards_job(
        self,
        order_ids: Sequence[OrderId],
        stock: str | None = None,
        sides: Sides = Sides.ONE,
    ) -> Callable[[], Printed]:
        """Return the work that makes the cards of these orders, in this order.

        Raises `RefusedError` when none of them has a card, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        paper = sheet.stock_named(stock) if stock else sheet.usual_card(self._country())
        batch = self._batch(order_ids)
        cards = self._texts.of_batch(batch.orders)
        warnings = self._card_warnings(batch, cards)
        told = [card for card in cards if card.card is not None]
        if not told:
            raise _nothing(warnings)
        shop_name, pictures = self._setting("shop.name"), self._pictures
        logo_path = pictures.logo_path() if pictures else None

        def work() -> Printed:
            from jeweler_desk.documents.thank_you_card import (  # noqa: PLC0415 - brings reportlab
                lines_too_many,
                render_cards,
            )

            logo = pictures.logo(logo_path) if pictures else None
            made = render_cards(told, shop_name, paper, sides, logo)
            too_long = [
                PrintWarning(
                    each.order_number,
                    f"The card is too long by {count_text(lines, 'line')}; it goes on a second"
                    " card.",
                )
                for each in told
                if each.card and (lines := lines_too_many(each.card, shop_name, paper, sides, logo))
            ]
            numbers = _numbers(card.order_number for card in told)
            found = (*warnings, *too_long)
            return Printed(made.pdf, made.pages, numbers, found, made.leaves, tuple(told))

        return work

    def card(self, order_id: OrderId) -> CardText:
        """Return the card of an order, or why there is none."""
        return self._texts.of(self._orders.get(order_id))

    def write_card(self, order_id: OrderId, card: CardText) -> Changes:
        """Note that these words were written by hand. Raises `RefusedError` where there are none.

        They are kept with the order, and no other card says the same to this person.
        """
        return self._cards.write(order_id, card) if self._cards else NOTHING_CHANGED

    def card_text(self, order_id: OrderId) -> str:
        """Return the words of an order's card for showing them large, or why there are none."""
        card = self.card(order_id)
        return card.card.text if card.card else " ".join(card.advice)

    def warnings(
        self, order_ids: Sequence[OrderId], kind: PaperKind = PaperKind.PACKING_SLIPS
    ) -> list[PrintWarning]:
        """Say before printing what is left out and what cannot be printed as it stands."""
        batch = self._batch(order_ids)
        if kind is PaperKind.CARDS:
            return list(self._card_warnings(batch, self._texts.of_batch(batch.orders)))
        slips = [slip for order in batch.orders for slip in self._slips(order)]
        return list(self._slip_warnings(batch, slips))

    def record_printed(
        self, order_ids: Sequence[OrderId], printed: Printed, kind: PaperKind
    ) -> Changes:
        """Note in the timelines of the orders on a file that their paper was printed, one step."""
        name = PAPER_NAMES[kind]
        numbers = printed.orders
        what = f"{name} {numbers[0]}" if len(numbers) == 1 else count_text(len(numbers), name)
        with self._store.step(f"Print {what}") as step:
            for order_id in dict.fromkeys(order_ids):
                if self._orders.get(order_id).number in numbers:
                    self._orders.record_event(order_id, f"{name} printed")
        self.note_printed(order_ids, printed, kind)
        return changes_of(step.tables)

    def record_sent(
        self, order_ids: Sequence[OrderId], printed: Printed, what: str, printer: str
    ) -> Changes:
        """Note in the timelines that papers went to a printer; what comes out is told by it."""
        numbers = printed.orders
        told = numbers[0] if len(numbers) == 1 else f"of {count_text(len(numbers), 'order')}"
        with self._store.step(f"Send {what} {told} to the printer") as step:
            for order_id in dict.fromkeys(order_ids):
                if self._orders.get(order_id).number in numbers:
                    self._orders.record_event(order_id, f"{what} sent to {printer}")
        self._note_cards(order_ids, printed)
        return changes_of(step.tables)

    def note_printed(self, order_ids: Sequence[OrderId], printed: Printed, kind: PaperKind) -> None:
        """Keep what the papers on a file said, to know when they are out of date."""
        orders = (self._orders.get(order_id) for order_id in dict.fromkeys(order_ids))
        told = (each for each in orders if each.number in printed.orders)
        file_hash = sha256(printed.pdf).hexdigest()
        self._printed.note(told, kind, file_hash, prices=printed.has_prices, made=printed.facts)
        self._note_cards(order_ids, printed)

    def _note_cards(self, order_ids: Sequence[OrderId], printed: Printed) -> None:
        if self._cards is not None and printed.cards:
            orders = [self._orders.get(order_id) for order_id in dict.fromkeys(order_ids)]
            self._cards.note_printed(orders, printed.cards)

    # Values

    def _setting(self, key: str) -> str:
        return (self._settings.get(key) or "").strip()

    def _country(self) -> str:
        return self._setting("shop.country")

    def _batch(self, order_ids: Sequence[OrderId]) -> _Batch:
        kept: list[Order] = []
        left_out: list[PrintWarning] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            refusal = print_refusal(order)
            if refusal:
                left_out.append(PrintWarning(order.number, f"{refusal} It is left out."))
            else:
                kept.append(order)
        return _Batch(tuple(kept), tuple(left_out))

    def _slips(self, order: Order) -> tuple[PackingSlip, ...]:
        from jeweler_desk.domain.address_lines import (  # noqa: PLC0415 - see above
            address_lines,
            sender_lines,
        )
        from jeweler_desk.domain.shipment import (  # noqa: PLC0415 - see above
            Letterhead,
            packing_slips,
            with_pieces,
            with_terms,
        )

        name = self._setting("shop.name")
        shop = Letterhead(
            name=name,
            address="\n".join(sender_lines(name, self._setting("shop.address"))),
            signature=self._setting("shop.signature"),
        )
        layout = self._layouts.layout_of(order.address.country)
        slips = packing_slips(order, shop, address_lines(order.address, layout))
        shown = self._pieces.shown_of(order.id) if self._pieces else {}
        listings = {line_id: each.version.listing for line_id, each in shown.items()}
        slips = with_pieces(slips, order, listings)
        return with_terms(slips, order, self._policies.slip_lines(order) if self._policies else ())

    def _priced(self, orders: Sequence[Order], slips: Sequence[PackingSlip]) -> list[PackingSlip]:
        from jeweler_desk.domain.slip_prices import with_prices  # noqa: PLC0415 - see above

        by_number = {order.number: order for order in orders}
        return [
            priced for slip in slips for priced in with_prices([slip], by_number[slip.order_number])
        ]

    def _pictured_job(
        self, orders: Sequence[Order]
    ) -> Callable[[Sequence[PackingSlip]], list[PackingSlip]]:
        """Return the work that puts the logo and the pieces' photos on slips."""
        from jeweler_desk.domain.shipment import with_pictures  # noqa: PLC0415 - see above

        pieces, pictures = self._pieces, self._pictures
        if pieces is None or pictures is None:
            return list
        lines = [line for order in orders for line in order.line_items]
        paths = {line.id: pieces.photo_of(line) for line in lines} if pictures.has_photos else {}
        logo_path = pictures.logo_path()

        def work(slips: Sequence[PackingSlip]) -> list[PackingSlip]:
            files = {path for path in paths.values() if path is not None}
            small = {path: pictures.thumbnail(path) for path in files}
            found = {
                line_id: photo
                for line_id, path in paths.items()
                if path is not None and (photo := small[path]) is not None
            }
            logo = pictures.logo(logo_path)
            return [with_pictures(slip, found, logo) for slip in slips]

        return work

    # Warnings

    def _shop_warnings(self, *keys: str) -> list[PrintWarning]:
        return [
            PrintWarning(OF_THE_SHOP, f"The setting {key} is empty; it is left off the paper.")
            for key in keys
            if not self._setting(key)
        ]

    def _slip_warnings(
        self, batch: _Batch, slips: Sequence[PackingSlip]
    ) -> tuple[PrintWarning, ...]:
        found = list(batch.left_out)
        if slips:
            found += self._shop_warnings("shop.name", "shop.address")
        for slip in slips:
            found += [PrintWarning(slip.order_number, what) for what in slip.warnings]
        found += missing_characters((slip.order_number, slip.texts) for slip in slips)
        return tuple(found)

    def _card_warnings(self, batch: _Batch, cards: Sequence[CardText]) -> tuple[PrintWarning, ...]:
        from jeweler_desk.domain.card import ALL_SAID  # noqa: PLC0415 - see above

        found = list(batch.left_out)
        if any(card.card and not card.card.is_gift_message for card in cards):
            found += self._shop_warnings("shop.signature")
        for card in cards:
            if card.card is None:
                found += [PrintWarning(card.order_number, what) for what in card.advice]
            elif ALL_SAID in card.advice:
                found.append(PrintWarning(card.order_number, ALL_SAID))
        told = [card for card in cards if card.card is not None]
        found += missing_characters(
            (card.order_number, (card.card.text,)) for card in told if card.card
        )
        return tuple(found)


def print_refusal(order: Order) -> str | None:
    """Return why an order's paper is not printed; one that has left may always be printed again."""
    if order.units_to_send == 0 and order.shipments:
        return None
    refusal = gate_refusal(order)
    if refusal is None and not order.units_to_send:
        return f"Order {order.number} has nothing to send."
    return refusal


def _without_prices(orders: Iterable[Order]) -> list[PrintWarning]:
    """Say which slips have no prices although they were asked for."""
    told = "Whether it is a gift is not known, so its slip has no prices."
    return [PrintWarning(each.number, told) for each in orders if each.gift is Gift.UNKNOWN]


def missing_characters(papers: Iterable[tuple[str, Iterable[str]]]) -> list[PrintWarning]:
    """Name the characters that no font has, once for each order."""
    from jeweler_desk.documents.typography.fonts import FontBook  # noqa: PLC0415 - not at the start

    fonts = FontBook()
    lost: dict[str, dict[str, None]] = {}
    for number, texts in papers:
        for text in texts:
            lost.setdefault(number, {}).update(dict.fromkeys(fonts.missing(text)))
    return [
        PrintWarning(
            number,
            f"No font has {_listed(characters)}; printed as"
            f" {' '.join(fonts.instead(each) for each in characters)}.",
        )
        for number, characters in lost.items()
        if characters
    ]


def _listed(characters: Iterable[str]) -> str:
    """Write characters out where they can be shown."""
    shown = [f"“{each}”" if each.isprintable() else "a control character" for each in characters]
    return ", ".join(dict.fromkeys(shown))


def _numbers(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _nothing(warnings: Sequence[PrintWarning]) -> RefusedError:
    reasons = " ".join(
        warning.what if warning.order in warning.what else f"{warning.order}: {warning.what}"
        for warning in warnings
    )
    return RefusedError(f"Nothing was printed. {reasons}".strip())
