"""The command of what is learned of a parcel: its number, label, first scan and delivery."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from jeweler_desk.cli.choices import act_on
from jeweler_desk.cli.instants import instant_of
from jeweler_desk.cli.order_json import order_json
from jeweler_desk.cli.output import Door, as_json_option, pass_door, print_json, say
from jeweler_desk.domain import wording
from jeweler_desk.domain.label import Label, LabelState, LabelStep
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.services.shipments import ParcelFacts


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(parcel)
    group.add_command(photo)
    group.add_command(label)
    group.add_command(label_refund)


class ParcelOptionError(RefusedError):
    """An option that is out of its form; the sentence says which."""


@click.command()
@click.argument("number")
@click.option("--place", type=click.IntRange(min=1), help="Which parcel, the first being 1.")
@click.option("--carrier", help="Who carries it.")
@click.option("--service", help="The carrier’s service.")
@click.option("--tracking", help="The tracking number.")
@click.option("--label-cost", metavar="AMOUNT", help="What the label cost, in the shop's money.")
@click.option("--label-bought", metavar="TIME", help="When the label was bought.")
@click.option("--first-scan", metavar="TIME", help="When the carrier scanned it first.")
@click.option("--delivered", metavar="TIME", help="When it arrived.")
@as_json_option
@pass_door
def parcel(  # noqa: PLR0913, PLR0917 - one option for each fact of a parcel
    door: Door,
    number: str,
    place: int | None,
    carrier: str | None,
    service: str | None,
    tracking: str | None,
    label_cost: str | None,
    label_bought: str | None,
    first_scan: str | None,
    delivered: str | None,
    *,
    as_json: bool,
) -> None:
    """Note what was learned of a parcel (the last one unless PLACE says which), or show them.

    A TIME is an ISO 8601 instant with its offset, or `now`.
    """
    facts = (carrier, service, tracking, label_cost, label_bought, first_scan, delivered)
    if not any(facts):
        with door.reading() as desk:
            _show(desk, desk.orders.find(number), as_json=as_json)
        return
    with door.writing() as desk:
        now = desk.clock.now()
        order = desk.orders.find(number)
        if place is not None and place > len(order.shipments):
            count = wording.count_text(len(order.shipments), "parcel")
            raise ParcelOptionError(f"Order {order.number} has {count}. Nothing was changed.")
        chosen = None if place is None else order.shipments[place - 1].id
        desk.shipments.learn(
            order.id,
            chosen,
            ParcelFacts(
                carrier=carrier,
                service=service,
                tracking_number=tracking,
                label_cost=_money(label_cost, desk.settings.get("shop.currency")),
                label_bought_at=instant_of("--label-bought", label_bought, now),
                first_scan_at=instant_of("--first-scan", first_scan, now),
                delivered_at=instant_of("--delivered", delivered, now),
            ),
        )
        warning = desk.shipments.numbers.warning(tracking, carrier)
        if warning:
            say(warning)
        _show(desk, desk.orders.get(order.id), as_json=as_json)


@click.command()
@click.argument("number")
@click.option("--carrier", help="Who will carry the parcel.")
@click.option("--service", help="The carrier’s service.")
@click.option("--tracking", help="The tracking number.")
@click.option("--cost", metavar="AMOUNT", help="What it cost, in the shop's money.")
@click.option("--bought", metavar="TIME", help="When it was bought; without it, now.")
@click.option("--label", "label_id", type=int, help="Correct this label instead of noting one.")
@as_json_option
@pass_door
def label(  # noqa: PLR0913 - one option for each fact of a label
    door: Door,
    number: str,
    carrier: str | None,
    service: str | None,
    tracking: str | None,
    cost: str | None,
    bought: str | None,
    label_id: int | None,
    *,
    as_json: bool,
) -> None:
    """Note that a label was bought; its parcel leaves only with `ship`."""

    def act(desk: Desk, order: Order) -> object:
        facts = LabelFacts(
            carrier=carrier,
            service=service,
            tracking_number=tracking,
            cost=_money(cost, desk.settings.get("shop.currency")),
            bought_at=instant_of("--bought", bought, desk.clock.now()),
        )
        warning = desk.shipments.numbers.warning(tracking, carrier)
        if warning:
            say(warning)
        if label_id is not None:
            return desk.labels.correct(order.id, label_id, facts)
        return desk.labels.buy(order.id, facts)

    act_on(door, number, act, as_json=as_json)


@click.command("label-refund")
@click.argument("number")
@click.argument("step", type=click.Choice([each.value.replace("_", "-") for each in LabelStep]))
@click.option("--why", default="", help="What is said of it; giving up needs it.")
@click.option("--label", "label_id", type=int, help="Which label, where there are several.")
@as_json_option
@pass_door
def label_refund(
    door: Door, number: str, step: str, why: str, label_id: int | None, *, as_json: bool
) -> None:
    """Note what became of a label that no parcel leaves under."""
    to = LabelStep(step.replace("-", "_"))
    act_on(
        door,
        number,
        lambda desk, each: desk.labels.mark(each.id, to, why, label_id),
        as_json=as_json,
    )


@click.command()
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
@pass_door
def photo(door: Door, number: str, file: Path, *, as_json: bool) -> None:
    """Keep a photo of an order's open box."""
    with door.writing() as desk:
        order = desk.orders.find(number)
        desk.box_photos.add(order.id, file)
        kept = desk.box_photos.of(order.id)
    if as_json:
        print_json([{"name": each.photo.name, "sha256": each.photo.digest} for each in kept])
    else:
        count = wording.count_text(len(kept), "photo")
        click.echo(f"Order {order.number} has {count} of the open box.")


