"""Files dropped anywhere on the window are looked at for import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Hands on the files and folders that are dropped; an import says what they would bring."""

    def __init__(self, window: QWidget, look_at: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._window = window
        self._look_at = look_at
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and folders, leave everything else."""
        if isinstance(event, QDropEvent) and watched is self._window:
            paths = paths_in(event.mimeData())
            if not paths:
                return False
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self._look_at(paths)
            return True
        return super().eventFilter(watched, event)


def paths_in(data: QMimeData) -> list[Path]:
    """Return the files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
