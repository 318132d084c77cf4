"""Orders and line items with sensible defaults: a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import Channel, Charge, LineItem, NewOrder

BUYER: Final = PostalAddress(
    name="Hannah Lindqvist",
    address1="3 Lighthouse Road",
    city="Portland",
    region="ME",
    postcode="04101",
    country="US",
)


def usd(amount: str) -> Money:
    """Return an amount of dollars."""
    return Money.parse(amount, "USD")


def a_line(title: str = "Silver Ring", price: str = "40.00", **cells: Any) -> LineItem:
    """Return one piece at a price in dollars; cells of `LineItem` replace the defaults."""
    quantity = cells.pop("quantity", 1)
    cells.setdefault("source_key", title)
    return LineItem(title=title, quantity=quantity, unit_price=usd(price), **cells)


def a_charge(amount: str, **cells: Any) -> Charge:
    """Return dollars taken, as an order export tells it."""
    cells = {"captured_at": None, "source": "order_export", "id": "charge-1"} | cells
    return Charge(amount=usd(amount), **cells)


def an_order(*lines: LineItem, is_paid: bool = True, **cells: Any) -> NewOrder:
    """Return an order of these lines (one ring when none is given), paid in full.

    Unless told otherwise it costs what its lines cost and was placed on Monday 5 October 2026.
    """
    bought = lines or (a_line(),)
    prices = [line.unit_price * line.quantity for line in bought if line.unit_price]
    total: Money = cells.pop("total", total_of(prices, "USD"))
    placed_on = cells.pop("placed_on", date(2026, 10, 5))
    known: dict[str, Any] = {
        "channel": Channel.SHOPIFY,
        "number": "#1041",
        "customer": "Hannah Lindqvist",
        "address": BUYER,
        "paid_on": placed_on if is_paid else None,
        "charges": (a_charge(total.amount),) if is_paid and total else (),
    }
    return NewOrder(
        currency="USD", placed_on=placed_on, total=total, line_items=bought, **(known | cells)
    )
