"""An order as one marketplace file tells it, and how the files of one order are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.order import Channel, Charge, LineItem, NewOrder


class SourceFormat(StrEnum):
    """The files of marketplaces, payment processors and carriers that are recognised by name."""

    ETSY_ORDERS = "etsy-orders"
    ETSY_ITEMS = "etsy-items"
    ETSY_PAYMENTS = "etsy-payments"
    ETSY_STATEMENT = "etsy-statement"
    ETSY_DEPOSITS = "etsy-deposits"
    SHOPIFY_ORDERS = "shopify-orders"
    SHOPIFY_PAYMENTS = "shopify-payments"
    WOOCOMMERCE_ORDERS = "woocommerce-orders"
    SQUARESPACE_ORDERS = "squarespace-orders"
    EBAY_ORDERS = "ebay-orders"
    AMAZON_ORDERS = "amazon-orders"
    SQUARE_ITEMS = "square-items"
    SQUARE_TRANSACTIONS = "square-transactions"
    PAYPAL_ACTIVITY = "paypal-activity"
    PAYPAL_STATEMENT = "paypal-statement"
    STRIPE_PAYMENTS = "stripe-payments"
    STRIPE_BALANCE = "stripe-balance"
    PIRATESHIP_SHIPMENTS = "pirateship-shipments"


@dataclass(frozen=True, slots=True)
class SourceOrder:
    """One order as one file alone tells it; ``digest`` is the SHA-256 of its canonical records."""

    format: SourceFormat
    channel: Channel
    number: str
    order: NewOrder
    digest: str


class MergeError(ValueError):
    """Sources that are not one order, or of which nobody can say which one counts."""


def merge(sources: Sequence[SourceOrder]) -> NewOrder:
    """Put together what the files say of one order, whatever the order they came in.

    Of each format at most one source is passed, the latest. Only Etsy spreads an order over two
    files: the orders file knows the money, the items file the pieces and the recipient.
    """
    if not sources:
        raise MergeError("An order needs at least one source.")
    first = sources[0]
    if any((source.channel, source.number) != (first.channel, first.number) for source in sources):
        raise MergeError(f"Order {first.number} cannot be put together from another order's rows.")
    by_format = {source.format: source.order for source in sources}
    if len(by_format) != len(sources):
        raise MergeError(f"Order {first.number} has two sources of the same format.")
    if len(by_format) == 1:
        return first.order
    orders = by_format.pop(SourceFormat.ETSY_ORDERS, None)
    items = by_format.pop(SourceFormat.ETSY_ITEMS, None)
    if orders is None or items is None or by_format:
        raise MergeError(f"Order {first.number} comes from formats that do not belong together.")
    return _etsy(orders, items)


def _etsy(orders: NewOrder, items: NewOrder) -> NewOrder:
    """Join Etsy's two files: money from the orders file, pieces and recipient from the items."""
    lines = tuple(_in_currency(line, orders.currency) for line in items.line_items)
    is_shipped = orders.is_shipped or items.is_shipped
    return replace(
        orders,
        placed_on=min(orders.placed_on, items.placed_on),
        paid_on=_paid_on(orders, items),
        customer=orders.customer or items.customer,
        discount_code=orders.discount_code or items.discount_code,
        address=_fuller(items.address, orders.address),
        line_items=lines,
        charges=_charges(orders, items),
        is_shipped=is_shipped,
        shipped_on=(orders.shipped_on or items.shipped_on) if is_shipped else None,
    )


def _in_currency(line: LineItem, currency: str) -> LineItem:
    """Leave a price out that stands in another currency than the order's money."""
    if line.unit_price is None or line.unit_price.currency == currency:
        return line
    return replace(line, unit_price=None)


def _paid_on(orders: NewOrder, items: NewOrder) -> date | None:
    """Etsy's paid day is Date Paid (the items file), else Sale Date."""
    return items.paid_on or orders.paid_on


def _charges(orders: NewOrder, items: NewOrder) -> tuple[Charge, ...]:
    """Take the charge either file knows, always over the orders file's total."""
    if orders.charges or not orders.total:
        return orders.charges
    return tuple(replace(charge, amount=orders.total) for charge in items.charges)


def _fuller(first: PostalAddress, second: PostalAddress) -> PostalAddress:
    """Prefer the first address unless it is empty."""
    return second if first.is_empty else first
