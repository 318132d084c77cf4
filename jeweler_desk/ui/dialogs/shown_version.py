"""One version of a listing, as buyers saw it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.listing import ListingVersion
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.listings import ShownView
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.theme import PICTURE_SHOWN
from jeweler_desk.ui.widgets.as_shown_card import AsShownCard


class ShownVersion(Form):
    """Shows the photos and measures of a version; there is nothing to change in it."""

    def __init__(
        self,
        look: Appearance,
        version: ListingVersion,
        views: Sequence[ShownView],
        parent: QWidget,
    ) -> None:
        super().__init__(version.listing.title, "Close", parent)
        since = f"version {version.number}, shown since {full_day(version.shown_since)}"
        self.card = AsShownCard(look, PICTURE_SHOWN, version.listing, views, since)
        self.parts.addWidget(self.card)
        self.parts.addStretch(1)
        self.cancel.hide()

    def value(self) -> None:
        """Give nothing back."""
