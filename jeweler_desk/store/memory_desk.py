"""A desk in memory: its tables are made once in a program, and copied for each one after it."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database

from jeweler_desk.store.migrations import migrations
from jeweler_desk.store.sqlite_library import sqlite3
from jeweler_desk.store.versions import APPLICATION_ID


def fill(connection: sqlite3.Connection) -> None:
    """Make a new desk of a connection to nothing."""
    _empty_desk().backup(connection)


@cache
def _empty_desk() -> sqlite3.Connection:
    # Only ever read; a test of another thread may be the first to want one.
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(Database(connection))
    return connection
