"""The acts behind the button More of an order, in groups; a blank parts them."""

from __future__ import annotations

from typing import Final

MORE_ACTS: Final = (
    "order.part", "order.open", "order.not_shipped", "order.label", "order.label_back", "",
    "order.ask", "order.answered", "order.agreed", "",
    "order.refund", "order.refund_step", "order.void", "order.expired", "order.paid",
    "order.write_off", "order.honor", "",
    "order.return", "order.back", "order.return_closed", "order.exchange", "",
    "order.cancel", "order.reinstate", "",
    "order.dispute", "order.evidence", "order.dispute_won", "order.dispute_lost",
)  # fmt: skip
