from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from jeweler_desk.domain.mail_view import LastLook
from jeweler_desk.domain.order import Refund, RefundState
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind, DueState
from jeweler_desk.services.desk import Desk
from tests.builders import an_order, usd
from tests.fakes import FixedClock
from tests.post import ASKED_AT, Letter, Post

END_OF_TUESDAY = datetime(2026, 10, 7, 3, 59, 59, tzinfo=UTC)


def _of(desk: Desk, kind: AgendaKind) -> list[AgendaItem]:
    return [item for item in desk.today.agenda() if item.kind is kind]


def test_nothing_is_due_on_an_empty_desk(desk: Desk) -> None:
    assert desk.today.agenda() == []


def test_a_parcel_is_due_on_its_day_until_midnight_and_late_after_it(
    desk: Desk, clock: FixedClock
) -> None:
    desk.orders.add(an_order())  # paid on Monday: ship by Tuesday

    assert _of(desk, AgendaKind.PARCEL) == []
    clock.moment = END_OF_TUESDAY - timedelta(seconds=1)
    (parcel,) = _of(desk, AgendaKind.PARCEL)
    assert (parcel.due_at, parcel.state, parcel.link) == (
        END_OF_TUESDAY,
        DueState.DUE,
        "order:#1041",
    )
    assert parcel.title == "Send #1041 to Hannah Lindqvist: Silver Ring"
    clock.goes_on(hours=8)
    assert _of(desk, AgendaKind.PARCEL)[0].state is DueState.LATE


def test_what_may_not_leave_is_no_parcel_of_today(desk: Desk, clock: FixedClock) -> None:
    held, _ = desk.orders.add(an_order(number="#1"))
    desk.orders.hold(held, "ring size")
    desk.orders.add(an_order(number="#2", is_paid=False))
    desk.orders.add(an_order(number="#3", total=usd("0.00")))
    gone, _ = desk.orders.add(an_order(number="#4"))
    desk.fulfillment.finish_packing(gone)
    desk.fulfillment.ship(gone)
    clock.goes_on(days=3)

    assert _of(desk, AgendaKind.PARCEL) == []


def test_a_refund_that_is_not_settled_is_due_today(desk: Desk) -> None:
    granted = Refund(usd("10.00"), RefundState.GRANTED, None, "late", "manual")
    desk.orders.add(an_order(refunds=(granted,)))

    (refund,) = _of(desk, AgendaKind.REFUND)

    assert refund.title == "Refund 10.00 USD for #1041: to be asked for"
    assert refund.link == "order:#1041"


def test_a_hold_is_looked_at_on_its_last_day(desk: Desk, clock: FixedClock) -> None:
    order_id, _ = desk.orders.add(an_order())
    desk.orders.hold(order_id, "ring size", date(2026, 10, 7))

    assert _of(desk, AgendaKind.PROMISE) == []
    clock.moment = datetime(2026, 10, 7, 15, 0, tzinfo=UTC)
    (ends,) = _of(desk, AgendaKind.PROMISE)
    assert ends.title == "The hold of #1041 ends: ring size"
    desk.orders.release(order_id)
    assert _of(desk, AgendaKind.PROMISE) == []


def test_letters_and_parcels_come_in_the_order_in_which_they_are_due(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    Post(desk, tmp_path).brings([Letter("q1@c.test")])
    desk.orders.add(an_order())
    clock.moment = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)

    first, second = desk.today.agenda()

    assert (first.kind, first.link) == (AgendaKind.EMAIL, "mail:q1@c.test")
    assert first.due_at == ASKED_AT + timedelta(hours=24)
    assert first.state is DueState.LATE
    assert first.title == "Answer Anna Berg: Ring"
    assert second.kind is AgendaKind.PARCEL


def test_mail_that_cannot_be_seen_is_said_after_half_an_hour(desk: Desk, clock: FixedClock) -> None:
    look = LastLook(clock.now(), "wrong password")

    assert desk.today.trouble(look, clock.now() + timedelta(minutes=29)) == []
    (said,) = desk.today.trouble(look, clock.now() + timedelta(minutes=31))
    assert said.title == "The mail was not seen since today 10:00: wrong password"
    assert said.state is DueState.LATE


def test_mail_that_was_never_seen_is_said_at_once(desk: Desk, clock: FixedClock) -> None:
    (said,) = desk.today.trouble(LastLook(None, "wrong password"), clock.now())

    assert said.title == "The mail was not seen yet: wrong password"
    assert desk.today.trouble(LastLook(clock.now(), None), clock.now()) == []
