"""What units are worth when money goes back: to the cent, whatever the discount."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.fulfillment import InvalidTransitionError, fulfillment_status
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Channel,
    Charge,
    Dispute,
    DisputeOutcome,
    FulfillmentStatus,
    Gift,
    LineItem,
    LineItemId,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    Refund,
    RefundChoice,
    RefundState,
)
from jeweler_desk.domain.payment import MoneyFacts
from jeweler_desk.domain.refunds import (
    RefundWish,
    planned_refund,
    refuse_step,
    unit_values,
    value_of_units,
)
from tests.builders import a_charge, usd
from tests.fakes import MONDAY_MORNING

CENTS = st.integers(min_value=1, max_value=50_000)


def line(place: int, cents: int, quantity: int = 1, off: int = 0) -> LineItem:
    return LineItem(
        title=f"Piece {place}",
        quantity=quantity,
        unit_price=Money(cents, "USD"),
        discount=Money(off, "USD") if off else None,
        id=LineItemId(place),
    )


def order_of(*lines: LineItem, discount: str | None = None, to_send: int = 0) -> Order:
    return Order(
        id=OrderId(1),
        channel=Channel.SHOPIFY,
        number="#1",
        customer=None,
        placed_on=date(2026, 10, 5),
        total=usd("100.00"),
        payment_status=PaymentStatus.PAID,
        fulfillment_status=FulfillmentStatus.SHIPPED,
        order_status=OrderStatus.OPEN,
        gift=Gift.NO,
        units_to_send=to_send,
        discount=usd(discount) if discount else None,
        line_items=lines,
    )


@st.composite
def bought(draw: st.DrawFn) -> list[LineItem]:
    rows = draw(
        st.lists(st.tuples(CENTS, st.integers(1, 3), st.integers(0, 20)), min_size=1, max_size=4)
    )
    return [
        line(place, cents, quantity, off=min(off, cents * quantity - 1))
        for place, (cents, quantity, off) in enumerate(rows, start=1)
    ]


def test_seven_dollars_over_three_pieces() -> None:
    values = unit_values([line(1, 1000), line(2, 2000), line(3, 1501)], usd("7.00"), "USD")
    off = [1000 - values[LineItemId(1)][0].minor_units, 2000 - values[LineItemId(2)][0].minor_units,
           1501 - values[LineItemId(3)][0].minor_units]  # fmt: skip
    assert off == [156, 311, 233]


@settings(max_examples=100, deadline=None)
@given(bought(), st.data())
def test_the_units_of_an_order_add_up_to_its_goods_to_the_cent(
    lines: list[LineItem], data: st.DataObject
) -> None:
    goods = sum(
        (each.unit_price or usd("0")).minor_units * each.quantity
        - (each.discount or usd("0")).minor_units
        for each in lines
    )
    off = data.draw(st.integers(0, goods))
    values = unit_values(lines, Money(off, "USD"), "USD")
    of_lines = sum((each.discount or usd("0")).minor_units for each in lines)
    expected = goods if off == of_lines else goods - off
    assert sum(part.minor_units for parts in values.values() for part in parts) == expected
    assert all(part.minor_units >= 0 for parts in values.values() for part in parts)
    for each in lines:
        units = [part.minor_units for part in values[each.id]]
        assert max(units) - min(units) <= 1


@settings(max_examples=60, deadline=None)
@given(bought(), st.data())
def test_refunds_in_any_parts_give_back_exactly_what_was_paid(
    lines: list[LineItem], data: st.DataObject
) -> None:
    total = sum(
        (each.unit_price or usd("0")).minor_units * each.quantity
        - (each.discount or usd("0")).minor_units
        for each in lines
    )
    order = replace(order_of(*lines), total=Money(total, "USD"))
    before: dict[LineItemId, int] = {}
    left = total
    while any(before.get(each.id, 0) < each.quantity for each in lines):
        rest = {each.id: each.quantity - before.get(each.id, 0) for each in lines}
        units = {key: data.draw(st.integers(0, most)) for key, most in rest.items()}
        if not any(units.values()):
            units = rest
        wanted = value_of_units(order, units, before)
        if wanted:
            refund = planned_refund(order, RefundWish("returned", units), left, before)
            assert refund.amount == wanted
        left -= wanted.minor_units
        before = {each.id: before.get(each.id, 0) + units[each.id] for each in lines}
    assert left == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(CENTS, min_size=1, max_size=4), st.lists(CENTS, max_size=6), st.booleans())
def test_no_chain_of_refunds_ever_goes_beyond_the_charges(
    taken: list[int],
    given_back: list[int],
    is_settled: bool,  # noqa: FBT001 - drawn
) -> None:
    money = MoneyFacts(
        Channel.ETSY,
        Money(sum(taken), "USD"),
        [Charge(Money(each, "USD"), None, "file", str(place)) for place, each in enumerate(taken)],
    )
    state = RefundState.SETTLED if is_settled else RefundState.ASKED
    order = replace(order_of(line(1, 100)), total=money.total)
    for part in given_back:
        wish = RefundWish("x", goods=Money(part, "USD"))
        if part > money.refundable:
            with pytest.raises(InvalidTransitionError):
                planned_refund(order, wish, money.refundable, {})
            continue
        refund = replace(planned_refund(order, wish, money.refundable, {}), state=state)
        money = replace(money, refunds=[*money.refunds, refund])
        assert 0 <= money.refunded(*RefundState) <= money.charged
    rest = Refund(Money(money.refundable, "USD"), state, None, None, "desk")
    money = replace(money, refunds=[*money.refunds, rest])
    assert (money.due, money.refundable) == (0, 0)
    assert not money.passes_gate()


def test_the_last_refund_takes_the_remaining_cent() -> None:
    order = order_of(line(1, 3334), line(2, 3333), line(3, 3333))
    refund = planned_refund(order, RefundWish("back", {LineItemId(1): 1}), 3333, {})
    assert refund.amount == usd("33.33")
    with pytest.raises(InvalidTransitionError, match=r"33\.32 USD can still be given back"):
        planned_refund(order, RefundWish("back", {LineItemId(1): 1}), 3332, {})


def test_a_discount_that_the_lines_tell_already_is_not_taken_off_twice() -> None:
    lines = [line(1, 1000, off=100), line(2, 2000, off=200)]
    values = unit_values(lines, usd("3.00"), "USD")
    assert [parts[0] for parts in values.values()] == [usd("9.00"), usd("18.00")]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (RefundWish(" ", {LineItemId(1): 1}), "needs a reason"),
        (RefundWish("x", {LineItemId(1): 2}), "Of “Piece 1” 1 can still be refunded, not 2"),
        (RefundWish("x", {LineItemId(9): 1}), "no such pieces"),
        (RefundWish("x", {LineItemId(1): -1}), "no such pieces"),
        (RefundWish("x", goods=usd("-1.00")), "never less"),
        (RefundWish("x", goods=usd("0.00")), "a refund of nothing is none"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_a_sentence(wish: RefundWish, sentence: str) -> None:
    with pytest.raises(InvalidTransitionError, match=sentence):
        planned_refund(order_of(line(1, 1000)), wish, 1000, {})


def test_unsent_pieces_force_the_choice_and_only_unsent_ones_are_not_sent() -> None:
    sent = replace(line(1, 1000), units_packed=1, units_shipped=1)
    order = order_of(sent, line(2, 2000), to_send=1)
    with pytest.raises(InvalidTransitionError, match="money only, or money and do not send"):
        planned_refund(order, RefundWish("x", {LineItemId(2): 1}), 3000, {})
    with pytest.raises(InvalidTransitionError, match="0 are still to send"):
        planned_refund(
            order,
            RefundWish("x", {LineItemId(1): 1}, choice=RefundChoice.DO_NOT_SEND), 3000, {},
        )  # fmt: skip
    with pytest.raises(InvalidTransitionError, match="Choose the pieces that shall not be sent"):
        planned_refund(
            order, RefundWish("x", goods=usd("5.00"), choice=RefundChoice.DO_NOT_SEND), 3000, {}
        )
    wish = RefundWish("x", {LineItemId(1): 1}, choice=RefundChoice.MONEY_ONLY)
    assert planned_refund(order, wish, 3000, {}).amount == usd("10.00")


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (RefundState.GRANTED, {RefundState.ASKED}),
        (RefundState.ASKED, {RefundState.SETTLED, RefundState.FAILED}),
        (RefundState.FAILED, {RefundState.ASKED}),
        (RefundState.SETTLED, set()),
    ],
)
def test_a_refund_goes_one_step_at_a_time(state: RefundState, allowed: set[RefundState]) -> None:
    refund = Refund(usd("5.00"), state, None, None, "desk")
    for to in RefundState:
        if to in allowed:
            refuse_step(refund, to)
        else:
            with pytest.raises(InvalidTransitionError, match=f"is {state.value}"):
                refuse_step(refund, to)


def test_a_lost_dispute_takes_its_money_and_a_write_off_its_claim() -> None:
    lost = Dispute(usd("100.00"), "not received", MONDAY_MORNING, outcome=DisputeOutcome.LOST)
    paid = MoneyFacts(Channel.ETSY, usd("100.00"), (a_charge("100.00"),))
    assert replace(paid, disputes=(replace(lost, outcome=None),)).status() is PaymentStatus.PAID
    gone = replace(paid, disputes=(lost,))
    assert (gone.status(), gone.refundable) == (PaymentStatus.UNPAID, 0)
    assert not gone.passes_gate()
    honored = MoneyFacts(Channel.ETSY, usd("64.00"), written_off=usd("64.00"), has_free_reason=True)
    assert (honored.status(), honored.passes_gate()) == (PaymentStatus.PAID, True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.data()), min_size=1, max_size=4))
def test_the_goods_are_in_one_state_whatever_became_of_the_units(
    rows: list[tuple[int, st.DataObject]],
) -> None:
    lines = []
    for place, (ordered, data) in enumerate(rows):
        canceled = data.draw(st.integers(0, ordered))
        packed = data.draw(st.integers(0, ordered - canceled))
        shipped = data.draw(st.integers(0, packed))
        returned = data.draw(st.integers(0, shipped))
        lines.append(
            replace(
                line(place, 100, ordered),
                units_canceled=canceled,
                units_packed=packed,
                units_shipped=shipped,
                units_returned=returned,
            )
        )
    status = fulfillment_status(lines, is_canceled_by_channel=False)
    to_send = sum(each.units_to_send for each in lines)
    shipped_all = sum(each.units_shipped for each in lines)
    returned_all = sum(each.units_returned for each in lines)
    assert to_send >= 0
    if to_send == 0 and shipped_all == 0:
        assert status is FulfillmentStatus.CANCELED
    elif to_send == 0:
        expected = {
            0: FulfillmentStatus.SHIPPED,
            shipped_all: FulfillmentStatus.RETURNED,
        }.get(returned_all, FulfillmentStatus.PARTIALLY_RETURNED)
        assert status is expected
    else:
        closed = sum(each.units_closed for each in lines)
        assert (status is FulfillmentStatus.PACKED) == (closed == to_send)
