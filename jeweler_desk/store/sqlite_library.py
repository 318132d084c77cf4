"""Which SQLite the store stands on: pysqlite3's where there is a wheel of it, else the system's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
else:  # as sqlite_utils chooses, without loading it: most starts change no table
    try:
        import pysqlite3 as sqlite3
    except ImportError:  # pragma: no cover - no wheel for this machine
        import sqlite3

FIRST_SAFE_SQLITE: Final = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can damage a WAL file that two connections write at once."""

__all__ = ["FIRST_SAFE_SQLITE", "sqlite3", "sqlite_version"]


def sqlite_version() -> tuple[int, ...]:
    """Return the version of the SQLite that opens the desk, such as (3, 53, 4)."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))
