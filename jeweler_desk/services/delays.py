"""The law's last day of a paid order, and the buyer's yes to wait longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.delay_rule import RULES, DelayRule, LegalDay, must_leave_by
from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.wording import full_day
from jeweler_desk.services.changes import Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.columns import day, known_instant
from jeweler_desk.store.database import Store
from jeweler_desk.store.delays import DelayRows


class Delays:
    """Watches how long paid orders wait (orders.md section 5, rules 5 to 7)."""

    def __init__(self, store: Store, book: OrderBook, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._rows = DelayRows(store)
        self._book = book
        self._settings = settings
        self._clock = clock

    def rule(self) -> DelayRule | None:
        """Return the rule that counts at this shop, if one does."""
        return RULES.get(self._settings.get("shop.delay_rule"))

    def near(self) -> Iterator[LegalDay]:
        """Yield the paid orders whose last day by law is near or over."""
        rule = self.rule()
        if rule is None:
            return
        now = self._clock.now()
        calendar = BusinessCalendar(self._settings.timezone())
        seen_from = calendar.local(now).date() + timedelta(days=rule.remind_days_before)
        first = now - timedelta(days=rule.most_days - rule.remind_days_before - 1)
        for row in self._rows.paid_before(first):
            promises = self._book.reading.promises(row["id"]) if row["promises"] > 1 else ()
            paid_on = calendar.local(known_instant(row["paid_at"])).date()
            last_day = must_leave_by(rule, paid_on, promises, day(row["agreed_until"]))
            if last_day <= seen_from:
                yield LegalDay(row["number"], last_day, rule)

    def agree(self, order_id: OrderId, until: date, words: str) -> Changes:
        """Note that the buyer agreed to wait until a day; the promise itself stays as it is."""
        order = self._book.order(order_id)
        words = words.strip()
        if not order.units_to_send:
            raise InvalidTransitionError(
                f"Nothing of order {order.number} is to send, so nobody waits. Nothing was changed."
            )
        if order.paid_at is None:
            raise InvalidTransitionError(
                f"Order {order.number} is not paid yet: no day runs. Nothing was changed."
            )
        if not words:
            raise InvalidTransitionError(
                "Write how the buyer agreed: her words, or where they stand. Nothing was changed."
            )
        if until < self._settings.today():
            raise InvalidTransitionError(
                f"{full_day(until)} is over: name the day until which the buyer waits."
                " Nothing was changed."
            )
        now = self._clock.now()
        with self._store.step(f"Order {order.number}: the buyer agrees to wait") as step:
            self._rows.agree(order_id, until, words, now)
            told = f"the buyer agrees to wait until {full_day(until)}: {words}"
            self._book.writing.add_event(order_id, now, told)
        return changes_of(step.tables)
