"""Letters on paper: each letter or draft about an order, on the shop's letterhead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from jeweler_desk.domain.address_lines import address_lines, sender_lines
from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.order import Gift, Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import letter_day
from jeweler_desk.services.address_layouts import AddressLayouts
from jeweler_desk.services.papers import (
    PaperOrders,
    Printed,
    PrintWarning,
    missing_characters,
)
from jeweler_desk.services.settings import Settings


class OrderLetters(Protocol):
    """What letters on paper ask of the letters."""

    def of_order(self, order_id: OrderId) -> list[Letter]:
        """Return the letters about an order, the oldest first."""
        ...


class LetterPapers:
    """Makes letters as PDF pages. The job reads what it needs first and then runs anywhere."""

    def __init__(self, orders: PaperOrders, letters: OrderLetters, settings: Settings) -> None:
        self._orders = orders
        self._letters = letters
        self._settings = settings
        self._layouts = AddressLayouts()

    def job(self, order_ids: Sequence[OrderId], stock: str | None = None) -> Callable[[], Printed]:
        """Return the work that makes a page of each letter and draft about these orders.

        Raises `RefusedError` when none of them has one, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it
        from jeweler_desk.documents.letter_page import (  # noqa: PLC0415 - brings reportlab
            LetterPage,
            pages_of_letter,
            render_letters,
        )

        country = self._settings.get("shop.country").strip()
        paper = sheet.stock_named(stock) if stock else sheet.usual_sheet(country)
        name = self._settings.get("shop.name").strip()
        shop = (name, sender_lines(name, self._settings.get("shop.address")))
        signature = self._settings.get("shop.signature").strip()
        warnings: list[PrintWarning] = []
        pages: list[LetterPage] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            found = [each for each in self._letters.of_order(order_id) if each.body.strip()]
            if not found:
                told = f"Order {order.number} has no letter. It is left out."
                warnings.append(PrintWarning(order.number, told))
            pages += [
                LetterPage(
                    order.number,
                    letter_day(self._day(each)),
                    self._receiver(order, each),
                    each.body,
                    signature,
                )
                for each in found
            ]
        if not pages:
            told = " ".join(each.what for each in warnings)
            raise RefusedError(f"Nothing was printed. {told}".strip())
        for page in pages:
            count = pages_of_letter(page, shop, paper)
            if count > 1:
                told = f"Its letter is too long for one page and takes {count}."
                warnings.append(PrintWarning(page.order_number, told))
        warnings += missing_characters((each.order_number, each.texts) for each in pages)

        def work() -> Printed:
            return Printed.of(render_letters(pages, shop, paper), warnings)

        return work

    def _day(self, letter: Letter) -> date:
        at = letter.handed_at
        if at is None:
            return self._settings.today()
        return at.astimezone(ZoneInfo(self._settings.timezone())).date()

    def _receiver(self, order: Order, letter: Letter) -> tuple[str, ...]:
        """Return whom the letter is for; a gift's address is another person's and is left out."""
        address = order.address
        if order.gift is not Gift.NO or address.is_empty:
            return tuple(each for each in (letter.to_name.strip(),) if each)
        return address_lines(address, self._layouts.layout_of(address.country))
