"""The table of addresses as she wrote them in Latin letters, for carriers that ask for it."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # `address` is the buyer's own as it stood then: another one makes the Latin lines wrong.
    """CREATE TABLE latin_addresses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
    address TEXT, latin TEXT NOT NULL
)""",
)
