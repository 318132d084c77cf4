"""Which export is this? Known by the set of its headings, never by name, place or number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.source_order import SourceFormat
from jeweler_desk.imports.csv_rows import split_line

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 8
# UK English accounts of Etsy say other words for the same columns.
_ETSY_ALIASES: Final = {
    "date posted": "date shipped",
    "delivery": "shipping",
    "delivery discount": "shipping discount",
    "order delivery": "order shipping",
    "delivery name": "ship name",
    "delivery address1": "ship address1",
    "delivery address2": "ship address2",
    "delivery city": "ship city",
    "delivery state": "ship state",
    "delivery zipcode": "ship zipcode",
    "delivery country": "ship country",
    "adjusted net": "adjusted net order amount",
}


@dataclass(frozen=True, slots=True)
class _Signature:
    """Headings a format always has, and headings that would make it another one."""

    format: SourceFormat
    has: frozenset[str]
    has_not: frozenset[str] = frozenset()


def _signature(format_: SourceFormat, has: str, has_not: str = "") -> _Signature:
    return _Signature(
        format_, frozenset(has.split(",")), frozenset(filter(None, has_not.split(",")))
    )


_SIGNATURES: Final = (
    _signature(SourceFormat.ETSY_ORDERS, "sale date,order id,number of items,order value"),
    _signature(SourceFormat.ETSY_ITEMS, "sale date,item name,transaction id,order id"),
    _signature(SourceFormat.ETSY_PAYMENTS, "payment id,order id,gross amount,posted gross"),
    _signature(SourceFormat.ETSY_STATEMENT, "date,type,title,info,amount,fees & taxes,net"),
    _signature(SourceFormat.ETSY_DEPOSITS, "date,amount,status,bank account ending digits"),
    _signature(SourceFormat.SHOPIFY_ORDERS, "name,financial status,lineitem name,lineitem price"),
    _signature(
        SourceFormat.SHOPIFY_PAYMENTS, "transaction date,type,order,payout status,amount,fee,net"
    ),
    _signature(SourceFormat.WOOCOMMERCE_ORDERS, "order number,order status,order date"),
    _signature(SourceFormat.WOOCOMMERCE_ORDERS, "order_id,order_number,order_date,order_total"),
    _signature(
        SourceFormat.SQUARESPACE_ORDERS,
        "order id,financial status,lineitem name,amount refunded",
        "name",
    ),
    _signature(
        SourceFormat.EBAY_ORDERS, "sales record number,order number,buyer username,item title"
    ),
    _signature(SourceFormat.AMAZON_ORDERS, "order-id,order-item-id,purchase-date"),
    _signature(
        SourceFormat.SQUARE_ITEMS, "date,time,item,qty,gross sales,net sales,transaction id"
    ),
    _signature(
        SourceFormat.SQUARE_TRANSACTIONS,
        "date,time,gross sales,net sales,transaction id,payment id,total collected",
        "item",
    ),
    _signature(
        SourceFormat.PAYPAL_ACTIVITY, "date,time,name,type,status,gross,fee,net,transaction id"
    ),
    _signature(
        SourceFormat.PAYPAL_STATEMENT,
        "date,time,description,gross,fee,net,balance,transaction id",
        "type",
    ),
    _signature(SourceFormat.STRIPE_PAYMENTS, "id,created date (utc),amount,amount refunded"),
    _signature(SourceFormat.STRIPE_BALANCE, "balance_transaction_id,reporting_category,gross,net"),
    _signature(
        SourceFormat.PIRATESHIP_SHIPMENTS, "created date,recipient,tracking number,cost,batch"
    ),
)
_REQUIRED: Final[Mapping[SourceFormat, frozenset[str]]] = {
    SourceFormat.ETSY_ORDERS: frozenset(
        (
            "sale date",
            "order id",
            "number of items",
            "currency",
            "order value",
            "discount amount",
            "shipping",
            "sales tax",
            "order total",
        )
    ),
    SourceFormat.ETSY_ITEMS: frozenset(
        (
            "sale date",
            "item name",
            "quantity",
            "price",
            "discount amount",
            "order shipping",
            "order sales tax",
            "item total",
            "currency",
            "transaction id",
            "order id",
            "variations",
        )
    ),
    SourceFormat.SHOPIFY_ORDERS: frozenset(
        (
            "name",
            "financial status",
            "currency",
            "total",
            "created at",
            "lineitem quantity",
            "lineitem name",
            "lineitem price",
        )
    ),
    SourceFormat.PIRATESHIP_SHIPMENTS: frozenset(
        (
            "created date",
            "recipient",
            "tracking number",
            "cost",
            "status",
            "ship date",
            "carrier",
            "order id",
        )
    ),
}
FORMAT_NAMES: Final[Mapping[SourceFormat, str]] = {
    SourceFormat.ETSY_ORDERS: "an orders file of Etsy",
    SourceFormat.ETSY_ITEMS: "an order items file of Etsy",
    SourceFormat.ETSY_PAYMENTS: "a payments file of Etsy",
    SourceFormat.ETSY_STATEMENT: "a monthly statement of Etsy",
    SourceFormat.ETSY_DEPOSITS: "a deposits file of Etsy",
    SourceFormat.SHOPIFY_ORDERS: "an orders file of Shopify",
    SourceFormat.SHOPIFY_PAYMENTS: "a payments file of Shopify",
    SourceFormat.WOOCOMMERCE_ORDERS: "an orders file of WooCommerce",
    SourceFormat.SQUARESPACE_ORDERS: "an orders file of Squarespace",
    SourceFormat.EBAY_ORDERS: "an orders report of eBay",
    SourceFormat.AMAZON_ORDERS: "an orders report of Amazon",
    SourceFormat.SQUARE_ITEMS: "an items file of Square",
    SourceFormat.SQUARE_TRANSACTIONS: "a transactions file of Square",
    SourceFormat.PAYPAL_ACTIVITY: "an activity download of PayPal",
    SourceFormat.PAYPAL_STATEMENT: "a statement of PayPal",
    SourceFormat.STRIPE_PAYMENTS: "a payments file of Stripe",
    SourceFormat.STRIPE_BALANCE: "a balance report of Stripe",
    SourceFormat.PIRATESHIP_SHIPMENTS: "a shipments file of Pirate Ship",
}
_ETSY: Final = frozenset({SourceFormat.ETSY_ORDERS, SourceFormat.ETSY_ITEMS})
_NEARLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A recognised file: format, delimiter, the line of its headings, and where each column is.

    ``width`` is the number of heading cells; ``missing`` are required headings it has not.
    """

    format: SourceFormat
    delimiter: str
    header_line: int
    width: int
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()


