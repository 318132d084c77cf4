"""What could not be read of the mail, and of what kind the trouble of a look was."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Messages that could not be read, for as long as they lie there; seen, not decided.
    """CREATE TABLE mail_set_aside (
        id INTEGER PRIMARY KEY,
        origin TEXT NOT NULL, folder TEXT NOT NULL, uid_validity INTEGER, uid TEXT NOT NULL,
        file TEXT NOT NULL, reason TEXT NOT NULL, came_at TEXT, seen_at TEXT NOT NULL,
        UNIQUE (origin, folder, uid)
    )""",
    # Beside `mail_looks`: a refused login is no matter of waiting.
    """CREATE TABLE mail_hindrances (
        address TEXT PRIMARY KEY, kind TEXT NOT NULL
    )""",
)
