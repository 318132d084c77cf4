"""The goods axis: the state of the goods and of the deal from units, stages and money."""

from __future__ import annotations

from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import fulfillment_status, order_status, units_to_send
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Hold,
    LineItem,
    OrderStatus,
    PaymentStatus,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.domain.order_states import order_states
from jeweler_desk.domain.payment import UNEXPLAINED_FREE, MoneyFacts
from tests.builders import a_charge, a_line, an_order, usd


def line(quantity: int = 1, **cells: Any) -> LineItem:
    return a_line(quantity=quantity, **cells)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([line()], FulfillmentStatus.TO_MAKE),
        ([line(stage=Stage.MAKING)], FulfillmentStatus.MAKING),
        ([line(stage=Stage.READY)], FulfillmentStatus.READY),
        ([line(stage=Stage.READY), line(stage=Stage.MAKING)], FulfillmentStatus.MAKING),
        ([line(stage=Stage.READY), line()], FulfillmentStatus.TO_MAKE),
        ([line(stage=Stage.READY), line(units_canceled=1)], FulfillmentStatus.READY),
        ([line(2, units_packed=2)], FulfillmentStatus.PACKED),
        ([line(2, units_packed=1, stage=Stage.READY)], FulfillmentStatus.READY),
        ([line(2, units_packed=1, units_canceled=1)], FulfillmentStatus.PACKED),
        ([line(2, units_packed=1, units_shipped=1)], FulfillmentStatus.PARTIALLY_SHIPPED),
        ([line(2, units_packed=2, units_shipped=1)], FulfillmentStatus.PACKED),
        ([line(units_packed=1, units_shipped=1), line()], FulfillmentStatus.PARTIALLY_SHIPPED),
        ([line(2, units_packed=2, units_shipped=2)], FulfillmentStatus.SHIPPED),
        (
            [line(2, units_packed=1, units_shipped=1, units_canceled=1)],
            FulfillmentStatus.SHIPPED,
        ),
        ([line(2, units_canceled=2)], FulfillmentStatus.CANCELED),
    ],
)
def test_the_state_of_the_goods_follows_from_units(
    lines: list[LineItem], status: FulfillmentStatus
) -> None:
    assert fulfillment_status(lines, is_canceled_by_channel=False) is status


def test_an_order_canceled_by_its_channel_is_canceled_while_nothing_left() -> None:
    assert fulfillment_status([line()], is_canceled_by_channel=True) is FulfillmentStatus.CANCELED


def test_a_shipped_order_that_its_channel_cancels_stays_shipped() -> None:
    lines = [line(units_packed=1, units_shipped=1)]
    assert fulfillment_status(lines, is_canceled_by_channel=True) is FulfillmentStatus.SHIPPED


def test_units_to_send_are_what_is_neither_canceled_nor_shipped() -> None:
    lines = [line(5, units_canceled=1, units_packed=2, units_shipped=2), line(3)]
    assert units_to_send(lines) == 5


def refund(state: RefundState) -> Refund:
    return Refund(usd("5.00"), state, None, None, "order_export")


SHIPPED, READY = FulfillmentStatus.SHIPPED, FulfillmentStatus.READY


@pytest.mark.parametrize(
    ("goods", "money", "refunds", "status"),
    [
        (SHIPPED, PaymentStatus.PAID, (), OrderStatus.COMPLETED),
        (FulfillmentStatus.DELIVERED, PaymentStatus.PAID, (), OrderStatus.COMPLETED),
        (SHIPPED, PaymentStatus.REFUNDED, (), OrderStatus.COMPLETED),
        (
            SHIPPED,
            PaymentStatus.PARTIALLY_REFUNDED,
            (refund(RefundState.SETTLED),),
            OrderStatus.COMPLETED,
        ),
        (
            SHIPPED,
            PaymentStatus.PARTIALLY_REFUNDED,
            (refund(RefundState.SETTLED), refund(RefundState.ASKED)),
            OrderStatus.OPEN,
        ),
        (SHIPPED, PaymentStatus.PAID, (refund(RefundState.GRANTED),), OrderStatus.OPEN),
        (SHIPPED, PaymentStatus.PAID, (refund(RefundState.FAILED),), OrderStatus.OPEN),
        (SHIPPED, PaymentStatus.OVERPAID, (), OrderStatus.OPEN),
        (SHIPPED, PaymentStatus.UNPAID, (), OrderStatus.OPEN),
        (SHIPPED, PaymentStatus.AUTHORIZED, (), OrderStatus.OPEN),
        (READY, PaymentStatus.PAID, (), OrderStatus.OPEN),
        (FulfillmentStatus.PARTIALLY_SHIPPED, PaymentStatus.PAID, (), OrderStatus.OPEN),
        (FulfillmentStatus.CANCELED, PaymentStatus.PAID, (), OrderStatus.CANCELED),
        (FulfillmentStatus.CANCELED, PaymentStatus.REFUNDED, (), OrderStatus.CANCELED),
    ],
)
def test_the_deal_is_completed_when_all_is_sent_and_the_money_is_settled(
    goods: FulfillmentStatus,
    money: PaymentStatus,
    refunds: tuple[Refund, ...],
    status: OrderStatus,
) -> None:
    assert order_status(goods, money, refunds) is status


def test_a_canceled_order_has_nothing_to_send_and_never_passes_the_gate() -> None:
    new = an_order()
    money = MoneyFacts(new.channel, new.total, (a_charge("40.00"),))
    states = order_states(money, new.line_items, is_canceled_by_channel=True, hold=None)
    assert states.order_status is OrderStatus.CANCELED
    assert (states.units_to_send, states.passes_gate) == (0, False)


def test_the_price_guard_holds_an_unexplained_free_order_whoever_else_held_it() -> None:
    new = an_order(a_line(price="0.00"))
    money = MoneyFacts(new.channel, new.total)
    states = order_states(
        money, new.line_items, is_canceled_by_channel=False, hold=Hold("ring size?")
    )
    assert states.hold == Hold(UNEXPLAINED_FREE)
    assert not states.passes_gate


def test_a_hold_stands_beside_the_states_and_changes_none() -> None:
    new = an_order()
    money = MoneyFacts(new.channel, new.total, (a_charge("40.00"),))
    held = order_states(money, new.line_items, is_canceled_by_channel=False, hold=Hold("size?"))
    free = order_states(money, new.line_items, is_canceled_by_channel=False, hold=None)
    assert held.hold == Hold("size?")
    assert (held.payment_status, held.fulfillment_status, held.passes_gate) == (
        free.payment_status,
        free.fulfillment_status,
        free.passes_gate,
    )
