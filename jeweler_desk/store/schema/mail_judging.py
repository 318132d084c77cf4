"""The tables by which a small change is judged among the few messages it can touch.

All of it follows from what is kept elsewhere; a judging of all mail writes it anew.
"""

from __future__ import annotations

from typing import Final

_TABLES: Final = (
    # What a message hangs on, as numbers (domain/mail_ties.py).
    """CREATE TABLE mail_ties (
        tie INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (tie, message)
    ) WITHOUT ROWID""",
    "CREATE INDEX mail_ties_message ON mail_ties (message)",
    # Who we were found to be, and by what.
    "CREATE TABLE mail_circle (id INTEGER PRIMARY KEY CHECK (id = 1), facts TEXT NOT NULL)",
    # What changed since the last judging.
    """CREATE TABLE mail_unjudged (
        message INTEGER NOT NULL, what TEXT NOT NULL, PRIMARY KEY (message, what)
    ) WITHOUT ROWID""",
    """CREATE TABLE mail_unjudged_addresses (
        address TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (address, what)
    ) WITHOUT ROWID""",
    "CREATE INDEX mail_waits_message ON mail_waits (message_id)",
    "CREATE INDEX mail_marks_message ON mail_marks (message_id)",
)
_STALE: Final = "UPDATE mail_state SET is_stale = 1 WHERE is_stale = 0"
_REPLACED: Final = (
    "mail_marks", "orders", "mail_address_rules", "mail_address_links", "mail_overrulings",
)  # fmt: skip
_VERBS: Final = ("INSERT", "UPDATE", "DELETE")


def _message(row: str) -> str:
    return (
        "INSERT OR IGNORE INTO mail_unjudged (message, what)"
        f" SELECT id, 'word' FROM mail_messages WHERE message_id = {row}.message_id"
    )


def _address(what: str, *cells: str) -> str:
    return "; ".join(
        "INSERT OR IGNORE INTO mail_unjudged_addresses (address, what)"
        f" SELECT {cell}, '{what}' WHERE {cell} IS NOT NULL"
        for cell in cells
    )


def _copy(row: str) -> str:
    return f"INSERT OR IGNORE INTO mail_unjudged (message, what) VALUES ({row}.message_id, 'lies')"


def _trigger(name: str, event: str, *acts: str) -> str:
    return f"CREATE TRIGGER unjudged_{name} AFTER {event} BEGIN {'; '.join(acts)}; END"


def _watched(table: str, old: str, new: str, columns: str = "", when: str = "") -> list[str]:
    """Return the triggers that note what a table's rows speak of, before and after a change."""
    of = f" OF {columns}" if columns else ""
    return [
        _trigger(f"{table}_insert", f"INSERT ON {table}", new),
        _trigger(f"{table}_update", f"UPDATE{of} ON {table}{when}", old, new),
        _trigger(f"{table}_delete", f"DELETE ON {table}", old),
    ]


STATEMENTS: Final[tuple[str, ...]] = (
    *_TABLES,
    *(f"DROP TRIGGER stale_{table}_{verb.lower()}" for table in _REPLACED for verb in _VERBS),
    *_watched("mail_marks", _message("OLD"), _message("NEW")),
    *_watched("mail_overrulings", _message("OLD"), _message("NEW")),
    # A letter written here is known as the answer to what it answers, whatever its headers say.
    *_watched("letters", _message("OLD"), _message("NEW"), "message_id, answers"),
    *_watched(
        "mail_address_rules", _address("ruled", "OLD.address"), _address("ruled", "NEW.address")
    ),
    *_watched(
        "mail_address_links",
        _address("linked", "OLD.address", "OLD.other"),
        _address("linked", "NEW.address", "NEW.other"),
    ),
    *_watched(
        "orders",
        _address("bought", "OLD.customer_email"),
        _address("bought", "NEW.customer_email"),
        "customer_email",
        " WHEN OLD.customer_email IS NOT NEW.customer_email",
    ),
    *_watched("mail_copies", _copy("OLD"), _copy("NEW"), "message_id, place_id, flags, is_present"),
    _trigger(
        "mail_messages_insert",
        "INSERT ON mail_messages",
        "INSERT OR IGNORE INTO mail_unjudged (message, what) VALUES (NEW.id, 'new')",
    ),
    _trigger(
        "mail_messages_update",
        "UPDATE OF facts, subject, received_at ON mail_messages",
        "INSERT OR IGNORE INTO mail_unjudged (message, what) VALUES (NEW.id, 'facts')",
    ),
    # What these change may touch every message.
    _trigger(
        "mail_messages_sender",
        "UPDATE OF message_id, from_name, from_address ON mail_messages WHEN"
        " OLD.from_address IS NOT NEW.from_address OR OLD.from_name IS NOT NEW.from_name"
        " OR OLD.message_id IS NOT NEW.message_id",
        _STALE,
    ),
    _trigger("mail_messages_delete", "DELETE ON mail_messages", _STALE),
    _trigger("mail_places", "UPDATE OF kind ON mail_places WHEN OLD.kind IS NOT NEW.kind", _STALE),
    # An older desk has no ties yet: it is judged anew at the next question.
    _STALE,
)
