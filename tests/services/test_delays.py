"""The law's last day on Today, and the buyer's yes; refunds by their means and in time."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    PaymentStatus,
    RefundChoice,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind, DueState
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock


def of(desk: Desk, kind: AgendaKind) -> list[AgendaItem]:
    return [item for item in desk.today.agenda() if item.kind is kind]


def test_a_paid_order_is_watched_from_the_25th_day_while_its_buyer_is_asked(
    desk: Desk, clock: FixedClock
) -> None:
    desk.settings.set("shop.country", "US")
    order_id, _ = desk.orders.add(an_order())
    desk.orders.ask_customer(order_id, "Which size?")
    clock.goes_on(days=24)
    assert of(desk, AgendaKind.PROMISE) == []
    clock.goes_on(days=1)
    (item,) = of(desk, AgendaKind.PROMISE)
    assert (item.state, item.link) == (DueState.DUE, "order:#1041")
    assert "Wed 4 Nov 2026 is the last day (US mail-order rule)" in item.title
    clock.goes_on(days=6)
    assert of(desk, AgendaKind.PROMISE)[0].state is DueState.LATE
    desk.delays.agree(order_id, date(2026, 12, 1), "by e-mail")
    assert of(desk, AgendaKind.PROMISE) == []
    desk.history.undo()
    assert len(of(desk, AgendaKind.PROMISE)) == 1
    desk.settings.set("shop.delay_rule", "none")
    assert of(desk, AgendaKind.PROMISE) == []


def test_elsewhere_nothing_is_watched_unless_she_wants_it(desk: Desk, clock: FixedClock) -> None:
    desk.orders.add(an_order())
    clock.goes_on(days=40)
    assert desk.settings.get("shop.delay_rule") == "none"
    assert of(desk, AgendaKind.PROMISE) == []
    desk.settings.set("shop.delay_rule", "US")
    assert len(of(desk, AgendaKind.PROMISE)) == 1


def test_what_nobody_waits_for_is_not_agreed_on(desk: Desk) -> None:
    paid = desk.orders.add(an_order())[0]
    unpaid = desk.orders.add(an_order(number="#1042", is_paid=False))[0]
    agree = desk.delays.agree
    with pytest.raises(InvalidTransitionError, match="is not paid yet"):
        agree(unpaid, date(2026, 12, 1), "by e-mail")
    with pytest.raises(InvalidTransitionError, match="Write how the buyer agreed"):
        agree(paid, date(2026, 12, 1), " ")
    with pytest.raises(InvalidTransitionError, match="Sun 4 Oct 2026 is over"):
        agree(paid, date(2026, 10, 4), "by e-mail")
    desk.cancellations.cancel(paid, "she asked")
    with pytest.raises(InvalidTransitionError, match="nobody waits"):
        agree(paid, date(2026, 12, 1), "by e-mail")


def test_after_180_days_an_etsy_refund_needs_another_means(desk: Desk, clock: FixedClock) -> None:
    order_id, _ = desk.orders.add(an_order(number="351", channel=Channel.ETSY))
    assert desk.refunds.means_doubt(desk.orders.get(order_id)) is None
    clock.goes_on(days=181)
    doubt = desk.refunds.means_doubt(desk.orders.get(order_id))
    assert doubt is not None and "until Sat 3 Apr 2027, 180 days after the payment" in doubt
    desk.cancellations.cancel(order_id, "it cannot be made")
    for means in (None, "Etsy"):
        with pytest.raises(InvalidTransitionError, match=r"Name that means\. Nothing"):
            desk.refunds.ask(order_id, means=means)
    desk.refunds.ask(order_id, means="PayPal")
    assert desk.orders.get(order_id).refunds[0].means == "PayPal"


def test_a_refund_is_due_by_its_step_and_its_means(desk: Desk, clock: FixedClock) -> None:
    desk.settings.set("shop.country", "US")
    order_id, _ = desk.orders.add(an_order())
    desk.cancellations.cancel(order_id, "she asked")
    clock.goes_on(days=1)
    (item,) = of(desk, AgendaKind.REFUND)
    assert item.state is DueState.LATE
    assert item.title.endswith("· by Wed 14 Oct 2026 at the latest (US mail-order rule)")
    desk.refunds.ask(order_id, means="card")
    (item,) = of(desk, AgendaKind.REFUND)
    assert (item.due_at.date(), item.state) == (date(2026, 10, 20), DueState.DUE)
    desk.refunds.fail(order_id, "insufficient balance")
    (item,) = of(desk, AgendaKind.REFUND)
    assert (item.state, "it failed and is still owed" in item.title) == (DueState.LATE, True)


def test_a_free_order_is_explained_and_may_be_packed(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(total=usd("0.00"), is_paid=False))
    assert desk.orders.ids(View.ON_HOLD) == [order_id]
    desk.payments.honor(order_id, "a gift from the shop")
    order = desk.orders.get(order_id)
    assert (order.hold, order.passes_gate, order.free_reason) == (
        None, True, "honored: a gift from the shop",
    )  # fmt: skip
    with pytest.raises(InvalidTransitionError, match="nothing to honor"):
        desk.payments.honor(order_id, "again")
    desk.history.undo()
    assert desk.orders.ids(View.ON_HOLD) == [order_id]


def test_a_price_is_honored_and_the_rest_written_off(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(a_line(price="90.00"), is_paid=False))
    desk.payments.record(order_id, usd("9.00"))
    with pytest.raises(InvalidTransitionError, match=r"81\.00 USD are open"):
        desk.payments.write_off(order_id, usd("81.01"), "too much")
    with pytest.raises(InvalidTransitionError, match="Write why it is written off"):
        desk.payments.write_off(order_id, usd("1.00"), " ")
    desk.payments.write_off(order_id, usd("1.00"), "a friend")
    assert desk.orders.get(order_id).payment_status is PaymentStatus.PARTIALLY_PAID
    with pytest.raises(InvalidTransitionError, match="Write why the price is honored"):
        desk.payments.honor(order_id, "")
    desk.payments.honor(order_id, "our pricing mistake")
    order = desk.orders.get(order_id)
    assert (order.payment_status, order.written_off) == (PaymentStatus.PAID, usd("81.00"))
    assert order.ship_by == date(2026, 10, 6)
    desk.refunds.grant(
        order_id, RefundWish("sorry", goods=usd("1.00"), choice=RefundChoice.MONEY_ONLY)
    )
    with pytest.raises(InvalidTransitionError, match="went back"):
        desk.payments.honor(order_id, "more")
    desk.cancellations.cancel(order_id, "she asked")
    with pytest.raises(InvalidTransitionError, match="reinstate it and honor it there"):
        desk.payments.honor(order_id, "more")


def test_held_money_runs_out(desk: Desk) -> None:
    held = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")
    order_id, _ = desk.orders.add(an_order(is_paid=False, authorizations=(held,)))
    assert desk.orders.get(order_id).passes_gate
    desk.payments.expire(order_id)
    order = desk.orders.get(order_id)
    assert (order.payment_status, order.passes_gate) == (PaymentStatus.EXPIRED, False)
    with pytest.raises(InvalidTransitionError, match="No money is held"):
        desk.payments.expire(order_id)
