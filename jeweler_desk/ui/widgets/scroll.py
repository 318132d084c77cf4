"""Room that scrolls when it must, and only downward."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget


class _Inner(QWidget):
    """What wraps is as high as its width makes it.

    Its own least height, that of the narrowest width, would bring a scroll bar nothing needs.
    """

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        layout = self.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return QSize(least.width(), 0) if wraps else least


class Scroll(QScrollArea):
    """Holds one layout at a time; ``takes_focus`` lets the arrow keys scroll it."""

    resized = Signal()

    def __init__(
        self, name: str, *, takes_focus: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        focus = Qt.FocusPolicy.StrongFocus if takes_focus else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what depends on the room within."""
        super().resizeEvent(event)
        self.resized.emit()

    def settle(self) -> None:
        """Set out at once what came or went, so that no frame shows it squeezed."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def hold(self, layout: QLayout) -> None:
        """Show a layout in place of what was shown before."""
        inner = _Inner()
        inner.setObjectName("scrolled")
        inner.setLayout(layout)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(inner)
