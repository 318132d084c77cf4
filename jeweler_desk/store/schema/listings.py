"""The tables of listings, their versions and what a buyer was shown."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE listings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    added_at TEXT NOT NULL, is_retired INTEGER NOT NULL DEFAULT 0
)""",
    # A version is never updated: what was shown stays as it was shown.
    """CREATE TABLE listing_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    listing_id INTEGER NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, shown_since TEXT NOT NULL,
    made_at TEXT NOT NULL, made_on TEXT NOT NULL,
    sku TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, photos TEXT, measurements TEXT,
    materials TEXT, treatments TEXT NOT NULL, stones TEXT, processing_days INTEGER,
    care TEXT NOT NULL, UNIQUE (listing_id, number)
)""",
    """CREATE TABLE shown_listings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    line_item_id INTEGER NOT NULL UNIQUE REFERENCES line_items (id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL REFERENCES listing_versions (id),
    matched TEXT NOT NULL, is_later INTEGER NOT NULL, kept_at TEXT NOT NULL
)""",
    "CREATE INDEX shown_listings_version ON shown_listings (version_id)",
    # Only where an order's pieces take different times to make.
    """CREATE TABLE line_promises (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    promise_id INTEGER NOT NULL REFERENCES promises (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    ship_by TEXT NOT NULL
)""",
    "CREATE INDEX line_promises_promise ON line_promises (promise_id)",
    "CREATE INDEX line_promises_line ON line_promises (line_item_id)",
)
