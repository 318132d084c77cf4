"""Handing a parcel over: to whom, under which tracking number, and what the label cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.label import Label
from jeweler_desk.domain.money import Money
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.dialogs.typed_past import read_past
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tracking_field import TrackingField

CARRIERS: Final = ("USPS", "UPS", "FedEx", "DHL", "Royal Mail", "Canada Post", "By hand")
_LEFT_HINT: Final = "Left empty, now; else 15:05 or yesterday 17:30."


@dataclass(frozen=True, slots=True)
class HandOver:
    """The carrier, the tracking number and what the label cost, each None where there is none."""

    carrier: str | None
    tracking_number: str | None
    label_cost: Money | None = None
    wave_through: str | None = None
    at: datetime | None = None


class ShipOrder(Form):
    """Asks for carrier, tracking number and label cost; all may stay empty, nothing is refused."""

    def __init__(  # noqa: PLR0913 - what is known of a parcel before it leaves
        self,
        number: str,
        parent: QWidget,
        *,
        numbers: TrackingNumbers | None = None,
        usual_carrier: str | None = None,
        currency: str = "USD",
        stale: str = "",
        label: Label | None = None,
        now: datetime | None = None,
        timezone: str = "UTC",
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
        self.left_at = QLineEdit()
        self.left_at.setPlaceholderText("now")
        self._now = now
        self._zone = ZoneInfo(timezone)
        if now is not None:
            self.add_field("When it left", self.left_at, _LEFT_HINT)
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
            read_past(self.left_at.text(), self._now, self._zone) if self._now else None,
        )


class HandOverMany(Form):
    """Asks once for the carrier of many parcels and when they left."""

    def __init__(self, parcels: str, parent: QWidget, *, now: datetime, timezone: str) -> None:
        super().__init__(f"Hand over {parcels}", "Handed over", parent)
        self._now = now
        self._zone = ZoneInfo(timezone)
        self.carrier = ChoiceField(CARRIERS)
        self.left_at = QLineEdit()
        self.left_at.setPlaceholderText("now")
        self.add_field("Carrier", self.carrier, field=self.carrier.line)
        self.add_field("When they left", self.left_at, _LEFT_HINT)
        follows = "Tracking numbers can be added to each parcel later, or come with an import."
        self.parts.addWidget(Text(follows, soft=True, wrap=True))

    def value(self) -> HandOver:
        """Return what was typed; blanks count as nothing."""
        left_at = read_past(self.left_at.text(), self._now, self._zone)
        return HandOver(self.carrier.text or None, None, at=left_at)


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
