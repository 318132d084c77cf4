"""The tables of labels bought, scans and what an order waits for."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """
CREATE TABLE labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id INTEGER REFERENCES shipments (id) ON DELETE SET NULL,
    carrier TEXT, service TEXT, tracking_number TEXT, cost INTEGER, currency TEXT, address TEXT,
    bought_at TEXT, noted_at TEXT NOT NULL, source TEXT NOT NULL
)
""",
    "CREATE INDEX labels_order ON labels (order_id)",
    "CREATE INDEX labels_shipment ON labels (shipment_id)",
    "CREATE INDEX labels_free ON labels (id) WHERE shipment_id IS NULL",
    """
CREATE TABLE label_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    state TEXT NOT NULL, at TEXT NOT NULL, why TEXT
)
""",
    "CREATE INDEX label_steps_label ON label_steps (label_id)",
    """
CREATE TABLE delay_consents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    until TEXT NOT NULL, words TEXT NOT NULL, at TEXT NOT NULL
)
""",
    "CREATE INDEX delay_consents_order ON delay_consents (order_id)",
)
