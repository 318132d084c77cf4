"""The program's start with a window: its frame is shown first, the desk is opened right after."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from jeweler_desk.domain.refusal import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from jeweler_desk.services.clock import Clock
    from jeweler_desk.services.desk import Desk


def default_folder() -> Path:
    """Return the desk's folder in the system's place for this program's data."""
    import platformdirs  # noqa: PLC0415 - only where no folder is named

    return platformdirs.user_data_path("Jeweler Desk", appauthor=False, roaming=False) / "desk"


def run_window(folder: Path, clock: Clock, *, demo_note: str = "", quiet: bool = False) -> int:
    """Show the window, open its desk and stay until it is closed; return the exit status.

    A second start brings the first window forward; a ``quiet`` one, that of the computer's own
    start, opens out of the way and leaves a window that is there as it is. Raises `RefusedError`.
    """
    from jeweler_desk.services.doctor import (  # noqa: PLC0415 - only for a window
        obstacle_to_a_window,
    )

    obstacle = obstacle_to_a_window(os.environ)
    if obstacle:
        raise RefusedError(obstacle)
    gc.disable()  # what a start loads stays: no garbage is looked for before the first paint
    from jeweler_desk.store.desk_lock import DESK_FILE, own_folder  # noqa: PLC0415 - likewise
    from jeweler_desk.store.errors import BusyDeskError  # noqa: PLC0415 - likewise
    from jeweler_desk.store.glance import settings_at_a_glance  # noqa: PLC0415 - likewise
    from jeweler_desk.ui import running  # noqa: PLC0415 - Qt only for a window

    try:
        lock = own_folder(folder)
    except BusyDeskError:
        gc.enable()
        if quiet or running.raise_first_window(folder):
            return 0
        raise
    with closing(lock):
        told = ""
        while True:
            desks: list[Desk] = []
            with ExitStack() as opened:
                opened.callback(gc.enable)

                def open_desk(opened: ExitStack = opened, desks: list[Desk] = desks) -> Desk:
                    gc.enable()
                    from jeweler_desk.app import (  # noqa: PLC0415 - after the first look
                        owned_desk,
                    )

                    desks.append(opened.enter_context(owned_desk(folder, clock)))
                    return desks[-1]

                known = settings_at_a_glance(folder / DESK_FILE)
                status = running.run_window(
                    open_desk, folder, known, demo_note=demo_note, quiet=quiet, told=told
                )
            backup = desks[-1].backups.to_put_back if desks else None
            if backup is None:
                return status
            told, quiet = put_back(folder / DESK_FILE, backup, clock), False


def put_back(desk_file: Path, backup: Path, clock: Clock) -> str:
    """Put a backup in the place of a closed desk that this process owns; say what came of it."""
    from jeweler_desk.services.backups import restore_desk  # noqa: PLC0415 - rare

    try:
        restored = restore_desk(desk_file, backup, clock, is_owner=True)
    except RefusedError as refused:
        return f"The desk is as it was. {refused}"
    kept = f" What was here before is kept in “{restored.replaced}”." if restored.replaced else ""
    orders = "1 order" if restored.orders == 1 else f"{restored.orders:,} orders"
    return f"The backup “{backup.name}” is restored, with {orders}.{kept}"
