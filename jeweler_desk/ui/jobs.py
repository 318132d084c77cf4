"""Work beside the window: one job of a name at a time, its result back on the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_WORKERS: Final = 2
_LOG: Final = logging.getLogger(__name__)

Work = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Jobs(Protocol):
    """What a page needs to have work done without freezing the window."""

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        """Begin a job; False when one of that name is still at work."""
        ...

    def is_running(self, name: str) -> bool:
        """Whether a job of that name is at work."""
        ...


class JobRunner(QObject):
    """Runs jobs in worker threads; ``done`` and ``failed`` are called on the window's thread.

    The work touches no store and no widget (house: prepare, work, apply).
    """

    started = Signal(str)
    ended = Signal(str)
    _returned = Signal(str, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[str, tuple[Done, Failed]] = {}
        self._is_open = True
        self._returned.connect(self._apply, Qt.ConnectionType.QueuedConnection)

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        """Begin a job; False when one of that name is still at work or the window is closing."""
        if name in self._waiting or not self._is_open:
            return False
        self._waiting[name] = (done, failed)
        self.started.emit(name)
        self._workers().submit(self._run, name, work)
        return True

    def is_running(self, name: str) -> bool:
        """Whether a job of that name is at work."""
        return name in self._waiting

    def shut_down(self) -> None:
        """Wait for what is at work; its results are let go."""
        self._is_open = False
        self._waiting.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import (  # noqa: PLC0415 - a start has no work yet
                ThreadPoolExecutor,
            )

            self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="desk")
        return self._pool

    def _run(self, name: str, work: Work) -> None:
        try:
            result, error = work(), None
        except Exception as caught:  # noqa: BLE001 - handed to the window's thread, which tells it
            result, error = None, caught
        self._returned.emit(name, result, error)

    @Slot(str, object, object)
    def _apply(self, name: str, result: object, error: Exception | None) -> None:
        waiting = self._waiting.pop(name, None)
        if waiting is None:
            return
        done, failed = waiting
        self.ended.emit(name)
        if error is None:
            done(result)
        else:
            _LOG.warning("The job “%s” failed", name, exc_info=error)
            failed(error)


class InlineJobs(QObject):
    """The same without threads: a job is done when ``start`` returns."""

    started = Signal(str)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[str] = set()

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        """Do the job now; False when it is asked for from within itself."""
        if name in self._running:
            return False
        self._running.add(name)
        self.started.emit(name)
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the window tells it
            self._running.discard(name)
            self.ended.emit(name)
            failed(error)
            return True
        self._running.discard(name)
        self.ended.emit(name)
        done(result)
        return True

    def is_running(self, name: str) -> bool:
        """Whether that job is at work."""
        return name in self._running

    def shut_down(self) -> None:
        """Nothing is ever left to wait for."""
