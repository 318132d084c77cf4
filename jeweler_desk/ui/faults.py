"""Our own faults: written into the desk's log, told in one plain sentence, never swallowed."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from jeweler_desk.ui.notices import Notices

_LOG: Final = ("log", "fault.txt")
_TOLD: Final = "Something went wrong inside the program. What was saved before is safe"

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class FaultLog:
    """Takes what no page expected. ``folder`` is the desk's; without one the error is printed."""

    def __init__(
        self, folder: Path | None, notices: Notices, otherwise: Hook | None = None
    ) -> None:
        self._folder = folder
        self._notices = notices
        self._before = sys.excepthook
        self._otherwise = otherwise or self._before

    def install(self) -> None:
        """Hear of every error that nobody caught."""
        sys.excepthook = self.take

    def remove(self) -> None:
        """Hear no more."""
        sys.excepthook = self._before

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write an error down and tell of it."""
        if self._folder is None or not issubclass(kind, Exception):
            self._otherwise(kind, error, trace)
            return
        log = self._folder.joinpath(*_LOG)
        words = "".join(traceback.format_exception(kind, error, trace))
        try:
            log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            log.touch(mode=0o600)
            with log.open("a", encoding="utf-8") as file:
                file.write(words)
        except OSError:
            self._otherwise(kind, error, trace)
            self._notices.warn("fault", f"{_TOLD}.")
            return
        self._notices.warn("fault", f"{_TOLD}; the details are in “{log}”.")
