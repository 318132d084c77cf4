"""Her orders beside the letter: how each stands, and the way to it; a line where room is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, PICTURE, SPACE_M, SPACE_S, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import MONEY_SAID, Said, goods_said, joined

_MOST: Final = 12
_MOST_IN_LINE: Final = 2
_TOP: Final = Qt.AlignmentFlag.AlignTop

PhotoOf = Callable[[OrderSummary], Path | None]
SaidOf = Callable[[OrderSummary], Said | None]


def link_of(order: OrderSummary) -> str:
    """Return the link that opens an order."""
    return f"order:{order.channel}:{order.number}"


class HerOrders(Card):
    """Shows the orders of who wrote. ``order_wanted`` carries the link of one."""

    order_wanted = Signal(str)

    def __init__(
        self, look: Appearance, photo_of: PhotoOf, due_of: SaidOf, parent: QWidget | None = None
    ) -> None:
        super().__init__("Her orders", parent=parent)
        self._look = look
        self._photo_of = photo_of
        self._due_of = due_of
        self.buttons: list[Button] = []
        self._scroll = Scroll("Her orders")
        self.body.addWidget(self._scroll, 1)

    def show_orders(self, orders: Sequence[OrderSummary]) -> None:
        """Show these orders, the newest first."""
        self.buttons = []
        layout = QVBoxLayout()
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_M)
        self.note.setText(str(len(orders)) if orders else "")
        for number, order in enumerate(orders[:_MOST]):
            if number:
                layout.addWidget(Hairline())
            layout.addLayout(self._row(order))
        if len(orders) > _MOST:
            layout.addWidget(Text(f"and {len(orders) - _MOST} more", Type.SMALL, soft=True))
        if not orders:
            layout.addWidget(
                Text("No order of this sender is known.", Type.SMALL, soft=True, wrap=True)
            )
        layout.addStretch(1)
        self._scroll.hold(layout)

    def _row(self, order: OrderSummary) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        photo = PiecePicture(self._look, PICTURE, order.pieces, self._photo_of(order))
        column = QVBoxLayout()
        column.setSpacing(SPACE_XS)
        number = Button(order.number, "link", name=f"Show order {order.number}")
        number.clicked.connect(partial(self.order_wanted.emit, link_of(order)))
        self.buttons.append(number)
        above = QHBoxLayout()
        above.addWidget(number)
        above.addStretch(1)
        column.addLayout(above)
        column.addWidget(ElidedText(order.pieces, Type.SMALL))
        chips = FlowLayout(spacing=SPACE_XS)
        for said in (goods_said(order), MONEY_SAID[order.payment_status], self._due_of(order)):
            if said is not None:
                chips.addWidget(StatusChip(self._look, said.text, said.tone))
        column.addLayout(chips)
        row.addWidget(photo)
        row.addLayout(column, 1)
        row.setAlignment(photo, _TOP)
        return row


class HerOrdersLine(QWidget):
    """The same on one line above the letter, where the room is narrow."""

    order_wanted = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*NO_SPACE)
        self._row.setSpacing(SPACE_S)

    def show_orders(self, orders: Sequence[OrderSummary]) -> None:
        """Show the newest orders, each with its state."""
        empty_out(self._row)
        self.buttons = []
        for order in orders[:_MOST_IN_LINE]:
            button = Button(
                order.number,
                "link",
                name=f"Show order {order.number}",
            )
            button.setToolTip(joined([order.number, order.pieces]))
            button.clicked.connect(partial(self.order_wanted.emit, link_of(order)))
            self.buttons.append(button)
            add_shown(self._row, button)
            said = goods_said(order)
            add_shown(self._row, StatusChip(self._look, said.text, said.tone))
        more = len(orders) - _MOST_IN_LINE
        words = f"and {count_text(more, 'more order', 'more orders')}" if more > 0 else ""
        rest = ElidedText(words, Type.SMALL, soft=True)
        self._row.addWidget(rest, 1)
        rest.show()
