"""The window's words for states, times and views, each with the tone of what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from unicodedata import bidirectional

from jeweler_desk.domain.message import MailChannel
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Gift,
    LineItem,
    Order,
    PaymentStatus,
    RefundState,
)
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.promises import is_paused
from jeweler_desk.domain.wording import day_text, moment_text, span_text
from jeweler_desk.ui.theme import Tone

_MINUTE: Final = timedelta(minutes=1)
_SOON_DUE: Final = timedelta(hours=4)
_NOON: Final = 12
_EVENING: Final = 18
_NIGHT_ENDS: Final = 5
_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})
_ISOLATE: Final = "\u2068"
_END_OF_ISOLATE: Final = "\u2069"


@dataclass(frozen=True, slots=True)
class Said:
    """A state in words, and what it means."""

    text: str
    tone: Tone


VIEW_NAMES: Final = {
    View.ALL: "All",
    View.UNPAID: "Unpaid",
    View.TO_MAKE: "To make",
    View.TO_PACK: "To pack",
    View.TO_SHIP: "To ship",
    View.SHIPPED: "Shipped",
    View.LATE: "Late",
    View.ON_HOLD: "On hold",
    View.RETURNS: "Returns",
    View.CANCELED: "Canceled",
}

MONEY_SAID: Final = {
    PaymentStatus.UNPAID: Said("unpaid", Tone.NEUTRAL),
    PaymentStatus.AUTHORIZED: Said("authorized", Tone.INFO),
    PaymentStatus.PARTIALLY_PAID: Said("part paid", Tone.DUE),
    PaymentStatus.PAID: Said("paid", Tone.GOOD),
    PaymentStatus.OVERPAID: Said("overpaid", Tone.LATE),
    PaymentStatus.PARTIALLY_REFUNDED: Said("part refunded", Tone.DUE),
    PaymentStatus.REFUNDED: Said("refunded", Tone.NEUTRAL),
    PaymentStatus.VOIDED: Said("voided", Tone.NEUTRAL),
    PaymentStatus.EXPIRED: Said("expired", Tone.LATE),
}

GOODS_SAID: Final = {
    FulfillmentStatus.TO_MAKE: Said("to make", Tone.NEUTRAL),
    FulfillmentStatus.MAKING: Said("making", Tone.INFO),
    FulfillmentStatus.READY: Said("ready", Tone.GOOD),
    FulfillmentStatus.PACKED: Said("packed", Tone.GOOD),
    FulfillmentStatus.PARTIALLY_SHIPPED: Said("part shipped", Tone.DUE),
    FulfillmentStatus.SHIPPED: Said("shipped", Tone.INFO),
    FulfillmentStatus.DELIVERED: Said("delivered", Tone.GOOD),
    FulfillmentStatus.PARTIALLY_RETURNED: Said("part back", Tone.DUE),
    FulfillmentStatus.RETURNED: Said("returned", Tone.DUE),
    FulfillmentStatus.CANCELED: Said("canceled", Tone.NEUTRAL),
}

GIFT_SAID: Final = {
    Gift.YES: Said("gift", Tone.INFO),
    Gift.UNKNOWN: Said("maybe a gift", Tone.NEUTRAL),
}


_REFUND_TONES: Final = {
    RefundState.FAILED: Tone.LATE,
    RefundState.GRANTED: Tone.DUE,
    RefundState.ASKED: Tone.INFO,
}

CHANNELS_TO_ANSWER_ON: Final = {
    MailChannel.ETSY: "Etsy",
    MailChannel.EBAY: "eBay",
    MailChannel.AMAZON: "Amazon",
    MailChannel.INSTAGRAM: "Instagram",
    MailChannel.FACEBOOK: "Facebook",
}
"""Where an email only tells of a message that must be answered there."""


def goods_said(order: Order | OrderSummary) -> Said:
    """Say how far the goods are; a hold stands above the stage."""
    if order.hold is not None and order.units_to_send:
        return Said("on hold", Tone.DUE)
    is_waiting = order.question if isinstance(order, Order) else order.waiting_since
    if is_waiting is not None and order.units_to_send:
        return Said("waiting", Tone.DUE)
    return GOODS_SAID[order.fulfillment_status]


def ship_by_said(order: Order | OrderSummary, today: date) -> Said | None:
    """Say when the parcel must leave; nothing once everything left, or before it was paid."""
    if order.ship_by is None or order.units_to_send == 0:
        return None
    if is_paused(order):
        return Said(f"ship by {day_text(order.ship_by, today)} · paused", Tone.NEUTRAL)
    if order.ship_by < today:
        return Said(f"late since {day_text(order.ship_by, today)}", Tone.LATE)
    tone = Tone.DUE if order.ship_by == today else Tone.NEUTRAL
    return Said(f"ship by {day_text(order.ship_by, today)}", tone)


def refund_said(order: Order) -> Said | None:
    """Say how far money that goes back is; one that failed is still owed."""
    for state, tone in _REFUND_TONES.items():
        if any(each.state is state for each in order.refunds):
            return Said(f"refund {state.value}", tone)
    return None


def ship_by_shortly(order: Order | OrderSummary, today: date) -> Said | None:
    """Say the same where the room is narrow: ``today``, ``late``."""
    said = ship_by_said(order, today)
    if said is None or order.ship_by is None:
        return None
    return Said("late" if said.tone is Tone.LATE else day_text(order.ship_by, today), said.tone)


def dispute_said(order: Order, today: date) -> Said | None:
    """Say that a bank asks for money back, and until when evidence is taken."""
    for each in order.disputes:
        if each.outcome is None:
            if each.evidence_given_at is not None or each.evidence_due_on is None:
                return Said("disputed", Tone.LATE)
            return Said(f"disputed · due {day_text(each.evidence_due_on, today)}", Tone.LATE)
    return None


def due_said(due_at: datetime | None, now: datetime) -> Said:
    """Say how long an answer has left, or by how much it is late."""
    if due_at is None:
        return Said("no hurry", Tone.NEUTRAL)
    left = due_at - now
    if left <= timedelta(0):
        return Said(f"late by {span_text(left)}", Tone.LATE)
    return Said(f"due in {span_text(left)}", Tone.DUE if left <= _SOON_DUE else Tone.NEUTRAL)


def ago(at: datetime, now: datetime) -> str:
    """Say how long ago something was: ``just now``, ``2 minutes ago``."""
    span = now - at
    if span < _MINUTE:
        return "just now"
    minutes = int(span / _MINUTE)
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        count = minutes // size
        if count:
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"


def greeting(local: datetime) -> str:
    """Greet by the time of day at the shop."""
    if local.hour < _NIGHT_ENDS or local.hour >= _EVENING:
        return "Good evening"
    return "Good morning" if local.hour < _NOON else "Good afternoon"


def piece_details(line: LineItem) -> str:
    """Write the chosen options of a piece: ``Size US 7½ · hammered``."""
    return " · ".join(
        f"{option.name} {option.value}" if option.name else option.value
        for option in line.variations
    )


def in_words(count: int) -> str:
    """Write a small count as a word."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else str(count)


def joined(parts: list[str]) -> str:
    """Join facts of a second line with a dot between."""
    told = [part for part in parts if part]
    return " · ".join(apart(part) for part in told) if len(told) > 1 else "".join(told)


def apart(text: str) -> str:
    """Keep words that are written from the right from turning what stands beside them.

    They are set between Unicode's isolates (UAX 9); all other words are returned as they are.
    """
    if text.isascii() or not any(bidirectional(each) in _FROM_THE_RIGHT for each in text):
        return text
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"


def sentence(text: str) -> str:
    """Begin with a capital; an address or a server's name stays as it is written."""
    first = text.partition(" ")[0]
    is_name = "@" in first or "." in first.rstrip(".")
    return text if is_name else text[:1].upper() + text[1:]


def backup_line(at: datetime | None, now: datetime, timezone: str) -> str:
    """Say when the desk was copied last."""
    return f"Backed up {moment_text(at, now, timezone)}" if at else ""


def mail_line(at: datetime | None, error: str | None, now: datetime) -> str:
    """Say when mail was read last."""
    if at is None:
        return sentence(error) if error else ""
    return f"Mail read {ago(at, now)}"
