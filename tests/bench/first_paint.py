"""A child of the bench: opens a window and ends at its first paint, saying when and how large.

``python -m tests.bench.first_paint`` opens a bare window, with a folder the desk's own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic

if len(sys.argv) > 1:  # as the program does: its own modules first, Qt when a window is wanted
    from jeweler_desk import cli

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

_PAINTED = frozenset({QEvent.Type.Paint, QEvent.Type.Expose})
_SIZE = (1280, 860)


class FirstPaint(QObject):
    """Waits for the paint of one window; nothing else is watched, so that nothing else slows."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PAINTED:
            QTimer.singleShot(0, tell)
        return super().eventFilter(watched, event)


def tell() -> None:
    """Say the moment and the most memory held so far, and go without closing anything."""
    sys.stdout.write(f"{monotonic()} {most_memory()}\n")
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


def watch(window: QMainWindow) -> None:
    """Show a window and wait for its first paint."""
    QMainWindow.show(window)
    window.windowHandle().installEventFilter(FirstPaint(window))


def bare() -> None:
    """Open what every window of Qt starts from."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*_SIZE)
    watch(window)
    app.exec()


def desk() -> None:
    """Open the desk by its own command; only showing is replaced by showing and watching."""
    from jeweler_desk.ui.main_window import MainWindow  # noqa: PLC0415 - the bare one does without

    # The product has no door for the bench: its window is shown and watched from outside.
    setattr(MainWindow, "show", watch)  # noqa: B010 - a plain assignment is refused by the types
    sys.argv[1:1] = ["--desk"]
    cli.main()


if __name__ == "__main__":
    desk() if len(sys.argv) > 1 else bare()
