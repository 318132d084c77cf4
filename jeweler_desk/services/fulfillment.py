"""Making, packing and handing over: each act one step, each with its line in the timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from jeweler_desk.domain import wording
from jeweler_desk.domain.combining import combine_refusal, numbers_text
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.handing_over import hand_over_refusal
from jeweler_desk.domain.label import Label, waiting
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    LineItemId,
    Order,
    OrderId,
    Stage,
)
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.payment import UNEXPLAINED_FREE
from jeweler_desk.domain.refunds import chosen_units, refuse_more_than, titles
from jeweler_desk.domain.stages import NamedStage
from jeweler_desk.domain.tracking import tracking_kept
from jeweler_desk.services.addressed_orders import AddressedOrders
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.store.database import Store
from jeweler_desk.store.measures import MeasureRows

NO_STEPS: Final[Mapping[str, int]] = MappingProxyType({})


class Fulfillment:
    """What happens to the goods between payment and hand-over."""

    def __init__(
        self,
        store: Store,
        orders: Orders,
        book: OrderBook,
        clock: Clock,
        papers: PrintedPapers,
        measures: MeasureRows,
    ) -> None:
        self._papers = papers
        self._measures = measures
        self._store = store
        self._orders = orders
        self._book = book
        self._addressed = AddressedOrders(book.reading.boxes)
        self._clock = clock

    def queue(self) -> list[OrderSummary]:
        """Return the parcels to pack, the most urgent first."""
        return self._orders.list(View.TO_PACK)

    def set_stage(
        self,
        order_id: OrderId,
        stage: Stage | NamedStage,
        line_item_id: LineItemId | None = None,
    ) -> Changes:
        """Move the making of an order (or of one of its line items) to a stage."""
        name = stage.name if isinstance(stage, NamedStage) else None
        stage = stage.stage if isinstance(stage, NamedStage) else stage
        said = name or wording.STAGE_NAMES[stage]
        order = self._orders.get(order_id)
        if not order.units_to_send:
            raise InvalidTransitionError(
                f"Order {order.number} is {order.fulfillment_status.value}:"
                " nothing of it is to make. Nothing was changed."
            )
        self._refuse_closed_parcel(order, "open it again before its stage changes")
        lines = [
            line
            for line in order.line_items
            if line.units_to_send > line.units_closed and line_item_id in (None, line.id)
        ]
        kept = name if stage is Stage.MAKING else None
        part = f"{lines[0].title}: " if lines and line_item_id and len(order.line_items) > 1 else ""
        with self._store.step(f"Order {order.number}: {part}{said}") as step:
            for line in lines:
                self._book.writing.set_stage(line.id, stage, kept)
            self._note(order, f"{part}{said}")
        return changes_of(step.tables)

    def start_packing(self, order_id: OrderId, pieces: int | None = None) -> None:
        """Ask before a parcel is begun: what its kit lacks stops it here, and never later on.

        Raises `InvalidTransitionError` with what is missing, or why the gate is shut.
        """
        box = self.box(order_id)
        for each in box:
            self.refuse_what_fails_the_gate(each)
        order, pieces = box[0], pieces or pieces_together(box)
        missing = self._book.supplies.missing(order, pieces) if self._book.supplies else None
        if missing:
            raise InvalidTransitionError(
                f"{missing} Count or fill up the supplies before you begin. Nothing was changed."
            )

    def box(self, order_id: OrderId) -> list[Order]:
        """Return the orders that lie in one box with an order, itself among them."""
        return [self._orders.get(each) for each in self._book.reading.boxes.box_of(order_id)]

    def box_refusal(self, box: Sequence[Order]) -> str | None:
        """Return why orders may share their box no more: an address that changed, a gift."""
        if len(box) == 1:
            return None
        found = combine_refusal(self._addressed.of([each.id for each in box]))
        return f"{found} They lie in one box: open it and take it apart first." if found else None

    def _draw_kit(self, order: Order, pieces: int | None, at: datetime) -> None:
        if self._book.supplies is not None:
            self._book.supplies.draw(order, at, pieces)

    def finish_packing(
        self,
        order_id: OrderId,
        seconds: int | None = None,
        steps: Mapping[str, int] = NO_STEPS,
    ) -> Changes:
        """Close the parcel with every unit that is to send; pieces count as made from then on.

        Orders that share a box are closed with it, as one step. ``steps`` says how many of the
        ``seconds`` each step at the bench took.
        """
        box = self.box(order_id)
        for order in box:
            self._refuse_packing(order)
        apart = self.box_refusal(box)
        if apart:
            raise InvalidTransitionError(f"{apart} Nothing was changed.")
        now = self._clock.now()
        with self._store.step(f"Pack {_orders_named(box)}") as step:
            for place, order in enumerate(box):
                self._close(order, seconds if place == 0 else None, now)
                told = wording.packed(seconds)
                self._note(order, f"{told} · {_together(order, box)}" if len(box) > 1 else told)
            self._measures.add_steps(box[0].id, now, steps)
            self._draw_kit(box[0], pieces_together(box), now)
        return changes_of(step.tables)

    def _refuse_packing(self, order: Order) -> None:
        self.refuse_what_fails_the_gate(order)
        if not order.units_to_send:
            raise InvalidTransitionError(
                f"Order {order.number} is {order.fulfillment_status.value}:"
                " nothing of it is to pack. Nothing was changed."
            )
        self._refuse_closed_parcel(order, "there is nothing left to pack")
        if any(line.is_placeholder for line in order.line_items):
            raise InvalidTransitionError(
                f"The pieces of order {order.number} are not known yet: import Etsy's items file"
                " first. Nothing was changed."
            )

    def _close(self, order: Order, seconds: int | None, at: datetime) -> None:
        for line in order.line_items:
            units = line.units_to_send - (line.units_packed - line.units_shipped)
            if units:
                self._book.writing.set_stage(line.id, Stage.READY)
                self._book.writing.pack_units(
                    order.id, line.id, units, at=at, seconds=seconds, source="desk"
                )

    def pack_part(
        self, order_id: OrderId, units: Mapping[LineItemId, int], note: str | None = None
    ) -> Changes:
        """Close a parcel with some of the units; the rest follows in one of its own.

        ``note`` is printed on the slip of this parcel.
        """
        order = self._orders.get(order_id)
        self.refuse_what_fails_the_gate(order)
        if order.combined_with:
            raise InvalidTransitionError(
                f"Order {order.number} shares its box with {numbers_text(order.combined_with)}:"
                " give it a box of its own before a part of it leaves. Nothing was changed."
            )
        if any(line.units_closed for line in order.line_items):
            raise InvalidTransitionError(
                f"A parcel of order {order.number} is closed already: hand it over, or open it"
                " again. Nothing was changed."
            )
        chosen = chosen_units(order, units)
        if not chosen:
            raise InvalidTransitionError(
                "Choose the pieces that go into this parcel. Nothing was changed."
            )
        most = {line.id: line.units_to_send for line in order.line_items}
        refuse_more_than(order, chosen, most, "are still to send")
        now = self._clock.now()
        note = _cleaned(note)
        with self._store.step(f"Pack a part of order {order.number}") as step:
            for line_id, count in chosen.items():
                if count == most[line_id]:
                    self._book.writing.set_stage(line_id, Stage.READY)
                self._book.writing.pack_units(
                    order_id, line_id, count, at=now, seconds=None, source="desk", note=note
                )
            self._draw_kit(order, sum(chosen.values()), now)
            told = f"packed a part: {titles(order, chosen.items())}"
            self._note(order, f"{told} · {note}" if note else told)
        return changes_of(step.tables)

    def open_parcel(self, order_id: OrderId) -> Changes:
        """Open a closed parcel that has not left; its pieces are to be packed again."""
        order = self._orders.get(order_id)
        if not any(line.units_closed for line in order.line_items):
            raise InvalidTransitionError(
                f"No parcel of order {order.number} is closed. Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Open the parcel of order {order.number}") as step:
            self._book.open_parcel(order, now)
            self._book.read_settings()
            self._book.refresh(order_id, now)
        return changes_of(step.tables)

    def ship(
        self,
        order_id: OrderId,
        carrier: str | None = None,
        tracking_number: str | None = None,
        label_cost: Money | None = None,
        wave_through: str | None = None,
        at: datetime | None = None,
    ) -> Changes:
        """Hand the closed parcel over, now or ``at`` an instant that has been.

        Papers that are out of date stop it, unless ``wave_through`` says why it may go with them.
        Orders that share a box leave with it under one number; the label's cost stands on one.
        """
        order, mates = self._under_one_label(order_id)
        order_id = order.id
        refusal = self.ship_refusal(order) or self._refusal_of(mates)
        refusal = refusal or self.box_refusal([order, *mates])
        why = _cleaned(wave_through)
        papers = (self._papers.refusal(each) for each in (order, *mates))
        stale = next((each for each in papers if each), None) if refusal is None else None
        if refusal or (stale and not why):
            raise InvalidTransitionError(f"{refusal or stale} Nothing was changed.")
        units = [(line.id, line.units_closed) for line in order.line_items if line.units_closed]
        carrier, tracking_number = _cleaned(carrier), tracking_kept(tracking_number)
        label = _label_of(order, tracking_number)
        if label is not None:
            carrier, tracking_number = carrier or label.carrier, label.tracking_number
            label_cost = label_cost or label.cost
        box = [order, *mates]
        now = self._left_at(box, at)
        with self._store.step(f"Ship {_orders_named(box)}") as step:
            shipment_id = self._book.writing.add_shipment(
                order_id,
                units,
                at=now,
                carrier=carrier,
                tracking_number=tracking_number,
                source="desk",
                label_cost=label_cost,
                note=order.parcel_note,
            )
            if label is not None:
                self._book.writing.put_under(
                    shipment_id, replace(label, carrier=carrier, cost=label_cost)
                )
            told = wording.handed_over(carrier, tracking_number)
            told = f"{told} · papers out of date: {why}" if stale else told
            if mates:
                self._book.reading.boxes.leave(order_id, shipment_id)
                for mate in mates:
                    self._leave_with(mate, carrier, tracking_number, now)
                    self._note(mate, f"{told} · {_together(mate, box)}", now)
                told = f"{told} · {_together(order, box)}"
            self._note(order, told, now)
            if self._book.supplies is not None:
                for each in box:
                    self._book.supplies.draw_again(each.id, now)
        return changes_of(step.tables)

    def _left_at(self, box: Sequence[Order], at: datetime | None) -> datetime:
        """Return when a box left. Raises when that is to come, or lies before it could."""
        now = self._clock.now()
        if at is None:
            return now
        for each in box:
            packed_at = self._book.reading.goods.packed_at(each.id)
            sentence = hand_over_refusal(each, at, now, packed_at, self._orders.local)
            if sentence:
                raise InvalidTransitionError(f"{sentence} Nothing was changed.")
            at = max(at, packed_at) if packed_at else at  # the same minute, as it is typed
        return at

    def _under_one_label(self, order_id: OrderId) -> tuple[Order, list[Order]]:
        """Return the order of a box whose label is bought, else the one asked for, and the rest."""
        box = self.box(order_id)
        asked = next(each for each in box if each.id == order_id)
        lead = next((each for each in (asked, *box) if _has_label(each)), asked)
        return lead, [each for each in box if each is not lead]

    def _refusal_of(self, mates: Sequence[Order]) -> str | None:
        for mate in mates:
            refusal = self.ship_refusal(mate)
            if refusal:
                return f"It shares its box with {mate.number}. {refusal}"
        return None

    def _leave_with(
        self, order: Order, carrier: str | None, tracking_number: str | None, at: datetime
    ) -> None:
        """Hand an order over in the box that another's label is on."""
        units = [(line.id, line.units_closed) for line in order.line_items if line.units_closed]
        shipment_id = self._book.writing.add_shipment(
            order.id,
            units,
            at=at,
            carrier=carrier,
            tracking_number=tracking_number,
            source="desk",
            note=order.parcel_note,
        )
        self._book.reading.boxes.leave(order.id, shipment_id)

    @staticmethod
    def ship_refusal(order: Order) -> str | None:
        """Return why there is no parcel of an order to hand over, or None when there is one."""
        refusal = gate_refusal(order) if order.units_to_send else None
        if refusal:
            return refusal
        if order.units_to_send and any(line.units_closed for line in order.line_items):
            return None
        state = order.fulfillment_status.value.replace("_", " ")
        advice = ": pack it first" if order.units_to_send else ""
        return f"Order {order.number} is {state}{advice}."

    def refuse_what_fails_the_gate(self, order: Order) -> None:
        """Raise `InvalidTransitionError` when hold or money forbid packing (the gate)."""
        sentence = gate_refusal(order)
        if sentence:
            raise InvalidTransitionError(f"{sentence} Nothing was changed.")

    @staticmethod
    def _refuse_closed_parcel(order: Order, advice: str) -> None:
        if order.fulfillment_status is FulfillmentStatus.PACKED:
            raise InvalidTransitionError(
                f"The parcel of order {order.number} is closed: {advice}. Nothing was changed."
            )

    def _note(self, order: Order, what: str, at: datetime | None = None) -> None:
        now = self._clock.now()
        self._book.writing.add_event(order.id, at or now, what)
        self._book.read_settings()
        self._book.refresh_goods(order, now)


