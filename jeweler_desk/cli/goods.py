"""The commands that turn an order round: parts, cancel, returns, exchanges, questions."""

from __future__ import annotations

import click

from jeweler_desk.cli.choices import PIECE_HELP, act_on, amount_of, units_of
from jeweler_desk.cli.output import Door, as_json_option, pass_door, say
from jeweler_desk.cli.policies import terms_said
from jeweler_desk.domain.order import Condition, LineItem, LineItemId, Order
from jeweler_desk.domain.policy_wording import suggestion_told
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.returns import ExchangeWish

_WHY = click.option("--why", required=True, help="The reason.")
_RETURN = click.option(
    "--return", "return_id", type=int, help="Which return, where there are several."
)
_PIECES = click.option(
    "--units", "pieces", multiple=True, required=True, metavar="PIECE=N", help=PIECE_HELP
)
_MOST_UNITS = 99


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    commands = (
        pack_part, open_parcel, undo_shipped, cancel, reinstate, ask, answered,
        return_, return_received, return_closed, exchange,
    )  # fmt: skip
    for command in commands:
        group.add_command(command)


@click.command("pack-part")
@click.argument("number")
@_PIECES
@click.option("--note", help="A line for this parcel's slip.")
@as_json_option
@pass_door
def pack_part(
    door: Door, number: str, pieces: tuple[str, ...], note: str | None, *, as_json: bool
) -> None:
    """Close a parcel with a part of an order; `ship` hands it over."""
    act_on(
        door,
        number,
        lambda desk, each: desk.fulfillment.pack_part(each.id, units_of(each, pieces), note),
        as_json=as_json,
    )


@click.command("open-parcel")
@click.argument("number")
@as_json_option
@pass_door
def open_parcel(door: Door, number: str, *, as_json: bool) -> None:
    """Open a closed parcel that has not left."""
    act_on(door, number, lambda desk, each: desk.fulfillment.open_parcel(each.id), as_json=as_json)


@click.command("undo-shipped")
@click.argument("number")
@_WHY
@click.option("--parcel", "shipment_id", type=int, help="Which parcel, where several have left.")
@as_json_option
@pass_door
def undo_shipped(
    door: Door, number: str, why: str, shipment_id: int | None, *, as_json: bool
) -> None:
    """Note that a parcel never left: its pieces stand packed again."""
    act_on(
        door,
        number,
        lambda desk, each: desk.cancellations.undo_shipped(each.id, why, shipment_id),
        as_json=as_json,
    )


@click.command()
@click.argument("number")
@_WHY
@as_json_option
@pass_door
def cancel(door: Door, number: str, why: str, *, as_json: bool) -> None:
    """Cancel an order of which nothing has left."""
    act_on(
        door, number, lambda desk, each: desk.cancellations.cancel(each.id, why), as_json=as_json
    )


@click.command()
@click.argument("number")
@_WHY
@click.option("--honored", is_flag=True, help="Ask for no more than what came in.")
@as_json_option
@pass_door
def reinstate(door: Door, number: str, why: str, *, honored: bool, as_json: bool) -> None:
    """Take a canceled order up again; its ship-by day counts from now."""
    act_on(
        door,
        number,
        lambda desk, each: desk.cancellations.reinstate(each.id, why, honored=honored),
        as_json=as_json,
    )


@click.command()
@click.argument("number")
@click.argument("question")
@as_json_option
@pass_door
def ask(door: Door, number: str, question: str, *, as_json: bool) -> None:
    """Note what the buyer was asked; the order waits for the answer."""
    act_on(
        door,
        number,
        lambda desk, each: desk.orders.ask_customer(each.id, question),
        as_json=as_json,
    )


@click.command()
@click.argument("number")
@click.option("--answer", default="", help="What the buyer said.")
@as_json_option
@pass_door
def answered(door: Door, number: str, answer: str, *, as_json: bool) -> None:
    """Note that the buyer answered."""
    act_on(
        door,
        number,
        lambda desk, each: desk.orders.customer_answered(each.id, answer),
        as_json=as_json,
    )


@click.command("return")
@click.argument("number")
@_PIECES
@_WHY
@as_json_option
@pass_door
def return_(door: Door, number: str, pieces: tuple[str, ...], why: str, *, as_json: bool) -> None:
    """Expect pieces back; the clause that the order keeps is said beside it."""

    def expect(desk: Desk, order: Order) -> None:
        units = units_of(order, pieces)
        desk.returns.expect(order.id, units, why)
        for sentence in terms_said(desk.policies.terms(order, units=units)):
            say(sentence)

    act_on(door, number, expect, as_json=as_json)


@click.command("return-received")
@click.argument("number")
@click.option("--units", "pieces", multiple=True, metavar="PIECE=N", help=PIECE_HELP)
@click.option(
    "--condition",
    type=click.Choice([each.value for each in Condition]),
    default=Condition.AS_SENT.value,
    help="How they came back.",
)
@_RETURN
@as_json_option
@pass_door
def return_received(
    door: Door,
    number: str,
    pieces: tuple[str, ...],
    condition: str,
    return_id: int | None,
    *,
    as_json: bool,
) -> None:
    """Note that pieces are back; without --units, all that were expected.

    What the policy suggests to give back is said beside it.
    """

    def receive(desk: Desk, order: Order) -> None:
        units = units_of(order, pieces) if pieces else None
        desk.returns.receive(order.id, Condition(condition), units, return_id)
        if desk.policies.of(order) is not None:
            back = units or _expected(order, return_id)
            say(suggestion_told(desk.policies.suggestion(order, back, Condition(condition))))

    act_on(door, number, receive, as_json=as_json)


def _expected(order: Order, return_id: int | None) -> dict[LineItemId, int]:
    """Return the pieces that were expected back, of one return or of the only one."""
    wanted = [e for e in order.returns if e.closed_at is None and return_id in {None, e.id}]
    return {line_id: count for each in wanted for line_id, count in each.units_missing}


@click.command("return-closed")
@click.argument("number")
@_WHY
@_RETURN
@as_json_option
@pass_door
def return_closed(
    door: Door, number: str, why: str, return_id: int | None, *, as_json: bool
) -> None:
    """End a return without a refund."""
    act_on(
        door,
        number,
        lambda desk, each: desk.returns.close(each.id, why, return_id),
        as_json=as_json,
    )


@click.command()
@click.argument("number")
@_PIECES
@click.option("--for", "title", required=True, help="The piece that goes out instead.")
@click.option("--price", required=True, help="Its price.")
@click.option("--sku", help="Its SKU.")
@click.option("--quantity", type=click.IntRange(1, _MOST_UNITS), default=1, help="How many of it.")
@click.option("--at-once", is_flag=True, help="Begin before the piece is back.")
@_WHY
@as_json_option
@pass_door
def exchange(  # noqa: PLR0913 - one option for each fact of the exchange
    door: Door,
    number: str,
    *,
    pieces: tuple[str, ...],
    title: str,
    price: str,
    sku: str | None,
    quantity: int,
    why: str,
    at_once: bool,
    as_json: bool,
) -> None:
    """Expect pieces back and enter the order that replaces them."""

    def act(desk: Desk, order: Order) -> object:
        line = LineItem(title=title, quantity=quantity, unit_price=amount_of(order, price), sku=sku)
        units = units_of(order, pieces)
        wish = ExchangeWish(reason=why, units=units, lines=(line,), starts_at_once=at_once)
        return desk.returns.exchange(order.id, wish)

    act_on(door, number, act, as_json=as_json)
