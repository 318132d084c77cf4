"""Room that scrolls when it must, and only downward."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget


class Scroll(QScrollArea):
    """Holds one layout at a time; ``takes_focus`` lets the arrow keys scroll it."""

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

    def hold(self, layout: QLayout) -> None:
        """Show a layout in place of what was shown before."""
        inner = QWidget()
        inner.setObjectName("scrolled")
        # What wraps is as high as its width makes it; its own least height (of the narrowest
        # width) would bring a scroll bar that nothing needs.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        policy.setHeightForWidth(True)
        inner.setSizePolicy(policy)
        inner.setLayout(layout)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(inner)
