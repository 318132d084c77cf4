"""The first tables of mail: what was received, and what the seller said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES: Final = (
    # What the seller decided; undo knows these.
    """CREATE TABLE mail_accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE,
        imap_host TEXT NOT NULL, imap_port INTEGER NOT NULL, is_starttls INTEGER NOT NULL,
        smtp_host TEXT, smtp_port INTEGER, user_name TEXT NOT NULL, ca_file TEXT,
        added_at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_identities (
        id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE mail_marks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL
    )""",
    # What was received; facts of the outside world, not undone.
    """CREATE TABLE mail_places (
        id INTEGER PRIMARY KEY,
        origin TEXT NOT NULL, folder TEXT NOT NULL, kind TEXT NOT NULL,
        uid_validity INTEGER, last_uid INTEGER, modseq INTEGER,
        UNIQUE (origin, folder)
    )""",
    """CREATE TABLE mail_messages (
        id INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL UNIQUE,
        received_at TEXT NOT NULL, fingerprint TEXT NOT NULL,
        from_name TEXT, from_address TEXT, subject TEXT NOT NULL,
        facts TEXT NOT NULL, text TEXT NOT NULL,
        person TEXT, person_address TEXT, channel TEXT NOT NULL DEFAULT 'email',
        direction TEXT NOT NULL DEFAULT 'in', folder TEXT NOT NULL DEFAULT 'inbox',
        decision TEXT NOT NULL DEFAULT 'ignore', reason TEXT NOT NULL DEFAULT '',
        clock TEXT NOT NULL DEFAULT 'none', conversation TEXT
    )""",
    "CREATE INDEX mail_messages_received ON mail_messages (received_at)",
    "CREATE INDEX mail_messages_conversation ON mail_messages (conversation)",
    """CREATE TABLE mail_copies (
        id INTEGER PRIMARY KEY,
        place_id INTEGER NOT NULL REFERENCES mail_places (id) ON DELETE CASCADE,
        uid TEXT NOT NULL,
        message_id INTEGER NOT NULL REFERENCES mail_messages (id) ON DELETE CASCADE,
        flags TEXT NOT NULL, is_present INTEGER NOT NULL, signature TEXT NOT NULL DEFAULT '',
        UNIQUE (place_id, uid)
    )""",
    "CREATE INDEX mail_copies_message ON mail_copies (message_id)",
    # What the clock made of them; recomputed, never typed.
    """CREATE TABLE mail_conversations (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        person TEXT, address TEXT, channel TEXT NOT NULL, subject TEXT NOT NULL,
        clock TEXT NOT NULL, message_id TEXT NOT NULL,
        waiting_since TEXT, due_at TEXT, answered_at TEXT, reason TEXT NOT NULL
    )""",
    "CREATE INDEX mail_conversations_clock ON mail_conversations (clock, due_at)",
    "CREATE INDEX mail_conversations_answered ON mail_conversations (answered_at)",
    """CREATE TABLE mail_looks (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE, looked_at TEXT, error TEXT, error_at TEXT
    )""",
    """CREATE TABLE mail_state (
        id INTEGER PRIMARY KEY CHECK (id = 1), is_stale INTEGER NOT NULL
    )""",
    "INSERT INTO mail_state (id, is_stale) VALUES (1, 0)",
    """CREATE VIRTUAL TABLE search_messages USING fts5(
        person, subject, text, content='mail_messages', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
    )""",
    """CREATE TRIGGER search_messages_insert AFTER INSERT ON mail_messages BEGIN
        INSERT INTO search_messages (rowid, person, subject, text)
        VALUES (NEW.id, NEW.person, NEW.subject, NEW.text);
    END""",
    """CREATE TRIGGER search_messages_delete AFTER DELETE ON mail_messages BEGIN
        INSERT INTO search_messages (search_messages, rowid, person, subject, text)
        VALUES ('delete', OLD.id, OLD.person, OLD.subject, OLD.text);
    END""",
    """CREATE TRIGGER search_messages_update AFTER UPDATE OF person, subject, text
        ON mail_messages BEGIN
        INSERT INTO search_messages (search_messages, rowid, person, subject, text)
        VALUES ('delete', OLD.id, OLD.person, OLD.subject, OLD.text);
        INSERT INTO search_messages (rowid, person, subject, text)
        VALUES (NEW.id, NEW.person, NEW.subject, NEW.text);
    END""",
)
_STALE: Final = "UPDATE mail_state SET is_stale = 1 WHERE is_stale = 0"
_WATCHED: Final = {
    "mail_accounts": "address",
    "mail_identities": "address",
    "mail_marks": "message_id, kind, at, note",
    "orders": "customer_email",
}


def create_mail_tables(db: Database) -> None:
    """Make the mail tables; those of orders must stand already.

    Triggers note when something that the clock depends on changed, by undo and redo too, so that
    it is judged anew before the next answer.
    """
    for statement in _TABLES:
        db.execute(statement)
    for table, columns in _WATCHED.items():
        for verb in ("INSERT", f"UPDATE OF {columns}", "DELETE"):
            db.execute(
                f"CREATE TRIGGER stale_{table}_{verb.split()[0].lower()} AFTER {verb} ON {table}"
                f" BEGIN {_STALE}; END"
            )
