"""One order as the lists of orders show it: a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    Gift,
    Hold,
    OrderId,
    OrderStatus,
    PaymentStatus,
)


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """One row of the orders list."""

    id: OrderId
    number: str
    channel: Channel
    placed_on: date
    placed_at: datetime | None
    customer: str | None
    pieces: str
    total: Money
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    order_status: OrderStatus
    ship_by: date | None
    gift: Gift
    hold: Hold | None
    units_to_send: int
    is_late: bool = False
    marketplace_tax: Money | None = None
    waiting_since: datetime | None = None
    is_paused: bool = False
