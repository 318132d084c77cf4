"""Reads the words of a letter that is opened: beside the window, and kept from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from jeweler_desk.domain.mail_view import ConversationEntry
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.mail_reading import OpenedLetter
from jeweler_desk.ui.frame import Frame

_NOT_READ = "The words of a letter could not be read; it still waits in the list."
UNREAD = "Its words are still on the server; they are read when the mailbox can be reached."


class LetterOpening(QObject):
    """One letter at a time; a refusal is told once, and tried again when the letter is reopened."""

    def __init__(
        self, frame: Frame, correspondence: Correspondence, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._correspondence = correspondence
        self._waiting: list[str] = []
        self._tried: set[str] = set()
        self._of = ""

    def open(self, key: str, entries: Iterable[ConversationEntry]) -> set[str]:
        """Have read what a conversation's letters still keep on the server; returns which do."""
        if key != self._of:
            self._of = key
            self._tried.clear()
        ids = [each.message_id for each in entries]
        unread = self._correspondence.reading.unopened(ids) if ids else set()
        self._waiting = [each for each in ids if each in unread and each not in self._tried]
        if self._waiting:
            # Not within the painting of the letter: what comes back paints it anew.
            QTimer.singleShot(0, self, self._read_next)
        return unread

    @Slot()
    def _read_next(self) -> None:
        while self._waiting:
            message_id = self._waiting.pop()
            job = self._job(message_id)
            if job is None:
                self._tried.add(message_id)
            elif self._frame.work("letter", job, self._took, _NOT_READ):
                self._tried.add(message_id)
                return
            else:
                self._waiting.append(message_id)
                return

    def _job(self, message_id: str) -> Callable[[], OpenedLetter] | None:
        try:
            return self._correspondence.body_job(message_id)
        except RefusedError:
            return None

    def _took(self, opened: OpenedLetter) -> None:
        changes = self._correspondence.take_body(opened)
        if changes:
            self._frame.bus.changed.emit(changes)
        self._read_next()
