"""Parcels after they are closed: label, number, first scan, delivery; each act one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Order, OrderId, Shipment
from jeweler_desk.domain.tracking import tracking_kept
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.store.database import Store
from jeweler_desk.store.shipments import ShipmentRows


@dataclass(frozen=True, slots=True)
class ParcelFacts:
    """What may be learned of a parcel; None means that nothing is said of it."""

    carrier: str | None = None
    tracking_number: str | None = None
    label_cost: Money | None = None
    label_bought_at: datetime | None = None
    first_scan_at: datetime | None = None
    delivered_at: datetime | None = None
    service: str | None = None


_MIDNIGHT: Final = time()
_A_DAY: Final = timedelta(days=1)  # zones: the day of an instant in UTC may be another here


class Shipments:
    """What happens to a parcel between its label and the buyer's door."""

    def __init__(
        self, store: Store, rows: ShipmentRows, book: OrderBook, clock: Clock, settings: Settings
    ) -> None:
        self._settings = settings
        self._store = store
        self._rows = rows
        self._book = book
        self._clock = clock
        self.numbers = TrackingNumbers()

    def usual_carrier(self) -> str | None:
        """Return who carried most of the latest parcels."""
        return self._rows.usual_carrier()

    def learn(self, order_id: OrderId, parcel_id: int | None, facts: ParcelFacts) -> Changes:
        """Note what was learned of a parcel (None means the latest one that left).

        Raises `InvalidTransitionError` when there is no such parcel or an instant cannot be.
        """
        order = self._book.order(order_id)
        parcel = _parcel(order, parcel_id)
        told = _with(parcel, facts)
        service = (facts.service or "").strip() or None
        services = {each.shipment_id: each.service for each in order.labels}
        if told == parcel and service in {None, services.get(parcel.id)}:
            return NOTHING_CHANGED
        now = self._clock.now()
        _refuse_what_cannot_be(order, told, now)
        self._refuse_before_it_left(order, told, facts)
        with self._store.step(f"Parcel of order {order.number}") as step:
            self._rows.keep(told)
            self._book.writing.labels.follow(order_id, told, now, service)
            for at, what in _lines(parcel, told, now):
                self._book.writing.add_event(order_id, at, what)
            self._book.read_settings()
            self._book.refresh_goods(order, now)
            self._tell_the_box(parcel, facts, now)
        return changes_of(step.tables)

    def _refuse_before_it_left(self, order: Order, parcel: Shipment, facts: ParcelFacts) -> None:
        """Raise when a carrier's fact lies before the hand-over; 00:00 means the day alone."""
        if parcel.shipped_at is None:
            return
        left = self._settings.local(parcel.shipped_at).replace(second=0, microsecond=0)
        for name, at in (("first scan", facts.first_scan_at), ("delivery", facts.delivered_at)):
            seen = self._settings.local(at) if at else None
            is_day = seen is not None and seen.time() == _MIDNIGHT
            if seen is not None and (seen.date() < left.date() if is_day else seen < left):
                raise InvalidTransitionError(
                    f"The parcel of order {order.number} was handed over on"
                    f" {wording.full_day(left.date())} at {left:%H:%M}: its {name} cannot lie"
                    f" before that, on {wording.full_day(seen.date())} at {seen:%H:%M}."
                    " Nothing was changed."
                )

    def _tell_the_box(self, parcel: Shipment, facts: ParcelFacts, now: datetime) -> None:
        """Note the same of the orders that left in the same box; its label is paid for once."""
        facts = replace(facts, label_cost=None, label_bought_at=None)
        for order_id, shipment_id in self._book.reading.boxes.left_with(parcel.id):
            order = self._book.order(order_id)
            beside = _parcel(order, shipment_id)
            told = _with(beside, facts)
            self._rows.keep(told)
            for at, what in _lines(beside, told, now):
                self._book.writing.add_event(order_id, at, what)
            self._book.refresh_goods(order, now)

    def page_of(self, parcel: Shipment) -> str | None:
        """Return the carrier's page that tells where a parcel is."""
        return self.numbers.link(parcel.tracking_number, parcel.carrier)


def _parcel(order: Order, parcel_id: int | None) -> Shipment:
    if not order.shipments:
        raise InvalidTransitionError(
            f"No parcel of order {order.number} has left yet. Nothing was changed."
        )
    wanted = order.shipments[-1].id if parcel_id is None else parcel_id
    for parcel in order.shipments:
        if parcel.id == wanted:
            return parcel
    raise InvalidTransitionError(
        f"Order {order.number} has no such parcel any more. Nothing was changed."
    )


def _with(parcel: Shipment, facts: ParcelFacts) -> Shipment:
    carrier = (facts.carrier or "").strip() or parcel.carrier
    bought_at = facts.label_bought_at or parcel.label_bought_at
    return replace(
        parcel,
        carrier=carrier,
        tracking_number=tracking_kept(facts.tracking_number) or parcel.tracking_number,
        label_cost=facts.label_cost or parcel.label_cost,
        label_bought_at=bought_at,
        first_scan_at=facts.first_scan_at or parcel.first_scan_at,
        delivered_at=facts.delivered_at or parcel.delivered_at,
    )


def _refuse_what_cannot_be(order: Order, parcel: Shipment, now: datetime) -> None:
    whose = f"The parcel of order {order.number}"
    seen = {
        "label": parcel.label_bought_at,
        "first scan": parcel.first_scan_at,
        "delivery": parcel.delivered_at,
    }
    for name, at in seen.items():
        if at is not None and at > now:
            raise InvalidTransitionError(
                f"{whose}: its {name} lies in the future. Nothing was changed."
            )
        if at is not None and at.date() < order.placed_on - _A_DAY:
            raise InvalidTransitionError(
                f"{whose}: its {name} lies before the order itself. Nothing was changed."
            )
    if parcel.first_scan_at and parcel.delivered_at and parcel.delivered_at < parcel.first_scan_at:
        raise InvalidTransitionError(
            f"{whose} cannot be delivered before its first scan. Nothing was changed."
        )


def _lines(before: Shipment, told: Shipment, now: datetime) -> list[tuple[datetime, str]]:
    lines: list[tuple[datetime, str]] = []
    if (before.carrier, before.tracking_number) != (told.carrier, told.tracking_number):
        lines.append((now, wording.carrier_changed(told.carrier, told.tracking_number)))
    label = (told.label_bought_at, told.label_cost)
    if label != (before.label_bought_at, before.label_cost):
        lines.append((told.label_bought_at or now, wording.label_bought(told.label_cost)))
    if told.first_scan_at and told.first_scan_at != before.first_scan_at:
        lines.append((told.first_scan_at, wording.first_scan()))
    if told.delivered_at and told.delivered_at != before.delivered_at:
        lines.append((told.delivered_at, wording.delivered()))
    return lines
