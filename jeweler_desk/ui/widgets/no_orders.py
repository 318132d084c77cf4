"""What the list of orders says while it is empty, with the act that fills it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QAction

from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.empty_state import EmptyState

_EMPTY: Final = {
    View.ALL: ("Your orders will be here", "Import the files that Etsy or Shopify gave you."),
    View.UNPAID: ("Everything is paid", "An order whose money has not come yet waits here."),
    View.TO_MAKE: ("Nothing is to make", "Paid orders come here by themselves."),
    View.TO_PACK: ("Nothing is to pack", "An order comes here when all of it is made."),
    View.TO_SHIP: ("No parcel waits", "A packed parcel waits here until it is handed over."),
    View.SHIPPED: ("Nothing has left yet", "Parcels that were handed over are listed here."),
    View.LATE: ("Nothing is late", "Every parcel is within its promise."),
    View.ON_HOLD: ("Nothing is on hold", "Orders you stop wait here, with the reason."),
    View.RETURNS: ("Nothing came back", "Pieces that come back, or are to, are listed here."),
    View.CANCELED: ("Nothing is canceled", "Canceled orders stay here, with all that was paid."),
}


class NoOrders(EmptyState):
    """The empty list of a view; ``importing`` is offered where there are no orders at all."""

    def __init__(self, look: Appearance, importing: QAction) -> None:
        self.button = Button("Import orders…", "primary")
        self.button.follow(importing)
        super().__init__(look, "orders", *_EMPTY[View.ALL], self.button)

    def say_why(self, view: View, text: str | None) -> None:
        """Say why a view has nothing to show, or why nothing in it matches what was typed."""
        heading, words = _EMPTY[view]
        if text:
            heading, words = "Nothing found", f"No order in this view has “{text}”."
        self.say(heading, words)
        self.button.setVisible(view is View.ALL and not text)
