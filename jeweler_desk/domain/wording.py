"""How the shop writes money, days and counts, and the sentences of an order's timeline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, Stage

CHANNEL_NAMES: Final = {
    Channel.ETSY: "Etsy",
    Channel.SHOPIFY: "Shopify",
    Channel.WOOCOMMERCE: "WooCommerce",
    Channel.SQUARESPACE: "Squarespace",
    Channel.EBAY: "eBay",
    Channel.AMAZON: "Amazon",
    Channel.SQUARE: "Square",
    Channel.MANUAL: "by hand",
}
# Not strftime's: those turn into the computer's language as soon as a window is open.
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
STAGE_NAMES: Final = {
    Stage.TO_MAKE: "to make",
    Stage.MAKING: "making",
    Stage.READY: "ready",
}


def money_text(money: Money) -> str:
    """Write an amount with its currency: ``64.00 USD``."""
    return f"{money.amount} {money.currency}"


def count_text(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: ``1 parcel``, ``3 parcels``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def day_text(day: date, today: date) -> str:
    """Write a day as a person says it: today, tomorrow, yesterday, else ``Tue 24 Nov``."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if near:
        return near
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def moment_text(moment: datetime, now: datetime, timezone: str) -> str:
    """Write an instant as the shop's clock shows it: ``yesterday 13:58``."""
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    return f"{day_text(local.date(), now.astimezone(zone).date())} {local:%H:%M}"


def span_text(span: timedelta) -> str:
    """Write a span as one rounded unit: ``12 min``, ``3 h``, ``4 days``."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{max(1, minutes)} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004 - two days


def ordered(channel: Channel) -> str:
    """Say that an order was placed."""
    return (
        "entered by hand" if channel is Channel.MANUAL else f"ordered on {CHANNEL_NAMES[channel]}"
    )


def paid(amount: Money) -> str:
    """Say that money was taken."""
    return f"paid {money_text(amount)}"


def refunded(amount: Money) -> str:
    """Say that money went back."""
    return f"refunded {money_text(amount)}"


def canceled(channel: Channel) -> str:
    """Say that the channel canceled the order."""
    return f"canceled on {CHANNEL_NAMES[channel]}"


def handed_over(carrier: str | None, tracking_number: str | None) -> str:
    """Say that a parcel left."""
    details = " ".join(part for part in (carrier, tracking_number) if part)
    return f"handed over · {details}" if details else "handed over"


def packed(seconds: int | None) -> str:
    """Say that a parcel was closed, and how long it took."""
    if seconds is None:
        return "packed"
    return f"packed in {seconds // 60}:{seconds % 60:02d}"


def answer(person: str | None, subject: str) -> str:
    """Ask for an answer to an email."""
    return f"Answer {person or 'an unknown sender'}: {subject or 'no subject'}"


def send_parcel(number: str, customer: str | None, pieces: str) -> str:
    """Ask for a parcel to be handed over."""
    to = f" to {customer}" if customer else ""
    return f"Send {number}{to}: {pieces}"


def give_back(amount: Money, number: str, state: str) -> str:
    """Ask for a refund's next step."""
    step = {"granted": "to be asked for", "asked": "asked for, not settled yet"}
    return f"Refund {money_text(amount)} for {number}: {step.get(state, state)}"


def hold_ends(number: str, reason: str) -> str:
    """Say that a hold's last day is here."""
    return f"The hold of {number} ends: {reason}"


def mail_not_seen(since: str | None, why: str) -> str:
    """Say since when the mail could not be looked at."""
    return f"The mail was not seen {f'since {since}' if since else 'yet'}: {why}"
