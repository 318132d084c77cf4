"""Sets out what is many a few at a time, between what else the window does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

_TURN_MS: Final = 10
_REST_MS: Final = 1


class InTurns(QObject):
    """Goes through steps, some at once and the others in short turns; a new begin drops the old."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._is_at_work = False
        self._timer = QTimer(self)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_at_work(self) -> bool:
        """Whether steps are left."""
        return self._is_at_work

    def begin(self, steps: Iterable[object], at_once: int) -> None:
        """Take so many steps now, what is left as soon as the window has time."""
        self._steps = iter(steps)
        self._is_at_work = True
        for _ in range(at_once):
            self._take()
        if self._is_at_work:
            self._timer.start()

    def finish(self) -> None:
        """Take all steps that are left now."""
        while self._is_at_work:
            self._take()

    def stop(self) -> None:
        """Take no further step."""
        self._steps = iter(())
        self._end()

    def _take(self) -> None:
        if next(self._steps, self) is self:
            self._end()

    def _end(self) -> None:
        self._is_at_work = False
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        turn = QElapsedTimer()
        turn.start()
        self._take()
        while self._is_at_work and turn.elapsed() < _TURN_MS:
            self._take()
