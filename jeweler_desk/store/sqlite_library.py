"""Which SQLite the store stands on: pysqlite3's where there is a wheel of it, else the system's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:  # as sqlite_utils chooses, without loading it: most starts change no table
    try:
        import pysqlite3 as sqlite3
    except ImportError:  # pragma: no cover - no wheel for this machine
        import sqlite3

__all__ = ["sqlite3", "sqlite_version"]


def sqlite_version() -> tuple[int, ...]:
    """Return the version of the SQLite that opens the desk, such as (3, 53, 4)."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))
