"""Work tickets: one paper for each order that is being made, to go along the bench."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.work_ticket import work_ticket
from jeweler_desk.services.fulfillment import gate_refusal
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.papers import Printed, PrintWarning, missing_characters
from jeweler_desk.services.settings import Settings


class WorkTickets:
    """Makes work tickets. The job reads what it needs first and then runs anywhere."""

    def __init__(self, book: OrderBook, settings: Settings) -> None:
        self._book = book
        self._settings = settings

    def job(self, order_ids: Sequence[OrderId], stock: str | None = None) -> Callable[[], Printed]:
        """Return the work that makes the tickets of these orders, in this order.

        Raises `RefusedError` when nothing of them is to be made, or the stock is unknown.
        """
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        paper = (
            sheet.stock_named(stock)
            if stock
            else sheet.usual_sheet(self._settings.get("shop.country"))
        )
        stages, shop = self._settings.stages(), self._settings.get("shop.name")
        warnings: list[PrintWarning] = []
        tickets = []
        for order_id in dict.fromkeys(order_ids):
            order = self._book.order(order_id)
            refusal = _refusal(order)
            if refusal:
                warnings.append(PrintWarning(order.number, f"{refusal} It is left out."))
            else:
                tickets.append(work_ticket(order, shop, stages))
        if not tickets:
            told = " ".join(each.what for each in warnings)
            raise RefusedError(f"Nothing was printed. {told}".strip())
        warnings += missing_characters((ticket.number, ticket.texts) for ticket in tickets)

        def work() -> Printed:
            from jeweler_desk.documents.work_ticket import (  # noqa: PLC0415 - brings reportlab
                render_work_tickets,
            )

            made = render_work_tickets(tickets, paper)
            return Printed(
                made.pdf,
                made.pages,
                tuple(each.number for each in tickets),
                tuple(warnings),
                made.leaves,
            )

        return work


def _refusal(order: Order) -> str | None:
    refusal = gate_refusal(order)
    if refusal is None and not any(
        line.units_to_send > line.units_closed for line in order.line_items
    ):
        return f"Nothing of order {order.number} is to make."
    return refusal
