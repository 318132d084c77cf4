"""What is said of a piece: its kind, measures, materials, stones, and how long making takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.listing import (
    NEEDED_MEASUREMENTS,
    Listing,
    ListingKind,
    checked,
)
from jeweler_desk.domain.listing_wording import KIND_NAMES
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, SPACE_S, SPACE_XL, Type
from jeweler_desk.ui.widgets.listing_rows import MeasureRows, StoneRows
from jeweler_desk.ui.widgets.one_of import OneOf
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import Text

_WIDTH_IN_LETTERS: Final = 118
_KINDS: Final = tuple((kind, KIND_NAMES[kind]) for kind in ListingKind)


@dataclass(frozen=True, slots=True)
class ToldListing:
    """What was typed; ``shown_since`` None means from today on."""

    listing: Listing
    shown_since: date | None = None


class ListingForm(Form):
    """Asks what is said of a piece; photos are added beside the list."""

    def __init__(self, listing: Listing | None, today: date, parent: QWidget) -> None:
        heading = f"Change {listing.title}" if listing else "Add a listing"
        super().__init__(heading, "Show it so from now on" if listing else "Add it", parent)
        self.setMinimumWidth(
            min(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS, parent.width())
        )
        known = listing or Listing("", "", ListingKind.RING)
        self._known = known
        self.sku = QLineEdit(known.sku)
        self.sku.setPlaceholderText("as in your shops; empty: a number of its own")
        self.title = QLineEdit(known.title)
        self.title.setPlaceholderText("Rain Ring, hammered silver")
        self.kind = OneOf(_KINDS, known.kind)
        self.materials = QLineEdit(", ".join(known.materials))
        self.materials.setPlaceholderText("sterling silver, moonstone")
        self.treatments = QLineEdit(known.treatments)
        self.treatments.setPlaceholderText("oxidized, or none")
        days = known.processing_days
        self.days = QLineEdit("" if days is None else str(days))
        self.days.setPlaceholderText("the shop’s own")
        self.care = QLineEdit(known.care)
        self.care.setPlaceholderText("Keep dry, polish with the cloth")
        self.since = QLineEdit("" if listing else today.isoformat())
        self.since.setPlaceholderText("2026-10-05")
        self.measures = MeasureRows(known.measurements)
        self.stones = StoneRows(known.stones)
        self._set_out(is_new=listing is None)

    def _set_out(self, *, is_new: bool) -> None:
        self.add_field("Title", self.title)
        self.add_field("SKU", self.sku)
        self.add_field("Kind", self.kind, field=self.kind.buttons[0])
        self.kind.buttons[0].setAccessibleName("Kind: ring")
        self.add_field("Materials", self.materials)
        self.add_field("Treatments", self.treatments, "“none” if there are none.")
        self.add_field("Making takes", self.days, "Working days; the ship-by day counts them.")
        self.add_field("Care", self.care)
        if is_new:
            self.add_field(
                "Shown since", self.since, "An earlier day, if buyers have seen it so since then."
            )
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, SPACE_S, 0)
        right.setSpacing(SPACE_S)
        right.addWidget(Text("Measures, as a buyer reads them", Type.SMALL, soft=True, wrap=True))
        right.addWidget(self.measures)
        stones = "Stones, and how a natural one varies from piece to piece"
        right.addWidget(Text(stones, Type.SMALL, soft=True, wrap=True))
        right.addWidget(self.stones)
        right.addStretch(1)
        rows = Scroll("Measures and stones")
        rows.hold(right)
        columns = QHBoxLayout()
        columns.setContentsMargins(*NO_SPACE)
        columns.setSpacing(SPACE_XL)
        left = QVBoxLayout()
        left.setSpacing(SPACE_L)
        self._whole.removeItem(self._grid)
        self._grid.setParent(None)
        left.addLayout(self._grid)
        left.addStretch(1)
        columns.addLayout(left, 5)
        columns.addWidget(rows, 4)
        self._whole.insertLayout(1, columns, 1)
        for button in self.kind.buttons:
            button.clicked.connect(self._need)
        self._need()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _need(self) -> None:
        self.measures.need(NEEDED_MEASUREMENTS[self.kind.value or ListingKind.OTHER])

    def value(self) -> ToldListing:
        """Return what was typed. Raises with a sentence when it cannot be."""
        told = replace(
            self._known,
            sku=self.sku.text(),
            title=self.title.text(),
            kind=self.kind.value or ListingKind.OTHER,
            materials=tuple(self.materials.text().split(",")),
            treatments=self.treatments.text(),
            processing_days=_days(self.days.text()),
            care=self.care.text(),
            measurements=self.measures.value,
            stones=self.stones.value,
        )
        return ToldListing(checked(told), _day(self.since.text()))


def _days(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise FormError(f"“{text}” is not a whole number of working days such as 5.")
    return int(text)


def _day(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FormError(f"“{text}” is not a day such as 2026-10-05.") from error
