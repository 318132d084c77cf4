"""How long each step at the bench took: the time from one tick to the next."""

from __future__ import annotations

from collections.abc import Iterable


class StepClock:
    """Hears which steps are ticked at which second of the timer."""

    def __init__(self) -> None:
        self._seconds: dict[str, int] = {}
        self._last = 0

    def restart(self) -> None:
        """Begin a parcel."""
        self._seconds = {}
        self._last = 0

    def hear(self, ticked: Iterable[str], second: int) -> None:
        """Take what is ticked now; a tick taken back gives its time to what is ticked next."""
        now = set(ticked)
        for step in [each for each in self._seconds if each not in now]:
            self._last -= self._seconds.pop(step)
        for step in sorted(now - self._seconds.keys()):
            self._seconds[step] = max(0, second - self._last)
            self._last = max(second, self._last)

    @property
    def seconds(self) -> dict[str, int]:
        """The seconds of each step that is ticked."""
        return dict(self._seconds)
