"""An exchange: what comes back, what goes out for it, and when that begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import LineItem, LineItemId, Order, Variation
from jeweler_desk.services.returns import ExchangeWish, difference_text
from jeweler_desk.ui.dialogs.choose_units import UnitsForm
from jeweler_desk.ui.dialogs.form import FormError
from jeweler_desk.ui.frame import has_words
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import sentence

_MOST_PIECES = 99


class ExchangeOrder(UnitsForm):
    """Asks for both sides of an exchange and says who pays the difference."""

    def __init__(
        self,
        order: Order,
        most: Mapping[LineItemId, int],
        difference: Callable[[ExchangeWish], Money],
        parent: QWidget,
    ) -> None:
        number = order.number
        super().__init__(f"Exchange of order {number}", "Exchange", order, most, parent)
        self._currency = order.total.currency
        self._difference = difference
        first = order.line_items[0]
        self.piece = QLineEdit(first.title)
        self.details = QLineEdit()
        self.details.setPlaceholderText("size 8, silver")
        self.sku = QLineEdit(first.sku or "")
        self.quantity = CountBox(1, _MOST_PIECES)
        self.price = QLineEdit(first.unit_price.amount if first.unit_price else "")
        self.reason = ChoiceField(("too small", "too large", "another color", "broken"))
        self.start: OneOf[bool] = OneOf(
            ((False, "When the piece is back"), (True, "At once")), chosen=False
        )
        self.add_field("Goes out instead", self.piece)
        self.add_field("Details", self.details)
        self.add_field("SKU", self.sku)
        self.add_field("How many", self.quantity)
        self.add_field(f"Price of one, {self._currency}", self.price)
        self.add_field("Reason", self.reason, field=self.reason.line)
        self.add_field("It begins", self.start, field=self.start.buttons[0])
        self.start.buttons[0].setAccessibleName("When the piece is back")
        self.sum = Text("", Type.STRONG, wrap=True)
        self.parts.addWidget(self.sum)
        self.counted.connect(self._add_up)
        self.quantity.valueChanged.connect(self._add_up)
        self.price.textChanged.connect(self._add_up)
        self._add_up()

    def _add_up(self) -> None:
        try:
            told = difference_text(self._difference(self._wish("–")))
        except Exception as error:
            if not has_words(error):
                raise
            told = "write the price to see the difference"
        self.sum.setText(sentence(told))

    def _wish(self, reason: str) -> ExchangeWish:
        details = self.details.text().strip()
        line = LineItem(
            title=self.piece.text().strip(),
            quantity=self.quantity.value(),
            unit_price=Money.parse(self.price.text(), self._currency),
            sku=self.sku.text().strip() or None,
            variations=(Variation(None, details),) if details else (),
        )
        starts_at_once = bool(self.start.value)
        return ExchangeWish(reason, self.units, (line,), starts_at_once=starts_at_once)

    def value(self) -> ExchangeWish:
        """Return both sides. Raises with the sentence of what is missing."""
        self.chosen_units()
        if not self.piece.text().strip():
            raise FormError("Write what goes out instead.")
        if not self.reason.text:
            raise FormError("Write in a few words why it is exchanged.")
        return self._wish(self.reason.text)
