"""What is known of an order for a letter's fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from jeweler_desk.domain.card import first_name_of, pieces_named
from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_template import LetterField
from jeweler_desk.domain.order import Order, Promise, Refund, RefundState, Shipment
from jeweler_desk.domain.promises import USUAL_POLICY, DelayPolicy
from jeweler_desk.domain.wording import letter_day, money_text

ANSWER_WITHIN: Final = timedelta(days=7)
"""How long the buyer has to answer a delay letter when the promised day is here already."""


@dataclass(frozen=True, slots=True)
class ShopWords:
    """What the shop's own side of a letter says; ``local`` gives an instant's day at the shop."""

    name: str
    signature: str
    today: date
    local: Callable[[datetime], date]


@dataclass(frozen=True, slots=True)
class Delay:
    """A promise put off: the day that was promised, the new one if there is one, how often."""

    was: date
    now: date | None
    times_before: int = 0


def delay_kind(delay: Delay, policy: DelayPolicy = USUAL_POLICY) -> LetterKind:
    """Return the letter that a delay needs (16 CFR 435): by silence, by a yes, without a day."""
    if delay.now is None:
        return LetterKind.DELAY_OPEN
    is_short = (delay.now - delay.was).days <= policy.most_days_by_silence
    return LetterKind.DELAY if is_short and not delay.times_before else LetterKind.DELAY_CONSENT


def shop_facts(shop: ShopWords) -> dict[LetterField, str]:
    """Return what every letter of the shop knows."""
    return _known({LetterField.SHOP: shop.name, LetterField.SIGNATURE: shop.signature})


def person_facts(name: str | None) -> dict[LetterField, str]:
    """Return how a person is greeted; nothing where the name is an address or a user name."""
    first = first_name_of(name) if name and "@" not in name else None
    return _known({LetterField.FIRST_NAME: first})


def order_facts(
    order: Order,
    shop: ShopWords,
    link_of: Callable[[Shipment], str | None],
    *,
    parcel: Shipment | None = None,
    delay: Delay | None = None,
) -> dict[LetterField, str]:
    """Return the facts of an order; ``parcel`` and ``delay`` are those that the letter is about.

    The greeting is the buyer's: a gift's recipient is never written to (orders.md section 7).
    """
    parcel = parcel or (order.shipments[-1] if order.shipments else None)
    promise: Promise | None = order.promise
    facts: dict[LetterField, str | None] = {
        LetterField.ORDER: order.number,
        LetterField.PIECE: pieces_named(order),
        LetterField.TOTAL: money_text(order.total),
        LetterField.CODE: order.discount_code,
        LetterField.SHIP_BY: letter_day(promise.ship_by) if promise else None,
    }
    if parcel is not None:
        facts |= {
            LetterField.CARRIER: parcel.carrier,
            LetterField.TRACKING: parcel.tracking_number,
            LetterField.TRACKING_LINK: link_of(parcel),
            LetterField.SENT_ON: letter_day(shop.local(parcel.shipped_at))
            if parcel.shipped_at
            else None,
        }
    if delay is not None:
        answer_by = delay.was if delay.was > shop.today else shop.today + ANSWER_WITHIN
        facts |= {
            LetterField.WAS_SHIP_BY: letter_day(delay.was),
            LetterField.SHIP_BY: letter_day(delay.now) if delay.now else None,
            LetterField.ANSWER_BY: letter_day(answer_by),
        }
    return _known(facts) | _refund_facts(order, shop) | person_facts(order.customer)


def _refund_facts(order: Order, shop: ShopWords) -> dict[LetterField, str]:
    """Return what may be said of the last refund: asked on, or settled on (orders.md section 6)."""
    refund: Refund | None = next(
        (each for each in reversed(order.refunds) if each.state is not RefundState.FAILED), None
    )
    if refund is None:
        return {}
    day = letter_day(shop.local(refund.at)) if refund.at else None
    facts: dict[LetterField, str | None] = {LetterField.AMOUNT: money_text(refund.amount)}
    if refund.state is RefundState.ASKED:
        facts[LetterField.ASKED_ON] = day
    elif refund.state is RefundState.SETTLED:
        facts[LetterField.SETTLED_ON] = day
    return _known(facts)


def _known(facts: Mapping[LetterField, str | None]) -> dict[LetterField, str]:
    return {field: text for field, text in facts.items() if text}
