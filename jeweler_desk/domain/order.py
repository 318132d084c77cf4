"""An order whole: what was bought, what happened to it, and how its goods state follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from jeweler_desk.domain.address import NO_ADDRESS, PostalAddress
from jeweler_desk.domain.label import Label
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

    ``units_packed`` counts units in a closed parcel, shipped ones included; ``stage_name`` is the
    shop's own name for a stage of making; ``personalization_read`` are the words as they stood
    when they were read at the start of making.
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
    units_returned: int = 0
    source_key: str | None = None
    is_placeholder: bool = False
    id: LineItemId = LineItemId(0)
    stage_name: str | None = None
    personalization_read: str | None = None

    @property
    def units_to_send(self) -> int:
        """Units ordered, not canceled and not yet shipped (orders.md section 3)."""
        return self.quantity - self.units_canceled - self.units_shipped

    @property
    def units_closed(self) -> int:
        """Units in a closed parcel that has not left."""
        return max(0, self.units_packed - self.units_shipped)


Units = tuple[tuple[LineItemId, int], ...]
"""How many of which line items."""


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
    id: int = field(default=0, compare=False)


class RefundState(StrEnum):
    """The steps of a refund."""

    GRANTED = "granted"
    ASKED = "asked"
    SETTLED = "settled"
    FAILED = "failed"


class RefundChoice(StrEnum):
    """What becomes of units that were not sent when money goes back."""

    MONEY_ONLY = "money_only"
    DO_NOT_SEND = "do_not_send"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back, or on its way; its parts are known of the desk's own refunds."""

    amount: Money
    state: RefundState
    at: datetime | None
    reason: str | None
    source: str
    goods: Money | None = None
    shipping: Money | None = None
    tax: Money | None = None
    goodwill: Money | None = None
    units: Units = ()
    choice: RefundChoice | None = None
    means: str | None = None
    reference: str | None = None
    id: int = field(default=0, compare=False)


class DisputeOutcome(StrEnum):
    """How a dispute ended."""

    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Dispute:
    """Money that a buyer's bank takes back unless the evidence is good; it is given once."""

    amount: Money
    reason: str
    opened_at: datetime
    evidence_due_on: date | None = None
    evidence_given_at: datetime | None = None
    outcome: DisputeOutcome | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel handed over; ``units`` by line item id.

    Its label bought, the hand-over (``shipped_at``), the carrier's first scan and the delivery
    are four facts; ``label_address`` is where the label says it goes.
    """

    shipped_at: datetime | None
    units: Units
    carrier: str | None = None
    tracking_number: str | None = None
    source: str = "desk"
    label_bought_at: datetime | None = None
    label_cost: Money | None = None
    label_address: PostalAddress | None = None
    first_scan_at: datetime | None = None
    delivered_at: datetime | None = None
    note: str | None = None
    undone_at: datetime | None = None
    id: int = 0


class Condition(StrEnum):
    """How a piece came back."""

    AS_SENT = "as_sent"
    WORN = "worn"
    DAMAGED = "damaged"
    WRONG_PIECE = "wrong_piece"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Units that came back, and how."""

    line_item_id: LineItemId
    units: int
    condition: Condition
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Return:
    """Units expected back; an exchange names the order that replaces them.

    ``difference`` is the replacement's price less the value of the units: more is collected, less
    is given back.
    """

    reason: str
    opened_at: datetime
    units: Units
    receipts: tuple[Receipt, ...] = ()
    replacement: str | None = None
    difference: Money | None = None
    starts_at_once: bool = True
    closed_at: datetime | None = None
    closed_why: str | None = None
    id: int = field(default=0, compare=False)

    @property
    def units_missing(self) -> Units:
        """Units that have not come back yet."""
        back: dict[LineItemId, int] = {}
        for receipt in self.receipts:
            back[receipt.line_item_id] = back.get(receipt.line_item_id, 0) + receipt.units
        left = ((line_id, count - back.get(line_id, 0)) for line_id, count in self.units)
        return tuple((line_id, count) for line_id, count in left if count > 0)


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an order replaces, and whether it waits for the pieces to come back."""

    number: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What the buyer was asked, and since when the answer is awaited."""

    question: str
    since: datetime


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
    """A ship-by day with the inputs it was made from (orders.md section 5, rule 7).

    ``why``: why it replaced another. ``by_line``: each piece's day where not all have the latest.
    """

    ship_by: date
    pack_by: date
    paid_at: datetime
    timezone: str
    processing_days: int
    cutoff: str | None
    why: str | None = None
    by_line: tuple[tuple[LineItemId, date], ...] = ()

    def day_of(self, line_id: LineItemId) -> date:
        """Return by when a piece leaves by itself."""
        return dict(self.by_line).get(line_id, self.ship_by)

    def ship_by_for(self, lines: Sequence[LineItem]) -> date:
        """Return an order's day (section 5, rule 5): once split, the earliest of what is left."""
        left = [self.day_of(line.id) for line in lines if line.units_to_send]
        return min(left) if left and any(line.units_shipped for line in lines) else self.ship_by


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
    policy_version: str | None = None


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
    question: Question | None = None
    written_off: Money | None = None
    disputes: tuple[Dispute, ...] = ()
    returns: tuple[Return, ...] = ()
    replaces: Replaced | None = None
    undone_shipments: tuple[Shipment, ...] = ()
    parcel_note: str | None = None
    is_reinstated: bool = False
    restarted_at: datetime | None = None
    combined_with: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def counts_from(self) -> datetime | None:
        """From when the ship-by day counts; None while unpaid, and while a replacement waits."""
        if self.replaces and self.replaces.is_waiting:
            return None
        return self.restarted_at or self.paid_at

    @property
    def ship_by(self) -> date | None:
        """The promised day; None while unpaid or canceled, kept after shipping."""
        return self.promise.ship_by_for(self.line_items) if self.promise else None

    @property
    def is_delivered(self) -> bool:
        """Whether every parcel that left is confirmed as delivered."""
        return bool(self.shipments) and all(each.delivered_at for each in self.shipments)

    @property
    def has_prices_hidden(self) -> bool:
        """Whether its papers must show no amount: a gift, or possibly one."""
        return self.gift is not Gift.NO
