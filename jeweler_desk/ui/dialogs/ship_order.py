"""Handing a parcel over: to whom, and under which tracking number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.widgets.choice_field import ChoiceField

_CARRIERS: Final = ("USPS", "UPS", "FedEx", "DHL", "Royal Mail", "Canada Post", "By hand")


@dataclass(frozen=True, slots=True)
class HandOver:
    """The carrier and the tracking number, each None where there is none."""

    carrier: str | None
    tracking_number: str | None


class ShipOrder(Form):
    """Asks for carrier and tracking number; both may stay empty."""

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(f"Hand over order {number}", "Handed over", parent)
        self.carrier = ChoiceField(_CARRIERS)
        self.tracking = QLineEdit()
        self.add_field("Carrier", self.carrier, field=self.carrier.line)
        self.add_field(
            "Tracking number", self.tracking, "Scan it or paste it; empty if there is none."
        )
        self.tracking.setFocus()

    def value(self) -> HandOver:
        """Return what was typed; blanks count as nothing."""
        return HandOver(self.carrier.text or None, self.tracking.text().strip() or None)
