"""Files as a marketplace gives them, written for one test from the cells it cares about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

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
