"""When money that goes back is there, by its means, and when a means is no longer open."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.order import Channel, Refund, RefundState

ETSY_REFUND_DAYS: Final = 180
"""Etsy gives money back until so many days after the payment (orders.md section 6)."""
_ETSY_HOURS_AS_DAYS: Final = 2
_CARD_WORDS: Final = ("card", "visa", "master", "amex", "stripe", "shopify", "square")


class Means(StrEnum):
    """How money goes back, as far as its time hangs on it."""

    ETSY = "etsy"
    CARD = "card"
    OTHER = "other"


# Working days until the money is there, counted from the asking (Etsy's own 48 hours apart).
_WORKING_DAYS: Final = {Means.ETSY: 5, Means.CARD: 10, Means.OTHER: 10}


def means_of(named: str | None, channel: Channel) -> Means:
    """Read how a refund goes back; where nobody said it, it goes the way the money came."""
    words = (named or channel.value).casefold()
    if "etsy" in words:
        return Means.ETSY
    return Means.CARD if any(word in words for word in _CARD_WORDS) else Means.OTHER


def arrives_by(means: Means, asked_on: date) -> date:
    """Return the day by which money asked for on that day should be there."""
    start = asked_on + timedelta(days=_ETSY_HOURS_AS_DAYS if means is Means.ETSY else 0)
    return BusinessCalendar("UTC").add_working_days(start, _WORKING_DAYS[means])


def etsy_refunds_end(channel: Channel, paid_on: date | None) -> date | None:
    """Return the last day on which Etsy gives an order's money back; None for other channels."""
    if channel is not Channel.ETSY or paid_on is None:
        return None
    return paid_on + timedelta(days=ETSY_REFUND_DAYS)


def may_thank_with_code(refunds: tuple[Refund, ...]) -> bool:
    """Whether a note of thanks with a code may go out: only once all money has arrived."""
    return bool(refunds) and all(each.state is RefundState.SETTLED for each in refunds)
