"""All states of an order at once, from its facts: what the columns keep and `check` recomputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jeweler_desk.domain.fulfillment import fulfillment_status, order_status, units_to_send
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Hold,
    LineItem,
    OrderStatus,
    PaymentStatus,
    Question,
)
from jeweler_desk.domain.payment import UNEXPLAINED_FREE, MoneyFacts


@dataclass(frozen=True, slots=True)
class OrderStates:
    """The states that follow from an order's facts."""

    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    order_status: OrderStatus
    units_to_send: int
    passes_gate: bool
    hold: Hold | None
    waiting_since: datetime | None = None


def order_states(
    money: MoneyFacts,
    lines: Sequence[LineItem],
    *,
    is_canceled_by_channel: bool,
    hold: Hold | None,
    is_delivered: bool = False,
    question: Question | None = None,
) -> OrderStates:
    """Compute the states (orders.md sections 2 and 3); the price guard holds the unexplained."""
    goods = fulfillment_status(
        lines, is_canceled_by_channel=is_canceled_by_channel, is_delivered=is_delivered
    )
    is_canceled = goods is FulfillmentStatus.CANCELED
    payment = money.status(is_canceled=is_canceled)
    if money.is_unexplained_free:
        hold = Hold(UNEXPLAINED_FREE)
    return OrderStates(
        payment_status=payment,
        fulfillment_status=goods,
        order_status=order_status(goods, payment, money.refunds),
        units_to_send=0 if is_canceled else units_to_send(lines),
        passes_gate=not is_canceled and money.passes_gate(payment),
        hold=hold,
        waiting_since=question.since if question else None,
    )
