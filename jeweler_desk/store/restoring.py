"""Putting a backup back: checked first, what it replaces set aside whole, safe at every instant."""

from __future__ import annotations

import itertools
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from jeweler_desk.store.copying import (
    BACKUPS_FOLDER,
    Contents,
    contents,
    copy_desk,
    disk_errors_told,
    first_fault,
    open_read_only,
    stamp,
    write_folder_through,
    write_through,
)
from jeweler_desk.store.database import Store, refuse_strangers
from jeweler_desk.store.errors import (
    ForeignFileError,
    KnownStoreError,
    NewerFileError,
    known_store_errors,
)
from jeweler_desk.store.sqlite_library import sqlite3

_COMPANIONS: Final = ("-wal", "-shm", "-journal")
_ARRIVING: Final = ".arriving"
_ARRIVED: Final = ".restored-"


def look_into(file: Path) -> Contents:
    """Return what a backup holds. Raises `KnownStoreError` when it is not fit to be restored."""
    if not file.is_file():
        raise KnownStoreError(f"There is no file “{file}”. Nothing was changed.")
    fault: str | None
    held = Contents((), ())
    try:
        refuse_strangers(file)
        with closing(open_read_only(file)) as backup:
            fault = first_fault(backup)
            held = contents(backup)
    except (ForeignFileError, NewerFileError):
        raise
    except (KnownStoreError, sqlite3.DatabaseError) as error:
        fault = str(error.__cause__ or error)
    if fault:
        raise KnownStoreError(
            f"“{file.name}” cannot be restored ({fault}). Nothing was changed; choose another"
            " backup."
        )
    return held


def restore(file: Path, desk_file: Path, at: datetime) -> Path | None:
    """Put a backup in the desk's place; return the folder that keeps what was there before.

    The caller has looked into the backup, owns the desk and has it closed. The backup is copied
    beside the desk, checked again there and brought to today's tables before anything is moved;
    from then on `finish_restore` carries the rest through, after a power cut too. Raises
    `KnownStoreError` when nothing was changed.
    """
    if desk_file.exists() and file.samefile(desk_file):
        raise KnownStoreError(f"“{file}” is the desk itself. Nothing was changed.")
    arriving = desk_file.with_name(desk_file.name + _ARRIVING)
    try:
        with disk_errors_told(desk_file.parent), known_store_errors():
            _clear(arriving)
            with closing(open_read_only(file)) as backup:
                copy_desk(backup, arriving)
            Store(arriving, now=lambda: at).close()
            with closing(sqlite3.connect(arriving)) as copy:
                copy.execute("PRAGMA journal_mode = DELETE")
            write_through(arriving)
            aside = _new_folder_name(desk_file.parent / BACKUPS_FOLDER / f"replaced-{stamp(at)}")
            arriving.replace(_arrived(desk_file, aside.name))
            write_folder_through(desk_file.parent)
    finally:
        _clear(arriving)
    finish_restore(desk_file)
    return aside if aside.exists() else None


def finish_restore(desk_file: Path) -> None:
    """Carry a restore through that a power cut may have stopped; every part may be done again.

    The old file leaves with its write-ahead log, so that no other file can ever replay that. Only
    the owner of the desk calls this, before the file is opened.
    """
    for arrived in sorted(desk_file.parent.glob(f"{desk_file.name}{_ARRIVED}*")):
        name = arrived.name.removeprefix(desk_file.name + _ARRIVED)
        try:
            _put_in_place(arrived, desk_file, f"replaced-{name}")
        except OSError as error:
            raise KnownStoreError(
                f"The backup could not be put in the desk's place ({error.strerror}). Nothing was"
                f" lost; it waits in “{desk_file.parent}” and the next start tries again."
            ) from error


def _put_in_place(arrived: Path, desk_file: Path, aside_name: str) -> None:
    aside = desk_file.parent / BACKUPS_FOLDER / aside_name
    for part in _parts(desk_file):
        if part.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(part, aside / part.name)
            write_folder_through(aside)
    arrived.replace(desk_file)
    write_folder_through(desk_file.parent)


def _arrived(desk_file: Path, aside: str) -> Path:
    return desk_file.with_name(desk_file.name + _ARRIVED + aside.removeprefix("replaced-"))


def _new_folder_name(wanted: Path) -> Path:
    """Return the name, or the first of its numbered kin that is free."""
    names = (wanted.with_name(f"{wanted.name}-{count}") for count in itertools.count(2))
    return next(each for each in itertools.chain([wanted], names) if not each.exists())


def _parts(file: Path) -> list[Path]:
    return [file, *(file.with_name(file.name + companion) for companion in _COMPANIONS)]


def _clear(file: Path) -> None:
    for part in _parts(file):
        part.unlink(missing_ok=True)
