"""The command of paper: print slips and cards into a PDF file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    needs_seller,
    one_line,
    out_option,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import Sides
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.address_labels import LabelPlace
from jeweler_desk.services.any_paper import NAMES, TICKETS, paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.papers import OF_THE_SHOP, Printed, PrintWarning

_TEST_PAGE: Final = "test-page"
_KINDS: Final = [*NAMES, _TEST_PAGE]


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(print_)
    group.add_command(label_lines)


@click.command("print")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("numbers", metavar="[ORDER]...", nargs=-1)
@click.option("--view", type=click.Choice([view.value for view in View]), help="Orders of a view.")
@click.option(
    "--stock",
    metavar="NAME",
    help="letter, a4, a5, us-a2, us-a6, us-a7, 4bar, iso-a6, iso-a7; a card also -folded;"
    " of labels 4x6, 100x150, 62mm, avery-5160, -5161, -5163, -5164, l7160, l7161, l7163, l7165;"
    " or a size of your own such as 80x120mm or 3.5x2in.",
)
@click.option(
    "--start", type=int, default=1, metavar="N", help="The first free label of a sheet, from 1."
)
@out_option("PDF")
@click.option(
    "--sides",
    type=click.Choice([each.value for each in Sides]),
    help="Of cards: a front with the shop's mark, and the words on the back.",
)
@click.option(
    "--prices/--no-prices",
    default=None,
    help="Of packing slips: what the pieces cost, else as shop.slip_prices says; never a gift's.",
)
@click.option(
    "--printer",
    metavar="NAME",
    help="The printer it is for: what was measured of it is allowed for.",
)
@as_json_option
@pass_door
def print_(  # noqa: PLR0913, PLR0917 - click hands over each option
    door: Door,
    kind: str,
    numbers: tuple[str, ...],
    view: str | None,
    stock: str | None,
    start: int,
    sides: str | None,
    printer: str | None,
    out: Path,
    *,
    prices: bool | None,
    as_json: bool,
) -> None:
    """Print papers of orders; without ORDER and --view, of those to pack (tickets: to make).

    Stock, sides and printer are those that were chosen last for this kind of paper. A test page
    shows how far a printer is off with a stock of labels.
    """
    if numbers and view:
        raise click.UsageError("Name orders or a view, not both.")
    if kind == _TEST_PAGE:
        _print_test_page(door, stock, printer, out)
        return
    with door.reading() as desk:
        usual = View.TO_MAKE if kind == TICKETS else View.TO_PACK
        order_ids = _order_ids(desk, numbers, View(view) if view else usual)
        if not order_ids:
            raise RefusedError("Nothing was printed: no order is in this view.")
        kept = desk.printing.choice(kind)
        choice = replace(
            kept,
            printer=kept.printer if printer is None else printer,
            stock=stock or kept.stock,
            sides=Sides(sides) if sides else kept.sides,
        )
        printed = paper_job(desk, kind, order_ids, choice, start, prices=prices)()
    for warning in printed.warnings:
        say(sentence_of(warning))
    write_pdf(out, printed.pdf)
    if kind in set(PaperKind):
        note_print(door, order_ids, printed, PaperKind(kind))
    if as_json:
        print_json(_json(printed))
    else:
        pages, orders = count_text(printed.pages, "page"), count_text(len(printed.orders), "order")
        click.echo(f"{out}: {pages} for {orders}.")
    if printed.warnings:
        needs_seller()


@click.command("label-lines")
@click.argument("number", metavar="ORDER")
@click.option(
    "--latin",
    metavar="LINE",
    multiple=True,
    help="A line of the address in Latin letters; several times for several lines.",
)
@click.option("--no-latin", is_flag=True, help="Take the lines in Latin letters away.")
@as_json_option
@pass_door
def label_lines(
    door: Door, number: str, latin: tuple[str, ...], *, no_latin: bool, as_json: bool
) -> None:
    """Show what the label of an order says, line by line; write its address in Latin letters."""
    if latin and no_latin:
        raise click.UsageError("Write Latin lines or take them away, not both.")
    if latin or no_latin:
        with door.writing() as desk:
            desk.address_labels.set_latin(desk.orders.find(number).id, latin)
    with door.reading() as desk:
        order = desk.orders.find(number)
        lines, written = desk.address_labels.lines(order), desk.address_labels.latin(order)
    if as_json:
        print_json({"number": order.number, "lines": list(lines), "latin": list(written)})
        return
    for line in lines:
        click.echo(one_line(line))


def _print_test_page(door: Door, stock: str | None, printer: str | None, out: Path) -> None:
    with door.reading() as desk:
        kept = desk.printing.choice(PaperKind.LABELS)
        stock = stock or kept.stock or None
        name = desk.address_labels.stock_name(stock)
        drift = desk.printing.drift(kept.printer if printer is None else printer, name)
        place = LabelPlace(1, drift.dx, drift.dy, drift.sx, drift.sy)
        write_pdf(out, desk.address_labels.test_page(name, place).pdf)
    click.echo(f"{out}: rulers and outlines to lay on a page of labels.")


def note_print(door: Door, order_ids: Sequence[OrderId], printed: Printed, kind: PaperKind) -> None:
    """Keep what was printed; beside an open window the desk is not written and that is said."""
    try:
        with door.writing() as desk:
            desk.papers.note_printed(order_ids, printed, kind)
    except RefusedError:
        say("The desk did not note this print; papers that go out of date are not told of it.")


def _order_ids(desk: Desk, numbers: Sequence[str], view: View) -> list[OrderId]:
    if numbers:
        return [desk.orders.find(number).id for number in numbers]
    found = desk.orders.ids(view)
    return desk.combining.packing_order(found) if view is View.TO_PACK else found


def sentence_of(warning: PrintWarning) -> str:
    """Return a warning with the order that it is about."""
    if warning.order == OF_THE_SHOP or warning.order in warning.what:
        return warning.what
    return f"Order {warning.order}: {warning.what}"


def write_pdf(path: Path, pdf: bytes) -> None:
    """Write a file. Raises `RefusedError` when it cannot be."""
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise RefusedError(
            f"“{path}” cannot be written: {error.strerror}. Nothing was printed."
        ) from error


def _json(printed: Printed) -> dict[str, Any]:
    return {
        "pages": printed.pages,
        "orders": list(printed.orders),
        "warnings": [
            {"order": warning.order or None, "what": warning.what} for warning in printed.warnings
        ],
    }
