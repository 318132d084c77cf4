"""What is being made: the orders whose pieces lie on the board."""

from __future__ import annotations

from jeweler_desk.store.database import Row, Store


class MakingRows:
    """Questions about making."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def orders(self, most: int) -> list[Row]:
        """Return the orders of which something is to be made or packed, the most urgent first."""
        return self._store.rows(
            "SELECT id, number, channel, currency, customer_name, ship_by, waiting_since"
            " FROM orders WHERE units_to_send > 0"
            " AND fulfillment_status IN ('to_make', 'making', 'ready', 'partially_shipped')"
            " AND passes_gate = 1 AND is_held = 0"
            " ORDER BY ship_by IS NULL, ship_by, placed_sort, id LIMIT ?",
            [most],
        )
