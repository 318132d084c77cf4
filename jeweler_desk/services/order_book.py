"""Recording orders: facts in, states computed and kept beside them in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from jeweler_desk.domain.business_days import (
    BusinessCalendar,
    Pause,
    day_in_zone,
    promise_of_pieces,
)
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import (
    Hold,
    LineItem,
    LineItemId,
    NewOrder,
    Order,
    OrderId,
    Promise,
)
from jeweler_desk.domain.order_intake import (
    IMPORTED,
    history,
    is_promised,
    progress_known,
    progress_told,
    promise_counts_from,
    with_fate,
    with_instants,
)
from jeweler_desk.domain.order_states import OrderStates, order_states
from jeweler_desk.domain.payment import BY_HAND, MoneyFacts, is_free_by_intended_code
from jeweler_desk.domain.promises import promised_anew
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.order_completion import OrderCompletion
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.shown_listings import ShownListings
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.order_sweep import OrderFacts
from jeweler_desk.store.order_writing import OrderWriting


class OrderBook:
    """Adds and completes orders; every writing method needs an open step."""

    def __init__(
        self,
        reading: OrderReading,
        writing: OrderWriting,
        settings: Settings,
        supplies: Supplies | None = None,
        shown: ShownListings | None = None,
    ) -> None:
        self._shown = shown
        self.reading = reading
        self.writing = writing
        self._settings = settings
        self.supplies = supplies
        self._completion = OrderCompletion(reading, writing)
        self._calendars: dict[int, BusinessCalendar] = {}
        self._intended_codes: str = ""

    def read_settings(self) -> None:
        """Take the settings of this moment for the orders recorded next."""
        self._calendars.clear()
        if self._shown is not None:
            self._shown.read()
        self._intended_codes = self._settings.get("shop.intended_codes")

    def _calendar(self, around: date) -> BusinessCalendar:
        """Return the calendar for a day, read once a year and step."""
        if around.year not in self._calendars:
            self._calendars[around.year] = self._settings.calendar(around)
        return self._calendars[around.year]

    def order(self, order_id: OrderId) -> Order:
        """Return an order whole. Raises `InvalidTransitionError` when there is none."""
        order = self.reading.order(order_id)
        if order is None:
            raise InvalidTransitionError("There is no such order any more.")
        return order

    def record(self, new: NewOrder, at: datetime, writing: OrderWriting | None = None) -> OrderId:
        """Add an order with all its facts, its promise and its timeline; return its id."""
        calendar = self._calendar(new.placed_on)
        new = with_instants(new, calendar)
        new = replace(new, policy_version=self.reading.policies.kept_on(new.placed_on))
        lines = tuple(with_fate(line, new) for line in new.line_items)
        money = self._money(new)
        states = order_states(money, lines, is_canceled_by_channel=new.is_canceled, hold=None)
        paid_at = promise_counts_from(new, calendar)
        seen = self._shown.matches(new) if self._shown else []
        places = [LineItemId(place) for place in range(len(lines))]
        days = self._shown.days_by(lines, places, seen) if self._shown else {}
        is_due = paid_at is not None and is_promised(states)
        promise = promise_of_pieces(calendar, days, paid_at) if paid_at and is_due else None
        write = writing or self.writing
        ship_by = promise.ship_by_for(_placed(lines, places)) if promise else None
        order_id = write.add(new, states, paid_at, ship_by)
        ids = [write.add_line(order_id, position, line) for position, line in enumerate(lines)]
        write.add_known_fate(new, order_id, list(zip(ids, lines, strict=True)), IMPORTED)
        for line_id, found in zip(ids, seen, strict=False):
            if self._shown is not None and found is not None:
                self._shown.keep(line_id, found, at, write.new_rows)
        for charge in new.charges:
            write.add_charge(order_id, charge)
        for held in new.authorizations:
            write.add_authorization(order_id, held)
        for refund in new.refunds:
            write.add_refund(order_id, refund)
        if promise:
            by_line = tuple((ids[place], day) for place, day in promise.by_line)
            write.add_promise(order_id, replace(promise, by_line=by_line), at)
        for entry in history(new, calendar, at):
            write.add_event(order_id, entry.at, entry.what)
        return order_id

    def is_news(self, order_id: OrderId, told: NewOrder) -> bool:
        """Whether a telling is not behind what is known; one that is was made earlier."""
        return not progress_told(told).is_behind(progress_known(self.order(order_id)))

    def complete(self, order_id: OrderId, told: NewOrder, at: datetime) -> None:
        """Bring a known order up to date with a newer (or fuller) telling of its channel.

        Money facts only grow, and goods facts of the desk's own are never overwritten.
        """
        old = self.order(order_id)
        calendar = self._calendar(told.placed_on)
        new = with_instants(told, calendar)
        zone = self._zone_read_in(order_id, old.paid_at) if old.paid_at else None
        paid_at = _same_day(old, told, zone) or promise_counts_from(new, calendar) or old.paid_at
        self.writing.describe(order_id, new, paid_at)
        self._completion.complete(old, new, at)
        if self._shown is not None:
            lines = self.reading.line_items(order_id, old.total.currency)
            self._shown.keep_missing(order_id, lines, new, at)
        self.refresh(order_id, at)

    def refresh(self, order_id: OrderId, at: datetime) -> None:
        """Compute the states anew from the facts, make the promise that is now due, keep both.

        A promise stands once it is made; only another instant of payment makes it anew.
        """
        self._keep_what_follows(self.order(order_id), at)

    def refresh_goods(self, before: Order, at: datetime) -> None:
        """Do as `refresh` after an act on goods alone: the rest stands as it was just read."""
        self._keep_what_follows(self.reading.with_goods_of_now(before), at)

    def _keep_what_follows(self, order: Order, at: datetime) -> None:
        states = self.states(order)
        promise = order.promise or self.reading.promise(order.id)
        is_alive = is_promised(states)
        start = order.counts_from
        if is_alive and start and (promise is None or promise.paid_at != start):
            pauses = self.reading.goods.pauses(order.id)
            calendar = self._settings.calendar(order.placed_on)
            promise = self.promise_by(calendar, order.id, start, pauses)
            self.writing.add_promise(order.id, promise, at)
        ship_by = promise.ship_by_for(order.line_items) if promise and is_alive else None
        self.writing.set_states(order, states, ship_by)

    def resume_promise(self, order_id: OrderId, at: datetime) -> None:
        """Make the promise anew by the days that the buyer's last answer took (rule 6).

        A wait over no counted day moves nothing, whatever became of the calendar meanwhile.
        """
        order = self.order(order_id)
        pauses = self.reading.goods.pauses(order_id)
        if order.promise is None or not pauses:
            return
        # A zone changed meanwhile moves no promise: the wait is counted where it was promised.
        calendar = replace(
            self._settings.calendar(order.placed_on), timezone=order.promise.timezone
        )
        without = self.promise_by(calendar, order_id, order.promise.paid_at, pauses[:-1])
        anew = self.promise_by(calendar, order_id, order.promise.paid_at, pauses)
        if anew.ship_by > max(without.ship_by, order.promise.ship_by):
            asked, answered = (
                calendar.local(each).date()
                for each in (pauses[-1].asked_at, pauses[-1].answered_at)
            )
            why = f"waited for the customer from {full_day(asked)} to {full_day(answered)}"
            self.promise_anew(order, replace(anew, why=why), at)

    def promise_by(
        self,
        calendar: BusinessCalendar,
        order_id: OrderId,
        paid_at: datetime,
        pauses: Sequence[Pause],
    ) -> Promise:
        """Return the promise for an order, by the processing days of what its buyer was shown."""
        days = self._shown.days_of(order_id) if self._shown else {}
        start = day_in_zone(paid_at, self._zone_read_in(order_id, paid_at), calendar)
        return replace(promise_of_pieces(calendar, days, start, pauses), paid_at=paid_at)

    def _zone_read_in(self, order_id: OrderId, paid_at: datetime) -> str | None:
        """Return the zone of the first promise that was counted from an instant."""
        made = self.reading.promises(order_id)
        return next((each.timezone for each in made if each.paid_at == paid_at), None)

    def promise_anew(self, order: Order, anew: Promise, at: datetime) -> None:
        """Store a new version of an order's promise, with its reason in the timeline."""
        self.writing.add_promise(order.id, anew, at)
        self.writing.add_event(order.id, at, promised_anew(order.promise, anew))

    def open_parcel(self, order: Order, at: datetime) -> bool:
        """Take everything out of a closed parcel that has not left; False when there is none.

        A box that several orders share is opened for all of them.
        """
        box = self.reading.boxes.box_of(order.id)
        opened = [self._open(each, order, at) for each in box]
        if any(opened) and self.supplies is not None:
            self.supplies.give_back(box[0], at)
        for mate in box:
            if mate != order.id:
                self.refresh(mate, at)
        return any(opened)

    def _open(self, order_id: OrderId, known: Order, at: datetime) -> bool:
        order = known if order_id == known.id else self.order(order_id)
        closed = [line for line in order.line_items if line.units_closed]
        for line in closed:
            self.writing.pack_units(
                order.id, line.id, -line.units_closed, at=at, seconds=None, source=BY_HAND
            )
        if closed:
            self.writing.add_event(order.id, at, "parcel opened again")
        return bool(closed)

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
            is_canceled_by_channel=order.is_canceled_by_channel and not order.is_reinstated,
            hold=hold,
            is_delivered=order.is_delivered,
            question=order.question,
        )
        promise = order.promise if is_promised(states) else None
        return states, promise.ship_by_for(order.line_items) if promise else None

    def money_of(self, order: Order) -> MoneyFacts:
        """Return an order's money facts, for what may still be given back or collected."""
        return self._money(order)

    def settled_units(self, order: Order) -> dict[LineItemId, int]:
        """Return how many units of each line item were given back for, in money or exchanged."""
        found = self.reading.money.refunded_units(order.id)
        exchanged = self.reading.goods.exchanged(order.id, order.total.currency)
        for line_id, count in exchanged.units.items():
            found[line_id] = found.get(line_id, 0) + count
        return found

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
            disputes=() if isinstance(order, NewOrder) else order.disputes,
            written_off=None if isinstance(order, NewOrder) else order.written_off,
            has_free_reason=has_reason,
        )


def _same_day(old: Order, told: NewOrder, zone: str | None) -> datetime | None:
    """Return the instant known for a payment of which the channel tells the day only.

    The shop's zone may have been changed since that day was read; the promise is not moved by it.
    """
    if told.paid_at or told.paid_on is None or zone is None or old.paid_at is None:
        return None
    known = old.paid_at.astimezone(ZoneInfo(zone)).date()
    return old.paid_at if known == told.paid_on else None


def _placed(lines: Sequence[LineItem], places: Sequence[LineItemId]) -> list[LineItem]:
    """Name the lines of an order that has no ids yet by their places."""
    return [replace(line, id=place) for line, place in zip(lines, places, strict=True)]
