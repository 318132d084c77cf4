"""Shopify's orders file: order facts on the first row, one row per line item below it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    Charge,
    LineItem,
    NewOrder,
    Refund,
    RefundState,
    Variation,
)
from jeweler_desk.imports.batch import OrderReader, Row
from jeweler_desk.imports.note_attributes import gift_of, split_attributes

SOURCE: Final = "order_export"
_FULFILLED: Final = "fulfilled"
_ORDER_COLUMNS: Final = ("financial status", "total", "currency", "id")
_CELLS: Final = "name company address1 address2 city province zip country phone street"
_SHIPPING: Final = tuple(f"shipping {cell}" for cell in _CELLS.split())
_BILLING: Final = tuple(f"billing {cell}" for cell in _CELLS.split())
_HELD: Final = {
    "authorized": AuthorizationState.HELD,
    "voided": AuthorizationState.VOIDED,
    "expired": AuthorizationState.EXPIRED,
}
_TAKEN: Final = frozenset({"paid", "partially_paid", "refunded", "partially_refunded"})


def _order(rows: Sequence[Row]) -> NewOrder:
    """Build an order from all its rows, in whatever order they stand."""
    first, lines = _first_and_lines(rows)
    currency = first.currency()
    placed = first.instant("created at")
    if placed is None:
        raise first.fault("Created At is missing.")
    paid = first.instant("paid at")
    canceled = first.instant("cancelled at")
    fulfilled = first.instant("fulfilled at")
    total = first.needed_money("total", currency)
    money = _money(first, total)
    is_shipped = first.key("fulfillment status").casefold() == _FULFILLED
    attributes = split_attributes(first.raw("note attributes"))
    gift, gift_message = gift_of(attributes)
    address = _address(first, _SHIPPING) or PostalAddress()
    billing = _address(first, _BILLING)
    return NewOrder(
        channel=Channel.SHOPIFY,
        number=first.key("name"),
        external_id=first.key("id") or None,
        currency=currency,
        placed_on=placed[1],
        placed_at=placed[0],
        paid_at=paid[0] if paid else None,
        paid_on=placed[1] if money.is_paid and paid is None else None,
        total=total,
        subtotal=first.money("subtotal", currency),
        discount=first.money("discount amount", currency),
        shipping=first.money("shipping", currency),
        tax=first.money("taxes", currency),
        customer=_name((billing and billing.name) or address.name),
        email=_first_filled(rows, "email"),
        phone=_unquoted(_first_filled(rows, "phone"))
        or address.phone
        or (billing.phone if billing else None),
        discount_code=first.text("discount code"),
        payment_method=first.text("payment method"),
        shipping_method=first.text("shipping method"),
        gift=gift,
        gift_message=gift_message,
        notes=first.text("notes"),
        note_attributes=attributes,
        address=address,
        billing_address=billing,
        line_items=_line_items(lines, currency, is_order_shipped=is_shipped),
        charges=money.charges,
        authorizations=money.authorizations,
        refunds=money.refunds,
        canceled_at=canceled[0] if canceled else None,
        is_canceled=canceled is not None,
        is_shipped=is_shipped,
        shipped_at=fulfilled[0] if fulfilled and is_shipped else None,
        shipped_on=None,
    )


ORDERS_FILE: Final = OrderReader(Channel.SHOPIFY, "name", _order)


def split_title(name: str) -> tuple[str, tuple[Variation, ...]]:
    """Split ``Title - A / B`` at its last `` - `` into the title and its options without names."""
    title, dash, options = name.rpartition(" - ")
    if not dash or not title.strip() or not options.strip():
        return name.strip(), ()
    values = (option.strip() for option in options.split(" / "))
    return title.strip(), tuple(Variation(None, value) for value in values if value)


@dataclass(frozen=True, slots=True)
class _MoneyFacts:
    charges: tuple[Charge, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    refunds: tuple[Refund, ...] = ()
    is_paid: bool = False


def _money(first: Row, total: Money) -> _MoneyFacts:
    """Turn the Financial Status into charges, authorizations and refunds (cli.md, Exact forms)."""
    status = first.key("financial status").casefold().replace(" ", "_")
    if status in _HELD:
        held = Authorization(total, _HELD[status], SOURCE)
        return _MoneyFacts(authorizations=(held,) if total else ())
    if status == "pending":
        return _MoneyFacts()
    if status not in _TAKEN:
        shown = first.key("financial status")
        reason = f"“{shown}” is not a known" if shown else "There is no"
        raise first.fault(f"{reason} Financial Status.")
    taken = total - _open_balance(first, total) if status == "partially_paid" else total
    captured = first.instant("paid at")
    number = f"{Channel.SHOPIFY}:{first.key('name')}:{SOURCE}"
    charge = Charge(taken, captured[0] if captured else None, SOURCE, number)
    refunds: tuple[Refund, ...] = ()
    if "refunded" in status:
        given_back = _refunded(first, total, status)
        refunds = (Refund(given_back, RefundState.SETTLED, None, None, SOURCE),)
    return _MoneyFacts((charge,) if taken else (), (), refunds if taken else (), is_paid=True)


def _open_balance(first: Row, total: Money) -> Money:
    balance = first.needed_money("outstanding balance", total.currency)
    if total < balance:
        raise first.fault("Outstanding Balance is more than the total.")
    return balance


def _refunded(first: Row, total: Money, status: str) -> Money:
    """Give what was refunded; older files have no such column, then a full refund is the total."""
    amount = first.money("refunded amount", total.currency)
    if amount:
        return amount
    if status == "refunded":
        return total
    raise first.fault("The order is partly refunded, but Refunded Amount is missing.")


def _first_and_lines(rows: Sequence[Row]) -> tuple[Row, list[Row]]:
    """Find the row with the order's facts; an order that stands twice unchanged counts once."""
    firsts = [row for row in rows if any(row.texts(_ORDER_COLUMNS))]
    if not firsts:
        raise rows[0].fault("The first row of this order, with its total, is missing.")
    first = firsts[0]
    for other in firsts[1:]:
        if other.record.cells != first.record.cells:
            raise other.fault("The order stands in this file twice, and the rows differ.")
    copies = len(firsts)
    if copies == 1:
        return first, list(rows)
    counts = Counter(tuple(row.record.cells) for row in rows)
    if any(count % copies for count in counts.values()):
        raise firsts[1].fault("The order stands in this file twice, and the rows differ.")
    kept: Counter[tuple[str, ...]] = Counter()
    lines = []
    for row in rows:
        cells = tuple(row.record.cells)
        if kept[cells] < counts[cells] // copies:
            kept[cells] += 1
            lines.append(row)
    return first, lines


