"""What every page stands in: the look, the bus, the jobs, the notices and the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl

from jeweler_desk.domain.order import LineItem
from jeweler_desk.services.changes import Changes
from jeweler_desk.ui.actions import Actions
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.change_bus import ChangeBus
from jeweler_desk.ui.jobs import Done, Jobs, Work
from jeweler_desk.ui.notices import Notices

_OURS = "jeweler_desk."
_LOGGED = "The desk’s log has the details; your orders and letters are safe."


@dataclass(frozen=True, slots=True)
class Frame:
    """The window's own parts, handed to each page.

    ``now`` is the desk's clock, ``photo_of`` finds the photo of a piece as its buyer saw it.
    """

    look: Appearance
    bus: ChangeBus
    jobs: Jobs
    notices: Notices
    actions: Actions
    now: Callable[[], datetime]
    photo_of: Callable[[LineItem], Path | None]
    open_outside: Callable[[QUrl], bool]

    def act(self, deed: Callable[[], Changes], said: str) -> bool:
        """Do one act, tell the pages, and offer Undo; a refusal is told in its own words."""
        try:
            changes = deed()
        except Exception as error:
            if not has_words(error):
                raise
            self.notices.warn("act", str(error))
            return False
        self.notices.withdraw("act")
        self.bus.changed.emit(changes)
        if changes:
            self.notices.offer_undo(said)
        return True

    def work(self, name: str, work: Work, done: Done, trouble: str) -> bool:
        """Have something done beside the window; trouble is told with what is safe."""
        self.notices.withdraw(name)

        def failed(error: Exception) -> None:
            why = str(error) if has_words(error) else _LOGGED
            self.notices.warn(name, f"{trouble} {why}")

        return self.jobs.start(name, work, done, failed)


def has_words(error: Exception) -> bool:
    """Whether an error is one of ours, whose text is a sentence for the seller."""
    return type(error).__module__.startswith(_OURS)
