"""What the surroundings can do to the file, each told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.store.sqlite_library import sqlite3


class KnownStoreError(RefusedError):
    """The file or its disk cannot do what was asked; the sentence says what is safe."""


class ForeignFileError(KnownStoreError):
    """The file is not a desk of this program."""


class NewerFileError(KnownStoreError):
    """The file was written by a newer version of this program."""


class BusyDeskError(KnownStoreError):
    """Another process owns the desk."""


class UndoRefusedError(KnownStoreError):
    """A step cannot be taken back (or done again) without losing a later change."""


_SENTENCES = (
    ("database or disk is full", "The disk is full. Nothing was changed; free some space."),
    ("disk I/O error", "The disk failed. Nothing was changed; check the disk."),
    ("database is locked", "The desk is busy in another program. Nothing was changed; try again."),
    ("readonly database", "The desk's folder cannot be written to. Nothing was changed."),
    ("attempt to write", "The desk is open for reading only. Nothing was changed."),
    ("malformed", "The desk's file is damaged. Nothing was changed; restore a backup."),
    ("not a database", "The desk's file is damaged. Nothing was changed; restore a backup."),
    ("unable to open", "The desk's file cannot be opened. Check that its folder is yours."),
)  # fmt: skip


@contextmanager
def known_store_errors() -> Iterator[None]:
    """Turn what SQLite says of the surroundings into a sentence; our own faults pass."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        text = str(error)
        for sign, sentence in _SENTENCES:
            if sign in text:
                raise KnownStoreError(sentence) from error
        raise


class OlderDeskError(KnownStoreError):
    """The desk is of an earlier version, and a reader cannot bring its tables up to date."""

    def __init__(self) -> None:
        super().__init__("The desk is of an earlier version; open it for a change once.")
