"""The kit of the parcel at hand: what it takes, where it lies, how many are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from jeweler_desk.domain.supply import KitLine
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text

_WIDE: Final = 340


class KitCard(Card):
    """One row for each supply of the kit; hidden where no parcel takes any."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.chips: list[StatusChip] = []
        self.titles: list[str] = []
        self._words: list[QBoxLayout] = []

    def show_kit(self, kit: Sequence[KitLine]) -> None:
        """Show the kit by place on the shelf, with what is there of each."""
        self.clear()
        self._words = []
        self.chips = []
        self.titles = [f"{line.needed} × {line.supply.name}" for line in kit]
        self.setVisible(bool(kit))
        if not kit:
            return
        self.body.addWidget(Text("Kit", Type.SMALL, soft=True))
        for line, title in zip(kit, self.titles, strict=True):
            self.body.addWidget(self._row(line, title))

    def _is_wide(self) -> bool:
        return self.width() >= self._look.px(_WIDE)

    def _direction(self) -> QBoxLayout.Direction:
        below = QBoxLayout.Direction.TopToBottom
        return QBoxLayout.Direction.LeftToRight if self._is_wide() else below

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the places below their supplies where both have no room in one line."""
        super().resizeEvent(event)
        for words in self._words:
            words.setDirection(self._direction())
            words.setSpacing(SPACE_S if self._is_wide() else 0)

    def _row(self, line: KitLine, title: str) -> QWidget:
        supply = line.supply
        tone = Tone.LATE if line.is_missing else Tone.DUE if supply.is_low else Tone.GOOD
        chip = StatusChip(self._look, f"{supply.stock} there", tone)
        self.chips.append(chip)
        words = QBoxLayout(self._direction())
        words.setSpacing(SPACE_S if self._is_wide() else 0)
        self._words.append(words)
        words.addWidget(ElidedText(title, Type.BENCH_SMALL))
        words.addWidget(ElidedText(supply.place or "", Type.SMALL, soft=True))
        words.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_S)
        row.addLayout(words, 1)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder
