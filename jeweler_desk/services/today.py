"""The agenda: everything that is due now, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mail_view import LastLook
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind, due_state
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.orders import Orders as OrderRows

STALE_MAIL = timedelta(minutes=30)


class Today:
    """What needs doing now."""

    def __init__(
        self,
        orders: Orders,
        rows: OrderRows,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._orders = orders
        self._rows = rows
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
            *self._parcels(now, today, calendar),
            *self._refunds(now, today, calendar),
            *self._holds(now, today, calendar),
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
            due_at = calendar.end_of(today)
            yield AgendaItem(
                AgendaKind.REFUND,
                wording.give_back(amount, row["number"], row["state"]),
                due_at,
                due_state(due_at, now),
                f"order:{row['number']}",
            )

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

    def trouble(self, look: LastLook, now: datetime) -> list[AgendaItem]:
        """Return that the mail could not be seen for half an hour, which no list may hide."""
        if look.error is None or (look.at and now - look.at < STALE_MAIL):
            return []
        since = wording.moment_text(look.at, now, self._settings.timezone()) if look.at else None
        due_at = look.at or now
        title = wording.mail_not_seen(since, look.error)
        return [AgendaItem(AgendaKind.MAIL_TROUBLE, title, due_at, due_state(due_at, now))]
