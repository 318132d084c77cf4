"""How the shop writes money, days and counts, and the sentences of an order's timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.delay_rule import DelayRule, LegalDay
from jeweler_desk.domain.label import Label, LabelState, LabelStep
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, Shipment, Stage
from jeweler_desk.domain.refund_timing import Means
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind
from jeweler_desk.domain.supply import MoveKind, ReorderLine, ReorderList, Supply, SupplyMove
from jeweler_desk.domain.tracking import Damage, Doubt, TrackingReading

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
_WHOLE_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_WHOLE_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
LABEL_BOUGHT: Final = "label bought"
LABEL_STEPS: Final = {
    LabelStep.NOT_USED: "a label is not used",
    LabelStep.ASKED: "a label’s money asked back",
    LabelStep.REFUNDED: "a label’s money is back",
    LabelStep.GIVEN_UP: "a label’s money given up",
}
LABEL_STATES: Final = {
    LabelState.USED: "handed over",
    LabelState.WAITING: "not handed over yet",
    LabelState.UNNEEDED: "not used: ask its money back",
    LabelState.ASKED: "its money is asked back",
    LabelState.REFUNDED: "its money is back",
    LabelState.GIVEN_UP: "its money is given up",
}
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


def short_day(day: date) -> str:
    """Write a day without its weekday: ``24 Nov``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def full_day(day: date) -> str:
    """Write a day so that it is understood at any time: ``Tue 24 Nov 2026``."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_day(day: date) -> str:
    """Write a day of these weeks in full: ``Tuesday 24 November``."""
    return f"{_WHOLE_WEEKDAYS[day.weekday()]} {day.day} {_WHOLE_MONTHS[day.month - 1]}"


def letter_day(day: date) -> str:
    """Write a day as a letter does: ``Tuesday, November 24, 2026``."""
    weekday, month = _WHOLE_WEEKDAYS[day.weekday()], _WHOLE_MONTHS[day.month - 1]
    return f"{weekday}, {month} {day.day}, {day.year}"


def month_text(day: date) -> str:
    """Name a month: ``November 2026``."""
    return f"{_WHOLE_MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: datetime, now: datetime, timezone: str) -> str:
    """Write an instant as the shop's clock shows it: ``yesterday 13:58``."""
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    return f"{day_text(local.date(), now.astimezone(zone).date())} {local:%H:%M}"


def next_moment(clock: str, now: datetime, timezone: str) -> datetime:
    """Return when the shop's clock shows ``HH:MM`` the next time."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    hour, minute = (int(part) for part in clock.split(":"))
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)


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


def something_wrong(people: int, title: str) -> str:
    """Ask whether something is wrong: several customers write of the same."""
    return f"Is something wrong? {count_text(people, 'customer')} wrote within an hour of {title}"


def promised_answer(person: str | None, subject: str, note: str) -> str:
    """Remind of what a holding letter promised."""
    told = f" ({note})" if note else ""
    return f"Answer {person or 'an unknown sender'} as promised: {subject or 'no subject'}{told}"


def follow_up(person: str | None, subject: str, note: str) -> str:
    """Remind to ask again whom an answer is awaited from."""
    told = f" ({note})" if note else ""
    return f"Ask {person or 'her'} again: {subject or 'no subject'}{told}"


def answer(person: str | None, subject: str) -> str:
    """Ask for an answer to an email."""
    return f"Answer {person or 'an unknown sender'}: {subject or 'no subject'}"


def besides(kinds: Sequence[AgendaKind]) -> str:
    """Say what else is due beside emails: ``Also due: 4 parcels, 1 supply``; nothing for none."""
    nouns = {
        AgendaKind.PARCEL: ("parcel", "parcels"),
        AgendaKind.REFUND: ("refund", "refunds"),
        AgendaKind.PROMISE: ("promise", "promises"),
        AgendaKind.SUPPLY: ("supply", "supplies"),
    }
    told = [count_text(kinds.count(kind), *noun) for kind, noun in nouns.items() if kind in kinds]
    return f"Also due: {', '.join(told)}" if told else ""


def besides_letters(agenda: Sequence[AgendaItem]) -> str:
    """Say what else is due beside emails, of a whole agenda."""
    return besides([item.kind for item in agenda])


def send_parcel(number: str, customer: str | None, pieces: str) -> str:
    """Ask for a parcel to be handed over."""
    to = f" to {customer}" if customer else ""
    return f"Send {number}{to}: {pieces}"


def give_back(amount: Money, number: str, state: str) -> str:
    """Ask for a refund's next step."""
    step = {
        "granted": "to be asked for",
        "asked": "asked for, not settled yet",
        "failed": "it failed and is still owed",
    }
    return f"Refund {money_text(amount)} for {number}: {step.get(state, state)}"


