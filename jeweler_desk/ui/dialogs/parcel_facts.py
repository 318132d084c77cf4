"""What is learned of a parcel after its hand-over: number, label, first scan, delivery."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.order import Shipment
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.ship_order import CARRIERS, read_cost
from jeweler_desk.ui.dialogs.typed_past import PAST_HINT, read_past
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.tracking_field import TrackingField


class ParcelForm(Form):
    """Shows what is known of a parcel and takes what was learned; an empty line says nothing."""

    def __init__(
        self,
        number: str,
        parcel: Shipment,
        parent: QWidget,
        *,
        numbers: TrackingNumbers,
        now: datetime,
        timezone: str,
        currency: str,
    ) -> None:
        super().__init__(f"The parcel of order {number}", "Keep it", parent)
        self._now = now
        self._zone = ZoneInfo(timezone)
        self._currency = parcel.label_cost.currency if parcel.label_cost else currency
        self.carrier = ChoiceField(CARRIERS)
        self.number = TrackingField(numbers)
        self.label_cost = QLineEdit(parcel.label_cost.amount if parcel.label_cost else "")
        self.label_bought = QLineEdit(self._text(parcel.label_bought_at))
        self.first_scan = QLineEdit(self._text(parcel.first_scan_at))
        self.delivered = QLineEdit(self._text(parcel.delivered_at))
        self.carrier.line.textChanged.connect(lambda: self.number.meant_for(self.carrier.text))
        self.number.carrier_chosen.connect(self.carrier.line.setText)
        self.carrier.line.setText(parcel.carrier or "")
        self.number.line.setText(parcel.tracking_number or "")
        self.add_field("Carrier", self.carrier, field=self.carrier.line)
        self.add_field("Tracking number", self.number, field=self.number.line)
        self.add_field(f"Label, {self._currency}", self.label_cost)
        self.add_field("Label bought", self.label_bought)
        self.add_field("First scan", self.first_scan)
        self.add_field("Delivered", self.delivered, PAST_HINT)

    def value(self) -> ParcelFacts:
        """Return what was typed."""
        return ParcelFacts(
            carrier=self.carrier.text or None,
            tracking_number=self.number.text or None,
            label_cost=read_cost(self.label_cost.text(), self._currency),
            label_bought_at=self._moment(self.label_bought.text()),
            first_scan_at=self._moment(self.first_scan.text()),
            delivered_at=self._moment(self.delivered.text()),
        )

    def _text(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M}" if moment else ""

    def _moment(self, text: str) -> datetime | None:
        return read_past(text, self._now, self._zone)
