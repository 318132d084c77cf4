"""Verified copies of a live desk through SQLite's own backup, never through a file copy."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jeweler_desk.store.errors import KnownStoreError, known_store_errors
from jeweler_desk.store.sqlite_library import sqlite3

UNFINISHED: Final = ".unfinished"
BACKUPS_FOLDER: Final = "backups"
STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_PAGES_AT_ONCE: Final = 2000
_BUSY_MILLISECONDS: Final = 5000
_SPARE_BYTES: Final = 1 << 20
_MONEY_COLUMNS: Final = (("orders", "total"), ("charges", "amount"), ("refunds", "amount"))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a desk's file holds: rows by table and sums of money columns in minor units."""

    rows: tuple[tuple[str, int], ...]
    sums: tuple[tuple[str, int], ...]

    @property
    def orders(self) -> int:
        """How many orders there are."""
        return dict(self.rows).get("orders", 0)


def open_read_only(file: Path) -> sqlite3.Connection:
    """Open a desk's file beside whoever owns it; nothing is ever written through this."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA query_only = ON")
    return connection


def contents(connection: sqlite3.Connection) -> Contents:
    """Count the rows of every table and add up the money."""
    tables = [
        str(row[0])
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
    ]
    rows = [(table, _number(connection, f'SELECT count(*) FROM "{table}"')) for table in tables]
    sums = [
        (f"{table}.{column}", _number(connection, f"SELECT total({column}) FROM {table}"))
        for table, column in _MONEY_COLUMNS
        if table in tables
    ]
    return Contents(tuple(rows), tuple(sums))


def _number(connection: sqlite3.Connection, question: str) -> int:
    return int(connection.execute(question).fetchone()[0])


def copy_desk(source: sqlite3.Connection, target: Path) -> Contents:
    """Copy a live desk into a new file that stands alone, and check the copy by opening it.

    What the source held at one instant is what the copy must hold, row for row; writers go on
    meanwhile. Raises `KnownStoreError` when the copy differs, the source is damaged or the disk
    is full; a broken or half copy never stands under the target's name.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    with disk_errors_told(target.parent):
        try:
            os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
            with known_store_errors():
                _refuse_full_disk(source, target.parent)
                held = _copy_snapshot(source, unfinished)
                finding = _difference(unfinished, held)
            if finding:
                raise KnownStoreError(
                    f"The copy could not be verified ({finding}). It was thrown away."
                )
            write_through(unfinished)
            unfinished.replace(target)
            write_folder_through(target.parent)
        finally:
            unfinished.unlink(missing_ok=True)
            unfinished.with_name(unfinished.name + "-journal").unlink(missing_ok=True)
    return held


def _refuse_full_disk(source: sqlite3.Connection, folder: Path) -> None:
    """Raise before a copy that the disk has no room for."""
    pages = _number(source, "PRAGMA page_count") * _number(source, "PRAGMA page_size")
    refuse_full_disk(pages + _SPARE_BYTES, shutil.disk_usage(folder).free, folder)


def refuse_full_disk(needed: int, free: int, folder: Path) -> None:
    """Raise `KnownStoreError` when fewer bytes are free than a copy needs."""
    if free < needed:
        raise KnownStoreError(
            f"The disk is full: a copy of the desk needs {_megabytes(needed)} in “{folder}”,"
            f" and {_megabytes(free)} are free. Nothing was changed; free some space and try again."
        )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _copy_snapshot(source: sqlite3.Connection, target: Path) -> Contents:
    """Copy what one read transaction sees, and tell what it sees."""
    source.execute("BEGIN")
    try:
        held = contents(source)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=_PAGES_AT_ONCE, sleep=0)
            # The backup API copies the mark of the write-ahead log too; a copy stands alone.
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        source.rollback()
    return held


def _difference(file: Path, held: Contents) -> str | None:
    """Open a copy anew and return in what it is not what was copied, or None."""
    with closing(open_read_only(file)) as copy:
        fault = first_fault(copy)
        if fault:
            return fault
        return None if contents(copy) == held else "it holds other rows than the desk"


def first_fault(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with a desk's file, or None: integrity and foreign keys."""
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        return said
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"a row of {broken[0]} belongs nowhere" if broken else None


def claim_name(folder: Path, stem: str, ending: str) -> Path:
    """Return a name for a copy that nothing bears yet and that no other process will be given.

    The folder is made if need be. Raises `KnownStoreError` when it cannot be written to.
    """
    with disk_errors_told(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        count = 0
        while True:
            count += 1
            wanted = folder / (f"{stem}-{count}{ending}" if count > 1 else f"{stem}{ending}")
            mark = wanted.with_name(wanted.name + UNFINISHED)
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                continue
            if not wanted.exists():
                return wanted
            mark.unlink()


def stamp(moment: datetime) -> str:
    """Write an instant for a file's name: ``2026-10-06T023000Z``."""
    return moment.astimezone(UTC).strftime(STAMP)


def copy_before_migration(source: sqlite3.Connection, path: Path, now: datetime) -> Path:
    """Keep a verified copy of the desk as it was before its tables change."""
    target = claim_name(path.parent / BACKUPS_FOLDER, f"before-migration-{stamp(now)}", ".db")
    copy_desk(source, target)
    return target


def write_through(file: Path) -> None:
    """Wait until a file's bytes are on the disk itself."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_folder_through(folder: Path) -> None:
    """Wait until a folder's names are on the disk itself, where the system can do so."""
    if os.name == "nt":  # pragma: no cover - Windows has no such call
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_errors_told(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder or its disk into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sentence = f"The disk of “{folder}” is full. Nothing was changed; free some space."
        else:
            sentence = (
                f"“{folder}” cannot take a copy of the desk ({error.strerror}). Nothing was"
                " changed; choose another folder."
            )
        raise KnownStoreError(sentence) from error


def settle(file: Path) -> None:
    """Bring what the log of a desk holds to its place, beside whoever owns it; none is waited for.

    What cannot be brought now is brought later: nothing hangs on it.
    """
    with suppress(sqlite3.Error), closing(_joined(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _joined(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)
