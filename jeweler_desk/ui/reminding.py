"""Telling of letters that wait: looks every half minute by wall time, right after sleep too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

TICK_MS: Final = 30_000
WOKE_AFTER: Final = timedelta(minutes=2)


class Ticking(QObject):
    """Beats every half minute; a beat that comes late, or out of step, means the computer slept.

    Only the wall clock counts: a timer alone does not notice sleep or a change of the clock.
    """

    ticked = Signal()
    woke = Signal()
    day_changed = Signal()

    def __init__(
        self,
        now: Callable[[], datetime],
        local: Callable[[datetime], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._local = local
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin to beat."""
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    @Slot()
    def beat(self) -> None:
        """Compare the wall time with the last beat's and tell what follows."""
        now, last = self._now(), self._last
        self._last = now
        if abs(now - last) > WOKE_AFTER:
            self.woke.emit()
        if self._local(now).date() != self._local(last).date():
            self.day_changed.emit()
        self.ticked.emit()
