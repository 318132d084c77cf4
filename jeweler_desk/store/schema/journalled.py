"""Which tables undo may touch, and which are searched: all that opening a desk of today needs."""

from __future__ import annotations

from typing import Final

JOURNALLED_TABLES: Final = (
    "settings",
    "orders",
    "order_sources",
    "line_items",
    "charges",
    "authorizations",
    "refunds",
    "refund_steps",
    "refund_units",
    "write_offs",
    "disputes",
    "cancellations",
    "restarts",
    "packings",
    "packing_steps",
    "box_photos",
    "shipments",
    "shipment_units",
    "returns",
    "return_units",
    "return_receipts",
    "holds",
    "questions",
    "promises",
    "order_events",
    "supplies",
    "supply_moves",
    "supply_crossings",
    "mail_accounts",
    "mail_identities",
    "mail_marks",
)
"""What the seller decided or did, never what was received; each has an `id`, no BLOB, no REAL."""

SEARCHED: Final = {"orders": ("orders_search_added", "search_orders", "search_text")}
"""Of a table that is searched: the trigger that adds new rows, its index and the words' column."""
