"""Threads that wait for the mail servers' word, so that a poll need not wait five minutes."""

from __future__ import annotations

import threading
from typing import Final

from PySide6.QtCore import QObject, Signal

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.mail_reading import MailReading, Watched

REARM_SECONDS: Final = 300
"""Boxes on the way drop a silent connection after some minutes (facts/mail.md section 3.2)."""

_REST_SECONDS: Final = 30


class MailWatching(QObject):
    """Says that mail may be new; any word of a server counts. The poll goes on beside it."""

    woke = Signal()

    def __init__(
        self, reading: MailReading, parent: QObject | None = None, *, rest: float = _REST_SECONDS
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._rest = rest
        self._stopped = threading.Event()
        self._watches: list[Watched] = []

    @property
    def is_waiting(self) -> bool:
        """Whether a server's word is waited for."""
        return bool(self._watches)

    def start(self) -> None:
        """Begin to wait; a second start changes nothing."""
        if self._watches:
            return
        self._stopped.clear()
        self._watches = self._reading.watches()
        for watched in self._watches:
            threading.Thread(
                target=self._wait, args=(watched,), name="mail watch", daemon=True
            ).start()

    def stop(self) -> None:
        """Hang up; the threads end by themselves."""
        self._stopped.set()
        for watched in self._watches:
            watched.close()
        self._watches = []

    def _wait(self, watched: Watched) -> None:
        while not self._stopped.is_set():
            rest = self._rest
            try:
                told = watched.wait(REARM_SECONDS)
            except RefusedError:
                told, rest = False, float(REARM_SECONDS)
            if told is None or self._stopped.is_set():
                return
            if told:
                self.woke.emit()
            if told or rest > self._rest:
                self._stopped.wait(rest)