def _line_items(
    rows: Sequence[Row], currency: str, *, is_order_shipped: bool
) -> tuple[LineItem, ...]:
    """Read the line items; a quantity of 0 is a piece taken out of the order again."""
    seen: Counter[tuple[str, str]] = Counter()
    items = []
    for row in rows:
        name, sku = row.key("lineitem name"), row.key("lineitem sku")
        if not name:
            raise row.fault("Lineitem Name is missing.")
        quantity = row.quantity("lineitem quantity")
        unit_price = row.needed_money("lineitem price", currency)
        discount = row.money("lineitem discount", currency)
        if quantity == 0:
            continue
        title, variations = split_title(unicodedata.normalize("NFC", name))
        seen[sku, name] += 1
        is_sent = row.key("lineitem fulfillment status").casefold() == _FULFILLED
        items.append(
            LineItem(
                title=title,
                quantity=quantity,
                unit_price=unit_price,
                discount=discount,
                sku=sku or None,
                variations=variations,
                units_shipped=quantity if is_sent and not is_order_shipped else 0,
                source_key=f"{seen[sku, name]}|{sku}|{name}",
            )
        )
    if not items:
        raise rows[0].fault("The order has no pieces.")
    return tuple(items)


def _address(row: Row, columns: Sequence[str]) -> PostalAddress | None:
    """Read one of the two addresses; a spreadsheet's apostrophe before digits is left out."""
    cells = row.texts(columns)
    if not any(cells):
        return None
    name, company, address1, address2, city, region, postcode, country, phone, street = cells
    return PostalAddress(
        name=name,
        company=company,
        address1=address1 or street,
        address2=address2,
        city=city,
        region=region,
        postcode=_unquoted(postcode),
        country=country,
        phone=_unquoted(phone),
    )


def _unquoted(text: str | None) -> str | None:
    """Strip exactly one apostrophe that stands before a digit or a plus sign."""
    if text and text[0] == "'" and text[1:2] and (text[1] == "+" or text[1].isdigit()):
        return text[1:]
    return text


def _name(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text.strip()) if text else None


def _first_filled(rows: Sequence[Row], column: str) -> str | None:
    return next((text for row in rows if (text := row.text(column))), None)
