"""The commands of a box that several orders share."""

from __future__ import annotations

import click

from jeweler_desk.cli.choices import act_on
from jeweler_desk.cli.order_json import order_json
from jeweler_desk.cli.orders import show_order
from jeweler_desk.cli.output import Door, as_json_option, pass_door, print_json
from jeweler_desk.domain.combining import numbers_text
from jeweler_desk.domain.wording import day_text
from jeweler_desk.services.combining import BoxToPack
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    for command in (combine, take_apart, bench):
        group.add_command(command)


@click.command()
@click.argument("numbers", metavar="ORDER...", nargs=-1, required=True)
@as_json_option
@pass_door
def combine(door: Door, numbers: tuple[str, ...], *, as_json: bool) -> None:
    """Put orders of one buyer to one address into one box; `pack` and `ship` take all of it."""
    with door.writing() as desk:
        found = [desk.orders.find(number).id for number in numbers]
        desk.combining.combine(found)
        orders = desk.fulfillment.box(found[0])
        if as_json:
            zone = desk.settings.timezone()
            print_json([order_json(each, zone) for each in orders])
            return
        for each in orders:
            show_order(desk, each, as_json=False)


@click.command("take-apart")
@click.argument("number")
@as_json_option
@pass_door
def take_apart(door: Door, number: str, *, as_json: bool) -> None:
    """Give an order a box of its own again."""
    act_on(door, number, lambda desk, each: desk.combining.take_apart(each.id), as_json=as_json)


@click.command()
@as_json_option
@pass_door
def bench(door: Door, *, as_json: bool) -> None:
    """Name the boxes to pack in their order, and what could go together."""
    with door.reading() as desk:
        queue = desk.combining.queue()
        if as_json:
            print_json([_box(each) for each in queue])
            return
        for each in queue:
            click.echo(_line(desk, each))
    if not queue:
        click.echo("Nothing is to pack.")


def _box(box: BoxToPack) -> dict[str, object]:
    due = box.orders[0].ship_by
    return {
        "orders": [each.number for each in box.orders],
        "customer": box.orders[0].customer,
        "ship_by": due.isoformat() if due else None,
        "could_share": [each.number for each in box.offered],
    }


def _line(desk: Desk, box: BoxToPack) -> str:
    first = box.orders[0]
    numbers = numbers_text([each.number for each in box.orders])
    due = day_text(first.ship_by, desk.settings.today()) if first.ship_by else "no day"
    told = f"{numbers:<16}  {first.customer or 'nobody named':<24}  {due}"
    if box.offered:
        others = numbers_text([each.number for each in box.offered])
        told += f"  could share its box with {others}"
    return told