def legal_day(day: LegalDay) -> str:
    """Ask for an order to be sent by its last day by law, or for the buyer's yes to wait."""
    last = full_day(day.must_leave_by)
    return (
        f"Send {day.number}, or get its buyer’s yes to wait, else refund it: {last} is the last day"
        f" ({day.rule.name})"
    )


def refund_by_law(last: date, rule: DelayRule) -> str:
    """Say until when money must have gone back by law."""
    return f"by {full_day(last)} at the latest ({rule.name})"


REFUND_TIMES: Final = {
    Means.ETSY: "Etsy takes up to 48 hours to process it, and the bank 3–5 days more.",
    Means.CARD: "A card credit is there in about 5–10 business days, often sooner.",
    Means.OTHER: "Ask the bank or the service how long it takes; count on 10 business days.",
}
VOID_TIME: Final = "The pending line goes away in up to 7–10 business days; nothing was taken."


def etsy_refunds_over(number: str, last: date) -> str:
    """Say that Etsy gives an order's money back no more."""
    return (
        f"Etsy gave order {number} its money back until {full_day(last)}, 180 days after the"
        " payment: it goes back by another means now, such as PayPal or a transfer."
    )


def let_go(amount: Money, number: str) -> str:
    """Ask for held money of a canceled order to be let go; it is no refund."""
    return f"Void {money_text(amount)} held for {number}: the order is canceled"


def settle_return(number: str, difference: Money | None) -> str:
    """Ask what is given back for pieces that are here again; an exchange knows it."""
    if difference is not None:
        return f"The pieces of {number} are back: {money_text(difference)} go back too"
    return f"The pieces of {number} are back: refund them or close the return"


def give_evidence(amount: Money, number: str) -> str:
    """Ask for the evidence in a dispute; it is taken once."""
    return f"Give evidence in the dispute of {money_text(amount)} for {number}"


def hold_ends(number: str, reason: str) -> str:
    """Say that a hold's last day is here."""
    return f"The hold of {number} ends: {reason}"


def mail_not_seen(since: str | None, why: str) -> str:
    """Say since when the mail could not be looked at."""
    return f"The mail was not seen {f'since {since}' if since else 'yet'}: {why}"


def tracking_doubt(why: Doubt, reading: TrackingReading, carrier: str | None) -> str:
    """Say why a tracking number deserves a second look, and what to do. It is kept as it is."""
    number = reading.number
    match why:
        case Doubt.WRONG_DIGIT:
            whose = carrier or reading.candidates[0].carrier
            return (
                f"The check digit of {number} is wrong for {whose}: compare it with the label."
                " It is kept as you gave it."
            )
        case Doubt.OTHER_CARRIER:
            others = " or ".join(reading.carriers[:3])
            return f"{number} looks like a number of {others}, not of {carrier}. It is kept."
        case Doubt.UNLIKE_CARRIER:
            return (
                f"{carrier} writes its numbers differently from {number}: look again. It is kept."
            )
    if reading.damage is Damage.LOST_ZEROS:
        return f"A spreadsheet may have dropped zeros: {reading.meant} would fit. {number} is kept."
    return (
        f"A spreadsheet has spoiled the number: of {number} the last digits are lost."
        " Copy it from the label or the carrier’s page."
    )


def label_bought(cost: Money | None) -> str:
    """Say that a label was bought."""
    return f"label bought for {money_text(cost)}" if cost else "label bought"


def label_said(label: Label) -> str:
    """Say that a label was bought, with what is known of it."""
    bought = label_bought(label.cost)
    return f"{bought} · {label.name}" if label.name else bought


def label_step(label: Label, step: LabelStep, why: str) -> str:
    """Say what became of a label that no parcel left under."""
    told = LABEL_STEPS[step]
    cost = f" ({money_text(label.cost)})" if label.cost else ""
    number = f" · {label.tracking_number}" if label.tracking_number else ""
    return f"{told}{cost}{number}{f': {why}' if why else ''}"


