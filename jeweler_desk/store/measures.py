"""What the measures are made from: orders that left, parcels whose packing was timed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from jeweler_desk.domain.mailing import HandedOver
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.packing_pace import TimedPacking, TimedStep
from jeweler_desk.store import columns
from jeweler_desk.store.database import Store

# The last parcel of an order counts, and only once nothing of the order is left to send. The
# cross join begins with the few parcels of the weeks asked for, never with all orders.
_HANDED_OVER: Final = """
SELECT orders.id, number, channel, paid_at, max(shipped_at) AS handed_over_at
FROM shipments CROSS JOIN orders ON orders.id = order_id
WHERE shipped_at >= ? AND undone_at IS NULL AND paid_at IS NOT NULL AND units_to_send = 0
GROUP BY orders.id ORDER BY handed_over_at DESC, orders.id DESC
"""


class MeasureRows:
    """Reads what is measured, and keeps how long the steps of a packing took."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handed_over(self, since: datetime) -> list[HandedOver]:
        """Return the orders whose last parcel left since then, the latest first."""
        return [
            HandedOver(
                OrderId(row["id"]),
                row["number"],
                row["channel"],
                columns.known_instant(row["paid_at"]),
                columns.known_instant(row["handed_over_at"]),
            )
            for row in self._store.rows(_HANDED_OVER, [columns.instant_text(since)])
        ]

    def packings(self, since: datetime) -> list[TimedPacking]:
        """Return each parcel closed since then whose time was taken; one may hold many lines."""
        rows = self._store.rows(
            "SELECT packed_at, max(seconds) AS seconds FROM packings"
            " WHERE seconds IS NOT NULL AND units > 0 AND packed_at >= ?"
            " GROUP BY order_id, packed_at ORDER BY packed_at",
            [columns.instant_text(since)],
        )
        return [
            TimedPacking(columns.known_instant(row["packed_at"]), row["seconds"]) for row in rows
        ]

    def steps(self, since: datetime) -> list[TimedStep]:
        """Return the steps of the parcels closed since then."""
        rows = self._store.rows(
            "SELECT step, seconds FROM packing_steps WHERE packed_at >= ? ORDER BY id",
            [columns.instant_text(since)],
        )
        return [TimedStep(row["step"], row["seconds"]) for row in rows]

    def add_steps(self, order_id: OrderId, packed_at: datetime, steps: Mapping[str, int]) -> None:
        """Keep how many seconds each step of a packing took; needs an open step."""
        for name, seconds in steps.items():
            record = {
                "order_id": order_id,
                "packed_at": columns.instant_text(packed_at),
                "step": name,
                "seconds": seconds,
            }
            self._store.insert("packing_steps", record)
