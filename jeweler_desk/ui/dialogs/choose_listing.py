"""Which listing a buyer saw: one of the list, for one piece of an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from jeweler_desk.domain.listing import ListingId, ListingVersion, key_of
from jeweler_desk.domain.order import LineItem, LineItemId
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import SPACE_XS
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.words import joined

_ID: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class ChosenListing:
    """The piece and its listing."""

    line_id: LineItemId
    listing_id: ListingId


class ChooseListing(Form):
    """Asks for the listing; what is typed narrows the list."""

    def __init__(
        self,
        number: str,
        lines: Sequence[LineItem],
        listings: Sequence[ListingVersion],
        parent: QWidget,
    ) -> None:
        super().__init__(f"What did the buyer of {number} see?", "Keep it with the order", parent)
        self._listings = list(listings)
        self.piece = OneOf([(line.id, line.title) for line in lines], lines[0].id)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("a word of the title, or the SKU")
        self.list = QListWidget()
        self.list.setAccessibleName("Listings")
        self.list.setSpacing(SPACE_XS // 2)
        if len(lines) > 1:
            self.add_field("Piece", self.piece, field=self.piece.buttons[0])
        self.add_field("Find", self.filter)
        self.parts.addWidget(self.list, 1)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemActivated.connect(lambda _: self.submit())
        self._narrow()
        line = lines[0]
        likely = {key_of(line.sku), key_of(line.title)} - {""}
        for row, each in enumerate(self._listings):
            if {key_of(each.listing.sku), key_of(each.listing.title)} & likely:
                self.list.setCurrentRow(row)

    def _narrow(self) -> None:
        words = key_of(self.filter.text()).split()
        self.list.clear()
        for each in self._listings:
            told = joined([each.listing.title, each.listing.sku])
            if all(word in told.casefold() for word in words):
                item = QListWidgetItem(told)
                item.setData(_ID, each.listing_id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def value(self) -> ChosenListing:
        """Return the choice."""
        line_id = self.piece.value
        if line_id is None or self.list.currentRow() < 0:
            raise FormError("Choose a listing of the list.")
        return ChosenListing(line_id, ListingId(self.list.currentItem().data(_ID)))
