"""When a parcel may have left: not to come, not before it was paid for and packed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from jeweler_desk.domain.order import Order
from jeweler_desk.domain.wording import full_day


def hand_over_refusal(
    order: Order,
    at: datetime,
    now: datetime,
    packed_at: datetime | None,
    local: Callable[[datetime], datetime],
) -> str | None:
    """Return why a parcel cannot have left at an instant, or None when it can.

    Instants are compared by the minute, as they are typed; ``local`` gives the shop's clock.
    """
    if at > now:
        return f"The hand-over of order {order.number} lies in the future."
    steps = {
        "placed": order.placed_at,
        "paid": order.counts_from or order.paid_at,
        "packed": packed_at,
    }
    left = local(at)
    for done, since in steps.items():
        if since is None:
            continue
        first = local(since).replace(second=0, microsecond=0)
        if left < first:
            return (
                f"Order {order.number} was {done} on {full_day(first.date())} at {first:%H:%M}: its"
                f" parcel cannot have left before that, on {full_day(left.date())} at"
                f" {left:%H:%M}."
            )
    if left.date() < order.placed_on:
        return f"The hand-over of order {order.number} lies before the order itself."
    return None
