"""Handing a parcel over: to whom, under which tracking number, and what the label cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.label import Label
from jeweler_desk.domain.money import Money
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tracking_field import TrackingField

CARRIERS: Final = ("USPS", "UPS", "FedEx", "DHL", "Royal Mail", "Canada Post", "By hand")


@dataclass(frozen=True, slots=True)
class HandOver:
    """The carrier, the tracking number and what the label cost, each None where there is none."""

    carrier: str | None
    tracking_number: str | None
    label_cost: Money | None = None
    wave_through: str | None = None


class ShipOrder(Form):
    """Asks for carrier, tracking number and label cost; all may stay empty, nothing is refused."""

    def __init__(
        self,
        number: str,
        parent: QWidget,
        *,
        numbers: TrackingNumbers | None = None,
        usual_carrier: str | None = None,
        currency: str = "USD",
        stale: str = "",
        label: Label | None = None,
    ) -> None:
        super().__init__(f"Hand over order {number}", "Handed over", parent)
        self._currency = currency
        self._usual = self._named = usual_carrier or ""
        self.carrier = ChoiceField(CARRIERS)
        self.number = TrackingField(numbers or TrackingNumbers())
        self.tracking = self.number.line
        self.label_cost = QLineEdit()
        self.label_cost.setPlaceholderText("4.75")
        self.add_field("Carrier", self.carrier, field=self.carrier.line)
        self.add_field("Tracking number", self.number, field=self.tracking)
        self.add_field(f"Label, {currency}", self.label_cost)
        self.carrier.line.textChanged.connect(lambda: self.number.meant_for(self.carrier.text))
        self.carrier.line.setText(self._usual)
        self.number.carrier_chosen.connect(self.carrier.line.setText)
        self.number.likely_carrier.connect(self._take_likely)
        if label is not None:
            self._take_label(label)
        self._stale = stale
        self.why = QLineEdit()
        if stale:
            warning = Text(stale, wrap=True)
            warning.set_tone(Tone.LATE)
            self.parts.addWidget(warning)
            self.add_field("Why it may go as it is", self.why)
        self.tracking.setFocus()

    def _take_label(self, label: Label) -> None:
        """Begin with the label that was bought for this parcel."""
        self.tracking.setText(label.tracking_number or "")
        self.carrier.line.setText(label.carrier or self.carrier.text)
        self.label_cost.setText(label.cost.amount if label.cost else "")

    def _take_likely(self, carrier: str) -> None:
        """Name the only carrier whose check digit holds, unless another was typed."""
        if self.carrier.text == self._named:
            self._named = carrier or self._usual
            self.carrier.line.setText(self._named)

    def value(self) -> HandOver:
        """Return what was typed; blanks count as nothing. Stale paper needs a reason."""
        why = self.why.text().strip()
        if self._stale and not why:
            raise FormError("Print the paper anew, or say why the parcel may go as it is.")
        return HandOver(
            self.carrier.text or None,
            self.number.text or None,
            read_cost(self.label_cost.text(), self._currency),
            why or None,
        )


def read_cost(text: str, currency: str) -> Money | None:
    """Read an amount such as ``4.75``; empty is None, anything else is told with the form."""
    text = text.strip()
    if not text:
        return None
    try:
        cost = Money.parse(text, currency)
    except ValueError as error:
        raise FormError(f"“{text}” is not an amount such as 4.75.") from error
    if cost.minor_units < 0:
        raise FormError("A label cannot cost less than nothing.")
    return cost
