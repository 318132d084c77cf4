"""The agenda: everything that is due now, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.delay_rule import refund_last_day
from jeweler_desk.domain.mail_view import LastLook
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, RefundState
from jeweler_desk.domain.refund_timing import arrives_by, means_of
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind, due_state
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.delays import Delays
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.store.columns import instant, known_instant
from jeweler_desk.store.database import Row
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.orders import Orders as OrderRows

STALE_MAIL = timedelta(minutes=30)


class Today:
    """What needs doing now."""

    def __init__(
        self,
        orders: Orders,
        rows: OrderRows,
        facts: OrderReading,
        supplies: Supplies,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
        delays: Delays,
    ) -> None:
        self._delays = delays
        self._orders = orders
        self._rows = rows
        self._facts = facts
        self._supplies = supplies
        self._correspondence = correspondence
        self._settings = settings
        self._clock = clock

    def agenda(self) -> list[AgendaItem]:
        """Return what is due: emails that wait, parcels of today, refunds, ends of holds."""
        now = self._clock.now()
        calendar = BusinessCalendar(self._settings.timezone())
        today = calendar.local(now).date()
        items = [
            *self._emails(now),
            *self._letter_days(now, today, calendar),
            *self._alarms(now),
            *self._parcels(now, today, calendar),
            *self._refunds(now, today, calendar),
            *self._money_tasks(now, today, calendar),
            *self._legal_days(now, calendar),
            *self._holds(now, today, calendar),
            *self._low_supplies(now, today, calendar),
            *self.trouble(self._correspondence.last_look(), now),
        ]
        return sorted(items, key=lambda item: (item.due_at, item.kind, item.title))

    def _emails(self, now: datetime) -> Iterator[AgendaItem]:
        for email in self._correspondence.waiting(now):
            if email.due_at is None:
                continue
            yield AgendaItem(
                AgendaKind.EMAIL,
                wording.answer(email.person or email.address, email.subject),
                email.due_at,
                due_state(email.due_at, now),
                f"mail:{email.message_id}",
            )

    def _alarms(self, now: datetime) -> Iterator[AgendaItem]:
        """Yield what several customers wrote of within an hour: it is due at once."""
        for alarm in self._correspondence.trouble.alarms(now):
            title = wording.something_wrong(alarm.people, alarm.title)
            first = alarm.letters[0]
            link = f"mail:{first.message_id}"
            yield AgendaItem(
                AgendaKind.MAIL_TROUBLE, title, first.at, due_state(first.at, now), link
            )

    def _letter_days(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        """Yield what holding letters promised, and whom to ask again today."""
        words = self._correspondence.words
        promised = [
            (each, wording.promised_answer(each.person, each.subject, each.note))
            for each in words.promises()
        ]
        again = [
            (each, wording.follow_up(each.person, each.subject, each.note))
            for each in words.follow_ups()
            if each.on <= today
        ]
        for day, title in [*promised, *again]:
            due_at = calendar.end_of(day.on)
            link = f"mail:{day.message_id}"
            yield AgendaItem(AgendaKind.PROMISE, title, due_at, due_state(due_at, now), link)

    def _parcels(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        for order in self._orders.summaries(self._rows.parcels_due(today)):
            due_at = calendar.end_of(order.ship_by or today)
            yield AgendaItem(
                AgendaKind.PARCEL,
                wording.send_parcel(order.number, order.customer, order.pieces),
                due_at,
                due_state(due_at, now),
                f"order:{order.number}",
            )

    def _refunds(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        for row in self._rows.refunds_open():
            amount = Money(row["amount"], row["currency"])
            due_at, last_day = self._refund_due(row, today, calendar)
            title = wording.give_back(amount, row["number"], row["state"])
            yield AgendaItem(
                AgendaKind.REFUND,
                f"{title} · {last_day}" if last_day else title,
                due_at,
                due_state(due_at, now),
                f"order:{row['number']}",
            )

    def _refund_due(
        self, row: Row, today: date, calendar: BusinessCalendar
    ) -> tuple[datetime, str | None]:
        """Return when a refund's next step is due, and the law's last day once that is over.

        One that failed is owed at once; one that was asked for should be there by its means.
        """
        since = instant(row["at"])
        if since is None:
            return calendar.end_of(today), None
        stepped_on = calendar.local(since).date()
        if row["state"] == RefundState.ASKED:
            means = means_of(row["means"], Channel(row["channel"]))
            return calendar.end_of(arrives_by(means, stepped_on)), None
        due_at = calendar.end_of(min(today, stepped_on))
        if row["state"] == RefundState.FAILED:
            due_at = since
        granted_on = calendar.local(instant(row["granted_at"]) or since).date()
        rule = self._delays.rule() if granted_on < today else None
        last_day = refund_last_day(rule, granted_on) if rule else None
        return due_at, wording.refund_by_law(last_day, rule) if last_day and rule else None

    def _legal_days(self, now: datetime, calendar: BusinessCalendar) -> Iterator[AgendaItem]:
        for each in self._delays.near():
            due_at = calendar.end_of(each.must_leave_by)
            title = wording.legal_day(each)
            link = f"order:{each.number}"
            yield AgendaItem(AgendaKind.PROMISE, title, due_at, due_state(due_at, now), link)

    def _money_tasks(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        """Yield what follows from canceled, returned and disputed orders."""
        tasks: list[tuple[AgendaKind, str, str, date]] = []
        for row in self._facts.money.to_void():
            title = wording.let_go(Money(row["amount"], row["currency"]), row["number"])
            tasks.append((AgendaKind.REFUND, title, row["number"], today))
        for row in self._facts.goods.to_settle():
            back_on = calendar.local(known_instant(row["back_at"])).date()
            gives = -(row["difference"] or 0)
            back = Money(gives, row["currency"]) if gives > 0 else None
            title = wording.settle_return(row["number"], back)
            tasks.append((AgendaKind.REFUND, title, row["number"], min(today, back_on)))
        for number, label in self._facts.labels.unneeded():
            title = wording.label_money_back(number, label)
            tasks.append((AgendaKind.REFUND, title, number, label.refund_by(calendar.timezone)))
        for row in self._facts.money.evidence_due():
            due_on = date.fromisoformat(row["evidence_due_on"] or today.isoformat())
            title = wording.give_evidence(Money(row["amount"], row["currency"]), row["number"])
            tasks.append((AgendaKind.PROMISE, title, row["number"], due_on))
        for kind, title, number, due_on in tasks:
            due_at = calendar.end_of(due_on)
            yield AgendaItem(kind, title, due_at, due_state(due_at, now), f"order:{number}")

    def _holds(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        for row in self._rows.holds_ending(today):
            due_at = calendar.end_of(date.fromisoformat(row["until"]))
            yield AgendaItem(
                AgendaKind.PROMISE,
                wording.hold_ends(row["number"], row["reason"]),
                due_at,
                due_state(due_at, now),
                f"order:{row['number']}",
            )

    def _low_supplies(
        self, now: datetime, today: date, calendar: BusinessCalendar
    ) -> Iterator[AgendaItem]:
        """Yield one row for each reorder point that was crossed, until more is ordered."""
        for supply in self._supplies.notices():
            due_at = calendar.end_of(today)
            title = wording.supply_low(supply)
            link = f"supply:{supply.name}"
            yield AgendaItem(AgendaKind.SUPPLY, title, due_at, due_state(due_at, now), link)

    def trouble(self, look: LastLook, now: datetime) -> list[AgendaItem]:
        """Return that the mail could not be seen for half an hour, which no list may hide."""
        if look.error is None or (look.at and now - look.at < STALE_MAIL):
            return []
        since = wording.moment_text(look.at, now, self._settings.timezone()) if look.at else None
        due_at = look.at or now
        title = wording.mail_not_seen(since, look.error)
        return [AgendaItem(AgendaKind.MAIL_TROUBLE, title, due_at, due_state(due_at, now))]
