"""The tables of what a mailbox was seen to hold."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Beside `mail_places`: which copies lie there, as a set, so that a poll reads one short text.
    """CREATE TABLE mail_place_counts (
        place_id INTEGER PRIMARY KEY REFERENCES mail_places (id) ON DELETE CASCADE,
        uid_set TEXT NOT NULL, message_count INTEGER
    )""",
    # Messages of which only the header fields ('head') or the first words ('begin') were read.
    """CREATE TABLE mail_unopened (
        message_id INTEGER PRIMARY KEY REFERENCES mail_messages (id) ON DELETE CASCADE,
        extent TEXT NOT NULL
    )""",
    # What each server is and has; seen, not decided.
    """CREATE TABLE mail_server_facts (
        address TEXT PRIMARY KEY,
        capabilities TEXT NOT NULL, clock_slow_seconds INTEGER, seen_at TEXT NOT NULL
    )""",
    """CREATE TABLE mail_listed_folders (
        address TEXT NOT NULL, folder TEXT NOT NULL, kind TEXT, is_read INTEGER NOT NULL,
        PRIMARY KEY (address, folder)
    )""",
    # What an account's first look found waiting: listed, but no notice tells of it anew.
    """CREATE TABLE mail_found_first (
        message_id TEXT NOT NULL, rung TEXT NOT NULL, PRIMARY KEY (message_id, rung)
    )""",
    # The seller's word: which folders are read, and as what; undo knows it.
    """CREATE TABLE mail_folder_choices (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL, folder TEXT NOT NULL, kind TEXT,
        UNIQUE (address, folder)
    )""",
)
