"""Recording orders: facts in, states computed and kept beside them in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.money import total_of
from jeweler_desk.domain.order import (
    Hold,
    LineItem,
    NewOrder,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    RefundState,
)
from jeweler_desk.domain.order_states import OrderStates, order_states
from jeweler_desk.domain.payment import MoneyFacts, is_free_by_intended_code
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.order_sweep import OrderFacts
from jeweler_desk.store.order_writing import OrderWriting

IMPORTED = "import"
_PROMISED = frozenset(
    {
        PaymentStatus.PAID,
        PaymentStatus.OVERPAID,
        PaymentStatus.PARTIALLY_REFUNDED,
        PaymentStatus.REFUNDED,
    }
)


class OrderBook:
    """Adds and completes orders; every writing method needs an open step."""

    def __init__(self, reading: OrderReading, writing: OrderWriting, settings: Settings) -> None:
        self.reading = reading
        self.writing = writing
        self._settings = settings
        self._calendars: dict[int, BusinessCalendar] = {}
        self._intended_codes: str = ""

    def read_settings(self) -> None:
        """Take the settings of this moment for the orders recorded next."""
        self._calendars.clear()
        self._intended_codes = self._settings.get("shop.intended_codes")

    def _calendar(self, year: int, order: NewOrder) -> BusinessCalendar:
        if year not in self._calendars:
            self._calendars[year] = self._settings.calendar(order.placed_on)
        return self._calendars[year]

    def order(self, order_id: OrderId) -> Order:
        """Return an order whole. Raises `InvalidTransitionError` when there is none."""
        order = self.reading.order(order_id)
        if order is None:
            raise InvalidTransitionError("There is no such order any more.")
        return order

    def record(self, new: NewOrder, at: datetime) -> OrderId:
        """Add an order with all its facts, its promise and its timeline; return its id."""
        calendar = self._calendar(new.placed_on.year, new)
        new = _with_instants(new, calendar)
        lines = tuple(_fated(line, new) for line in new.line_items)
        money = self._money(new)
        states = order_states(money, lines, is_canceled_by_channel=new.is_canceled, hold=None)
        paid_at = _paid_at(new, calendar)
        promise = calendar.promise(paid_at) if paid_at and _is_promised(states, money) else None
        write = self.writing
        order_id = write.add(new, states, paid_at, promise.ship_by if promise else None)
        kept = [
            replace(line, id=write.add_line(order_id, position, line))
            for position, line in enumerate(lines)
        ]
        write.add_known_fate(new, order_id, kept, IMPORTED)
        for charge in new.charges:
            write.add_charge(order_id, charge)
        for held in new.authorizations:
            write.add_authorization(order_id, held)
        for refund in new.refunds:
            write.add_refund(order_id, refund)
        if promise:
            write.add_promise(order_id, promise, at)
        for moment, what in _history(new, calendar, at):
            write.add_event(order_id, moment, what)
        return order_id

    def complete(self, order_id: OrderId, new: NewOrder, at: datetime) -> None:
        """Bring a known order up to date with a newer (or fuller) telling of its channel.

        Money facts only grow, and goods facts of the desk's own are never overwritten.
        """
        old = self.order(order_id)
        calendar = self._calendar(new.placed_on.year, new)
        new = _with_instants(new, calendar)
        paid_at = _paid_at(new, calendar) or old.paid_at
        self.writing.describe(order_id, new, paid_at)
        self._complete_lines(old, new)
        self._complete_money(old, new, at)
        self._complete_goods(order_id, new, at)
        self.refresh(order_id, at)

    def _complete_lines(self, old: Order, new: NewOrder) -> None:
        known = {line.source_key: line for line in old.line_items if not line.is_placeholder}
        has_pieces = any(not line.is_placeholder for line in new.line_items)
        position = 0
        for position, line in enumerate(new.line_items):
            found = known.pop(line.source_key, None)
            if found is not None:
                spoken_for = found.units_packed + found.units_canceled
                self.writing.describe_line(
                    found.id, replace(line, quantity=max(line.quantity, spoken_for))
                )
            elif not line.is_placeholder or not old.line_items:
                self.writing.add_line(old.id, position, replace(line, units_shipped=0))
        if not has_pieces:
            return
        for line in old.line_items:
            is_gone = line.is_placeholder or line.source_key in known
            if is_gone and not (line.units_packed and not line.is_placeholder):
                self.writing.remove_line(line.id)

    def _complete_money(self, old: Order, new: NewOrder, at: datetime) -> None:
        write = self.writing
        for charge in new.charges:
            mine = [each for each in old.charges if each.source == charge.source]
            if not mine:
                write.add_charge(old.id, charge)
                write.add_event(old.id, charge.captured_at or at, wording.paid(charge.amount))
            elif len(mine) == 1 and mine[0].amount < charge.amount:
                write.raise_charge(old.id, charge.source, charge.amount)
        for source in {held.source for held in old.authorizations}:
            write.drop_authorizations(old.id, source)
        if not (new.charges or old.charges):
            for held in new.authorizations:
                write.add_authorization(old.id, held)
        told = [refund for refund in new.refunds if refund.state is RefundState.SETTLED]
        if told:
            sources = {refund.source for refund in told}
            known = [refund.amount for refund in old.refunds if refund.source in sources]
            currency = new.currency
            more = total_of([each.amount for each in told], currency) - total_of(known, currency)
            if more.minor_units > 0:
                write.add_refund(old.id, replace(told[-1], amount=more))
                write.add_event(old.id, told[-1].at or at, wording.refunded(more))

    def _complete_goods(self, order_id: OrderId, new: NewOrder, at: datetime) -> None:
        order = self.order(order_id)
        write = self.writing
        has_left = any(parcel.source != IMPORTED for parcel in order.shipments)
        sent = [
            (line.id, line.units_to_send)
            for line in order.line_items
            if line.units_to_send and (new.is_shipped or _told_shipped(line, new)) and not has_left
        ]
        if sent:
            for line in order.line_items:
                unpacked = line.quantity - line.units_canceled - line.units_packed
                if unpacked and (line.id, line.units_to_send) in sent:
                    write.pack_units(
                        order_id, line.id, unpacked, at=None, seconds=None, source=IMPORTED
                    )
            write.add_shipment(
                order_id, sent, at=new.shipped_at, carrier=None, tracking_number=None,
                source=IMPORTED,
            )  # fmt: skip
            write.add_event(order_id, new.shipped_at or at, wording.handed_over(None, None))
        elif new.is_canceled and not order.is_canceled_by_channel:
            write.set_canceled_by_channel(order_id)
            if not any(line.units_shipped for line in order.line_items):
                for line in order.line_items:
                    write.cancel_all(order_id, line, new.canceled_at)
            write.add_event(order_id, new.canceled_at or at, wording.canceled(new.channel))

    def refresh(self, order_id: OrderId, at: datetime) -> None:
        """Compute the states anew from the facts, make the promise that is now due, keep both."""
        order = self.order(order_id)
        states = self.states(order)
        promise = self.reading.promise(order_id)
        if promise is None and order.paid_at and _is_promised(states, self._money(order)):
            promise = self._settings.calendar(order.placed_on).promise(order.paid_at)
            self.writing.add_promise(order_id, promise, at)
        is_alive = _is_promised(states, self._money(order))
        self.writing.set_states(order, states, promise.ship_by if promise and is_alive else None)

    def states(self, order: Order) -> OrderStates:
        """Compute an order's states from its facts alone."""
        return self.what_follows(order, self.reading.open_hold(order.id))[0]

    def what_follows(
        self, order: Order | OrderFacts, hold: Hold | None
    ) -> tuple[OrderStates, date | None]:
        """Compute the states, and the ship-by day of the order's promise if that counts.

        ``hold`` is the seller's own that stands.
        """
        money = self._money(order)
        states = order_states(
            money,
            order.line_items,
            is_canceled_by_channel=order.is_canceled_by_channel,
            hold=hold,
        )
        promise = order.promise if _is_promised(states, money) else None
        return states, promise.ship_by if promise else None

    def _money(self, order: NewOrder | Order | OrderFacts) -> MoneyFacts:
        has_reason = bool(order.free_reason) or (
            order.total.minor_units == 0
            and is_free_by_intended_code(order.discount_code, self._intended_codes)
        )
        return MoneyFacts(
            channel=order.channel,
            total=order.total,
            charges=order.charges,
            authorizations=order.authorizations,
            refunds=order.refunds,
            has_free_reason=has_reason,
        )


