"""The command of making: a piece goes on to one of the shop's stages."""

from __future__ import annotations

import click

from jeweler_desk.cli.choices import act_on, piece_of
from jeweler_desk.cli.output import Door, as_json_option, pass_door
from jeweler_desk.domain.order import Order
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(stage)


@click.command()
@click.argument("number")
@click.argument("stage_name", metavar="STAGE")
@click.option("--piece", help="One piece of the order, by SKU, title or place.")
@as_json_option
@pass_door
def stage(door: Door, number: str, stage_name: str, piece: str | None, *, as_json: bool) -> None:
    """Move the making of an order to a stage of the setting shop.stages."""

    def act(desk: Desk, order: Order) -> object:
        wanted = desk.settings.stages().called(stage_name)
        line_id = piece_of(order, piece).id if piece else None
        return desk.fulfillment.set_stage(order.id, wanted, line_id)

    act_on(door, number, act, as_json=as_json)
