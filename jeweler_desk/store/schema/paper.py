"""The table of cards: whose words went to whom, so that no one reads the same twice."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # `person` is who opens the parcel, by name in small letters; `way` is printed or written.
    """CREATE TABLE card_facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    person TEXT NOT NULL, body TEXT NOT NULL, way TEXT NOT NULL, said_at TEXT NOT NULL
)""",
    "CREATE INDEX card_facts_person ON card_facts (person)",
    "CREATE INDEX card_facts_order ON card_facts (order_id)",
)
