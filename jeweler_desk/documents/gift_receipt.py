"""The gift receipt on a card: small, festive, and silent about money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.ornament import mark
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.page_writer import PageWriter
from jeweler_desk.documents.pdf_file import SOFT, About, Rendered, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, Voice
from jeweler_desk.documents.typography.line import Style
from jeweler_desk.domain.gift_receipt import GiftReceipt

_DESIGNED_FOR: Final = 306.0  # points: the width of an A2 card
_WIDEST: Final = 1.3
_MARGIN: Final = 30.0


def render_gift_receipts(receipts: Sequence[GiftReceipt], stock: Stock) -> Rendered:
    """Return one PDF with a receipt for each gift; nothing in it names an amount or a buyer."""
    writer = _Writer(stock)
    for receipt in receipts:
        writer.add(receipt)
    return writer.finished(receipts[0].shop.name if receipts else "")


class _Writer(PageWriter):
    """Lays receipts out on one stock, in the middle of it."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock, _MARGIN)
        self._scale = min(_WIDEST, stock.width / _DESIGNED_FOR)
        self._width = (min(stock.width, _DESIGNED_FOR * self._scale)) - 2 * _MARGIN * self._scale
        self._title = self._style(Voice.ITALIC, 600, 21, 27)
        self._name = self._style(Voice.SERIF, 600, 13, 17)
        self._piece = self._style(Voice.SANS, 600, 9.5, 13.5)
        self._plain = self._style(Voice.SANS, 400, 8.5, 12)
        self._label = self._style(Voice.SANS, 600, 6, 11, 90)
        self._code = self._style(Voice.SANS, 600, 15, 21, 60)

    def _style(
        self, voice: Voice, weight: int, size: float, leading: float, tracking: float = 0
    ) -> Style:
        return Style(Cut(voice, weight), size * self._scale, leading * self._scale, tracking)

    def add(self, receipt: GiftReceipt) -> None:
        """Set one receipt; one with very many pieces takes a second card."""
        self._file.begin(receipt.order_number)
        gap = 9 * self._scale
        drawing, height = mark(self._file, receipt.shop.logo, self._stock.width / 2, self._scale)
        left = (self._stock.width - self._width) / 2
        rows: list[Row] = []
        if receipt.shop.name:
            rows += [*self._centered(receipt.shop.name, self._name), space(gap * 0.5)]
        rows += [*self._centered("Gift receipt", self._title), space(gap)]
        rows.append(Row(1, rule(0, -0.5, self._width)))
        rows.append(space(gap * 0.7))
        for each in receipt.pieces:
            count = f"{each.quantity} ×  " if each.quantity > 1 else ""
            rows += self._centered(f"{count}{each.title}", self._piece)
        rows += [
            space(gap * 0.4),
            *self._centered(long_day(receipt.placed_on), self._plain, SOFT),
            space(gap * 0.7),
            Row(1, rule(0, -0.5, self._width)),
            space(gap),
        ]
        if receipt.until is not None:
            rows += self._centered("RETURN OR EXCHANGE", self._label, SOFT)
            until = receipt.until
            said = f"by {long_day(until)}" if isinstance(until, date) else until
            rows += [*self._centered(said, self._piece), space(gap)]
        rows += self._centered("REFERENCE", self._label, SOFT)
        rows += self._centered(receipt.reference, self._code)
        rows.append(space(gap * 0.6))
        told = "This code is all we need. The giver is not told."
        rows += self._centered(told, self._plain, SOFT)
        address = receipt.shop.address.splitlines()
        listed = self._setter.listed(address, self._plain, self._width)
        rows += [self._middle(line, SOFT) for line in listed]
        margin = _MARGIN * self._scale
        room = self._stock.height - 2 * margin - height
        for page in pages_of(rows, room, room):
            spare = room - sum(row.height for row in page)
            top = self._stock.height - margin - spare * 0.42
            at = f"q 1 0 0 1 0 {top:.3f} cm {drawing} Q"
            below = drawn(page, left, top - height)
            self._file.add_page(self._stock.width, self._stock.height, [at, *below])

    def finished(self, shop_name: str) -> Rendered:
        """Return the file; its title says no more than the paper."""
        author = self._setter.fonts.printable(shop_name)
        return self._file.rendered(About("Gift receipt", author, "Gift receipts"))
