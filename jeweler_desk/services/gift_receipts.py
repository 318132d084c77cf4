"""Gift receipts: made for gifts alone, and found again by their code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jeweler_desk.domain.address_lines import sender_lines
from jeweler_desk.domain.gift_receipt import GiftReceipt, gift_receipt, order_of
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.shipment import Letterhead
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.paper_pictures import PaperPictures
from jeweler_desk.services.papers import Printed, PrintWarning, missing_characters, print_refusal
from jeweler_desk.services.policies import Policies
from jeweler_desk.services.settings import Settings


class GiftReceipts:
    """Makes gift receipts. The job reads what it needs first and then runs anywhere."""

    def __init__(
        self, orders: Orders, settings: Settings, policies: Policies, pictures: PaperPictures
    ) -> None:
        self._orders = orders
        self._settings = settings
        self._policies = policies
        self._pictures = pictures

    def job(self, order_ids: Sequence[OrderId], stock: str | None = None) -> Callable[[], Printed]:
        """Return the work that makes the receipts of these orders, in this order.

        Raises `RefusedError` when none of them is a gift, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        country = self._settings.get("shop.country")
        paper = sheet.stock_named(stock) if stock else sheet.usual_card(country)
        warnings: list[PrintWarning] = []
        receipts: list[GiftReceipt] = []
        for order_id in dict.fromkeys(order_ids):
            order = self._orders.get(order_id)
            refusal = _refusal(order)
            if refusal:
                warnings.append(PrintWarning(order.number, f"{refusal} It is left out."))
                continue
            receipt = self._receipt(order)
            warnings += [PrintWarning(order.number, each) for each in receipt.warnings]
            receipts.append(receipt)
        if not receipts:
            told = " ".join(each.what for each in warnings)
            raise RefusedError(f"Nothing was printed. {told}".strip())
        warnings += missing_characters((each.order_number, each.texts) for each in receipts)
        logo_path, logo_of = self._pictures.logo_path(), self._pictures.logo

        def work() -> Printed:
            from dataclasses import replace  # noqa: PLC0415 - used here alone

            from jeweler_desk.documents.gift_receipt import (  # noqa: PLC0415 - brings reportlab
                render_gift_receipts,
            )

            logo = logo_of(logo_path)
            ready = [replace(each, shop=replace(each.shop, logo=logo)) for each in receipts]
            return Printed.of(render_gift_receipts(ready, paper), warnings)

        return work

    def find(self, reference: str) -> Order | None:
        """Return the order that a receipt's code belongs to; None where there is no such gift."""
        order_id = order_of(reference)
        order = self._orders.look_up(order_id) if order_id is not None else None
        return order if order is not None and order.has_prices_hidden else None

    def _receipt(self, order: Order) -> GiftReceipt:
        name = self._settings.get("shop.name").strip()
        lines = sender_lines(name, self._settings.get("shop.address"))
        shop = Letterhead(name, "\n".join(lines))
        terms = self._policies.terms(order)
        return gift_receipt(order, shop, terms.window if terms else None)


def _refusal(order: Order) -> str | None:
    if not order.has_prices_hidden:
        return f"Order {order.number} is no gift."
    return print_refusal(order)
