"""A parcel of the chosen order: the carrier's page of it, and what was learned of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.order import Order, Shipment
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.ui.dialogs.parcel_facts import ParcelForm
from jeweler_desk.ui.frame import Frame


class ParcelActs:
    """Follows a parcel outside, and notes what was learned of it."""

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        chosen: Callable[[], Order | None],
        window: Callable[[], QWidget],
    ) -> None:
        self._frame = frame
        self._desk = desk
        self._chosen = chosen
        self._window = window

    def follow(self, parcel: Shipment | None = None) -> None:
        """Open the carrier's page of a parcel, the last one that left unless one is named."""
        order = self._chosen()
        if order is None:
            return
        parcel = parcel or (order.shipments[-1] if order.shipments else None)
        page = self._desk.shipments.page_of(parcel) if parcel else None
        if page is None:
            self._frame.notices.tell("No parcel of this order has a number that can be followed.")
            return
        url = QUrl(page)
        self._frame.notices.tell(f"Opening {url.host()} in your browser.")
        self._frame.open_outside(url)

    def learn(self, parcel: Shipment | None = None) -> None:
        """Ask what was learned of a parcel, the last one that left unless one is named."""
        order = self._chosen()
        if order is None or not order.shipments:
            self._frame.notices.tell("No parcel of this order has left yet.")
            return
        found = parcel or order.shipments[-1]
        desk = self._desk
        form = ParcelForm(
            order.number,
            found,
            self._window(),
            numbers=desk.shipments.numbers,
            now=desk.clock.now(),
            timezone=desk.settings.timezone(),
            currency=desk.settings.get("shop.currency"),
        )
        form.answered.connect(lambda facts: self._keep(order, found, facts))
        form.open()

    def _keep(self, order: Order, parcel: Shipment, facts: ParcelFacts) -> None:
        self._frame.act(
            lambda: self._desk.shipments.learn(order.id, parcel.id, facts),
            f"The parcel of order {order.number} is up to date.",
        )
