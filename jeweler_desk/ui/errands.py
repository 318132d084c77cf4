"""Long work on the window's thread in short steps: whatever the seller does comes in between."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from jeweler_desk.services.steps import Steps
from jeweler_desk.ui.jobs import Jobs

_LOG = logging.getLogger(__name__)


class Errands(QObject):
    """Goes through the steps of one errand at a time; those that must wait follow in order.

    What an errand wants done beside the window is a job of that ``name``. ``failed`` hears of the
    error that ended one.
    """

    def __init__(
        self,
        name: str,
        jobs: Jobs,
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs = jobs
        self._failed = failed
        self._waiting: deque[Steps[None]] = deque()
        self._errand: Steps[None] | None = None
        self._breath = QTimer(self)
        self._breath.setSingleShot(True)
        self._breath.setInterval(0)
        self._breath.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether an errand is under way, or waits."""
        return self._errand is not None or bool(self._waiting)

    def begin(self, steps: Steps[None]) -> None:
        """Go through an errand's first step now, and through the others after a breath each."""
        self._waiting.append(steps)
        if self._errand is None:
            self._next()

    def begin_soon(self, steps: Steps[None]) -> None:
        """Begin an errand when what is done just now is over."""
        self._waiting.append(steps)
        self._breath.start()

    def stop(self) -> None:
        """Let all errands go; what was done of them stays."""
        self._breath.stop()
        self._waiting.clear()
        if self._errand is not None:
            self._errand.close()
            self._errand = None

    def _next(self) -> None:
        if self._waiting:
            self._errand = self._waiting.popleft()
            self._send(None)

    @Slot()
    def _go_on(self) -> None:
        if self._errand is None:
            self._next()
        elif not self._jobs.is_running(self._name):
            self._send(None)

    def _send(self, outcome: object) -> None:
        if self._errand is not None:
            steps = self._errand
            self._step(lambda: steps.send(outcome))

    def _throw(self, error: Exception) -> None:
        if self._errand is not None:
            steps = self._errand
            self._step(lambda: steps.throw(error))

    def _step(self, step: Callable[[], Callable[[], Any] | None]) -> None:
        try:
            work = step()
        except StopIteration:
            self._errand = None
            if self._waiting:
                self._breath.start()
        except Exception as error:  # noqa: BLE001 - the window tells it
            _LOG.exception("“%s” failed", self._name)
            self._errand = None
            self._failed(error)
            self._breath.start()
        else:
            if work is None:
                self._breath.start()
            elif not self._jobs.start(self._name, work, self._send, self._throw):
                self.stop()
