"""Which SQLite the store stands on: pysqlite3's where there is a wheel of it, else the system's."""

from __future__ import annotations

from sqlite_utils.utils import sqlite3

__all__ = ["sqlite3", "sqlite_version"]


def sqlite_version() -> tuple[int, ...]:
    """Return the version of the SQLite that opens the desk, such as (3, 53, 4)."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))
