"""The list of orders as it is printed: its columns and what each says of an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jeweler_desk.domain.order import Gift
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import OrderColumn, View
from jeweler_desk.domain.wording import CHANNEL_NAMES, full_day, money_text

HEADINGS: Final = {
    OrderColumn.ORDER: "Order",
    OrderColumn.BUYER: "Buyer",
    OrderColumn.PIECES: "Pieces",
    OrderColumn.MONEY: "Money",
    OrderColumn.GOODS: "Goods",
    OrderColumn.SHIP_BY: "Ship by",
    OrderColumn.PLACED: "Placed",
    OrderColumn.TOTAL: "Total",
    OrderColumn.CHANNEL: "From",
    OrderColumn.TO_SEND: "To send",
}
# How wide a column is beside the others.
WEIGHTS: Final = {
    OrderColumn.ORDER: 1.3,
    OrderColumn.BUYER: 1.9,
    OrderColumn.PIECES: 3.1,
    OrderColumn.MONEY: 1.1,
    OrderColumn.GOODS: 1.2,
    OrderColumn.SHIP_BY: 1.5,
    OrderColumn.PLACED: 1.5,
    OrderColumn.TOTAL: 1.3,
    OrderColumn.CHANNEL: 1.2,
    OrderColumn.TO_SEND: 0.8,
}
# What stands right, so that its digits stand below each other.
NUMBERS: Final = frozenset({OrderColumn.TOTAL, OrderColumn.TO_SEND})
_TITLES: Final = {View.ALL: "All orders", View.ON_HOLD: "Orders on hold", View.RETURNS: "Returns"}


@dataclass(frozen=True, slots=True)
class OrderListing:
    """A list to print: whose it is, what it shows, and its cells row by row."""

    shop: str
    title: str
    made_on: date
    columns: tuple[OrderColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def title_of(view: View, search: str | None) -> str:
    """Name what a list shows: ``Orders to pack``, with what it was filtered by."""
    title = _TITLES.get(view) or f"Orders: {view.value.replace('-', ' ')}"
    return f"{title} with “{search}”" if search else title


def cells(row: OrderSummary, columns: Sequence[OrderColumn]) -> tuple[str, ...]:
    """Return what the columns say of an order; days in full, for paper has no today."""
    told = {
        OrderColumn.ORDER: row.number,
        OrderColumn.BUYER: row.customer or "no name given",
        OrderColumn.PIECES: _pieces(row),
        OrderColumn.MONEY: row.payment_status.value.replace("_", " "),
        OrderColumn.GOODS: _goods(row),
        OrderColumn.SHIP_BY: full_day(row.ship_by) if row.ship_by and row.units_to_send else "–",
        OrderColumn.PLACED: full_day(row.placed_on),
        OrderColumn.TOTAL: money_text(row.total),
        OrderColumn.CHANNEL: CHANNEL_NAMES[row.channel],
        OrderColumn.TO_SEND: str(row.units_to_send),
    }
    return tuple(told[column] for column in columns)


def _pieces(row: OrderSummary) -> str:
    gift = " · gift" if row.gift is Gift.YES else ""
    return f"{row.pieces or 'pieces not known yet'}{gift}"


def _goods(row: OrderSummary) -> str:
    if row.hold is not None and row.units_to_send:
        return f"on hold: {row.hold.reason}"
    return row.fulfillment_status.value.replace("_", " ")
