"""Stand-ins for what a test must not wait for: the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

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
