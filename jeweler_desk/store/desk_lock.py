"""One process owns a desk: a lock of the operating system, which dies with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from jeweler_desk.store.errors import BusyDeskError, KnownStoreError

DESK_FILE: Final = "desk.db"
"""The name of a desk's file in its folder."""

if sys.platform == "win32":  # pragma: no cover - the other half of the same two functions
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DeskLock:
    """Holds the side file ``desk.lock`` of a desk's folder. Raises `BusyDeskError` when taken."""

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise BusyDeskError(
                "The desk is open in a window (or another command is writing). Nothing was changed."
            ) from error

    def close(self) -> None:
        """Give the desk free."""
        os.close(self._handle)


def own_folder(folder: Path) -> DeskLock:
    """Make a desk's folder if need be and take its lock.

    Raises `BusyDeskError` when another process owns it, `KnownStoreError` when it is out of reach.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return DeskLock(folder)
    except OSError as error:
        raise KnownStoreError(f"The folder “{folder}” cannot be used: {error.strerror}.") from error


def is_there(file: Path) -> bool:
    """Whether a desk's file can be seen; one in a folder that is not ours cannot."""
    try:
        return file.exists()
    except OSError:
        return False
