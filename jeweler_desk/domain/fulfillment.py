"""The goods axis: how the states of the goods and of the deal follow from units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jeweler_desk.domain.order import (
    FulfillmentStatus,
    LineItem,
    OrderStatus,
    PaymentStatus,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.domain.refusal import RefusedError

_STAGE_ORDER: Final = (Stage.TO_MAKE, Stage.MAKING, Stage.READY)
_GONE: Final = frozenset(
    {
        FulfillmentStatus.SHIPPED,
        FulfillmentStatus.DELIVERED,
        FulfillmentStatus.PARTIALLY_RETURNED,
        FulfillmentStatus.RETURNED,
    }
)
_SETTLED_MONEY: Final = frozenset(
    {PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED}
)


class InvalidTransitionError(RefusedError):
    """An act that cannot be done with this order as it stands; the sentence says why."""


def units_to_send(lines: Sequence[LineItem]) -> int:
    """Units ordered, neither canceled nor shipped."""
    return sum(line.units_to_send for line in lines)


def fulfillment_status(
    lines: Sequence[LineItem], *, is_canceled_by_channel: bool, is_delivered: bool = False
) -> FulfillmentStatus:
    """Return the state of the goods: a closed parcel shows, also when another left before it."""
    shipped = sum(line.units_shipped for line in lines)
    to_send = units_to_send(lines)
    if to_send == 0 or (is_canceled_by_channel and shipped == 0):
        returned = sum(line.units_returned for line in lines)
        return _when_all_left(shipped, returned, is_delivered=is_delivered)
    if sum(line.units_packed - line.units_shipped for line in lines) == to_send:
        return FulfillmentStatus.PACKED
    if shipped:
        return FulfillmentStatus.PARTIALLY_SHIPPED
    stages = [line.stage for line in lines if line.units_to_send]
    return FulfillmentStatus(min(stages, key=_STAGE_ORDER.index).value)


def _when_all_left(shipped: int, returned: int, *, is_delivered: bool) -> FulfillmentStatus:
    if not shipped:
        return FulfillmentStatus.CANCELED
    if not returned:
        return FulfillmentStatus.DELIVERED if is_delivered else FulfillmentStatus.SHIPPED
    is_all = returned == shipped
    return FulfillmentStatus.RETURNED if is_all else FulfillmentStatus.PARTIALLY_RETURNED


def order_status(
    goods: FulfillmentStatus, money: PaymentStatus, refunds: Sequence[Refund]
) -> OrderStatus:
    """Return the state of the deal as a whole (orders.md section 2)."""
    if goods is FulfillmentStatus.CANCELED:
        return OrderStatus.CANCELED
    is_gone = goods in _GONE
    has_open_refund = any(refund.state is not RefundState.SETTLED for refund in refunds)
    if is_gone and not has_open_refund and money in _SETTLED_MONEY:
        return OrderStatus.COMPLETED
    return OrderStatus.OPEN
