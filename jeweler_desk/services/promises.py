"""Ship-by promises: which of them the calendar would now move, and promising anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.letter_facts import Delay
from jeweler_desk.domain.order import Channel, Order, OrderId, Promise
from jeweler_desk.domain.promises import (
    CALENDAR_CHANGED,
    MovedPromise,
    put_off,
)
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.promises import PromiseRows


class Promises:
    """What was promised. The calendar moves no promise by itself (orders.md section 5, rule 7)."""

    def __init__(
        self, store: Store, book: OrderBook, settings: Settings, clock: Clock, letters: Letters
    ) -> None:
        self._store = store
        self._letters = letters
        self._rows = PromiseRows(store)
        self._book = book
        self._settings = settings
        self._clock = clock

    def moved(self) -> tuple[MovedPromise, ...]:
        """Return the promises for which the calendar of now gives another day, soonest first."""
        calendars: dict[int, BusinessCalendar] = {}
        found = []
        for row in self._rows.standing():
            order_id = OrderId(row["id"])
            promise = self._book.reading.promise(order_id)
            placed_on = date.fromisoformat(row["placed_on"])
            if placed_on.year not in calendars:
                calendars[placed_on.year] = self._settings.calendar(placed_on)
            if promise is None:
                continue
            anew = self._anew(order_id, promise, calendars[placed_on.year])
            if anew.ship_by != promise.ship_by:
                found.append(
                    MovedPromise(
                        order_id=order_id,
                        number=row["number"],
                        channel=Channel(row["channel"]),
                        customer=row["customer_name"],
                        ship_by=promise.ship_by,
                        would_be=anew.ship_by,
                    )
                )
        return tuple(found)

    def would_be(self, order_id: OrderId) -> Promise:
        """Return what the calendar of now would promise.

        Raises `InvalidTransitionError` when no promise stands, or it gives the same day.
        """
        return self._would_be(self._book.order(order_id))[1]

    def letter(self, order_id: OrderId) -> str | None:
        """Return the letter about the delay, or None when the day would be an earlier one."""
        order = self._book.order(order_id)
        old, anew = self._would_be(order)
        if anew.ship_by < old.ship_by:
            return None
        return self._letter(order, old, anew, put_off(self._book.reading.promises(order_id)))

    def letter_of_last(self, order_id: OrderId) -> str | None:
        """Return the letter about the promise made last, or None if it put nothing off."""
        made = self._book.reading.promises(order_id)
        if len(made) < 2 or made[-1].ship_by <= made[-2].ship_by:  # noqa: PLR2004 - old and new
            return None
        return self._letter(self._book.order(order_id), made[-2], made[-1], put_off(made[:-1]))

    def renew(self, order_id: OrderId, why: str = "") -> Changes:
        """Promise an order anew by the calendar of now, with the reason in its timeline.

        A later day lays its letter on the desk as a draft.
        """
        order = self._book.order(order_id)
        old, anew = self._would_be(order)
        times = put_off(self._book.reading.promises(order_id))
        why = why.strip() or CALENDAR_CHANGED
        now = self._clock.now()
        with self._store.step(f"Promise order {order.number} anew") as step:
            self._book.promise_anew(order, replace(anew, why=why), now)
            self._book.read_settings()
            self._book.refresh(order_id, now)
            if anew.ship_by > old.ship_by:
                self._letters.tell_delay(order, Delay(old.ship_by, anew.ship_by, times))
        return changes_of(step.tables)

    def _would_be(self, order: Order) -> tuple[Promise, Promise]:
        if order.promise is None or not order.units_to_send:
            raise InvalidTransitionError(
                f"Order {order.number} has no promise to keep. Nothing was changed."
            )
        if order.question is not None:
            raise InvalidTransitionError(
                f"Order {order.number} waits for the customer: its days are counted from the answer"
                " on. Nothing was changed."
            )
        anew = self._anew(order.id, order.promise, self._settings.calendar(order.placed_on))
        if anew.ship_by == order.promise.ship_by:
            raise InvalidTransitionError(
                f"Order {order.number} is promised for {full_day(anew.ship_by)}, and the calendar"
                " gives that day now too. Nothing was changed."
            )
        return order.promise, anew

    def _anew(self, order_id: OrderId, promise: Promise, calendar: BusinessCalendar) -> Promise:
        pauses = self._book.reading.goods.pauses(order_id)
        return self._book.promise_by(calendar, order_id, promise.paid_at, pauses)

    def _letter(self, order: Order, old: Promise, anew: Promise, times: int) -> str:
        return self._letters.delay_text(order, Delay(old.ship_by, anew.ship_by, times))
