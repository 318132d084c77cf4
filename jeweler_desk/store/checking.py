"""Reading a whole desk to check it: faults of its file, of its units, of its sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.money import Money
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.errors import known_store_errors
from jeweler_desk.store.sqlite_library import sqlite3

_MOST_FAULTS: Final = 20
_INDEXES: Final[Mapping[str, str]] = {"search_orders": "orders", "search_messages": "messages"}

_WRONG_UNITS: Final = """
SELECT orders.number, line_items.title,
    units_packed, coalesce(packed.units, 0) AS packed,
    units_shipped, coalesce(shipped.units, 0) AS shipped,
    units_canceled, coalesce(canceled.units, 0) AS canceled,
    units_returned, coalesce(returned.units, 0) AS returned
FROM line_items JOIN orders ON orders.id = line_items.order_id
LEFT JOIN (SELECT line_item_id, sum(units) AS units FROM packings GROUP BY line_item_id) AS packed
    ON packed.line_item_id = line_items.id
LEFT JOIN (SELECT line_item_id, sum(units) AS units FROM shipment_units
    JOIN shipments ON shipments.id = shipment_id WHERE undone_at IS NULL GROUP BY line_item_id)
    AS shipped ON shipped.line_item_id = line_items.id
LEFT JOIN (SELECT line_item_id, sum(units) AS units FROM cancellations GROUP BY line_item_id)
    AS canceled ON canceled.line_item_id = line_items.id
LEFT JOIN (SELECT line_item_id, sum(units) AS units FROM return_receipts GROUP BY line_item_id)
    AS returned ON returned.line_item_id = line_items.id
WHERE units_packed <> coalesce(packed.units, 0) OR units_shipped <> coalesce(shipped.units, 0)
    OR units_canceled <> coalesce(canceled.units, 0)
    OR units_returned <> coalesce(returned.units, 0)
ORDER BY line_items.id
"""
# A channel may count a line's discount in the order's own, and tax may stand within the prices.
_UNUSUAL_SUMS: Final = """
SELECT number, currency, total,
    goods - coalesce(discount, 0) - line_discounts + shipping + tax AS expected
FROM orders JOIN (
    SELECT order_id, sum(quantity * unit_price) AS goods,
        coalesce(sum(discount), 0) AS line_discounts
    FROM line_items GROUP BY order_id HAVING count(*) = count(unit_price)
) ON order_id = orders.id
WHERE shipping IS NOT NULL AND tax IS NOT NULL
    AND total - shipping + coalesce(discount, 0) - goods NOT IN
        (tax, 0, tax - line_discounts, -line_discounts)
ORDER BY orders.id
"""
_WRONG_STOCKS: Final = """
SELECT name, stock, coalesce(moved.units, 0) AS told FROM supplies
LEFT JOIN (SELECT supply_id, sum(units) AS units FROM supply_moves GROUP BY supply_id) AS moved
    ON moved.supply_id = supplies.id
WHERE stock <> told ORDER BY supplies.id
"""
_WRONG_REFUNDS: Final = """
SELECT number, currency, amount,
    coalesce(refunds.goods, 0) + coalesce(refunds.shipping, 0) + coalesce(refunds.tax, 0)
        + coalesce(refunds.goodwill, 0) AS parts
FROM refunds JOIN orders ON orders.id = order_id
WHERE refunds.goods IS NOT NULL AND amount <> parts ORDER BY refunds.id
"""
_OVERDRAWN: Final = """
SELECT number, currency, given, taken FROM (
    SELECT order_id, sum(amount) AS given FROM refunds
    WHERE source = 'desk' AND withdrawn_at IS NULL GROUP BY order_id
) AS back JOIN orders ON orders.id = back.order_id
LEFT JOIN (SELECT order_id, sum(amount) AS taken FROM charges GROUP BY order_id) AS got
    ON got.order_id = back.order_id
WHERE given > coalesce(taken, 0) ORDER BY orders.id
"""


@dataclass(frozen=True, slots=True)
class WrongUnits:
    """A line item whose counts are not those of its facts; each pair is kept, told by facts."""

    number: str
    title: str
    packed: tuple[int, int]
    shipped: tuple[int, int]
    canceled: tuple[int, int]
    returned: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class UnusualSum:
    """An order whose total is not what its parts add up to."""

    number: str
    total: Money
    expected: Money


class Checking:
    """Reads a desk from end to end. Everything inside one `snapshot` is of one instant."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one read transaction, so that acts beside it cannot make the desk look torn."""
        with known_store_errors():
            self._store.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._store.connection.rollback()

    def broken_pages(self) -> list[str]:
        """Return what SQLite's own check of the whole file says; empty when it is sound."""
        rows = self._store.rows(f"PRAGMA integrity_check({_MOST_FAULTS})")
        said = [str(row[0]) for row in rows]
        return [] if said == ["ok"] else said

    def lost_rows(self) -> list[str]:
        """Return the tables with rows that point at nothing, and how many."""
        rows = self._store.rows('SELECT "table", count(*) FROM pragma_foreign_key_check GROUP BY 1')
        return [f"{row[1]} of {row[0]}" for row in rows]

    def stale_indexes(self) -> list[str]:
        """Return which subjects the search does not find as they are written.

        FTS5 tells this only to a writer, so it is asked on a private copy that vanishes.
        """
        with known_store_errors(), closing(sqlite3.connect("")) as copy:
            self._store.connection.backup(copy)
            return [what for index, what in _INDEXES.items() if not _is_index_sound(copy, index)]

    def wrong_units(self) -> list[WrongUnits]:
        """Return the line items whose counts of units differ from their facts."""
        return [
            WrongUnits(
                row["number"],
                row["title"],
                (row["units_packed"], row["packed"]),
                (row["units_shipped"], row["shipped"]),
                (row["units_canceled"], row["canceled"]),
                (row["units_returned"], row["returned"]),
            )
            for row in self._store.rows(_WRONG_UNITS)
        ]

    def wrong_stocks(self) -> list[tuple[str, int, int]]:
        """Return the supplies whose stock is not what was moved: name, kept, told by the moves."""
        rows = self._store.rows(_WRONG_STOCKS)
        return [(row["name"], row["stock"], row["told"]) for row in rows]

    def wrong_refunds(self) -> list[UnusualSum]:
        """Return the refunds whose parts, all entered here, add up to something else."""
        return [_sum(row, "amount", "parts") for row in self._store.rows(_WRONG_REFUNDS)]

    def overdrawn(self) -> list[UnusualSum]:
        """Return the orders of which more is given back than was ever taken."""
        return [_sum(row, "given", "taken") for row in self._store.rows(_OVERDRAWN)]

    def unusual_sums(self) -> list[UnusualSum]:
        """Return the orders whose parts are all known and add up to something else."""
        return [
            UnusualSum(
                row["number"],
                Money(row["total"], row["currency"]),
                Money(row["expected"], row["currency"]),
            )
            for row in self._store.rows(_UNUSUAL_SUMS)
        ]


def _sum(row: Row, total: str, expected: str) -> UnusualSum:
    currency = row["currency"]
    return UnusualSum(
        row["number"], Money(row[total], currency), Money(row[expected] or 0, currency)
    )


def _is_index_sound(copy: sqlite3.Connection, index: str) -> bool:
    try:
        copy.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    return True
