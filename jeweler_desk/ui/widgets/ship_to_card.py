"""Where the parcel at hand goes, by when, whether it is a gift, and which paper is out of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from jeweler_desk.domain.address_lines import AddressLayout, address_lines
from jeweler_desk.domain.order import Gift, Order
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import ship_by_said

_GIFTS = {
    Gift.YES: "A gift: no prices inside",
    Gift.UNKNOWN: "Maybe a gift: no prices inside",
}


class ShipToCard(Card):
    """The address in full, readable from where she stands."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.to = Text("", Type.HEADING, wrap=True)
        self.address = Text("", Type.BENCH_SMALL, wrap=True)
        self.gift = Text("", Type.BENCH_SMALL, wrap=True)
        self.gift.set_tone(Tone.INFO)
        self.stale = Text("", Type.BENCH_SMALL, wrap=True)
        self.stale.set_tone(Tone.LATE)
        self._chips = QHBoxLayout()
        self._chips.setContentsMargins(*NO_SPACE)
        self._chips.setSpacing(SPACE_S)
        head = QHBoxLayout()
        head.addWidget(Text("Ship to", Type.SMALL, soft=True), 1)
        head.addLayout(self._chips)
        self.body.addLayout(head)
        for part in (self.to, self.address, self.gift, self.stale):
            self.body.addWidget(part)

    def show_order(self, order: Order, today: date, stale: Sequence[str]) -> None:
        """Show where an order goes and what is to be known before it leaves."""
        first, *others = address_lines(order.address, AddressLayout()) or ("No address came along",)
        self.to.setText(first)
        self.address.setText("\n".join(others))
        self.address.setVisible(bool(others))
        self.gift.setText(_GIFTS.get(order.gift, ""))
        self.gift.setVisible(order.gift in _GIFTS)
        self.stale.setText("\n".join(stale))
        self.stale.setVisible(bool(stale))
        empty_out(self._chips)
        due = ship_by_said(order, today)
        if due is not None:
            add_shown(self._chips, StatusChip(self._look, due.text, due.tone))
