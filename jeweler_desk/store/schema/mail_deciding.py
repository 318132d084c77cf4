"""The tables of her own word on mail: rules for addresses, links, overrulings, days and alarms."""

from __future__ import annotations

from typing import Final

_TABLES: Final = (
    # The seller's word; undo knows all of these.
    """CREATE TABLE mail_address_rules (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE, why TEXT NOT NULL, at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_address_links (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL, other TEXT NOT NULL, at TEXT NOT NULL,
        UNIQUE (address, other)
    )""",
    """CREATE TABLE mail_overrulings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL UNIQUE, is_question INTEGER NOT NULL,
        why TEXT NOT NULL, at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_snoozes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL, until TEXT NOT NULL, at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_promises (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL, promised_on TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_follow_ups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL, follow_on TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_alarms_dismissed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
    )""",
    # What the clock made of the letters that waited; recomputed, never typed.
    """CREATE TABLE mail_waits (
        id INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL, started_at TEXT NOT NULL, person TEXT, subject TEXT NOT NULL,
        channel TEXT NOT NULL, ended_at TEXT, end TEXT, words TEXT NOT NULL
    )""",
    "CREATE INDEX mail_waits_started ON mail_waits (started_at)",
)
_JUDGED_BY: Final = ("mail_address_rules", "mail_address_links", "mail_overrulings")
_STALE: Final = "UPDATE mail_state SET is_stale = 1 WHERE is_stale = 0"

STATEMENTS: Final[tuple[str, ...]] = (
    *_TABLES,
    *(
        f"CREATE TRIGGER stale_{table}_{verb.lower()} AFTER {verb} ON {table} BEGIN {_STALE}; END"
        for table in _JUDGED_BY
        for verb in ("INSERT", "UPDATE", "DELETE")
    ),
    # Whether letters she is only in Cc of may ask her: undo changes it too.
    *(
        f"CREATE TRIGGER stale_settings_{verb.lower()} AFTER {verb} ON settings"
        f" WHEN {row}.key = 'mail.copied' BEGIN {_STALE}; END"
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ),
    # An older desk has no waits yet: it is judged anew at the next question.
    _STALE,
)
