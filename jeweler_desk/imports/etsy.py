"""Etsy's two order files: sold orders (the money) and sold order items (the pieces)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money, total_of
from jeweler_desk.domain.order import (
    Channel,
    Charge,
    LineItem,
    NewOrder,
    Refund,
    RefundState,
    Variation,
)
from jeweler_desk.imports.batch import OrderReader, Row

SOURCE: Final = "order_export"
_PAID_ONLINE: Final = "online_cc"
_NO_PERSONALIZATION: Final = "not requested on this item."
_PAIR: Final = re.compile(r",(?!\s)")
_PERSONALIZATION: Final = re.compile(r"(?:^|,\s*)personali[sz]ation:", re.IGNORECASE)
_BARE: Final = frozenset({"personalization", "personalisation"})
_USERNAME: Final = re.compile(r"\s+\([^()\s]+\)\s*$")


def _orders_order(rows: Sequence[Row]) -> NewOrder:
    """Build an order from its row of the orders file; the pieces are known by number only."""
    row = _only(rows)
    _check_number(row)
    currency = row.currency()
    value = row.needed_money("order value", currency)
    discount, shipping, tax = (
        row.money(column, currency) for column in ("discount amount", "shipping", "sales tax")
    )
    total = _total(value, discount, shipping, tax)
    if total.minor_units < 0:
        raise row.fault(f"The total comes to {total.amount}, which is less than nothing.")
    charged = row.money("order total", currency)
    placed_on = _placed_on(row)
    is_paid = row.key("payment type") == _PAID_ONLINE
    shipped_on = row.day("date shipped")
    return NewOrder(
        channel=Channel.ETSY,
        number=row.key("order id"),
        currency=currency,
        placed_on=placed_on,
        paid_on=placed_on if is_paid else None,
        total=total,
        subtotal=value,
        discount=discount,
        shipping=shipping,
        tax=tax,
        marketplace_tax=_more_than(charged, total),
        customer=_customer(row, "buyer") or row.text("full name"),
        discount_code=_coupon(row),
        payment_method=row.text("payment method"),
        address=_address(row, "full name", "street 1", "street 2"),
        line_items=(_placeholder(row),),
        charges=_charges(row.key("order id"), total) if is_paid else (),
        refunds=_refunds(row, currency),
        is_shipped=shipped_on is not None,
        shipped_on=shipped_on,
    )


def _items_order(rows: Sequence[Row]) -> NewOrder:
    """Build an order from its rows of the items file; order money stands on the first of them."""
    rows = _without_repeats(rows)
    first = rows[0]
    _check_number(first)
    currency = first.currency()
    for row in rows:
        if row.currency() != currency:
            raise row.fault(f"The order is in {currency}, this row in {row.currency()}.")
    value = total_of((row.needed_money("item total", currency) for row in rows), currency)
    discount, shipping, tax = (
        _sum(rows, column, currency)
        for column in ("discount amount", "order shipping", "order sales tax")
    )
    total = _total(value, discount, shipping, tax)
    if total.minor_units < 0:
        raise first.fault(f"The total comes to {total.amount}, which is less than nothing.")
    placed_on = min(_placed_on(row) for row in rows)
    paid_days = [day for row in rows if (day := row.day("date paid"))]
    is_paid = bool(paid_days) or any(row.key("payment type") == _PAID_ONLINE for row in rows)
    shipped_days = [row.day("date shipped") for row in rows]
    is_shipped = all(shipped_days)
    lines = tuple(
        _line_item(row, currency, is_shipped=bool(shipped) and not is_shipped)
        for row, shipped in zip(rows, shipped_days, strict=True)
    )
    return NewOrder(
        channel=Channel.ETSY,
        number=first.key("order id"),
        currency=currency,
        placed_on=placed_on,
        paid_on=(min(paid_days, default=placed_on)) if is_paid else None,
        total=total,
        subtotal=value,
        discount=discount,
        shipping=shipping,
        tax=tax,
        customer=_customer(first, "buyer") or first.text("ship name"),
        discount_code=_coupon(first),
        address=_address(first, "ship name", "ship address1", "ship address2"),
        line_items=lines,
        charges=_charges(first.key("order id"), total) if is_paid else (),
        is_shipped=is_shipped,
        shipped_on=max((day for day in shipped_days if day), default=None) if is_shipped else None,
    )


ORDERS_FILE: Final = OrderReader(Channel.ETSY, "order id", _orders_order)
ITEMS_FILE: Final = OrderReader(Channel.ETSY, "order id", _items_order)


def split_variations(cell: str) -> tuple[tuple[Variation, ...], str | None]:
    """Split a Variations cell into the chosen options and the personalization as it stands.

    A new pair starts at a comma not followed by a blank; everything after the first
    ``Personalization:`` is personalization. Pairs are split first, HTML entities read afterwards.
    """
    match = _PERSONALIZATION.search(cell)
    head = cell[: match.start()] if match else cell
    pieces: list[str] = []
    for piece in _PAIR.split(head):
        if ":" in piece or piece.strip().casefold() in _BARE or not pieces:
            pieces.append(piece)
        else:  # a comma inside a value, as in "Length:1,5 m"
            pieces[-1] += f",{piece}"
    options = tuple(
        _option(piece)
        for piece in pieces
        if piece.strip() and piece.strip().casefold() not in _BARE
    )
    return options, _personalization(cell[match.end() :]) if match else None


def _option(piece: str) -> Variation:
    name, colon, value = piece.partition(":")
    if not colon:
        return Variation(None, _plain(name))
    return Variation(_plain(name), _plain(value))


def _personalization(text: str) -> str | None:
    words = html.unescape(text)
    if not words.strip() or words.strip().casefold() == _NO_PERSONALIZATION:
        return None
    return words


def _plain(text: str) -> str:
    """Read HTML entities once and put the text into its composed Unicode form."""
    return unicodedata.normalize("NFC", html.unescape(text).strip())


def _only(rows: Sequence[Row]) -> Row:
    """Give the order's one row; the same row twice is one, different ones cannot both be true."""
    first = rows[0]
    for row in rows[1:]:
        if row.record.cells != first.record.cells:
            raise row.fault("The order stands in this file twice, and the rows differ.")
    return first


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """Drop rows that come twice, as in two months' files joined; a contradiction is a fault."""
    kept: dict[str, Row] = {}
    for row in rows:
        key = row.key("transaction id")
        if not key:
            raise row.fault("Transaction ID is missing.")
        if key in kept and row.record.cells != kept[key].record.cells:
            raise row.fault(f"Transaction {key} stands in this file twice, and the rows differ.")
        kept.setdefault(key, row)
    return list(kept.values())


