"""Taking the last act back, and doing it again."""

from __future__ import annotations

from dataclasses import dataclass

from jeweler_desk.domain.letter import Letter
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.progress import Portions
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.outbox import Outbox
from jeweler_desk.store.database import StepTaken, Store


@dataclass(frozen=True, slots=True)
class Moved:
    """An act that was taken back or done again."""

    label: str
    changes: Changes
    order_ids: tuple[OrderId, ...]


class History:
    """Undo and redo across all of the desk; they survive a restart."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self._store = store
        self._outbox = outbox

    def undo(self) -> Moved | None:
        """Take the last act back; None when there is none.

        A letter queued since is that act as long as it lies here.
        """
        return self._sending_taken_back() or _moved(self._store.undo())

    def undo_portions(self) -> Portions[Moved | None]:
        """Do as `undo`, a large act in portions for the window's thread."""
        taken = self._sending_taken_back()
        return taken or _moved((yield from self._store.undo_portions()))

    def _sending_taken_back(self) -> Moved | None:
        letter = self._just_queued()
        if letter is None:
            return None
        changes = self._outbox.take_back(letter.id)
        return Moved(_sending(letter), changes, ())

    def redo(self) -> Moved | None:
        """Do the act again that was taken back last; None when there is none."""
        return _moved(self._store.redo())

    def redo_portions(self) -> Portions[Moved | None]:
        """Do as `redo`, a large act in portions for the window's thread."""
        return _moved((yield from self._store.redo_portions()))

    def interrupted(self) -> tuple[str, ...]:
        """Return the acts that were cut off when the program ended, and were taken back."""
        return self._store.interrupted

    def undo_label(self) -> str | None:
        """Return what undo would take back."""
        letter = self._just_queued()
        return _sending(letter) if letter else self._store.undo_label()

    def _just_queued(self) -> Letter | None:
        letter = self._outbox.last_queued()
        if letter is None or letter.queued_at is None:
            return None
        step_at = self._store.undo_at()
        return letter if step_at is None or letter.queued_at >= step_at else None

    def redo_label(self) -> str | None:
        """Return what redo would do again."""
        return self._store.redo_label()


def _sending(letter: Letter) -> str:
    return f"Send the letter to {letter.to_name or letter.to_address}"


def _moved(taken: StepTaken | None) -> Moved | None:
    if taken is None:
        return None
    orders = tuple(OrderId(each) for each in taken.order_ids)
    return Moved(taken.label, changes_of(taken.tables), orders)
