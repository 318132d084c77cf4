"""A child of the bench: opens a window, says when it was first painted and what memory it took.

``python -m tests.bench.first_paint`` opens a bare window, with a folder the desk's own. The program
runs as it is: only when it has loaded Qt, showing a window is watched from outside.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

_WIDGETS = "PySide6.QtWidgets"
_SIZE = (1280, 860)
# The memory is read a little later: what the first look left out is there by then.
_SETTLED_MILLISECONDS = 250


class WhenQtComes(MetaPathFinder):
    """Has the first window watched that a program shows, without loading Qt before it does."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _WIDGETS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def load_and_watch(module: ModuleType) -> None:
            load(module)
            watch(module)

        setattr(spec.loader, "exec_module", load_and_watch)  # noqa: B010 - a method, for the types
        return spec


def watch(widgets: ModuleType) -> None:
    """Let the first main window that is shown report its first paint."""
    from PySide6.QtCore import (  # noqa: PLC0415 - Qt is loaded by now
        QCoreApplication,
        QEvent,
        QObject,
        QTimer,
    )

    show = widgets.QMainWindow.show

    class FirstPaint(QObject):
        """Looks at one window's events only, so that nothing else is slowed down."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() not in (QEvent.Type.Paint, QEvent.Type.Expose):
                return super().eventFilter(watched, event)
            watched.removeEventFilter(self)
            QCoreApplication.sendEvent(watched, event)  # the window paints itself in here
            at = monotonic()
            QTimer.singleShot(_SETTLED_MILLISECONDS, lambda: tell(at))
            return True

    def shown(window: QMainWindow) -> None:
        widgets.QMainWindow.show = show
        show(window)
        window.windowHandle().installEventFilter(FirstPaint(window))

    widgets.QMainWindow.show = shown


def tell(painted_at: float) -> None:
    """Say the moment and the most memory held so far, and go without closing anything."""
    sys.stdout.write(f"{painted_at} {most_memory()}\n")
    sys.stdout.flush()
    os._exit(0)


def most_memory() -> int:
    """Return the peak of resident memory in bytes.

    Linux hands the parent's peak on in ``ru_maxrss``; ``VmHWM`` is the process's own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource  # noqa: PLC0415 - there is none on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def bare() -> None:
    """Open what every window of Qt starts from."""
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - watched by now

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*_SIZE)
    window.show()
    app.exec()


if __name__ == "__main__":
    sys.meta_path.insert(0, WhenQtComes())
    if len(sys.argv) > 1:
        sys.argv[1:1] = ["--desk"]
        runpy.run_module("jeweler_desk", run_name="__main__")
    else:
        bare()
