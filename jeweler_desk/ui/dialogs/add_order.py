"""Entering an order by hand: from a market, a friend, a telephone call."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, Charge, Gift, LineItem, NewOrder, Variation
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import SPACE_L
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.tick_box import TickBox

_MOST_PIECES = 99
_SOURCE = "by_hand"


class AddOrder(Form):
    """Asks for the facts of one order with one piece; more pieces follow from the order itself."""

    def __init__(self, number: str, currency: str, today: date, parent: QWidget) -> None:
        super().__init__("Add an order by hand", "Add the order", parent)
        self._currency = currency
        self._today = today
        self.number = QLineEdit(number)
        self.customer = QLineEdit()
        self.email = QLineEdit()
        self.piece = QLineEdit()
        self.details = QLineEdit()
        self.details.setPlaceholderText("size 7½, silver")
        self.personalization = QLineEdit()
        self.quantity = CountBox(1, _MOST_PIECES)
        self.price = QLineEdit()
        self.price.setPlaceholderText("64.00")
        self.is_paid = TickBox("Paid today")
        self.is_gift = TickBox("It is a gift")
        self.street = QLineEdit()
        self.town = QLineEdit()
        self.region = QLineEdit()
        self.postcode = QLineEdit()
        self.country = QLineEdit()
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(self.fontMetrics().height() * 3)
        self._set_out()
        self.customer.setFocus()

    def _set_out(self) -> None:
        self.add_field("Number", self.number)
        self.add_field("Buyer", self.customer)
        self.add_field("E-mail", self.email)
        self.add_field("Piece", self.piece)
        self.add_field("Details", self.details)
        self.add_field("Personalization", self.personalization)
        self.add_field("How many", self.quantity)
        self.add_field(f"Price of one, {self._currency}", self.price)
        self.add_field("Street", self.street)
        self.add_field("Town", self.town)
        self.add_field("State or region", self.region)
        self.add_field("Postal code", self.postcode)
        self.add_field("Country", self.country)
        self.add_field("Note", self.notes)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        for box in (self.is_paid, self.is_gift):
            row.addWidget(box)
        row.addStretch(1)
        self.parts.addLayout(row)

    def value(self) -> NewOrder:
        """Return the order. Raises with a sentence when a fact is missing or out of form."""
        customer, title = _word(self.customer), _word(self.piece)
        if customer is None:
            raise FormError("Write the buyer’s name.")
        if title is None:
            raise FormError("Write what was bought.")
        price = Money.parse(self.price.text(), self._currency)
        total = price * self.quantity.value()
        details = _word(self.details)
        line = LineItem(
            title=title,
            quantity=self.quantity.value(),
            unit_price=price,
            variations=(Variation(None, details),) if details else (),
            personalization=_word(self.personalization),
        )
        is_paid = self.is_paid.isChecked()
        return NewOrder(
            channel=Channel.MANUAL,
            number=self.number.text().strip(),
            currency=self._currency,
            placed_on=self._today,
            total=total,
            subtotal=total,
            paid_on=self._today if is_paid else None,
            customer=customer,
            email=_word(self.email),
            gift=Gift.YES if self.is_gift.isChecked() else Gift.NO,
            notes=self.notes.toPlainText().strip() or None,
            address=PostalAddress(
                name=customer,
                address1=_word(self.street),
                city=_word(self.town),
                region=_word(self.region),
                postcode=_word(self.postcode),
                country=_word(self.country),
            ),
            line_items=(line,),
            charges=(Charge(total, None, _SOURCE, _SOURCE),) if is_paid else (),
        )


def _word(field: QLineEdit) -> str | None:
    return field.text().strip() or None
