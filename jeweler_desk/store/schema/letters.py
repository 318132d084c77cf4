"""The tables of letters from draft to seen in Sent."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # What the letter says and what became of it outside: never undone, so that no letter that
    # left is forgotten. That a draft lies on the desk at all is hers to undo: `letter_drafts`.
    """CREATE TABLE letters (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL, order_id INTEGER, answers TEXT,
        to_name TEXT NOT NULL, to_address TEXT NOT NULL, from_address TEXT NOT NULL,
        subject TEXT NOT NULL, body TEXT NOT NULL, waived TEXT NOT NULL DEFAULT '[]',
        made_at TEXT NOT NULL, changed_at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'draft', trouble TEXT,
        message_id TEXT UNIQUE, account TEXT, raw TEXT,
        queued_at TEXT, leaves_at TEXT, tries INTEGER NOT NULL DEFAULT 0, tried_at TEXT,
        handed_at TEXT, copy_state TEXT NOT NULL DEFAULT 'none', copy_at TEXT,
        seen_at TEXT, came_back_at TEXT
    )""",
    "CREATE INDEX letters_by_state ON letters (state, leaves_at)",
    "CREATE INDEX letters_by_order ON letters (order_id)",
    "CREATE INDEX letters_by_answered ON letters (answers)",
    """CREATE TABLE letter_drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, letter_id INTEGER NOT NULL UNIQUE
    )""",
    """CREATE TABLE letter_templates (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL, body TEXT NOT NULL
    )""",
)