def _with_instants(new: NewOrder, calendar: BusinessCalendar) -> NewOrder:
    """Give every fact that is only a day its instant: 00:00 of that day at the shop."""
    paid_at = new.paid_at or (calendar.start_of(new.paid_on) if new.paid_on else None)
    shipped_at = new.shipped_at or (calendar.start_of(new.shipped_on) if new.shipped_on else None)
    charges = tuple(
        charge if charge.captured_at else replace(charge, captured_at=paid_at)
        for charge in new.charges
    )
    return replace(new, paid_at=paid_at, shipped_at=shipped_at, charges=charges)


def _paid_at(new: NewOrder, calendar: BusinessCalendar) -> datetime | None:
    """Return from when the promise counts: the payment, or the order where the money is held."""
    if new.paid_at:
        return new.paid_at
    taken = [charge.captured_at for charge in new.charges if charge.captured_at]
    if taken:
        return max(taken)
    if new.charges or new.authorizations or new.total.minor_units == 0:
        return new.placed_at or calendar.start_of(new.placed_on)
    return None


def _is_promised(states: OrderStates, money: MoneyFacts) -> bool:
    """Whether a ship-by day belongs to the order: it is paid (or may be sent) and not canceled."""
    if states.order_status is OrderStatus.CANCELED:
        return False
    return states.payment_status in _PROMISED or money.passes_gate()


def _fated(line: LineItem, new: NewOrder) -> LineItem:
    """Return a new line with the counts that its source tells."""
    shipped = line.quantity if new.is_shipped else line.units_shipped
    is_canceled = new.is_canceled and not new.is_shipped and not line.units_shipped
    return replace(
        line,
        units_shipped=shipped,
        units_packed=shipped,
        units_canceled=line.quantity if is_canceled else line.units_canceled,
    )


def _told_shipped(line: LineItem, new: NewOrder) -> bool:
    return any(
        told.source_key == line.source_key and told.units_shipped >= line.quantity
        for told in new.line_items
    )


def _history(
    new: NewOrder, calendar: BusinessCalendar, at: datetime
) -> Sequence[tuple[datetime, str]]:
    """Return the timeline of an order that is read for the first time."""
    placed_at = new.placed_at or calendar.start_of(new.placed_on)
    lines = [(placed_at, wording.ordered(new.channel))]
    lines += [(each.captured_at or placed_at, wording.paid(each.amount)) for each in new.charges]
    lines += [
        (each.at or new.canceled_at or at, wording.refunded(each.amount)) for each in new.refunds
    ]
    if new.is_canceled:
        lines.append((new.canceled_at or at, wording.canceled(new.channel)))
    if new.is_shipped:
        lines.append((new.shipped_at or at, wording.handed_over(None, None)))
    return lines
