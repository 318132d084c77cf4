"""The dry list: before an act with many orders, who and what, and what would be refused and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.order_batches import DryLine
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, SPACE_XL, Tone, Type
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import joined

_HEIGHT_IN_LINES = 18


class DryList(Form):
    """Shows what an act would do; its value is the orders it may be done with."""

    def __init__(self, heading: str, verb: str, lines: Sequence[DryLine], parent: QWidget) -> None:
        super().__init__(heading, verb, parent)
        self.lines = tuple(lines)
        self.refused = [line for line in lines if line.refusal is not None]
        self.able = [line for line in lines if line.refusal is None]
        told = f"{count_text(len(self.able), 'order')} will be done"
        if self.refused:
            told += f"; {count_text(len(self.refused), 'order')} will stay as they are"
        self.parts.addWidget(Text(f"{told}. Nothing is changed yet.", wrap=True))
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_S)
        for line in (*self.refused, *self.able):
            layout.addWidget(_row(line))
        layout.addStretch(1)
        self.room = Scroll("What would be done", takes_focus=True)
        self.room.setMinimumHeight(self.fontMetrics().height() * _HEIGHT_IN_LINES)
        self.setMinimumWidth(self.minimumWidth() + SPACE_XL * SPACE_S)
        self.room.hold(layout)
        self.parts.addWidget(self.room, 1)

    def value(self) -> list[OrderId]:
        """Return the orders that the act can be done with."""
        if not self.able:
            raise FormError("None of these orders can be done. Cancel leaves all as it is.")
        return [line.order_id for line in self.able]


def _row(line: DryLine) -> QWidget:
    who = joined([line.number, line.customer or "no name given"])
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedText(joined([who, line.pieces]), Type.STRONG))
    if line.refusal is not None:
        why = Text(f"Stays as it is: {line.refusal}", Type.SMALL, wrap=True)
        why.set_tone(Tone.LATE)
        words.addWidget(why)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(*NO_SPACE)
    row.setSpacing(SPACE_M)
    row.addLayout(words, 1)
    return holder
