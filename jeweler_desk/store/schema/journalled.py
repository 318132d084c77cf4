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
    "labels",
    "label_steps",
    "delay_consents",
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
    "policy_versions",
    "combined_parcels",
    "combined_orders",
    "listings",
    "listing_versions",
    "shown_listings",
    "mail_accounts",
    "mail_account_access",
    "mail_trusted_certificates",
    "mail_identities",
    "mail_marks",
    "mail_address_rules",
    "mail_address_links",
    "mail_overrulings",
    "mail_snoozes",
    "mail_promises",
    "mail_follow_ups",
    "mail_alarms_dismissed",
    "mail_folder_choices",
    "letter_drafts",
    "letter_templates",
)
"""What the seller decided or did, never what was received; each has an `id`, no BLOB, no REAL."""

SEARCHED: Final = {"orders": ("orders_search_added", "search_orders", "search_text")}
"""Of a table that is searched: the trigger that adds new rows, its index and the words' column."""