def label_money_back(number: str, label: Label) -> str:
    """Ask for the money of a label that no parcel leaves under."""
    cost = money_text(label.cost) if label.cost else "its money"
    name = f" · {label.name}" if label.name else ""
    return f"Label of {number} unused: ask back {cost}{name}"


def carrier_changed(carrier: str | None, tracking_number: str | None) -> str:
    """Say under which number a parcel travels, told after its hand-over."""
    told = " ".join(part for part in (carrier, tracking_number) if part)
    return f"parcel travels as {told}" if told else "parcel travels without a number"


def first_scan() -> str:
    """Say that the carrier saw the parcel."""
    return "first scan by the carrier"


def delivered() -> str:
    """Say that a parcel arrived."""
    return "delivered"


def parcel_facts(parcel: Shipment) -> list[tuple[str, datetime | None]]:
    """Name the four facts of a parcel that are known, each with its instant where that is."""
    told: list[tuple[str, datetime | None]] = []
    if parcel.label_bought_at or parcel.label_cost:
        told.append((LABEL_BOUGHT, parcel.label_bought_at))
    told.append(("handed over", parcel.shipped_at))
    if parcel.first_scan_at:
        told.append(("first scan", parcel.first_scan_at))
    if parcel.delivered_at:
        told.append(("delivered", parcel.delivered_at))
    return told


def seen_by_carrier(parcels: Sequence[Shipment], now: datetime, timezone: str) -> str:
    """Say what a carrier has told of parcels: ``first scan yesterday 17:20``; nothing for none."""
    told: list[str] = []
    for parcel in parcels:
        known = {"first scan": parcel.first_scan_at, "delivered": parcel.delivered_at}
        facts = [f"{name} {moment_text(at, now, timezone)}" for name, at in known.items() if at]
        if facts:
            number = f"{parcel.tracking_number}: " if parcel.tracking_number else ""
            told.append(number + ", ".join(facts))
    return "; ".join(told)


def label_conflict(known: str, told: str) -> str:
    """Say that a file names another number than the one entered here, which stands."""
    return f"Pirate Ship names {told}; {known} was entered here and stands"


def label_of_undone(number: str) -> str:
    """Say that a file names a parcel that was marked here as not shipped after all."""
    return f"Pirate Ship names {number}; here that parcel is marked as not shipped, and that stands"


def label_voided(number: str) -> str:
    """Say that a label was refunded after its parcel was noted."""
    return f"the label {number} was refunded at Pirate Ship: see whether the parcel left"


def supply_low(supply: Supply) -> str:
    """Say that a supply is to be ordered."""
    where = f" from {supply.supplier}" if supply.supplier else ""
    packs = count_text(supply.packs_to_order, "pack")
    return f"Order {supply.name}{where}: {supply.stock} left, {packs} of {supply.pack_size}"


def supplies_crossed(supplies: Sequence[Supply]) -> str:
    """Say that supplies came down to their reorder points: ``Boxes: 9 left. Time to order …``."""
    left = "; ".join(f"{each.name}: {each.stock} left" for each in supplies)
    them = "them" if len(supplies) > 1 else "it"
    return f"{left}. Time to order more; the reorder list has {them}."


def reorder_line(line: ReorderLine) -> str:
    """Write one line of the reorder list: ``2 packs of 50 · Ring boxes``."""
    if line.pack_size == 1:
        return f"{line.packs} × {line.name}"
    return f"{count_text(line.packs, 'pack')} of {line.pack_size} · {line.name}"


def reorder_text(wanted: ReorderList) -> str:
    """Write the reorder list as text to paste into a letter or a shop's search."""
    parts = []
    for group in wanted.groups:
        lines = "\n".join(f"- {reorder_line(line)}" for line in group.lines)
        parts.append(f"{group.supplier or 'No supplier named'}\n{lines}")
    return "\n\n".join(parts) + "\n"


def supply_moved(move: SupplyMove) -> str:
    """Say why a stock changed: ``−1 · packed for #1041``."""
    words = {
        MoveKind.COUNTED: "counted",
        MoveKind.RECEIVED: "came in",
        MoveKind.USED: "used",
        MoveKind.PACKED: "packed",
        MoveKind.GIVEN_BACK: "given back",
    }[move.kind]
    order = f" · order {move.order_number}" if move.order_number else ""
    note = f" · {move.note}" if move.note else ""
    sign = "+" if move.units > 0 else "−"
    return f"{sign}{abs(move.units)} {words}{order}{note}"
