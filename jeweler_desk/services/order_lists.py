"""The list of orders as a PDF: the view, filter, sorting and columns that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_listing import OrderListing, cells
from jeweler_desk.domain.order_view import OrderColumn, parse_columns
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.settings import Settings

MOST_PRINTED: Final = 5000
COLUMNS_SETTING: Final = "window.order_columns"


class OrderLists:
    """Knows the chosen columns and prints the list."""

    def __init__(self, orders: Orders, settings: Settings) -> None:
        self._orders = orders
        self._settings = settings

    def columns(self) -> tuple[OrderColumn, ...]:
        """Return the columns that were chosen, else the usual ones."""
        return parse_columns(self._settings.get(COLUMNS_SETTING))

    def list_job(self, ids: Sequence[OrderId], title: str) -> Callable[[], tuple[bytes, int]]:
        """Return the work that makes the PDF of these orders in their order, and counts its pages.

        Raises `RefusedError` when there are none, or more than anyone leafs through.
        """
        if not ids:
            raise RefusedError("There is nothing to print: no order is in this list.")
        if len(ids) > MOST_PRINTED:
            raise RefusedError(
                f"{len(ids):,} orders are in this list; at most {MOST_PRINTED:,} are printed at"
                " once. Choose a view or filter the list first. Nothing was printed."
            )
        from jeweler_desk.documents import sheet  # noqa: PLC0415 - the window starts without it

        columns = self.columns()
        listing = OrderListing(
            shop=self._settings.get("shop.name"),
            title=title,
            made_on=self._settings.today(),
            columns=columns,
            rows=tuple(cells(row, columns) for row in self._orders.summaries(ids)),
        )
        paper = sheet.usual_sheet(self._settings.get("shop.country"))

        def work() -> tuple[bytes, int]:
            from jeweler_desk.documents.order_list import (  # noqa: PLC0415 - brings reportlab
                render_order_list,
            )

            return render_order_list(listing, paper)

        return work
