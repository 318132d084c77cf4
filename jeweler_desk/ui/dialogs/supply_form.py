"""What is said of a supply, and one number about it: counted, came in, used."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from jeweler_desk.domain.supply import MOST_UNITS, NewSupply, Supply, UsedPer, checked
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.widgets.count_box import CountBox
from jeweler_desk.ui.widgets.one_of import OneOf

_PER = (
    (UsedPer.PARCEL, "each parcel"),
    (UsedPer.PIECE, "each piece"),
    (UsedPer.GIFT, "each gift"),
)


class SupplyForm(Form):
    """Asks what a supply is; a new one also how many are there."""

    def __init__(self, supply: Supply | None, parent: QWidget) -> None:
        heading = f"Change {supply.name}" if supply else "Add a supply"
        super().__init__(heading, "Keep it" if supply else "Add it", parent)
        self._supply = supply
        self.name = QLineEdit(supply.name if supply else "")
        self.name.setPlaceholderText("Ring boxes")
        self.stock = CountBox(0, MOST_UNITS, 0)
        self.place = QLineEdit((supply.place or "") if supply else "")
        self.place.setPlaceholderText("Shelf 2, left drawer")
        self.supplier = QLineEdit((supply.supplier or "") if supply else "")
        self.pack_size = CountBox(1, MOST_UNITS, supply.pack_size if supply else 1)
        point = supply.reorder_point if supply else None
        self.reorder_point = QLineEdit("" if point is None else str(point))
        self.uses = CountBox(0, MOST_UNITS, supply.uses if supply else 0)
        self.used_per = OneOf(_PER, supply.used_per if supply else UsedPer.PARCEL)
        self.add_field("Name", self.name)
        if supply is None:
            self.add_field("How many are there", self.stock)
        self.add_field("Place", self.place)
        self.add_field("Supplier", self.supplier)
        self.add_field("Units in one pack", self.pack_size)
        self.add_field(
            "Reorder at", self.reorder_point, "Reminds once when no more are left; empty: never."
        )
        self.add_field("The kit takes", self.uses, "Units; 0 keeps it out of the kit.")
        self.add_field("For", self.used_per, field=self.used_per.buttons[0])
        self.used_per.buttons[0].setAccessibleName("for each parcel")

    def value(self) -> NewSupply:
        """Return what was typed."""
        return checked(
            NewSupply(
                name=self.name.text(),
                stock=self.stock.value() if self._supply is None else self._supply.stock,
                place=self.place.text(),
                pack_size=self.pack_size.value(),
                supplier=self.supplier.text(),
                reorder_point=_number(self.reorder_point.text()),
                uses=self.uses.value(),
                used_per=self.used_per.value or UsedPer.PARCEL,
            )
        )


class UnitsForm(Form):
    """Asks for one number of units of a supply."""

    def __init__(self, heading: str, verb: str, label: str, start: int, parent: QWidget) -> None:
        super().__init__(heading, verb, parent)
        self.units = CountBox(0, MOST_UNITS, start)
        self.add_field(label, self.units)
        self.units.selectAll()
        self.units.setFocus()

    def value(self) -> int:
        """Return the number."""
        return self.units.value()


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise FormError(f"“{text}” is not a whole number such as 10.")
    return int(text)
