"""The icon among the system's own, on Windows and macOS, only while there truly is such a place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from jeweler_desk.ui.appearance import Appearance

_PLATFORMS: Final = frozenset({"win32", "darwin"})
_PROGRAM: Final = "Jeweler Desk"
_Reason: Final = QSystemTrayIcon.ActivationReason
_OPENING: Final = frozenset({_Reason.Trigger, _Reason.DoubleClick})


class TrayIcon(QObject):
    """Says how many letters wait, brings the window back, and shows notices.

    Only `isSystemTrayAvailable` is believed: a tray icon says of itself that it is visible, and
    that it supports messages, where there is no tray at all.
    """

    opened = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        look: Appearance,
        parent: QWidget,
        *,
        platform: str = sys.platform,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._window = parent
        self._is_meant = platform in _PLATFORMS
        self._is_available = is_available
        self._icon: QSystemTrayIcon | None = None
        self._words = _PROGRAM

    @property
    def is_there(self) -> bool:
        """Whether a person can reach the icon now; asked of the system each time."""
        return self._icon is not None and self._is_available()

    def look_again(self) -> None:
        """Show the icon where a tray came, take it away where it went."""
        is_available = self._is_meant and self._is_available()
        if is_available and self._icon is None:
            self._show()
        elif not is_available and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _show(self) -> None:
        self._menu = QMenu(self._window)
        self._menu.addAction("Open the desk").triggered.connect(self.opened)
        self._menu.addAction("Close the desk").triggered.connect(self.quit_wanted)
        self._icon = QSystemTrayIcon(self._look.icon("mail", "accent"), self)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip(self._words)
        self._icon.activated.connect(self._activate)
        self._icon.messageClicked.connect(self.opened)
        self._icon.show()

    def say(self, waiting: int, late: int) -> None:
        """Tell the truth of the letters beside the pointer, quiet hours or not."""
        told = f"{waiting} {'letter waits' if waiting == 1 else 'letters wait'}"
        told += f", {late} late" if late else ""
        self._words = f"{_PROGRAM}: {told}" if waiting else f"{_PROGRAM}: every letter is answered"
        if self._icon is not None:
            self._icon.setToolTip(self._words)

    @property
    def words(self) -> str:
        """What the icon says."""
        return self._words

    def notify(self, title: str, text: str) -> bool:
        """Show a notice at the icon; False where there is none."""
        if self._icon is None or not self.is_there:
            return False
        self._icon.showMessage(title, text)
        return True

    def hide(self) -> None:
        """Take the icon away at the end."""
        if self._icon is not None:
            self._icon.hide()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _OPENING:
            self.opened.emit()