def sniff(lines: Sequence[str]) -> Sniffed | None:
    """Recognise a file by the headings in its first lines; None where no format fits."""
    near: list[tuple[float, Sniffed]] = []
    for position, line in enumerate(lines[:_HEADER_WITHIN]):
        for delimiter in _DELIMITERS:
            cells = split_line(line, delimiter)
            columns = _columns(cells)
            for signature in _SIGNATURES:
                if signature.has <= columns.keys() and not signature.has_not & columns.keys():
                    return _sniffed(signature.format, delimiter, position + 1, cells)
            near.extend(_nearly(delimiter, position + 1, cells))
    return max(near, key=lambda found: found[0], default=(0.0, None))[1]


def _nearly(delimiter: str, line: int, cells: Sequence[str]) -> Iterable[tuple[float, Sniffed]]:
    """Give the readable formats of which most headings are there, to name what is missing."""
    for format_, required in _REQUIRED.items():
        candidate = _sniffed(format_, delimiter, line, cells)
        share = 1 - len(candidate.missing) / len(required)
        if share >= _NEARLY:
            yield share, candidate


def _sniffed(format_: SourceFormat, delimiter: str, line: int, cells: Sequence[str]) -> Sniffed:
    columns = _columns(cells, _ETSY_ALIASES if format_ in _ETSY else {})
    missing = tuple(sorted(_REQUIRED.get(format_, frozenset()) - columns.keys()))
    return Sniffed(format_, delimiter, line, len(cells), columns, missing)


def _columns(cells: Iterable[str], aliases: Mapping[str, str] | None = None) -> dict[str, int]:
    """Map each canonical heading to its place; of a heading that comes twice the first counts."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = " ".join(cell.split()).casefold()
        columns.setdefault((aliases or {}).get(name, name), index)
    return columns
