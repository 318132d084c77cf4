"""Verified copies of a live desk through SQLite's own backup, never through a file copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jeweler_desk.store.errors import KnownStoreError
from jeweler_desk.store.sqlite_library import sqlite3

_PAGES_AT_ONCE: Final = 2000


def copy_desk(source: sqlite3.Connection, target: Path) -> None:
    """Copy a live desk into a new file that stands alone, and check the copy.

    Raises `KnownStoreError` when the copy differs; a broken copy is never left under its name.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        copy = sqlite3.connect(unfinished)
        try:
            source.backup(copy, pages=_PAGES_AT_ONCE, sleep=0)
            copy.execute("PRAGMA journal_mode = DELETE")
            finding = first_fault(copy)
        finally:
            copy.close()
        if finding:
            raise KnownStoreError(
                f"The copy could not be verified ({finding}). It was thrown away."
            )
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def first_fault(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with a desk's file, or None: integrity and foreign keys."""
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        return said
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"a row of {broken[0]} belongs nowhere" if broken else None


def copy_before_migration(source: sqlite3.Connection, path: Path, now: datetime) -> Path:
    """Keep a verified copy of the desk as it was before its tables change."""
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    target = path.parent / "backups" / f"before-migration-{stamp}.db"
    copy_desk(source, target)
    return target
