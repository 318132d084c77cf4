"""Reads the words of a letter that is opened: beside the window, and kept from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from jeweler_desk.domain.mail_view import ConversationEntry
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.mail_reading import OpenedLetter
from jeweler_desk.ui.frame import Frame

_NOT_READ = "The words of a letter could not be read; it still waits in the list."
UNREAD = "Its words are still on the server; they are read when the mailbox can be reached."


class LetterOpening(QObject):
    """One letter at a time; a refusal is told once, and tried again when the letter is reopened.

    What was read whole is handed on, so that what came along with it is not fetched once more.
    """

    given_up = Signal()
    """A letter could not be read; it stays as it was."""

    def __init__(
        self, frame: Frame, correspondence: Correspondence, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._correspondence = correspondence
        self._waiting: list[str] = []
        self._tried: set[str] = set()
        self._of = ""
        self._reading = ""

    def open(self, key: str, entries: Iterable[ConversationEntry]) -> set[str]:
        """Have read what a conversation's letters still keep on the server; returns which do."""
        if key != self._of:
            self._of, self._reading = key, ""
            self._tried.clear()
        ids = [each.message_id for each in entries]
        unread = self._correspondence.reading.unopened(ids) if ids else set()
        self._waiting = [each for each in ids if each in unread and each not in self._tried]
        if self._waiting:
            # Not within the painting of the letter: what comes back paints it anew.
            QTimer.singleShot(0, self, self._read_next)
        return unread

    def is_awaited(self, message_id: str) -> bool:
        """Whether a letter is being read whole, or will be next."""
        return message_id == self._reading or message_id in self._waiting

    @Slot()
    def _read_next(self) -> None:
        while self._waiting:
            message_id = self._waiting.pop()
            job = self._job(message_id)
            self._tried.add(message_id)
            if job is None:
                continue
            self._reading = message_id
            if not self._frame.work("letter", _or_refusal(job), self._took, _NOT_READ):
                self._reading = ""
                self._tried.discard(message_id)
                self._waiting.append(message_id)
            return

    def _job(self, message_id: str) -> Callable[[], OpenedLetter] | None:
        try:
            return self._correspondence.body_job(message_id)
        except RefusedError:
            return None

    def _took(self, opened: OpenedLetter | RefusedError) -> None:
        self._reading = ""
        if isinstance(opened, RefusedError):
            self._frame.notices.warn("letter", f"{_NOT_READ} {opened}")
            self.given_up.emit()
        elif opened is not None:
            self._correspondence.parts.hold(opened)
            changes = self._correspondence.take_body(opened)
            if changes:
                self._frame.bus.changed.emit(changes)
        else:
            self.given_up.emit()
        self._read_next()


def _or_refusal(job: Callable[[], OpenedLetter]) -> Callable[[], OpenedLetter | RefusedError]:
    def work() -> OpenedLetter | RefusedError:
        try:
            return job()
        except RefusedError as refused:
            return refused

    return work
