"""The kit of the parcel at hand: what it takes, where it lies, how many are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.supply import KitLine
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import Said


class KitCard(Card):
    """One row for each supply of the kit; hidden where no parcel takes any."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.rows: list[ListRow] = []
        self.stop = Text("", Type.BENCH_SMALL, wrap=True)

    def show_kit(self, kit: Sequence[KitLine], stop: str | None) -> None:
        """Show the kit, and in one sentence what stops the start."""
        self.clear()
        self.rows = []
        self.setVisible(bool(kit))
        if not kit:
            return
        self.body.addWidget(Text("Kit", Type.SMALL, soft=True))
        for line in kit:
            supply = line.supply
            row = ListRow(self._look, f"{line.needed} × {supply.name}", supply.place or "")
            row.detail.setVisible(bool(supply.place))
            tone = Tone.LATE if line.is_missing else Tone.DUE if supply.is_low else Tone.GOOD
            row.show_state(Said(f"{supply.stock} there", tone))
            self.body.addWidget(row)
            self.rows.append(row)
        if stop:
            self.stop = Text(stop, Type.BENCH_SMALL, wrap=True)
            self.stop.set_tone(Tone.LATE)
            self.body.addWidget(self.stop)