def pieces_together(box: Sequence[Order]) -> int | None:
    """Return how many pieces go into a box that several orders share; None for one order's own."""
    if len(box) == 1:
        return None
    return sum(line.units_to_send - line.units_closed for each in box for line in each.line_items)


def _orders_named(box: Sequence[Order]) -> str:
    if len(box) == 1:
        return f"order {box[0].number}"
    return f"orders {numbers_text([each.number for each in box])} in one box"


def _together(order: Order, box: Sequence[Order]) -> str:
    others = [each.number for each in box if each.id != order.id]
    return f"in one box with {numbers_text(others)}"


def _has_label(order: Order) -> bool:
    return bool(waiting(order.labels, order.units_to_send))


def gate_refusal(order: Order) -> str | None:
    """Return why an order may not be packed or printed for packing, or None when it may."""
    if order.fulfillment_status is FulfillmentStatus.CANCELED:
        return f"Order {order.number} is canceled."
    if order.hold is not None:
        if order.hold.reason == UNEXPLAINED_FREE:
            return f"Order {order.number} costs nothing and nobody said why."
        return f"Order {order.number} is on hold: {order.hold.reason}."
    if not order.passes_gate:
        money = order.payment_status.value.replace("_", " ")
        return f"Order {order.number} is {money}: its money does not allow packing."
    return None


