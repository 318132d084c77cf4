"""The command of promises: an order is promised anew by the calendar of now."""

from __future__ import annotations

import click

from jeweler_desk.cli.choices import act_on
from jeweler_desk.cli.output import Door, as_json_option, pass_door
from jeweler_desk.domain.order import Order
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(promise)


@click.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="The reason, for the order's timeline.")
@as_json_option
@pass_door
def promise(door: Door, number: str, why: str, *, as_json: bool) -> None:
    """Promise an order anew by the calendar of now, and show the letter about the delay."""
    letters: list[str | None] = []

    def act(desk: Desk, order: Order) -> object:
        changes = desk.promises.renew(order.id, why)
        letters.append(desk.promises.letter_of_last(order.id))
        return changes

    act_on(door, number, act, as_json=as_json)
    if letters[0] and not as_json:
        click.echo(f"\n{letters[0]}")
