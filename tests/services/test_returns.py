"""Returns, exchanges, cancellations, disputes: what each act does, refuses, and takes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Condition,
    DisputeOutcome,
    FulfillmentStatus,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    RefundChoice,
    RefundState,
    Stage,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.returns import ExchangeWish
from jeweler_desk.store.database import Store
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock


def added(desk: Desk, **cells: Any) -> Order:
    lines = (a_line("Ring", "64.00", quantity=2), a_line("Brooch", "40.00"))
    return desk.orders.get(desk.orders.add(an_order(*lines, **cells))[0])


def titles(desk: Desk) -> list[str]:
    return [each.title for each in desk.today.agenda()]


def refused(act: object, *words: str) -> None:
    assert callable(act)
    with pytest.raises(InvalidTransitionError, match="Nothing was changed") as refusal:
        act()
    for word in words:
        assert word in str(refusal.value)


def test_a_piece_comes_back_and_its_refund_is_an_act_of_its_own(
    desk: Desk, clock: FixedClock
) -> None:
    order = added(desk, is_shipped=True)
    ring, brooch = (line.id for line in order.line_items)
    refused(lambda: desk.returns.expect(order.id, {ring: 3}, "too small"), "2 can come back, not 3")
    refused(lambda: desk.returns.expect(order.id, {ring: 1}, " "), "needs a reason")
    refused(lambda: desk.returns.expect(order.id, {}, "x"), "Choose the pieces")
    desk.returns.expect(order.id, {ring: 2}, "too small")
    refused(lambda: desk.returns.expect(order.id, {ring: 1}, "x"), "0 can come back")
    assert [each.number for each in desk.orders.list(View.RETURNS)] == [order.number]
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.SHIPPED

    clock.goes_on(days=6)
    refused(lambda: desk.returns.receive(order.id, units={brooch: 1}), "0 are expected back")
    desk.returns.receive(order.id, Condition.WORN, {ring: 1})
    part = desk.orders.get(order.id)
    assert part.fulfillment_status is FulfillmentStatus.PARTIALLY_RETURNED
    assert titles(desk) == []
    desk.returns.receive(order.id)
    assert titles(desk) == [
        f"The pieces of {order.number} are back: refund them or close the return"
    ]
    assert desk.orders.get(order.id).refunds == ()

    value = desk.refunds.value_of(order, {ring: 2})
    assert value == usd("128.00")
    desk.refunds.grant(order.id, RefundWish("worn", {ring: 2}, goods=usd("100.00")))
    back = desk.orders.get(order.id)
    assert back.returns[0].closed_why == "refunded"
    assert back.refunds[0].amount == usd("100.00")
    assert titles(desk) == [f"Refund 100.00 USD for {order.number}: to be asked for"]
    assert is_sound(desk.checking.check())
    refused(lambda: desk.returns.receive(order.id), "expected back")
    while desk.orders.get(order.id) != order:
        assert desk.history.undo() is not None
    assert is_sound(desk.checking.check())


def test_all_pieces_back_and_refunded_is_a_completed_order(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    units = {line.id: line.quantity for line in order.line_items}
    desk.returns.expect(order.id, units, "changed her mind")
    desk.returns.receive(order.id)
    desk.refunds.grant(order.id, RefundWish("back", units))
    assert desk.orders.get(order.id).order_status is OrderStatus.OPEN
    desk.refunds.ask(order.id)
    desk.refunds.settle(order.id)
    done = desk.orders.get(order.id)
    assert (done.fulfillment_status, done.payment_status, done.order_status) == (
        FulfillmentStatus.RETURNED,
        PaymentStatus.REFUNDED,
        OrderStatus.COMPLETED,
    )


def test_a_return_that_never_comes_is_closed(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    brooch = order.line_items[1].id
    refused(lambda: desk.returns.close(order.id, "x"), "expected back")
    desk.returns.expect(order.id, {brooch: 1}, "dull")
    refused(lambda: desk.returns.close(order.id, " "), "Write why")
    desk.returns.close(order.id, "it never came")
    desk.returns.expect(order.id, {brooch: 1}, "dull again")
    desk.returns.expect(order.id, {order.line_items[0].id: 1}, "small")
    refused(lambda: desk.returns.receive(order.id), "several returns")


def exchange(desk: Desk, order: Order, price: str, *, at_once: bool = False) -> OrderId:
    ring = order.line_items[0].id
    line = a_line("Ring, wide", price, source_key=None)
    wish = ExchangeWish("too small", {ring: 1}, (line,), starts_at_once=at_once)
    return desk.returns.exchange(order.id, wish)[0]


def test_an_exchange_waits_for_the_piece_and_counts_from_its_return(
    desk: Desk, clock: FixedClock
) -> None:
    order = added(desk, is_shipped=True)
    replacement = desk.orders.get(exchange(desk, order, "64.00"))
    assert (replacement.number, replacement.total) == ("D-1", usd("0.00"))
    assert replacement.free_reason == f"replacement for {order.number}"
    assert replacement.replaces is not None and replacement.replaces.number == order.number
    assert desk.orders.get(order.id).returns[0].replacement == "D-1"
    assert (replacement.ship_by, replacement.hold is not None) == (None, True)
    refused(lambda: desk.fulfillment.finish_packing(replacement.id), "waiting for the piece")
    assert is_sound(desk.checking.check())

    clock.goes_on(days=7)
    desk.returns.receive(order.id)
    ready = desk.orders.get(replacement.id)
    assert (ready.hold, ready.ship_by) == (None, date(2026, 10, 13))
    assert desk.orders.get(order.id).returns[0].closed_why == "exchanged for order D-1"
    assert is_sound(desk.checking.check())
    desk.history.undo()
    assert desk.orders.get(replacement.id) == replacement


def test_an_exchange_at_once_and_a_hold_released_by_hand_do_not_wait(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    at_once = desk.orders.get(exchange(desk, order, "64.00", at_once=True))
    assert (at_once.hold, at_once.ship_by) == (None, date(2026, 10, 6))
    later = exchange(desk, order, "64.00")
    desk.orders.release(later)
    assert desk.orders.get(later).ship_by == date(2026, 10, 6)


def test_the_difference_of_an_exchange_is_collected_or_given_back(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    more = desk.orders.get(exchange(desk, order, "70.00", at_once=True))
    assert (more.total, more.payment_status) == (usd("6.00"), PaymentStatus.UNPAID)
    refused(lambda: desk.fulfillment.finish_packing(more.id), "unpaid")
    assert desk.payments.open_amount(more) == usd("6.00")
    desk.payments.record(more.id, usd("6.00"), "PayPal")
    paid = desk.orders.get(more.id)
    assert (paid.passes_gate, paid.ship_by) == (True, date(2026, 10, 6))

    exchange(desk, order, "50.00", at_once=True)
    less = desk.orders.get(order.id).returns[1]
    assert less.difference == usd("-14.00")
    desk.returns.receive(order.id, return_id=less.id)
    assert titles(desk) == [f"The pieces of {order.number} are back: 14.00 USD go back too"]
    assert is_sound(desk.checking.check())


def test_what_was_exchanged_is_not_refunded_too(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    ring, brooch = (line.id for line in order.line_items)
    replacement = exchange(desk, order, "70.00", at_once=True)
    two_rings = RefundWish("scratched", {ring: 2})
    says = ("“Ring” was exchanged", "1 can still be refunded, not 2", "Goodwill")
    refused(lambda: desk.refunds.grant(order.id, two_rings), *says)
    desk.returns.receive(order.id)
    refused(lambda: desk.refunds.grant(order.id, two_rings), *says)
    desk.refunds.grant(order.id, RefundWish("scratched", {ring: 1}))
    refused(lambda: desk.refunds.grant(order.id, RefundWish("x", {ring: 1})), "not 1")
    dear = RefundWish("x", {brooch: 1}, goods=usd("40.01"))
    refused(lambda: desk.refunds.grant(order.id, dear), "worth 64.00 USD were exchanged", "40.00")
    desk.refunds.grant(order.id, RefundWish("x", {brooch: 1}, goodwill=usd("5.00")))
    assert [each.amount for each in desk.orders.get(order.id).refunds] == [usd("64"), usd("45")]
    desk.cancellations.cancel(replacement, "she wants her money")
    desk.refunds.grant(order.id, RefundWish("instead of the exchange", {ring: 1}, usd("59.00")))
    assert desk.refunds.refundable(desk.orders.get(order.id)) == usd("0.00")


def test_of_a_cheaper_exchange_the_difference_goes_back_and_no_more(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    ring = order.line_items[0].id
    exchange(desk, order, "50.00", at_once=True)
    desk.returns.receive(order.id)
    desk.refunds.grant(order.id, RefundWish("the difference", {ring: 1}, goods=usd("14.00")))
    desk.refunds.grant(order.id, RefundWish("the other", {ring: 1}))
    refused(lambda: desk.refunds.grant(order.id, RefundWish("x", {ring: 1})), "0 can still be")
    over = RefundWish("x", goods=usd("40.01"))
    refused(lambda: desk.refunds.grant(order.id, over), "worth 50.00 USD were exchanged", "40.00")


def test_money_that_went_back_pays_for_no_replacement(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    ring = order.line_items[0].id
    desk.refunds.grant(order.id, RefundWish("all of it", goods=usd("158.00")))
    exchange(desk, order, "64.00", at_once=True)
    assert desk.orders.get(order.id).returns[0].difference == usd("54.00"), "10.00 are hers still"
    desk.refunds.grant(order.id, RefundWish("and the rest", goodwill=usd("10.00")))
    exchange(desk, order, "64.00", at_once=True)
    assert desk.orders.get(order.id).returns[1].difference == usd("64.00")
    refused(lambda: desk.refunds.grant(order.id, RefundWish("x", {ring: 1})), "0 can still be")


@pytest.mark.parametrize("price", ["64.00", "90.00", "20.00"])
def test_a_canceled_replacement_of_pieces_refunded_since_is_not_taken_up_again(
    desk: Desk, price: str
) -> None:
    order = added(desk, is_shipped=True)
    brooch = order.line_items[1].id
    wish = ExchangeWish("small", {brooch: 1}, (a_line("Pin", price),), starts_at_once=True)
    replacement = desk.returns.exchange(order.id, wish)[0]
    desk.cancellations.cancel(replacement, "she wants her money")
    desk.cancellations.reinstate(replacement, "no, she does not", honored=True)
    desk.history.undo()
    desk.refunds.grant(order.id, RefundWish("instead", {brooch: 1}))
    says = "Brooch of order #1041 was given back for meanwhile"
    refused(lambda: desk.cancellations.reinstate(replacement, "she asks again"), says)
    desk.cancellations.reinstate(replacement, "for her patience", honored=True)
    assert desk.orders.get(replacement).passes_gate


def test_a_ring_that_was_refunded_and_exchanged_is_counted_once(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    ring, brooch = (line.id for line in order.line_items)
    desk.refunds.grant(order.id, RefundWish("late", {ring: 2}))
    exchange(desk, order, "5.00", at_once=True)
    assert desk.orders.get(order.id).returns[0].difference == usd("5.00")
    refused(lambda: desk.refunds.grant(order.id, RefundWish("x", {ring: 1})), "not 1")
    desk.refunds.grant(order.id, RefundWish("late too", {brooch: 1}))
    assert desk.refunds.refundable(desk.orders.get(order.id)) == usd("0.00")


def test_a_replacement_that_came_back_too_frees_what_it_was_given_for(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    ring = order.line_items[0].id
    replacement = exchange(desk, order, "64.00", at_once=True)
    desk.returns.receive(order.id)
    desk.fulfillment.finish_packing(replacement)
    desk.fulfillment.ship(replacement)
    both = RefundWish("neither fits", {ring: 2})
    refused(lambda: desk.refunds.grant(order.id, both), "was exchanged")
    (line,) = desk.orders.get(replacement).line_items
    desk.returns.expect(replacement, {line.id: 1}, "does not fit either")
    desk.returns.receive(replacement)
    desk.refunds.grant(order.id, both)
    assert desk.orders.get(order.id).refunds[0].amount == usd("128.00")


def test_an_exchange_needs_both_sides(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    wish = ExchangeWish("small", {order.line_items[0].id: 1}, ())
    refused(lambda: desk.returns.exchange(order.id, wish), "what goes out instead")


def test_canceling_frees_the_pieces_and_leaves_a_refund_to_ask_for(desk: Desk) -> None:
    order = added(desk)
    desk.fulfillment.finish_packing(order.id)
    desk.orders.ask_customer(order.id, "Which size?")
    refused(lambda: desk.cancellations.cancel(order.id, " "), "Write why")
    desk.cancellations.cancel(order.id, "she asked for it")
    gone = desk.orders.get(order.id)
    assert (gone.order_status, gone.units_to_send, gone.ship_by) == (OrderStatus.CANCELED, 0, None)
    assert [line.units_packed for line in gone.line_items] == [0, 0]
    assert gone.refunds[0].choice is RefundChoice.CANCELED
    assert gone.question is None
    assert titles(desk) == [f"Refund 168.00 USD for {order.number}: to be asked for"]
    refused(lambda: desk.cancellations.cancel(order.id, "again"), "canceled already")
    refused(lambda: desk.orders.ask_customer(order.id, "x?"), "nothing of it waits")
    assert is_sound(desk.checking.check())


def test_money_that_is_only_held_is_voided_and_not_refunded(desk: Desk) -> None:
    held = Authorization(usd("168.00"), AuthorizationState.HELD, "order_export")
    order = added(desk, is_paid=False, authorizations=(held,))
    desk.payments.void(order.id)
    assert desk.orders.get(order.id).payment_status is PaymentStatus.UNPAID, "it still stands"
    assert order.id in desk.orders.ids(View.UNPAID)
    assert is_sound(desk.checking.check())
    desk.history.undo()
    desk.cancellations.cancel(order.id, "out of stock")
    assert desk.orders.get(order.id).refunds == ()
    assert titles(desk) == [f"Void 168.00 USD held for {order.number}: the order is canceled"]
    desk.payments.void(order.id)
    assert titles(desk) == []
    assert desk.orders.get(order.id).payment_status is PaymentStatus.VOIDED
    refused(lambda: desk.payments.void(order.id), "nothing was taken")
    refused(lambda: desk.cancellations.reinstate(order.id, "x"), "collect it, or honor")
    desk.cancellations.reinstate(order.id, "our mistake", honored=True)
    honored = desk.orders.get(order.id)
    assert (honored.written_off, honored.passes_gate) == (usd("168.00"), True)
    assert is_sound(desk.checking.check())


def test_after_shipping_a_cancel_is_refused_and_a_return_offered(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    refused(lambda: desk.cancellations.cancel(order.id, "x"), "as a return")


def test_reinstating_withdraws_what_was_only_granted(desk: Desk, clock: FixedClock) -> None:
    order = added(desk)
    refused(lambda: desk.cancellations.reinstate(order.id, "x"), "is not canceled")
    desk.cancellations.cancel(order.id, "by mistake")
    clock.goes_on(days=2)
    refused(lambda: desk.cancellations.reinstate(order.id, ""), "Write why")
    desk.cancellations.reinstate(order.id, "by mistake")
    alive = desk.orders.get(order.id)
    assert (alive.refunds, alive.payment_status) == ((), PaymentStatus.PAID)
    assert (alive.units_to_send, alive.ship_by) == (3, date(2026, 10, 8))
    assert titles(desk) == []
    assert is_sound(desk.checking.check())


def test_reinstating_needs_the_money_that_was_asked_back(desk: Desk) -> None:
    order = added(desk)
    desk.cancellations.cancel(order.id, "x")
    desk.refunds.ask(order.id)
    before = desk.orders.get(order.id)
    refused(lambda: desk.cancellations.reinstate(order.id, "x"), "does not cover it")
    assert desk.orders.get(order.id) == before


def test_a_parcel_that_never_left_is_undone_once_and_not_after_a_return(desk: Desk) -> None:
    order = added(desk)
    ring = order.line_items[0].id
    refused(lambda: desk.cancellations.undo_shipped(order.id, "x"), "has left")
    desk.fulfillment.pack_part(order.id, {ring: 1})
    refused(lambda: desk.fulfillment.pack_part(order.id, {ring: 1}), "closed already")
    desk.fulfillment.ship(order.id)
    refused(lambda: desk.cancellations.undo_shipped(order.id, " "), "Write what happened")
    desk.fulfillment.finish_packing(order.id)
    desk.fulfillment.ship(order.id)
    refused(lambda: desk.cancellations.undo_shipped(order.id, "x"), "Several parcels", "Ring")
    second = desk.orders.get(order.id).shipments[1]
    desk.cancellations.undo_shipped(order.id, "on the table", second.id)
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.PACKED
    desk.returns.expect(order.id, {ring: 1}, "x")
    desk.returns.receive(order.id)
    refused(lambda: desk.cancellations.undo_shipped(order.id, "x"), "it did leave")
    assert is_sound(desk.checking.check())


def test_a_parcel_whose_piece_is_expected_back_did_leave_until_the_return_is_closed(
    desk: Desk,
) -> None:
    order = added(desk)
    ring = order.line_items[0].id
    desk.fulfillment.pack_part(order.id, {ring: 1})
    desk.fulfillment.ship(order.id)
    desk.fulfillment.finish_packing(order.id)
    desk.fulfillment.ship(order.id)
    second = desk.orders.get(order.id).shipments[1].id
    desk.returns.expect(order.id, {ring: 1}, "too small")
    desk.cancellations.undo_shipped(order.id, "on the table", second)
    desk.history.undo()
    desk.returns.expect(order.id, {ring: 1}, "too small as well")
    refused(
        lambda: desk.cancellations.undo_shipped(order.id, "on the table", second),
        "expected back: close its return first",
    )
    desk.returns.close(order.id, "it never left", desk.orders.get(order.id).returns[1].id)
    desk.cancellations.undo_shipped(order.id, "on the table", second)
    desk.returns.receive(order.id)
    assert is_sound(desk.checking.check())


def test_a_part_needs_pieces_and_money(desk: Desk) -> None:
    order = added(desk)
    ring = order.line_items[0].id
    refused(lambda: desk.fulfillment.pack_part(order.id, {}), "Choose the pieces")
    refused(lambda: desk.fulfillment.pack_part(order.id, {ring: 3}), "2 are still to send")
    refused(lambda: desk.fulfillment.open_parcel(order.id), "No parcel")
    desk.fulfillment.pack_part(order.id, {ring: 2})
    desk.fulfillment.set_stage(order.id, Stage.MAKING)
    stages = [line.stage for line in desk.orders.get(order.id).line_items]
    assert stages == [Stage.READY, Stage.MAKING]
    desk.fulfillment.open_parcel(order.id)
    assert [line.units_packed for line in desk.orders.get(order.id).line_items] == [0, 0]


def test_a_dispute_has_one_evidence_and_one_end(desk: Desk) -> None:
    order = added(desk)
    open_dispute = desk.payments.open_dispute
    refused(lambda: open_dispute(order.id, usd("200.00"), "x"), "at most 168.00 USD")
    refused(lambda: open_dispute(order.id, usd("1.00"), " "), "what the bank says")
    open_dispute(order.id, usd("168.00"), "not received", date(2026, 10, 9))
    refused(lambda: open_dispute(order.id, usd("1.00"), "x"), "disputed already")
    assert titles(desk) == [f"Give evidence in the dispute of 168.00 USD for {order.number}"]
    desk.payments.give_evidence(order.id)
    refused(lambda: desk.payments.give_evidence(order.id), "given already")
    assert titles(desk) == []
    desk.payments.close_dispute(order.id, DisputeOutcome.WON)
    refused(lambda: desk.payments.give_evidence(order.id), "is not disputed")
    assert desk.orders.get(order.id).payment_status is PaymentStatus.PAID
    assert is_sound(desk.checking.check())


def test_money_by_hand_is_a_charge_and_owed_money_is_told(desk: Desk) -> None:
    order = added(desk, is_paid=False)
    refused(lambda: desk.payments.record(order.id, usd("0.00")), "Write the amount")
    desk.payments.record(order.id, usd("100.00"), "cash")
    assert desk.orders.get(order.id).payment_status is PaymentStatus.PARTIALLY_PAID
    desk.payments.record(order.id, usd("75.00"))
    paid = desk.orders.get(order.id)
    assert (paid.payment_status, desk.payments.owed(paid)) == (PaymentStatus.OVERPAID, usd("7.00"))
    assert paid.ship_by == date(2026, 10, 6)
    assert [each.id for each in paid.charges] == [f"desk-{order.id}-1", f"desk-{order.id}-2"]


def test_a_refund_that_is_meant_must_be_named_where_there_are_several(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    refused(lambda: desk.refunds.ask(order.id), "no such refund")
    for _ in range(2):
        desk.refunds.grant(order.id, RefundWish("scratch", goods=usd("5.00")))
    refused(lambda: desk.refunds.ask(order.id), "several such refunds")
    first = desk.orders.get(order.id).refunds[0].id
    desk.refunds.ask(order.id, first)
    refused(lambda: desk.refunds.fail(order.id, " "), "Write why")
    desk.refunds.settle(order.id)
    states = [each.state for each in desk.orders.get(order.id).refunds]
    assert states == [RefundState.SETTLED, RefundState.GRANTED]
    refused(lambda: desk.refunds.settle(order.id, first), "is settled")


def test_a_question_waits_for_its_answer(desk: Desk, clock: FixedClock) -> None:
    order = added(desk)
    refused(lambda: desk.orders.customer_answered(order.id), "does not wait")
    refused(lambda: desk.orders.ask_customer(order.id, " "), "Write what you asked")
    desk.orders.ask_customer(order.id, "Which size?")
    since = clock.now()
    clock.goes_on(days=1)
    (row,) = desk.orders.list(View.ALL)
    assert row.waiting_since == since
    assert is_sound(desk.checking.check())
    desk.orders.customer_answered(order.id, "US 7")
    answered = desk.orders.get(order.id)
    assert answered.question is None
    assert answered.timeline[-2].what == "the customer answered: US 7"
    assert answered.timeline[-1].what.startswith("promised anew")


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE line_items SET units_returned = 0", "keeps 0 returned; its facts say 1"),
        ("UPDATE refunds SET goods = 1", "has parts that add up to 0.01 USD"),
        ("UPDATE charges SET amount = 100", "Refunds of 40.00 USD stand against charges of 1.00"),
        ("UPDATE orders SET waiting_since = '2026-10-05T14:00:00Z'", "wait for the buyer"),
    ],
)
def test_the_check_names_what_does_not_follow(
    desk: Desk, store: Store, sql: str, what: str
) -> None:
    order = added(desk, is_shipped=True)
    brooch = order.line_items[1].id
    desk.returns.expect(order.id, {brooch: 1}, "dull")
    desk.returns.receive(order.id)
    desk.refunds.grant(order.id, RefundWish("dull", {brooch: 1}))
    assert is_sound(desk.checking.check())
    with store.write():
        store.run(sql)
    found = desk.checking.check()
    assert not is_sound(found)
    assert any(what in each.what for each in found)
