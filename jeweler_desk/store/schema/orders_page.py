"""The indexes that the list of orders walks: by number, and by age with the state of the goods."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # By length first, so that #999 comes before #1000; it serves the look-up of one number too.
    "CREATE INDEX orders_number ON orders (length(number_key), number_key)",
    "DROP INDEX orders_number_key",
    # Nearly all orders have left: their view reads this index alone, never the rows.
    "CREATE INDEX orders_age ON orders (placed_sort, id, fulfillment_status)",
    "DROP INDEX orders_placed",
    # The few that have not left: the others are counted by what is left of all.
    """CREATE INDEX orders_here ON orders (id)
    WHERE fulfillment_status NOT IN ('shipped', 'delivered')""",
)
