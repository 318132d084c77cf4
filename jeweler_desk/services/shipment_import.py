"""Labels of a label shop's export become parcels of known orders; nothing entered here is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.label import Label, LabelStep
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    NewOrder,
    Order,
    OrderId,
    Shipment,
    Stage,
)
from jeweler_desk.domain.order_intake import IMPORTED
from jeweler_desk.domain.progress import Portions, Progress
from jeweler_desk.domain.source_label import (
    LabelMeaning,
    LabelReading,
    SourceLabel,
    completed,
    read_label,
)
from jeweler_desk.domain.source_order import SourceOrder
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.store.orders import Orders as OrderRows
from jeweler_desk.store.orders import number_key
from jeweler_desk.store.shipments import ShipmentRows

_TELLINGS_AT_ONCE: Final = 1000
_CHANGING: Final = {LabelMeaning.COMPLETES, LabelMeaning.VOIDED, LabelMeaning.MONEY_BACK}
_NEW: Final = {LabelMeaning.NEW, LabelMeaning.BOUGHT, LabelMeaning.CANCELED}
# Read again and again: the same row may mean more on a later day.
_NOT_REMEMBERED: Final = {LabelMeaning.BOUGHT, LabelMeaning.CANCELED}


@dataclass(slots=True)
class LabelOutcome:
    """What labels did, or would do: parcels counted, labels nobody could place, things to look at.

    ``unplaced`` pairs a label with the reason; ``conflicts`` and ``warnings`` are sentences.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    unplaced: list[tuple[SourceLabel, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    writes: bool = False

    def count(self, meaning: LabelMeaning, *, is_read_before: bool) -> None:
        """Count what one label does to the parcels."""
        if meaning is LabelMeaning.NOTHING:
            return
        if meaning is LabelMeaning.BOUGHT_BEFORE:
            self.same += 1
            return
        if meaning in _NEW:
            self.new += 1
        elif meaning in _CHANGING and not is_read_before:
            self.changed += 1
        else:
            self.same += 1
        self.writes = self.writes or not is_read_before


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label whose order is known."""

    label: SourceLabel
    order_id: OrderId
    is_read_before: bool


class ShipmentImport:
    """Places labels on orders. `taking_in` needs an open step."""

    def __init__(
        self,
        rows: ShipmentRows,
        orders: OrderRows,
        book: OrderBook,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._rows = rows
        self._orders = orders
        self._book = book
        self._settings = settings
        self._clock = clock
        self._numbers = TrackingNumbers()

    def previewing(
        self, labels: Sequence[SourceLabel], tellings: Iterable[SourceOrder]
    ) -> Portions[LabelOutcome]:
        """Say what labels would do once the orders told in the same files are taken in."""
        outcome = LabelOutcome()
        if not labels:
            return outcome
        told: dict[str, list[NewOrder]] = {}
        for place, source in enumerate(tellings):
            told.setdefault(number_key(source.number), []).append(source.order)
            if place % _TELLINGS_AT_ONCE == 0:
                yield Progress(0, len(labels))
        fresh: list[SourceLabel] = []
        for label in labels:
            is_known = bool(self._matching(label))
            if not is_known and number_key(label.order_number) in told:
                fresh.append(label)
            yield Progress(0, len(labels))
        late = {id(label) for label in fresh}
        placed = yield from self._placing(
            [each for each in labels if id(each) not in late], outcome
        )
        for each, order in self._with_orders(placed):
            self._look_at(each, order, self._reading(each.label, order).meaning, outcome)
            yield Progress(0, len(labels))
        for label in fresh:
            self._look_at_fresh(label, told[number_key(label.order_number)], outcome)
            yield Progress(0, len(labels))
        return outcome

    def _look_at_fresh(
        self, label: SourceLabel, orders: Sequence[NewOrder], outcome: LabelOutcome
    ) -> None:
        is_sent = any(
            new.is_shipped or any(line.units_shipped for line in new.line_items) for new in orders
        )
        sent = (Shipment(None, ()),) if is_sent else ()
        today = self._settings.today()
        meaning = read_label(label, sent, units_to_send=1, is_canceled=False, today=today).meaning
        outcome.count(meaning, is_read_before=False)

    def taking_in(self, labels: Sequence[SourceLabel], outcome: LabelOutcome) -> Portions[None]:
        """Place the labels on their orders, each fact with its line in the timeline.

        After each label a transaction may end; what came of them is counted in ``outcome``.
        """
        placing = yield from self._placing(labels, outcome)
        for place, placed in enumerate(placing, 1):
            order = self._book.order(placed.order_id)
            reading = self._reading(placed.label, order)
            self._look_at(placed, order, reading.meaning, outcome)
            if not placed.is_read_before and reading.meaning is not LabelMeaning.NOTHING:
                self._act(placed.label, order, reading.meaning, reading.parcel)
            yield Progress(place, len(labels))

    # ---- placing

    def _matching(self, label: SourceLabel) -> list[tuple[OrderId, Channel]]:
        rows = self._orders.matching_number(label.order_number, None)
        return [(OrderId(row["id"]), Channel(row["channel"])) for row in rows]

    def _placing(
        self, labels: Sequence[SourceLabel], outcome: LabelOutcome
    ) -> Portions[list[_Placed]]:
        found: dict[int, tuple[SourceLabel, OrderId]] = {}
        for place, label in enumerate(labels):
            orders = self._matching(label)
            if len(orders) == 1:
                found[place] = (label, orders[0][0])
            elif not label.is_voided:
                names = " and ".join(f"{each}:{label.order_number}" for _, each in orders)
                reason = (
                    f"Two orders are called {label.order_number}: {names}."
                    if orders
                    else f"There is no order {label.order_number}: import its file first."
                )
                outcome.unplaced.append((label, reason))
            yield Progress(0, len(labels))
        formats = {label.format for label, _ in found.values()}
        ids = [order_id for _, order_id in found.values()]
        read = {each: self._rows.digests(ids, each) for each in formats}
        placed: list[_Placed] = []
        seen: set[tuple[int, str]] = set()
        for label, order_id in found.values():
            key = (int(order_id), label.digest)
            if key not in seen:  # the same row twice in the files is one row
                placed.append(_Placed(label, order_id, key in read[label.format]))
                seen.add(key)
        return placed

    def _with_orders(self, placed: Sequence[_Placed]) -> Iterable[tuple[_Placed, Order]]:
        """Pair labels with their orders; two labels of one order see what the first one did."""
        known: dict[OrderId, Order] = {}
        for each in placed:
            order = known.get(each.order_id) or self._book.order(each.order_id)
            yield each, order
            known[each.order_id] = self._after(order, each.label)

    def _look_at(
        self, placed: _Placed, order: Order, meaning: LabelMeaning, outcome: LabelOutcome
    ) -> None:
        label = placed.label
        if meaning is LabelMeaning.CANCELED:
            money = wording.money_text(label.cost) if label.cost else "its money"
            outcome.conflicts.append(
                f"Order {order.number} is canceled: ask back {money} for its label"
                f" {label.tracking_number}."
            )
        outcome.count(meaning, is_read_before=placed.is_read_before)
        if placed.is_read_before:
            return
        if meaning is LabelMeaning.CONFLICT:
            known = order.shipments[-1].tracking_number or ""
            outcome.conflicts.append(
                f"Order {order.number}: {wording.label_conflict(known, label.tracking_number)}."
            )
        elif meaning is LabelMeaning.UNDONE:
            outcome.conflicts.append(
                f"Order {order.number}: {wording.label_of_undone(label.tracking_number)}."
            )
        elif meaning is LabelMeaning.VOIDED:
            outcome.conflicts.append(
                f"Order {order.number}: {wording.label_voided(label.tracking_number)}."
            )
        elif not label.is_voided:
            warning = self._numbers.warning(label.tracking_number, label.carrier)
            if warning:
                outcome.warnings.append(f"Order {order.number}: {warning}")

    # ---- writing

    def _act(
        self, label: SourceLabel, order: Order, meaning: LabelMeaning, parcel: Shipment | None
    ) -> None:
        now = self._clock.now()
        match meaning:
            case LabelMeaning.NEW:
                self._send(order, label)
                self._send_beside(order, label)
            case LabelMeaning.COMPLETES | LabelMeaning.KNOWN if parcel is not None:
                self._complete(order, parcel, label)
            case LabelMeaning.CONFLICT if parcel is not None:
                known = parcel.tracking_number or ""
                what = wording.label_conflict(known, label.tracking_number)
                self._book.writing.add_event(order.id, now, what)
            case LabelMeaning.UNDONE:
                what = wording.label_of_undone(label.tracking_number)
                self._book.writing.add_event(order.id, now, what)
            case LabelMeaning.BOUGHT | LabelMeaning.CANCELED:
                self._note_bought(order, label)
                return
            case LabelMeaning.MONEY_BACK:
                self._money_back(order, label)
            case LabelMeaning.VOIDED:
                what = wording.label_voided(label.tracking_number)
                self._book.writing.add_event(order.id, now, what)
            case _:
                return
        self._rows.remember(order.id, label.format, label.digest)
        self._book.refresh(order.id, now)

    def _send_beside(self, order: Order, label: SourceLabel) -> None:
        """Hand over what lies in one box with an order; the label is bought and paid for once."""
        boxes = self._book.reading.boxes
        mates = [self._book.order(each) for each in boxes.box_left_by(order.id)]
        mates = [each for each in mates if each.hold is None and each.passes_gate]
        if mates:
            boxes.leave(order.id, self._rows.latest(order.id) or 0)
        for mate in mates:
            self._send(mate, replace(label, cost=None), is_beside=True)
            boxes.leave(mate.id, self._rows.latest(mate.id) or 0)
            self._book.refresh(mate.id, self._clock.now())

    def _send(self, order: Order, label: SourceLabel, *, is_beside: bool = False) -> None:
        """Hand over what is still to send: packed, then shipped, as every order is."""
        write = self._book.writing
        facts = self._instants(label)
        shipped_at = facts["shipped_at"]
        parcel = completed(Shipment(None, (), source=IMPORTED), label, **facts)
        units = [(line.id, line.units_to_send) for line in order.line_items if line.units_to_send]
        for line in order.line_items:
            unpacked = line.quantity - line.units_canceled - line.units_packed
            if unpacked:
                write.set_stage(line.id, Stage.READY)
                write.pack_units(
                    order.id, line.id, unpacked, at=None, seconds=None, source=IMPORTED
                )
        if units:
            write.add_shipment(
                order.id,
                units,
                at=shipped_at,
                carrier=label.carrier,
                tracking_number=label.tracking_number,
                source=IMPORTED,
            )
            parcel = replace(parcel, id=self._rows.latest(order.id) or 0)
            self._rows.keep(parcel)
        else:
            parcel = replace(parcel, id=self._rows.add_without_units(order.id, parcel))
        if not is_beside:
            self._put_under(order, label, parcel)
        at = shipped_at or self._clock.now()
        write.add_event(order.id, at, wording.handed_over(label.carrier, label.tracking_number))
        if label.cost:
            bought_at = facts["bought_at"] or at
            write.add_event(order.id, bought_at, wording.label_bought(label.cost))

    def _complete(self, order: Order, parcel: Shipment, label: SourceLabel) -> None:
        told = completed(parcel, label, **self._instants(label))
        if told == parcel:
            return
        now = self._clock.now()
        self._rows.keep(told)
        self._put_under(order, label, told)
        if told.tracking_number != parcel.tracking_number:
            what = wording.carrier_changed(told.carrier, told.tracking_number)
            self._book.writing.add_event(order.id, now, what)
        if told.label_cost != parcel.label_cost:
            what = wording.label_bought(told.label_cost)
            self._book.writing.add_event(order.id, told.label_bought_at or now, what)
        if told.delivered_at and not parcel.delivered_at:
            self._book.writing.add_event(order.id, told.delivered_at, wording.delivered())

    def _note_bought(self, order: Order, label: SourceLabel) -> None:
        """Keep a label under which no parcel has left, or ever will."""
        bought = self._label(label)
        self._book.writing.labels.add(order.id, bought)
        at = bought.bought_at or bought.noted_at
        self._book.writing.add_event(order.id, at, wording.label_said(bought))

    def _label(self, label: SourceLabel) -> Label:
        return Label(
            noted_at=self._clock.now(),
            bought_at=self._instants(label)["bought_at"],
            carrier=label.carrier,
            service=label.service,
            tracking_number=label.tracking_number,
            cost=label.cost,
            address=label.address,
            source=IMPORTED,
        )

    def _money_back(self, order: Order, label: SourceLabel) -> None:
        now = self._clock.now()
        for each in order.labels:
            if each.tracking_number == label.tracking_number:
                self._book.writing.labels.add_step(each.id, LabelStep.REFUNDED, now, None)
                what = wording.label_step(each, LabelStep.REFUNDED, "")
                self._book.writing.add_event(order.id, now, what)

    def _put_under(self, order: Order, label: SourceLabel, parcel: Shipment) -> None:
        """Let a parcel have its label, the one that was known before where there is one."""
        labels = self._book.writing.labels
        for each in order.labels:
            if each.shipment_id is None and each.tracking_number == label.tracking_number:
                labels.keep(replace(each, shipment_id=parcel.id))
        labels.follow(order.id, parcel, self._clock.now(), label.service)

    def _reading(self, label: SourceLabel, order: Order) -> LabelReading:
        return read_label(
            label,
            order.shipments,
            units_to_send=order.units_to_send,
            is_canceled=order.fulfillment_status is FulfillmentStatus.CANCELED,
            undone=order.undone_shipments,
            bought=order.labels,
            today=self._settings.today(),
        )

    def _after(self, order: Order, label: SourceLabel) -> Order:
        """Return what an order will be once a label is placed on it, as far as labels ask."""
        reading = self._reading(label, order)
        told = Shipment(None, (), tracking_number=label.tracking_number, source=IMPORTED)
        if reading.meaning is LabelMeaning.NEW:
            return replace(order, shipments=(*order.shipments, told), units_to_send=0)
        if reading.meaning in _NOT_REMEMBERED:
            return replace(order, labels=(*order.labels, self._label(label)))
        if reading.meaning is LabelMeaning.MONEY_BACK:
            kept = (
                replace(each, step=LabelStep.REFUNDED)
                if each.tracking_number == label.tracking_number
                else each
                for each in order.labels
            )
            return replace(order, labels=tuple(kept))
        if reading.meaning is LabelMeaning.COMPLETES and reading.parcel is not None:
            number = reading.parcel.tracking_number or label.tracking_number
            told = replace(reading.parcel, tracking_number=number)
            parcels = (told if each is reading.parcel else each for each in order.shipments)
            return replace(order, shipments=tuple(parcels))
        return order

    def _instants(self, label: SourceLabel) -> Mapping[str, datetime | None]:
        """Give a label's days their instants: 00:00 of that day at the shop."""
        calendar = BusinessCalendar(self._settings.timezone())
        return {
            "bought_at": _start(label.bought_on, calendar),
            "shipped_at": _start(label.shipped_on, calendar),
            "delivered_at": _start(label.delivered_on, calendar),
        }


def _start(day: date | None, calendar: BusinessCalendar) -> datetime | None:
    return calendar.start_of(day) if day else None