def _label_of(order: Order, tracking_number: str | None) -> Label | None:
    """Return the label that a parcel leaves under: the one of that number, else the only one.

    Raises `InvalidTransitionError` when several wait and none is named by its number.
    """
    found = waiting(order.labels, order.units_to_send)
    named = [each for each in found if each.tracking_number == tracking_number]
    if tracking_number:
        bare = [each for each in found if not each.tracking_number]
        chosen = (named or bare)[:1]
        return replace(chosen[0], tracking_number=tracking_number) if chosen else None
    refusal = labels_refusal(order)
    if refusal:
        raise InvalidTransitionError(f"{refusal} Nothing was changed.")
    return found[0] if found else None


def labels_refusal(order: Order) -> str | None:
    """Return why nobody can tell under which label a parcel leaves, or None."""
    found = waiting(order.labels, order.units_to_send)
    if len(found) < 2:  # noqa: PLR2004 - two labels for one parcel
        return None
    names = " or ".join(each.tracking_number or each.name or "one without" for each in found)
    return (
        f"Order {order.number} has {len(found)} labels: say by its tracking number under which"
        f" this parcel leaves, {names}."
    )


def _cleaned(text: str | None) -> str | None:
    """Return a typed word without the blanks around it and control characters; None if empty."""
    kept = "".join(each for each in text or "" if each.isprintable()).strip()
    return kept or None