def _check_number(row: Row) -> None:
    """Refuse an order number that a spreadsheet has rounded, such as 3.512E+09."""
    number = row.key("order id")
    if not (number.isascii() and number.isdigit()):
        raise row.fault(f"Order ID: “{number}” is not a number of Etsy; download the file again.")


def _placed_on(row: Row) -> date:
    day = row.day("sale date")
    if day is None:
        raise row.fault("Sale Date is missing.")
    return day


def _total(value: Money, discount: Money | None, *added: Money | None) -> Money:
    total = value if discount is None else value - discount
    for amount in added:
        total = total if amount is None else total + amount
    return total


def _sum(rows: Sequence[Row], column: str, currency: str) -> Money | None:
    """Add up a column; None where no row has the cell filled."""
    amounts = [amount for row in rows if (amount := row.money(column, currency)) is not None]
    return total_of(amounts, currency) if amounts else None


def _more_than(charged: Money | None, total: Money) -> Money | None:
    """Give what Etsy collected beyond the seller's total: tax that it keeps and pays itself."""
    return charged - total if charged is not None and total < charged else None


def _charges(number: str, total: Money) -> tuple[Charge, ...]:
    if not total:
        return ()
    return (Charge(total, None, SOURCE, f"{Channel.ETSY}:{number}:{SOURCE}"),)


def _refunds(row: Row, currency: str) -> tuple[Refund, ...]:
    """Read a partial refund out of the adjusted net and fee, both being smaller by its share."""
    net, fee, new_net, new_fee = (
        row.money(column, currency, may_be_negative=True) or Money.zero(currency)
        for column in (
            "order net",
            "card processing fees",
            "adjusted net order amount",
            "adjusted card processing fees",
        )
    )
    given_back = (net + fee) - (new_net + new_fee)
    if new_net.minor_units <= 0 or given_back.minor_units <= 0:
        return ()
    return (Refund(given_back, RefundState.SETTLED, None, None, SOURCE),)


def _coupon(row: Row) -> str | None:
    """Give the coupon code; the items file repeats it once per piece."""
    codes = dict.fromkeys(code.strip() for code in row.raw("coupon code").split(";"))
    return ", ".join(code for code in codes if code) or None


def _customer(row: Row, column: str) -> str | None:
    """Give the buyer's name without the user name Etsy puts behind it."""
    name = unicodedata.normalize("NFC", _USERNAME.sub("", row.raw(column)).strip())
    return name or None


def _address(row: Row, name: str, street1: str, street2: str) -> PostalAddress:
    return PostalAddress(
        name=row.text(name),
        address1=row.text(street1),
        address2=row.text(street2),
        city=row.text("ship city"),
        region=row.text("ship state"),
        postcode=row.text("ship zipcode"),
        country=row.text("ship country"),
    )


def _placeholder(row: Row) -> LineItem:
    """Stand in for the pieces until the items file names them."""
    quantity = row.quantity("number of items")
    if quantity == 0:
        raise row.fault("Number Of Items is 0.")
    sku = row.text("sku")
    return LineItem(sku or "pieces", quantity, source_key="placeholder", is_placeholder=True)


def _line_item(row: Row, currency: str, *, is_shipped: bool) -> LineItem:
    title = _plain(row.raw("item name"))
    if not title:
        raise row.fault("Item Name is missing.")
    quantity = row.quantity("quantity")
    if quantity == 0:
        raise row.fault("Quantity is 0.")
    variations, personalization = split_variations(row.raw("variations"))
    return LineItem(
        title=title,
        quantity=quantity,
        unit_price=row.needed_money("price", currency),
        sku=row.text("sku"),
        variations=variations,
        personalization=personalization,
        units_shipped=quantity if is_shipped else 0,
        source_key=row.key("transaction id"),
    )
