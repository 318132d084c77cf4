"""Promises stand: a changed calendar only says what it would promise now; an answer moves them."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.desk import Desk
from tests.builders import an_order
from tests.fakes import FixedClock

TUESDAY, WEDNESDAY = date(2026, 10, 6), date(2026, 10, 7)


@pytest.fixture
def order(desk: Desk) -> Order:
    """Paid on Monday 5 October, promised for Tuesday the 6th."""
    return desk.orders.get(desk.orders.add(an_order())[0])


def test_a_changed_calendar_moves_no_promise_and_says_what_it_would_be(
    desk: Desk, order: Order
) -> None:
    assert desk.promises.moved() == ()
    desk.settings.set("shop.closed_days", "2026-10-06")
    assert desk.orders.get(order.id).ship_by == TUESDAY
    (moved,) = desk.promises.moved()
    assert (moved.number, moved.ship_by, moved.would_be) == ("#1041", TUESDAY, WEDNESDAY)
    assert moved.is_delay
    assert desk.promises.would_be(order.id).ship_by == WEDNESDAY


def test_a_day_that_was_paid_on_stays_that_day_in_another_zone(desk: Desk) -> None:
    desk.settings.set("shop.timezone", "America/New_York")
    order = desk.orders.get(desk.orders.add(an_order())[0])
    desk.settings.set("shop.timezone", "America/Los_Angeles")
    assert desk.promises.moved() == (), "Monday is Monday there too"
    desk.settings.set("shop.closed_days", "2026-10-06")
    assert desk.promises.would_be(order.id).ship_by == WEDNESDAY
    desk.promises.renew(order.id)
    assert desk.promises.moved() == ()
    desk.settings.set("shop.closed_days", "2026-10-06,2026-10-07")
    desk.promises.renew(order.id)
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 8)
    assert all(each.severity != "failed" for each in desk.checking.check())


def test_promising_anew_is_a_new_version_with_its_reason_and_can_be_undone(
    desk: Desk, order: Order
) -> None:
    desk.settings.set("shop.closed_days", "2026-10-06")
    letter = desk.promises.letter(order.id)
    assert letter is not None
    assert "Wednesday, October 7, 2026" in letter
    desk.promises.renew(order.id, "a craft fair")
    now = desk.orders.get(order.id)
    assert now.ship_by == WEDNESDAY
    assert now.promise is not None
    assert now.promise.why == "a craft fair"
    assert now.timeline[-1].what == (
        "promised anew: ship by Wed 7 Oct 2026 instead of Tue 6 Oct 2026 (a craft fair)"
    )
    assert desk.promises.moved() == ()
    assert desk.promises.letter_of_last(order.id) == letter
    desk.history.undo()
    assert desk.orders.get(order.id) == order


def test_the_second_delay_asks_for_a_yes(desk: Desk, order: Order) -> None:
    desk.settings.set("shop.closed_days", "2026-10-06")
    desk.promises.renew(order.id)
    desk.settings.set("shop.closed_days", "2026-10-06..2026-10-07")
    letter = desk.promises.letter(order.id)
    assert letter is not None
    assert "whether you would like to wait" in letter


def test_an_earlier_day_may_be_promised_and_needs_no_letter(desk: Desk, order: Order) -> None:
    desk.settings.set("shop.closed_days", "2026-10-06")
    desk.promises.renew(order.id)
    desk.settings.set("shop.closed_days", "")
    (moved,) = desk.promises.moved()
    assert not moved.is_delay
    assert desk.promises.letter(order.id) is None
    desk.promises.renew(order.id)
    assert desk.orders.get(order.id).ship_by == TUESDAY
    assert desk.promises.letter_of_last(order.id) is None


def test_the_same_day_is_not_promised_twice(desk: Desk, order: Order) -> None:
    with pytest.raises(InvalidTransitionError, match="gives that day now too"):
        desk.promises.renew(order.id)
    assert desk.promises.letter_of_last(order.id) is None


def test_what_is_unpaid_or_has_left_has_no_promise_to_keep(desk: Desk, order: Order) -> None:
    unpaid = desk.orders.add(an_order(number="#2", is_paid=False))[0]
    desk.fulfillment.finish_packing(order.id)
    desk.fulfillment.ship(order.id)
    desk.settings.set("shop.closed_days", "2026-10-06")
    assert desk.promises.moved() == ()
    for order_id in (unpaid, order.id):
        with pytest.raises(InvalidTransitionError, match="no promise to keep"):
            desk.promises.renew(order_id)


def test_waiting_for_the_customer_pauses_the_count_and_the_answer_makes_the_promise_anew(
    desk: Desk, order: Order, clock: FixedClock
) -> None:
    desk.orders.ask_customer(order.id, "Which ring size?")
    clock.goes_on(days=3)
    assert desk.orders.get(order.id).ship_by == TUESDAY
    assert desk.orders.list(View.LATE) == [], "a paused order is not late"
    assert desk.orders.summaries([order.id])[0].is_late is False
    assert desk.today.agenda() == [], "and not due"
    with pytest.raises(InvalidTransitionError, match="waits for the customer"):
        desk.promises.renew(order.id)
    desk.orders.customer_answered(order.id, "US 7")
    now = desk.orders.get(order.id)
    assert now.ship_by == date(2026, 10, 9), "asked on Monday, answered on Thursday"
    assert now.timeline[-1].what == (
        "promised anew: ship by Fri 9 Oct 2026 instead of Tue 6 Oct 2026"
        " (waited for the customer from Mon 5 Oct 2026 to Thu 8 Oct 2026)"
    )
    assert desk.promises.moved() == ()
    desk.history.undo()
    assert desk.orders.get(order.id).ship_by == TUESDAY
    assert desk.orders.get(order.id).question is not None


def test_an_answer_of_the_same_day_moves_nothing(
    desk: Desk, order: Order, clock: FixedClock
) -> None:
    desk.orders.ask_customer(order.id, "Which ring size?")
    clock.goes_on(hours=5)
    desk.settings.set("shop.closed_days", "2026-10-06")
    desk.orders.customer_answered(order.id)
    assert desk.orders.get(order.id).ship_by == TUESDAY, "not by the calendar either"


def test_a_question_after_the_promised_day_excuses_nothing(
    desk: Desk, order: Order, clock: FixedClock
) -> None:
    clock.goes_on(days=2)
    desk.orders.ask_customer(order.id, "Which ring size?")
    assert [row.number for row in desk.orders.list(View.LATE)] == ["#1041"]
    assert desk.orders.summaries([order.id])[0].is_late is True
    clock.goes_on(days=2)
    desk.orders.customer_answered(order.id)
    assert desk.orders.get(order.id).ship_by == TUESDAY


def test_a_second_question_goes_on_waiting(desk: Desk, order: Order, clock: FixedClock) -> None:
    desk.orders.ask_customer(order.id, "Which ring size?")
    clock.goes_on(days=1)
    desk.orders.ask_customer(order.id, "And which stone?")
    assert desk.orders.get(order.id).ship_by == WEDNESDAY
    clock.goes_on(days=1)
    desk.orders.customer_answered(order.id)
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 8)


def test_answering_an_order_without_a_promise_promises_nothing(
    desk: Desk, clock: FixedClock
) -> None:
    unpaid = desk.orders.add(an_order(number="#2", is_paid=False))[0]
    desk.orders.ask_customer(unpaid, "Which ring size?")
    clock.goes_on(days=2)
    desk.orders.customer_answered(unpaid)
    assert desk.orders.get(unpaid).ship_by is None
