"""Whether the desk starts with the computer: asked of the system each time, never kept by us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class StartEntry(Protocol):
    """Where the system keeps what starts with it."""

    def command(self) -> str | None:
        """Return what is started; None where nothing is."""

    def write(self, command: Sequence[str]) -> None:
        """Have a command started. Raises `RefusedError`."""

    def remove(self) -> None:
        """Have nothing started. Raises `RefusedError`."""


class Starting:
    """The switch for starting with the computer; off until she turns it on."""

    def __init__(self, entry: StartEntry | None, command: Sequence[str]) -> None:
        self._entry = entry
        self._command = tuple(command)

    @property
    def is_possible(self) -> bool:
        """Whether this system lets a program start with it."""
        return self._entry is not None

    @property
    def is_on(self) -> bool:
        """Whether the desk starts with the computer now."""
        return self._entry is not None and self._entry.command() is not None

    def switch(self, *, on: bool) -> None:
        """Start with the computer from now on, or no more. Raises `RefusedError`."""
        if self._entry is None:
            return
        if on:
            self._entry.write(self._command)
        else:
            self._entry.remove()
