"""An order whole: what was bought, what happened to it, and how its goods state follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from jeweler_desk.domain.address import NO_ADDRESS, PostalAddress
from jeweler_desk.domain.money import Money

OrderId = NewType("OrderId", int)
LineItemId = NewType("LineItemId", int)


class Channel(StrEnum):
    """Where an order came from."""

    ETSY = "etsy"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    SQUARESPACE = "squarespace"
    EBAY = "ebay"
    AMAZON = "amazon"
    SQUARE = "square"
    MANUAL = "manual"


class Gift(StrEnum):
    """Whether the order is a gift; an unknown one prints as a gift does."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """How far the making of a line item is."""

    TO_MAKE = "to_make"
    MAKING = "making"
    READY = "ready"


class OrderStatus(StrEnum):
    """The deal as a whole."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELED = "canceled"


class FulfillmentStatus(StrEnum):
    """The goods."""

    TO_MAKE = "to_make"
    MAKING = "making"
    READY = "ready"
    PACKED = "packed"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    PARTIALLY_RETURNED = "partially_returned"
    RETURNED = "returned"
    CANCELED = "canceled"


class PaymentStatus(StrEnum):
    """The money."""

    UNPAID = "unpaid"
    AUTHORIZED = "authorized"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Variation:
    """One chosen option; a channel that gives only the value leaves the name None."""

    name: str | None
    value: str


@dataclass(frozen=True, slots=True)
class LineItem:
    """One product on an order, with the price agreed then and what became of its units.

    ``units_packed`` counts units in a closed parcel, shipped ones included.
    """

    title: str
    quantity: int
    unit_price: Money | None = None
    discount: Money | None = None
    sku: str | None = None
    variations: tuple[Variation, ...] = ()
    personalization: str | None = None
    stage: Stage = Stage.TO_MAKE
    units_packed: int = 0
    units_shipped: int = 0
    units_canceled: int = 0
    source_key: str | None = None
    is_placeholder: bool = False
    id: LineItemId = LineItemId(0)

    @property
    def units_to_send(self) -> int:
        """Units ordered, not canceled and not yet shipped (orders.md section 3)."""
        return self.quantity - self.units_canceled - self.units_shipped


@dataclass(frozen=True, slots=True)
class Charge:
    """Money taken; ``id`` is the processor's or, from an order export, one of ours."""

    amount: Money
    captured_at: datetime | None
    source: str
    id: str


class AuthorizationState(StrEnum):
    """What became of money that was only held."""

    HELD = "held"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Authorization:
    """Money held, not taken."""

    amount: Money
    state: AuthorizationState
    source: str


class RefundState(StrEnum):
    """The steps of a refund."""

    GRANTED = "granted"
    ASKED = "asked"
    SETTLED = "settled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back, or on its way."""

    amount: Money
    state: RefundState
    at: datetime | None
    reason: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel handed over; ``units`` by line item id."""

    shipped_at: datetime | None
    units: tuple[tuple[LineItemId, int], ...]
    carrier: str | None = None
    tracking_number: str | None = None
    source: str = "desk"
    id: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop with its reason and, if known, its last day."""

    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an order's history, in words."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A ship-by day with the inputs it was made from (orders.md section 5, rule 7)."""

    ship_by: date
    pack_by: date
    paid_at: datetime
    timezone: str
    processing_days: int
    cutoff: str | None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order's facts as an import or the seller's own hand gives them.

    Money stands in the order's currency. ``placed_at`` is None where only a day is known;
    ``paid_at`` likewise, then ``paid_on`` holds the day. ``discount`` and the like are order-level.
    """

    channel: Channel
    number: str
    currency: str
    placed_on: date
    total: Money
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    paid_on: date | None = None
    external_id: str | None = None
    customer: str | None = None
    email: str | None = None
    phone: str | None = None
    subtotal: Money | None = None
    discount: Money | None = None
    shipping: Money | None = None
    tax: Money | None = None
    marketplace_tax: Money | None = None
    discount_code: str | None = None
    free_reason: str | None = None
    payment_method: str | None = None
    shipping_method: str | None = None
    gift: Gift = Gift.UNKNOWN
    gift_message: str | None = None
    notes: str | None = None
    note_attributes: tuple[Variation, ...] = ()
    address: PostalAddress = NO_ADDRESS
    billing_address: PostalAddress | None = None
    line_items: tuple[LineItem, ...] = ()
    charges: tuple[Charge, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    refunds: tuple[Refund, ...] = ()
    canceled_at: datetime | None = None
    is_canceled: bool = False
    is_shipped: bool = False
    shipped_at: datetime | None = None
    shipped_on: date | None = None
    carrier: str | None = None
    tracking_number: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the desk knows it: its facts and the states that follow from them."""

    id: OrderId
    channel: Channel
    number: str
    customer: str | None
    placed_on: date
    total: Money
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    order_status: OrderStatus
    gift: Gift
    units_to_send: int
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    email: str | None = None
    phone: str | None = None
    subtotal: Money | None = None
    discount: Money | None = None
    shipping: Money | None = None
    tax: Money | None = None
    marketplace_tax: Money | None = None
    discount_code: str | None = None
    free_reason: str | None = None
    payment_method: str | None = None
    shipping_method: str | None = None
    gift_message: str | None = None
    notes: str | None = None
    note_attributes: tuple[Variation, ...] = ()
    address: PostalAddress = NO_ADDRESS
    billing_address: PostalAddress | None = None
    line_items: tuple[LineItem, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    charges: tuple[Charge, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    refunds: tuple[Refund, ...] = ()
    promise: Promise | None = None
    hold: Hold | None = None
    is_canceled_by_channel: bool = False
    passes_gate: bool = False
    policy_version: str | None = None
    timeline: tuple[TimelineEntry, ...] = ()

    @property
    def ship_by(self) -> date | None:
        """The promised day; None while unpaid or canceled, kept after shipping."""
        return self.promise.ship_by if self.promise else None

    @property
    def has_prices_hidden(self) -> bool:
        """Whether its papers must show no amount: a gift, or possibly one."""
        return self.gift is not Gift.NO


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
