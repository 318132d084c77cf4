"""Promises that stand: the orders of which something is still to leave by a promised day."""

from __future__ import annotations

from jeweler_desk.store.database import Row, Store


class PromiseRows:
    """Questions about promises."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def standing(self) -> list[Row]:
        """Return the orders with a promise to keep that do not wait for the buyer."""
        return self._store.rows(
            "SELECT id, number, channel, customer_name, ship_by, placed_on FROM orders"
            " WHERE units_to_send > 0 AND ship_by IS NOT NULL AND waiting_since IS NULL"
            " ORDER BY ship_by, placed_sort, id"
        )
