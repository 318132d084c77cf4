"""The commands of an order's money: refunds step by step, voids, payments, disputes."""

from __future__ import annotations

from datetime import datetime

import click

from jeweler_desk.cli.choices import PIECE_HELP, act_on, amount_of, units_of
from jeweler_desk.cli.output import Door, as_json_option, pass_door, say
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import DisputeOutcome, Order, RefundChoice
from jeweler_desk.domain.refund_timing import means_of
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.wording import REFUND_TIMES, VOID_TIME
from jeweler_desk.services.desk import Desk

_REFUND_HELP = "Which refund, where an order has several."


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    commands = (
        refund, refund_asked, refund_settled, refund_failed, void, paid,
        dispute, dispute_evidence, dispute_closed, expired, write_off, honor, agreed,
    )  # fmt: skip
    for command in commands:
        group.add_command(command)


@click.command()
@click.argument("number")
@click.option("--units", "pieces", multiple=True, metavar="PIECE=N", help=PIECE_HELP)
@click.option("--amount", help="For the goods, instead of what the pieces are worth.")
@click.option("--shipping", help="Of the shipping.")
@click.option("--tax", help="Of the tax.")
@click.option("--goodwill", help="On top, for the trouble.")
@click.option("--why", required=True, help="The reason.")
@click.option(
    "--money-only", "choice", flag_value=RefundChoice.MONEY_ONLY.value,
    help="Unsent pieces are sent all the same.",
)  # fmt: skip
@click.option(
    "--do-not-send", "choice", flag_value=RefundChoice.DO_NOT_SEND.value,
    help="The pieces named are not sent any more.",
)  # fmt: skip
@as_json_option
@pass_door
def refund(  # noqa: PLR0913 - one option for each part of a refund
    door: Door,
    number: str,
    *,
    pieces: tuple[str, ...],
    amount: str | None,
    shipping: str | None,
    tax: str | None,
    goodwill: str | None,
    why: str,
    choice: str | None,
    as_json: bool,
) -> None:
    """Grant a refund: pieces, an amount, or both."""

    def act(desk: Desk, order: Order) -> object:
        units = units_of(order, pieces)
        goods = amount_of(order, amount)
        if goods is None and not units:
            goods = Money.zero(order.total.currency)
        wish = RefundWish(
            reason=why,
            units=units,
            goods=goods,
            shipping=amount_of(order, shipping),
            tax=amount_of(order, tax),
            goodwill=amount_of(order, goodwill),
            choice=RefundChoice(choice) if choice else None,
        )
        doubt = desk.refunds.means_doubt(order)
        if doubt:
            say(doubt)
        return desk.refunds.grant(order.id, wish)

    act_on(door, number, act, as_json=as_json)


@click.command("refund-asked")
@click.argument("number")
@click.option("--refund", "refund_id", type=int, help=_REFUND_HELP)
@click.option("--means", help="How it goes back: card, PayPal, Etsy.")
@click.option("--reference", help="What the bank calls it.")
@as_json_option
@pass_door
def refund_asked(
    door: Door,
    number: str,
    refund_id: int | None,
    means: str | None,
    reference: str | None,
    *,
    as_json: bool,
) -> None:
    """Note that a refund was asked for at the bank or the marketplace."""

    def ask(desk: Desk, order: Order) -> object:
        changes = desk.refunds.ask(order.id, refund_id, means=means, reference=reference)
        say(REFUND_TIMES[means_of(means, order.channel)])
        return changes

    act_on(
        door,
        number,
        ask,
        as_json=as_json,
    )


@click.command("refund-settled")
@click.argument("number")
@click.option("--refund", "refund_id", type=int, help=_REFUND_HELP)
@as_json_option
@pass_door
def refund_settled(door: Door, number: str, refund_id: int | None, *, as_json: bool) -> None:
    """Note that a refund has arrived."""
    act_on(
        door, number, lambda desk, each: desk.refunds.settle(each.id, refund_id), as_json=as_json
    )


@click.command("refund-failed")
@click.argument("number")
@click.option("--why", required=True, help="What the bank says.")
@click.option("--refund", "refund_id", type=int, help=_REFUND_HELP)
@as_json_option
@pass_door
def refund_failed(
    door: Door, number: str, why: str, refund_id: int | None, *, as_json: bool
) -> None:
    """Note that a refund did not go; it is still owed."""
    act_on(
        door, number, lambda desk, each: desk.refunds.fail(each.id, why, refund_id), as_json=as_json
    )


