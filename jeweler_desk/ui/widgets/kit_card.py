"""The kit of the parcel at hand: what it takes, where it lies, how many are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from jeweler_desk.domain.supply import KitLine
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one row beside its chip, and how they are set out."""

    layout: QBoxLayout
    title: Text
    place: ElidedText
    chip: StatusChip


class KitCard(Card):
    """One row for each supply of the kit; hidden where no parcel takes any."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.chips: list[StatusChip] = []
        self.titles: list[str] = []
        self._rows: list[_Words] = []

    def show_kit(self, kit: Sequence[KitLine]) -> None:
        """Show the kit by place on the shelf, with what is there of each."""
        self.clear()
        self._rows = []
        self.chips = []
        self.titles = [f"{line.needed} × {line.supply.name}" for line in kit]
        self.setVisible(bool(kit))
        if not kit:
            return
        self.body.addWidget(Text("Kit", Type.SMALL, soft=True))
        for line, title in zip(kit, self.titles, strict=True):
            self.body.addWidget(self._row(line, title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set a place below its supply, and a long name in two lines, where one has no room."""
        super().resizeEvent(event)
        for each in self._rows:
            self._set_out(each)

    def _set_out(self, row: _Words) -> None:
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - row.chip.sizeHint().width()
        needed = sum(
            each.fontMetrics().horizontalAdvance(each.text()) for each in (row.title, row.place)
        )
        is_wide = needed + 3 * SPACE_S <= room
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        row.layout.setDirection(beside if is_wide else below)
        row.layout.setSpacing(SPACE_S if is_wide else 0)
        row.title.setWordWrap(not is_wide)

    def _row(self, line: KitLine, title: str) -> QWidget:
        supply = line.supply
        tone = Tone.LATE if line.is_missing else Tone.DUE if supply.is_low else Tone.GOOD
        chip = StatusChip(self._look, f"{supply.stock} there", tone)
        self.chips.append(chip)
        words = _Words(
            QBoxLayout(QBoxLayout.Direction.LeftToRight),
            Text(title, Type.BENCH_SMALL, wrap=True),
            ElidedText(supply.place or "", Type.SMALL, soft=True),
            chip,
        )
        words.layout.addWidget(words.title)
        words.layout.addWidget(words.place)
        words.layout.addStretch(1)
        self._rows.append(words)
        self._set_out(words)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_S)
        row.addLayout(words.layout, 1)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder
