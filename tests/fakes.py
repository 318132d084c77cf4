"""Stand-ins for what a test must not wait for or waste: the clock, the printer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from jeweler_desk.domain.print_job import Printer, PrintOrder, Spooled, SpoolState
from jeweler_desk.domain.refusal import RefusedError

MONDAY_MORNING: Final = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
"""Monday 5 October 2026, 10:00 in New York."""


class FixedClock:
    """A clock that stands still until a test sets it on."""

    def __init__(self, moment: datetime = MONDAY_MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.moment

    def goes_on(self, **span: float) -> None:
        """Let time pass: ``clock.goes_on(hours=2)``."""
        self.moment += timedelta(**span)


class FakePrinter:
    """A printer that prints what it gets, or jams at a paper."""

    def __init__(self, *names: str) -> None:
        self.names = names or ("Laser",)
        self.out: list[bytes] = []
        self.jams_at: set[int] = set()
        self.is_gone = False
        self._jobs: list[Spooled] = []

    def printers(self) -> tuple[Printer, ...]:
        """Return its names."""
        return tuple(Printer(each, each, each == self.names[0]) for each in self.names)

    def send(self, pdf: bytes, order: PrintOrder) -> str:
        """Print a paper, or jam."""
        if self.is_gone:
            raise RefusedError("The printer did not take it: it is gone. Nothing was printed.")
        if len(self._jobs) in self.jams_at:
            self._jobs.append(Spooled(SpoolState.FAILED, "paper jam"))
        else:
            self.out.append(pdf)
            self._jobs.append(Spooled(SpoolState.DONE))
        return f"{order.printer}-{len(self._jobs)}"

    def state(self, job: str) -> Spooled:
        """Return what became of a paper."""
        return self._jobs[int(job.rpartition("-")[2]) - 1]

    def cancel(self, job: str) -> None:
        """Take a paper back."""
        self._jobs[int(job.rpartition("-")[2]) - 1] = Spooled(SpoolState.CANCELED)
