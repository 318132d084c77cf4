"""The tables of how an account is reached."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Beside `mail_accounts`; an account of the first schema has no row here and needs none.
    """CREATE TABLE mail_account_access (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE, login TEXT NOT NULL,
        smtp_is_starttls INTEGER NOT NULL, smtp_user_name TEXT,
        sent_folder TEXT, provider TEXT,
        client_id TEXT, authorization_url TEXT, token_url TEXT, scope TEXT,
        is_microsoft INTEGER NOT NULL
    )""",
    """CREATE TABLE mail_trusted_certificates (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        host TEXT NOT NULL, port INTEGER NOT NULL, sha256 TEXT NOT NULL, trusted_at TEXT NOT NULL,
        UNIQUE (host, port)
    )""",
)
