"""The card: a quiet surface with a heading, a note beside it and room for rows."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_M, SPACE_S, Type
from jeweler_desk.ui.widgets.rows import empty_out
from jeweler_desk.ui.widgets.text import Text


class Hairline(QFrame):
    """A thin line between two rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hairline")


class Card(QFrame):
    """A surface; ``body`` takes its parts, ``heading_row`` what stands beside the heading."""

    def __init__(self, heading: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.heading = Text(heading, Type.SUBHEADING)
        self.note = Text(note, Type.SMALL, soft=True)
        head = QWidget()
        self.heading_row = QHBoxLayout(head)
        self.heading_row.setContentsMargins(*NO_SPACE)
        self.heading_row.setSpacing(SPACE_S)
        self.heading_row.addWidget(self.heading)
        self.heading_row.addStretch(1)
        self.heading_row.addWidget(self.note)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L + SPACE_S // 2, SPACE_L, SPACE_L + SPACE_S // 2, SPACE_L)
        layout.setSpacing(SPACE_M)
        layout.addWidget(head)
        if not heading:
            head.hide()
        layout.addLayout(self.body, 1)

    def clear(self) -> None:
        """Take everything out of the body."""
        empty_out(self.body)