def _money(text: str | None, currency: str) -> Money | None:
    if text is None:
        return None
    try:
        cost = Money.parse(text, currency)
    except ValueError as error:
        raise ParcelOptionError(f"{error}. Nothing was changed.") from error
    if cost.minor_units < 0:
        raise ParcelOptionError("A label cannot cost less than nothing. Nothing was changed.")
    return cost


def _show(desk: Desk, order: Order, *, as_json: bool) -> None:
    if as_json:
        print_json(order_json(order, desk.settings.timezone()))
        return
    now, zone = desk.clock.now(), desk.settings.timezone()
    for place, each in enumerate(order.shipments, start=1):
        told = " ".join(part for part in (each.carrier, each.tracking_number) if part)
        click.echo(f"{place}  {told or 'without a number'}")
        for name, at in wording.parcel_facts(each):
            cost = f" · {wording.money_text(each.label_cost)}" if each.label_cost else ""
            tail = cost if name == wording.LABEL_BOUGHT else ""
            when = wording.moment_text(at, now, zone) if at else "day not known"
            click.echo(f"   {name:<12} {when}{tail}")
        page = desk.shipments.page_of(each)
        if page:
            click.echo(f"   {page}")
    for bought in order.labels:
        state = bought.state(order.units_to_send)
        if state is not LabelState.USED:
            _show_label(desk, bought, state, now)
    if not order.shipments:
        click.echo(f"No parcel of order {order.number} has left yet.")


def _show_label(desk: Desk, label: Label, state: LabelState, now: datetime) -> None:
    zone = desk.settings.timezone()
    click.echo(f"label {label.id}  {label.name or 'without a number'}")
    bought = wording.moment_text(label.bought_at, now, zone) if label.bought_at else "day not known"
    cost = f" · {wording.money_text(label.cost)}" if label.cost else ""
    click.echo(f"   {wording.LABEL_BOUGHT:<12} {bought}{cost}")
    told = wording.LABEL_STATES[state]
    if state is LabelState.UNNEEDED:
        told += f" by {wording.full_day(desk.labels.refund_by(label))}"
    click.echo(f"   {told}{f': {label.step_why}' if label.step_why else ''}")
