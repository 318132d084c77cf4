"""Work beside the window: one job of a name at a time, its result back on the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from jeweler_desk.domain.progress import Portions, Progress, done_at_once

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_WORKERS: Final = 2
# So long small portions follow each other before the window may do something else.
_TURN_MS: Final = 15
_LOG: Final = logging.getLogger(__name__)

Work = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Told = Callable[[Progress], None]


class Jobs(Protocol):
    """What a page needs to have work done without freezing the window."""

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        """Begin a job; False when one of that name is still at work."""
        ...

    def in_portions(
        self, name: str, portions: Portions[Any], done: Done, failed: Failed, told: Told
    ) -> bool:
        """Do what needs the store, portion by portion between what else the window does."""
        ...

    def stop(self, name: str) -> None:
        """Ask work in portions to stop; it takes back what it did and then is done."""
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
        self._in_portions: dict[str, _InPortions] = {}
        self._returned.connect(self._apply, Qt.ConnectionType.QueuedConnection)

    def start(self, name: str, work: Work, done: Done, failed: Failed) -> bool:
        """Begin a job; False when one of that name is still at work or the window is closing."""
        if name in self._waiting or not self._is_open:
            return False
        self._waiting[name] = (done, failed)
        self.started.emit(name)
        self._workers().submit(self._run, name, work)
        return True

    def in_portions(
        self, name: str, portions: Portions[Any], done: Done, failed: Failed, told: Told
    ) -> bool:
        """Begin work in portions; False when one of that name is at work or all is closing."""
        if self.is_running(name) or not self._is_open:
            return False
        work = self._in_portions[name] = _InPortions(portions, told, self)

        def end() -> None:
            del self._in_portions[name]
            work.deleteLater()
            self.ended.emit(name)

        def is_done(result: object) -> None:
            end()
            done(result)

        def has_failed(error: Exception) -> None:
            end()
            failed(error)

        work.done.connect(is_done)
        work.failed.connect(has_failed)
        self.started.emit(name)
        work.begin()
        return True

    def stop(self, name: str) -> None:
        """Ask work in portions to stop."""
        work = self._in_portions.get(name)
        if work is not None:
            work.is_stopping = True

    def is_running(self, name: str) -> bool:
        """Whether a job of that name is at work."""
        return name in self._waiting or name in self._in_portions

    def shut_down(self) -> None:
        """Wait for what is at work; its results are let go, work in portions is taken back."""
        self._is_open = False
        for work in list(self._in_portions.values()):
            work.give_up()
        self._in_portions.clear()
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


class _InPortions(QObject):
    """Work that goes on whenever the window has nothing else to do."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, portions: Portions[Any], told: Told, parent: QObject) -> None:
        super().__init__(parent)
        self._portions = portions
        self._told = told
        self._has_begun = False
        self._turns = 0
        self.is_stopping = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Do the first portions now, what is left as soon as the window has time."""
        self._timer.start(0)
        self._go_on()

    def give_up(self) -> None:
        """Stop at once: take back what was done, and tell nobody."""
        self._timer.stop()
        self.is_stopping = True
        try:
            while True:
                self._next()
        except StopIteration:
            pass
        except Exception:  # noqa: BLE001 - the window closes; the log keeps it
            _LOG.exception("Work in portions was not taken back; the next start does it")

    @Slot()
    def _go_on(self) -> None:
        turn = QElapsedTimer()
        turn.start()
        try:
            progress = self._next()
            while turn.elapsed() < _TURN_MS:
                progress = self._next()
        except StopIteration as ended:
            self._timer.stop()
            if self._turns:  # what follows has a turn of its own
                QTimer.singleShot(0, self, partial(self.done.emit, ended.value))
            else:
                self.done.emit(ended.value)
        except Exception as error:  # noqa: BLE001 - handed to who asked, who tells it
            self._timer.stop()
            _LOG.warning("Work in portions failed", exc_info=error)
            self.failed.emit(error)
        else:
            self._turns += 1
            self._told(progress)

    def _next(self) -> Progress:
        if not self._has_begun:
            self._has_begun = True
            return next(self._portions)
        return self._portions.send(self.is_stopping)


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

    def in_portions(
        self, name: str, portions: Portions[Any], done: Done, failed: Failed, _told: Told
    ) -> bool:
        """Do all portions now."""
        return self.start(name, lambda: done_at_once(portions), done, failed)

    def stop(self, name: str) -> None:
        """Nothing is ever left to be stopped."""

    def is_running(self, name: str) -> bool:
        """Whether that job is at work."""
        return name in self._running

    def shut_down(self) -> None:
        """Nothing is ever left to wait for."""
