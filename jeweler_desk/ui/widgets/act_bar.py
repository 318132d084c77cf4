"""A bar of acts under a page: one row where there is room, one row for each group where not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_S
from jeweler_desk.ui.widgets.button import Button


class ActBar(QWidget):
    """Sets groups of buttons beside each other; the last group takes the room that is left."""

    def __init__(self, groups: Sequence[Sequence[Button]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QHBoxLayout] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(*NO_SPACE)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addLayout(self._first)
        for layout in (self._row, self._first):
            layout.setSpacing(SPACE_S)
        for place, buttons in enumerate(groups, start=1):
            group = QHBoxLayout()
            group.setSpacing(SPACE_S)
            for button in buttons:
                group.addWidget(button, 1)
            is_last = place == len(groups)
            (self._row if is_last else self._first).addLayout(group, 1 if is_last else 0)
            self._groups.append(group)

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest group alone."""
        least = super().minimumSizeHint()
        return QSize(max(each.minimumSize().width() for each in self._groups), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the last group below the others, or each below the next, where there is no room."""
        super().resizeEvent(event)
        widths = [each.minimumSize().width() + SPACE_S for each in self._groups]
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        room = self.width() + SPACE_S
        self._row.setDirection(beside if sum(widths) <= room else below)
        self._first.setDirection(beside if sum(widths[:-1]) <= room else below)
