"""Small files in the marketplaces' formats, built from the cells a test cares about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from jeweler_desk.imports.batch import ImportedFile
from jeweler_desk.imports.files import read_bytes

DATA = Path(__file__).resolve().parent.parent / "data" / "imports"


def headings(name: str) -> list[str]:
    """The headings of a file in tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


ETSY_ORDERS = headings("etsy_orders.csv")
ETSY_ITEMS = headings("etsy_items.csv")
SHOPIFY = headings("shopify_orders.csv")
PIRATESHIP = headings("pirateship_shipments.csv")

ORDERS_ROW = {
    "Sale Date": "10/02/26",
    "Order ID": "3512000200",
    "Full Name": "Tilda Marsh",
    "Number of Items": "1",
    "Street 1": "1 Quay",
    "Ship City": "Bath",
    "Currency": "USD",
    "Order Value": "40.00",
    "Discount Amount": "0.00",
    "Shipping Discount": "0.00",
    "Shipping": "5.00",
    "Sales Tax": "0.00",
    "Order Total": "45.00",
    "Payment Type": "online_cc",
}
ITEMS_ROW = {
    "Sale Date": "10/02/26",
    "Item Name": "Ring",
    "Buyer": "Tilda Marsh (tildam)",
    "Quantity": "1",
    "Price": "40.00",
    "Discount Amount": "0.00",
    "Order Shipping": "5",
    "Order Sales Tax": "0",
    "Item Total": "40",
    "Currency": "USD",
    "Transaction ID": "4711000300",
    "Date Paid": "10/02/2026",
    "Ship Name": "Tilda Marsh",
    "Ship Address1": "1 Quay",
    "Ship City": "Bath",
    "Order ID": "3512000200",
    "Payment Type": "online_cc",
}
SHOPIFY_ROW = {
    "Name": "#2001",
    "Email": "tilda@example.com",
    "Financial Status": "paid",
    "Paid at": "2026-10-02 09:00:00 -0400",
    "Fulfillment Status": "unfulfilled",
    "Currency": "USD",
    "Subtotal": "40.00",
    "Shipping": "5.00",
    "Taxes": "0.00",
    "Total": "45.00",
    "Discount Amount": "0.00",
    "Created at": "2026-10-02 09:00:00 -0400",
    "Lineitem quantity": "1",
    "Lineitem name": "Ring - 7 / Polished",
    "Lineitem price": "40.00",
    "Lineitem sku": "JT-1",
    "Lineitem fulfillment status": "pending",
    "Shipping Name": "Tilda Marsh",
    "Shipping Address1": "1 Quay",
    "Shipping City": "Bath",
    "Refunded Amount": "0.00",
    "Outstanding Balance": "0.00",
    "Id": "6120045519999",
    "Lineitem discount": "0.00",
}
SHOPIFY_CONTINUATION = {
    "Name": "#2001",
    "Email": "tilda@example.com",
    "Created at": "2026-10-02 09:00:00 -0400",
    "Lineitem quantity": "1",
    "Lineitem name": "Cloth",
    "Lineitem price": "6.00",
    "Lineitem sku": "JT-2",
}

PIRATESHIP_ROW = {
    "Created Date": "2026-10-05",
    "Recipient": "Tilda Marsh",
    "Tracking Number": "9400111206206400104193",
    "Cost": "4.75",
    "Status": "Purchased",
    "Batch": "",
    "Ship Date": "2026-10-05",
    "Address Line 1": "1 Quay",
    "City": "Bath",
    "Country": "US",
    "Carrier": "USPS",
    "Service": "Ground Advantage",
    "Order ID": "#2001",
}


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, str]], **how: str) -> str:
    """Write rows under headings; a cell that is not given is blank."""
    names = list(columns)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=how.get("delimiter", ","), lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return buffer.getvalue()


def etsy_orders(*changes: Mapping[str, str]) -> ImportedFile:
    """Read an Etsy orders file with one row per change of the ordinary row."""
    text = csv_text(ETSY_ORDERS, [{**ORDERS_ROW, **change} for change in changes])
    return read_bytes(text.encode(), "orders.csv")


def etsy_items(*changes: Mapping[str, str]) -> ImportedFile:
    """Read an Etsy items file with one row per change of the ordinary row."""
    text = csv_text(ETSY_ITEMS, [{**ITEMS_ROW, **change} for change in changes])
    return read_bytes(text.encode(), "items.csv")


def shopify(*rows: Mapping[str, str]) -> ImportedFile:
    """Read a Shopify orders file with these rows as they are."""
    return read_bytes(csv_text(SHOPIFY, rows).encode(), "shopify.csv")


def shopify_order(**cells: str) -> ImportedFile:
    """Read a Shopify file of one order of one row; ``Paid_at`` stands for ``Paid at``."""
    return shopify({**SHOPIFY_ROW, **{name.replace("_", " "): cells[name] for name in cells}})


def pirateship(*changes: Mapping[str, str]) -> ImportedFile:
    """Read a shipments file of Pirate Ship with one row per change of the ordinary label."""
    text = csv_text(PIRATESHIP, [{**PIRATESHIP_ROW, **change} for change in changes])
    return read_bytes(text.encode(), "shipments.csv")
