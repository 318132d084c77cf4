"""Restoring a backup from the window: chosen, checked beside it, put back once it is closed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.restore_backup import RestoreBackup
from jeweler_desk.ui.frame import Frame

_LETTER_LEAVING: Final = (
    "A letter is about to leave. Let it go or take it back first, then restore the backup."
)


def restore_dialog(desk: Desk, frame: Frame, parent: QWidget) -> RestoreBackup:
    """Return the form, ready to be opened; its answer is checked and then put back."""
    form = RestoreBackup(desk.backups, desk.clock, desk.settings.timezone(), parent)
    form.answered.connect(partial(_check, desk, frame))
    return form


def _check(desk: Desk, frame: Frame, file: Path) -> None:
    frame.notices.tell("The backup is being checked…")
    frame.work(
        "restore",
        partial(desk.backups.look_into, file),
        lambda _orders: _put_back(desk, frame, file),
        "The backup was not restored.",
    )


def _put_back(desk: Desk, frame: Frame, file: Path) -> None:
    """Close the window; who opened it puts the backup back and opens it again."""
    if desk.outbox.in_their_seconds():
        frame.notices.warn("restore", _LETTER_LEAVING)
        return
    desk.backups.put_back_when_closed(file)
    frame.actions["quit"].trigger()
