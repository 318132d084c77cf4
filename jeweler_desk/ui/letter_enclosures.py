"""Reads what came along with the letters that are looked at: beside the window, without a fuss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from jeweler_desk.domain.enclosure import Enclosures
from jeweler_desk.services.letter_parts import LetterParts
from jeweler_desk.ui.frame import has_words
from jeweler_desk.ui.jobs import Jobs

_JOB: Final = "enclosures"
_REST_MS: Final = 150
_MOST: Final = 6
NOT_READ: Final = "What came along could not be read now"


class LetterEnclosures(QObject):
    """One letter at a time, the newest first; a trouble is told below its letter."""

    arrived = Signal()

    def __init__(self, parts: LetterParts, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._jobs = jobs
        self._waiting: list[str] = []
        self._key = ""
        self.troubles: dict[str, str] = {}
        # Whoever walks through the list with the arrows passes by many letters.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._read_next)

    def of(self, message_id: str) -> Enclosures | None:
        """Return what is known to have come along with a letter."""
        return self._parts.known(message_id)

    def want(self, key: str, message_ids: Iterable[str]) -> None:
        """Have read what came along with these letters; other ones are not wanted any more."""
        if key != self._key:
            self._key = key
            self.troubles.clear()
        newest = list(message_ids)[-_MOST:]
        self._waiting = [
            each for each in newest if each not in self.troubles and self._parts.known(each) is None
        ]
        if self._waiting:
            self._rest.start()

    def stop(self) -> None:
        """Want nothing more."""
        self._waiting = []
        self._rest.stop()

    @Slot()
    def _read_next(self) -> None:
        while self._waiting:
            message_id = self._waiting.pop()
            job = self._parts.job(message_id)
            if job is None:
                self.troubles[message_id] = ""
                continue
            failed = partial(self._failed, message_id)
            if not self._jobs.start(_JOB, job, partial(self._took, message_id), failed):
                self._waiting.append(message_id)
                self._rest.start()
            return

    def _took(self, message_id: str, found: Enclosures | None) -> None:
        if found is None:
            self.troubles[message_id] = ""
        else:
            self._parts.take(found)
        self._go_on(self._read_next)

    def _failed(self, message_id: str, error: Exception) -> None:
        why = f": {error}" if has_words(error) else "."
        self.troubles[message_id] = f"{NOT_READ}{why}"
        self._go_on(self._read_next)

    def _go_on(self, then: Callable[[], None]) -> None:
        self.arrived.emit()
        then()
