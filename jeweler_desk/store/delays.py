"""Buyers who agreed to wait, and the paid orders that the law wants sent."""

from __future__ import annotations

from datetime import date, datetime

from jeweler_desk.domain.delay_rule import WATCHED_MONEY
from jeweler_desk.domain.order import OrderId
from jeweler_desk.store import columns
from jeweler_desk.store.database import Row, Store


class DelayRows:
    """Reads and writes what was agreed on a delay; writing needs an open step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def agree(self, order_id: OrderId, until: date, words: str, at: datetime) -> None:
        """Keep that the buyer agreed to wait until a day, and how she said so."""
        record = {
            "order_id": order_id,
            "until": columns.day_text(until),
            "words": words,
            "at": columns.instant_text(at),
        }
        self._store.insert("delay_consents", record)

    def paid_before(self, moment: datetime) -> list[Row]:
        """Return the orders paid by then of which something is still to send.

        Each with the day agreed to last and how many promises were made. The plus sign has it
        begin with the few orders to send, never with all that are paid.
        """
        marks = ",".join("?" * len(WATCHED_MONEY))
        return self._store.rows(
            "SELECT id, number, paid_at,"
            " (SELECT max(until) FROM delay_consents WHERE order_id = orders.id) AS agreed_until,"
            " (SELECT count(*) FROM promises WHERE order_id = orders.id) AS promises"
            " FROM orders WHERE units_to_send > 0 AND paid_at <= ?"
            f" AND +payment_status IN ({marks}) ORDER BY paid_at, id",
            [columns.instant_text(moment), *WATCHED_MONEY],
        )