@click.command()
@click.argument("number")
@as_json_option
@pass_door
def void(door: Door, number: str, *, as_json: bool) -> None:
    """Note that money that was only held is let go."""
    act_on(door, number, lambda desk, each: desk.payments.void(each.id), as_json=as_json)
    say(VOID_TIME)


@click.command()
@click.argument("number")
@click.option("--amount", help="What came in; without it, all that is open.")
@click.option("--means", default="", help="How it came: cash, transfer.")
@as_json_option
@pass_door
def paid(door: Door, number: str, amount: str | None, means: str, *, as_json: bool) -> None:
    """Note money that came in outside a file."""

    def act(desk: Desk, order: Order) -> object:
        came = amount_of(order, amount) or desk.payments.open_amount(order)
        return desk.payments.record(order.id, came, means)

    act_on(door, number, act, as_json=as_json)


@click.command()
@click.argument("number")
@click.option("--amount", help="What the bank asks back; without it, the order's total.")
@click.option("--why", required=True, help="What the bank says.")
@click.option("--evidence-by", type=click.DateTime(["%Y-%m-%d"]), help="The evidence's last day.")
@as_json_option
@pass_door
def dispute(
    door: Door,
    number: str,
    amount: str | None,
    why: str,
    evidence_by: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Note that the buyer's bank asks for money back."""

    def act(desk: Desk, order: Order) -> object:
        asked = amount_of(order, amount) or order.total
        day = evidence_by.date() if evidence_by else None
        return desk.payments.open_dispute(order.id, asked, why, day)

    act_on(door, number, act, as_json=as_json)


@click.command("dispute-evidence")
@click.argument("number")
@as_json_option
@pass_door
def dispute_evidence(door: Door, number: str, *, as_json: bool) -> None:
    """Note that the evidence was given; it is taken once."""
    act_on(door, number, lambda desk, each: desk.payments.give_evidence(each.id), as_json=as_json)


@click.command("dispute-closed")
@click.argument("number")
@click.argument("outcome", type=click.Choice([each.value for each in DisputeOutcome]))
@as_json_option
@pass_door
def dispute_closed(door: Door, number: str, outcome: str, *, as_json: bool) -> None:
    """Note how a dispute ended: won or lost."""
    ended = DisputeOutcome(outcome)
    act_on(
        door,
        number,
        lambda desk, each: desk.payments.close_dispute(each.id, ended),
        as_json=as_json,
    )


@click.command("hold-expired")
@click.argument("number")
@as_json_option
@pass_door
def expired(door: Door, number: str, *, as_json: bool) -> None:
    """Note that the time of held money ran out."""
    act_on(door, number, lambda desk, each: desk.payments.expire(each.id), as_json=as_json)


@click.command("write-off")
@click.argument("number")
@click.option("--amount", help="What is not asked for any more; without it, all that is open.")
@click.option("--why", required=True, help="The reason.")
@as_json_option
@pass_door
def write_off(door: Door, number: str, amount: str | None, why: str, *, as_json: bool) -> None:
    """Ask for less than an order's total."""

    def act(desk: Desk, order: Order) -> object:
        less = amount_of(order, amount) or desk.payments.open_amount(order)
        return desk.payments.write_off(order.id, less, why)

    act_on(door, number, act, as_json=as_json)


@click.command()
@click.argument("number")
@click.option("--why", required=True, help="The reason.")
@as_json_option
@pass_door
def honor(door: Door, number: str, why: str, *, as_json: bool) -> None:
    """Let an order go for what it brought, a total of 0.00 too."""
    act_on(door, number, lambda desk, each: desk.payments.honor(each.id, why), as_json=as_json)


@click.command()
@click.argument("number")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day agreed to."
)
@click.option("--how", required=True, help="The buyer’s words, or where they stand.")
@as_json_option
@pass_door
def agreed(door: Door, number: str, until: datetime, how: str, *, as_json: bool) -> None:
    """Note that the buyer agreed to wait until a day."""
    act_on(
        door,
        number,
        lambda desk, each: desk.delays.agree(each.id, until.date(), how),
        as_json=as_json,
    )
