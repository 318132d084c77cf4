"""One order in lines to read: whose it is, where its money and goods are, what lies over it."""

from __future__ import annotations

from collections.abc import Iterator

from jeweler_desk.domain import wording
from jeweler_desk.domain.business_days import is_late
from jeweler_desk.domain.combining import numbers_text
from jeweler_desk.domain.label import LabelState
from jeweler_desk.domain.order import Gift, LineItem, Order
from jeweler_desk.domain.promises import is_paused
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.order_lines import fate_of, money_beside_lines, return_lines


def order_lines(desk: Desk, order: Order) -> Iterator[str]:
    """Yield what is to be known of an order before its papers and its history."""
    gift = {Gift.YES: " · a gift", Gift.UNKNOWN: " · maybe a gift"}.get(order.gift, "")
    yield f"{order.number} · {order.customer or 'nobody named'}{gift}"
    owed = desk.payments.owed(order)
    owes = f", owes {wording.money_text(owed)}" if owed else ""
    yield (
        f"{wording.money_text(order.total)} · {order.payment_status.value}{owes}"
        f" · {order.fulfillment_status.value} · {order.order_status.value}"
    )
    yield from _overlays(desk, order)
    yield from _money(desk, order)
    yield from _parcels(desk, order)
    for line in order.line_items:
        yield from _piece(order, line)


def _overlays(desk: Desk, order: Order) -> Iterator[str]:
    now, zone, today = desk.clock.now(), desk.settings.timezone(), desk.settings.today()
    if order.ship_by:
        late = is_late(ship_by=order.ship_by, units_to_send=order.units_to_send, today=today)
        more = " · paused" if is_paused(order) else " · late" if late else ""
        yield f"ship by {wording.day_text(order.ship_by, today)}{more}"
    yield from desk.printed_papers.sentences(order)
    if order.hold:
        until = order.hold.until
        ends = f" · until {wording.day_text(until, today)}" if until else ""
        yield f"on hold: {order.hold.reason}{ends}"
    if order.question:
        since = wording.moment_text(order.question.since, now, zone)
        yield f"waiting for the customer: {order.question.question} · since {since}"
    if order.combined_with:
        yield f"in one box with {numbers_text(order.combined_with)}"
    yield from return_lines(order, now, zone)


def _money(desk: Desk, order: Order) -> Iterator[str]:
    today = desk.settings.today()
    for refund in order.refunds:
        yield f"refund {refund.id}: {wording.money_text(refund.amount)}, {refund.state.value}"
    yield from money_beside_lines(order, today)
    for label in order.labels:
        if label.state(order.units_to_send) is LabelState.UNNEEDED:
            last = wording.day_text(desk.labels.refund_by(label), today)
            yield f"{wording.label_money_back(order.number, label)} by {last}"


def _parcels(desk: Desk, order: Order) -> Iterator[str]:
    now, zone = desk.clock.now(), desk.settings.timezone()
    for place, parcel in enumerate(order.shipments, start=1):
        name = " ".join(each for each in (parcel.carrier, parcel.tracking_number) if each)
        facts = (
            f"{what} {wording.moment_text(at, now, zone) if at else 'on a day not known'}"
            for what, at in wording.parcel_facts(parcel)
        )
        yield " · ".join((f"parcel {place}: {name or 'without a number'}", *facts))


def _piece(order: Order, line: LineItem) -> Iterator[str]:
    options = " · ".join(each.value for each in line.variations)
    told = f"  {line.quantity} × {line.title}{f' ({options})' if options else ''}"
    is_here = order.units_to_send and line.units_to_send > line.units_closed
    stage = (line.stage_name or wording.STAGE_NAMES[line.stage]) if is_here else ""
    yield " · ".join(each for each in (told, stage, fate_of(line)) if each)
    for words in (line.personalization or "").splitlines():
        yield f"      {words}"
