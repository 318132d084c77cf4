"""Buttons: a verb on each, Enter presses the one that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFont, QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from jeweler_desk.ui.appearance import shape
from jeweler_desk.ui.theme import Type

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A push button: ``primary`` (one a page), ``plain``, ``quiet``, ``tab`` or ``answer``."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        *,
        room: str = "normal",
        icon: QIcon | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("kind", kind)
        self.setProperty("room", room)
        self.setAccessibleName(name or text)
        font = QFont()
        shape(font, Type.BODY if kind == "search" else Type.CHIP)
        self.setFont(font)
        if icon is not None:
            self.setIcon(icon)

    def say(self, text: str, name: str = "") -> None:
        """Change the words on it."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)

    def become(self, kind: str) -> None:
        """Change its kind."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def follow(self, action: QAction) -> None:
        """Press an action, be on when it is on, and name its key in the tooltip."""
        self.clicked.connect(action.trigger)
        self.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.setEnabled)
        self.setToolTip(action.toolTip())

    def event(self, event: QEvent) -> bool:
        """Keep Enter for this button while it has the focus, whatever else Enter means."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, as Space does."""
        if event.key() in _ENTER:
            self.click()
            return
        super().keyPressEvent(event)
