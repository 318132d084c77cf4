"""Opens desks: a folder becomes a desk that one process owns, or that is only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from jeweler_desk.services.clock import Clock
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE, DeskLock, is_there, own_folder
from jeweler_desk.store.errors import OlderDeskError
from jeweler_desk.store.restoring import finish_restore
from jeweler_desk.wiring import build_desk


@contextmanager
def opened_desk(folder: Path, clock: Clock, *, is_writing: bool) -> Iterator[Desk]:
    """Open the desk of a folder; a writing one is owned by this process until the end.

    A desk that is not there yet is made first, one of an earlier version brought up to date.
    Raises `RefusedError` with a sentence.
    """
    file = folder / DESK_FILE
    with ExitStack() as stack:
        if is_writing or not is_there(file):
            stack.enter_context(closing(own_folder(folder)))
            yield stack.enter_context(owned_desk(folder, clock))
        else:
            store = stack.enter_context(closing(_store_to_read(file, clock)))
            yield build_desk(store, clock, folder=folder)


def _store_to_read(file: Path, clock: Clock) -> Store:
    try:
        return Store(file, now=clock.now, read_only=True)
    except OlderDeskError:
        with closing(own_folder(file.parent)):
            Store(file, now=clock.now).close()
        return Store(file, now=clock.now, read_only=True)


@contextmanager
def owned_desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    """Open the desk of a folder whose lock this process holds. Raises `RefusedError`."""
    file = folder / DESK_FILE
    finish_restore(file)
    with closing(Store(file, now=clock.now)) as store:
        yield build_desk(store, clock, folder=folder)


def discard_desk(folder: Path) -> None:
    """Remove a desk's file for good (a sample shop's); one that is open in a window stays."""
    with closing(DeskLock(folder)):
        for suffix in ("", "-wal", "-shm"):
            (folder / f"{DESK_FILE}{suffix}").unlink(missing_ok=True)


def page_pictures(folder: Path, clock: Clock, into: Path, *, demo_note: str = "") -> list[Path]:
    """Write a picture of every page of a desk's window, light and dark; needs no screen."""
    from jeweler_desk.ui import running  # noqa: PLC0415 - Qt only for a window

    with opened_desk(folder, clock, is_writing=True) as desk:
        return running.leave_pictures(desk, into, demo_note=demo_note)
