"""Cards in two columns, each as high as it needs; in one where the room is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_L

TWO_COLUMNS_FROM: Final = 840


class TwoColumns(QHBoxLayout):
    """Sets cards out in reading order: left, right, left, right; or all below each other.

    ``sides`` says otherwise which column each stands in: 0 is the left one.
    """

    def __init__(self, cards: Sequence[QWidget], sides: Sequence[int] = ()) -> None:
        super().__init__()
        self._cards = tuple(cards)
        self._sides = tuple(sides) or tuple(place % 2 for place in range(len(cards)))
        self._count = 0
        self.setContentsMargins(*NO_SPACE)
        self.setSpacing(SPACE_L)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            column.setSpacing(SPACE_L)
            column.addStretch(1)
            self.addLayout(column, 1)
        self.set_count(len(self._columns))

    def set_count(self, count: int) -> None:
        """Use one column or two."""
        if count != self._count:
            self._count = count
            self._place()

    def take_back(self, card: QWidget) -> None:
        """Set a card that stood elsewhere meanwhile among the others again."""
        if all(column.indexOf(card) < 0 for column in self._columns):
            self._place()

    def _place(self) -> None:
        count = self._count
        for card in self._cards:
            for column in self._columns:
                column.removeWidget(card)
        for card, side in zip(self._cards, self._sides, strict=True):
            column = self._columns[side if count > 1 else 0]
            column.insertWidget(column.count() - 1, card)
        for number in range(len(self._columns)):
            self.setStretch(number, 1 if number < count else 0)
        self.setSpacing(SPACE_L if count > 1 else 0)
