"""Files as a marketplace gives them, written for one test from the cells it cares about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from jeweler_desk.domain.order import LineItemId, Order, OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_import import ImportReport
from tests.imports.rows_of import (
    DATA,
    ETSY_ITEMS,
    ETSY_ORDERS,
    ITEMS_ROW,
    ORDERS_ROW,
    PIRATESHIP,
    PIRATESHIP_ROW,
    SHOPIFY,
    SHOPIFY_ROW,
    csv_text,
)

ETSY_ORDERS_FILE = DATA / "etsy_orders.csv"
ETSY_ITEMS_FILE = DATA / "etsy_items.csv"
ETSY_UK_ITEMS_FILE = DATA / "etsy_items_en_gb.csv"
SHOPIFY_FILE = DATA / "shopify_orders.csv"
ALL_FILES = (ETSY_ORDERS_FILE, ETSY_ITEMS_FILE, ETSY_UK_ITEMS_FILE, SHOPIFY_FILE)

Cells = Mapping[str, str]


class Exports:
    """A folder in which every export gets a name of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def _file(self, name: str, columns: Iterable[str], rows: Iterable[Cells]) -> Path:
        self._count += 1
        path = self._folder / f"{self._count:02d} {name}.csv"
        path.write_text(csv_text(columns, rows), encoding="utf-8", newline="")
        return path

    def shopify(self, *changes: Cells) -> Path:
        """Write a Shopify orders file with one row per change of the ordinary, paid order."""
        return self._file("shopify", SHOPIFY, [{**SHOPIFY_ROW, **change} for change in changes])

    def etsy_orders(self, *changes: Cells) -> Path:
        """Write an Etsy orders file with one row per change of the ordinary order."""
        return self._file("orders", ETSY_ORDERS, [{**ORDERS_ROW, **change} for change in changes])

    def etsy_items(self, *changes: Cells) -> Path:
        """Write an Etsy items file with one row per change of the ordinary piece."""
        return self._file("items", ETSY_ITEMS, [{**ITEMS_ROW, **change} for change in changes])

    def pirateship(self, *changes: Cells) -> Path:
        """Write a shipments file of Pirate Ship with one row per change of the ordinary label."""
        rows = [{**PIRATESHIP_ROW, **change} for change in changes]
        return self._file("shipments", PIRATESHIP, rows)


PENDING: Final = {"Financial Status": "pending", "Paid at": "", "Outstanding Balance": "45.00"}
AUTHORIZED: Final = {"Financial Status": "authorized", "Paid at": ""}
PAID: Final = {"Financial Status": "paid", "Paid at": "2026-10-02 09:00:00 -0400"}
PART_PAID: Final = {"Financial Status": "partially_paid", "Outstanding Balance": "25.00"}
PART_REFUNDED: Final = {"Financial Status": "partially_refunded", "Refunded Amount": "10.00"}
MORE_REFUNDED: Final = {"Financial Status": "partially_refunded", "Refunded Amount": "25.00"}
REFUNDED: Final = {"Financial Status": "refunded", "Refunded Amount": "45.00"}
FULFILLED: Final = {
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-10-03 12:00:00 -0400",
    "Lineitem fulfillment status": "fulfilled",
}
CANCELED: Final = {"Cancelled at": "2026-10-04 08:00:00 -0400"}


def taken(desk: Desk, *files: Path) -> ImportReport:
    return desk.order_import.import_files(files)


def counted(report: ImportReport) -> tuple[int, int, int]:
    return (report.new, report.changed, report.same)


def known(order: Order) -> Order:
    """An order without what depends on the way it came: ids, and when a promise was made."""
    return replace(
        order,
        id=OrderId(0),
        line_items=tuple(replace(line, id=LineItemId(0)) for line in order.line_items),
        shipments=tuple(
            replace(parcel, id=0, units=tuple((LineItemId(0), each) for _, each in parcel.units))
            for parcel in order.shipments
        ),
    )


def the_order(desk: Desk) -> Order:
    (order_id,) = desk.orders.ids(View.ALL)
    return desk.orders.get(order_id)
