"""The tables of policies by version, and of the boxes that several orders share."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE policy_versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL, version INTEGER NOT NULL CHECK (version > 0),
        in_force_from TEXT NOT NULL, text TEXT NOT NULL, short_form TEXT,
        window_days INTEGER CHECK (window_days >= 0), counted_from TEXT,
        worn_percent INTEGER CHECK (worn_percent BETWEEN 0 AND 100),
        damaged_percent INTEGER CHECK (damaged_percent BETWEEN 0 AND 100),
        added_at TEXT NOT NULL,
        UNIQUE (kind, version), UNIQUE (kind, in_force_from)
    )""",
    """CREATE TABLE combined_parcels (
        id INTEGER PRIMARY KEY AUTOINCREMENT, combined_at TEXT NOT NULL
    )""",
    """CREATE TABLE combined_orders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parcel_id INTEGER NOT NULL REFERENCES combined_parcels (id) ON DELETE CASCADE,
        order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
        shipment_id INTEGER REFERENCES shipments (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX combined_orders_parcel ON combined_orders (parcel_id)",
    "CREATE INDEX combined_orders_order ON combined_orders (order_id)",
    "CREATE INDEX combined_orders_shipment ON combined_orders (shipment_id)",
)
