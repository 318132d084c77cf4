"""The tables of reminding: what popped up, what was put off, what the clock showed, the sweep."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # What was shown and seen; facts, not undone.
    """CREATE TABLE reminder_pop_ups (
        id INTEGER PRIMARY KEY,
        shown_at TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL
    )""",
    "CREATE INDEX reminder_pop_ups_shown ON reminder_pop_ups (shown_at)",
    """INSERT INTO reminder_pop_ups (shown_at, title, text)
        SELECT DISTINCT shown_at, '', '' FROM notices""",
    """CREATE TABLE reminder_put_off (
        message_id TEXT NOT NULL, rung TEXT NOT NULL, until TEXT NOT NULL,
        PRIMARY KEY (message_id, rung)
    )""",
    """CREATE TABLE reminder_clock (
        id INTEGER PRIMARY KEY CHECK (id = 1), highest TEXT NOT NULL, zone TEXT NOT NULL
    )""",
    # What she answered to the questions of the sweep; undo knows it.
    """CREATE TABLE mail_sweep_answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL, letter_id TEXT NOT NULL, at TEXT NOT NULL
    )""",
)
