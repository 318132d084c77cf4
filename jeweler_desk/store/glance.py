"""What the window needs of a desk before the desk is open: a few settings, at a glance."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from jeweler_desk.store.sqlite_library import sqlite3

_SETTINGS: Final = "SELECT key, value FROM settings"


def settings_at_a_glance(file: Path) -> dict[str, str]:
    """Return the settings that were made in a desk's file; none when it cannot be read so.

    The file is only looked at: what a crash left in its write-ahead log is not seen, and a file
    that is none of ours is left to the opening, which says so. The caller owns the desk.
    """
    if not file.is_file():
        return {}
    try:
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return {str(key): str(value) for key, value in connection.execute(_SETTINGS)}
    except (OSError, sqlite3.Error):
        return {}
