"""The commands for many orders: one act as one step with its dry list, and the list as a PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from jeweler_desk.cli.instants import instant_of
from jeweler_desk.cli.output import (
    FILE,
    Door,
    as_json_option,
    needs_seller,
    out_option,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.cli.paper import note_print, sentence_of, write_pdf
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_listing import title_of
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.any_paper import paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_batches import (
    DONE_NAMES,
    DRY_LIST_FROM,
    BatchAct,
    DryLine,
    refused_told,
)

_VIEWS = click.Choice([view.value for view in View])
_LEFT_OUT: Final = "It is left out."


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(batch)
    group.add_command(order_list)


@click.command()
@click.argument("act", type=click.Choice([each.value for each in BatchAct]))
@click.argument("numbers", metavar="[ORDER]...", nargs=-1)
@click.option("--view", type=_VIEWS, help="Every order of a view.")
@click.option("--why", help="The reason of a hold.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The hold's last day.")
@click.option("--carrier", help="Who carries the parcels.")
@click.option("--at", "left_at", metavar="TIME", help="When they left; without it, now.")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in PaperKind]),
    default=PaperKind.PACKING_SLIPS.value,
    show_default=True,
    help="Which paper is printed.",
)
@click.option("--out", metavar="FILE.pdf", type=FILE, help="The PDF file of a print.")
@click.option("--dry-run", is_flag=True, help="Say who, what and what would be refused.")
@as_json_option
@pass_door
def batch(  # noqa: PLR0913 - one option for each thing that can be said
    door: Door,
    act: str,
    numbers: tuple[str, ...],
    *,
    view: str | None,
    why: str | None,
    until: datetime | None,
    carrier: str | None,
    left_at: str | None,
    kind: str,
    out: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Print for many orders, hold them, or hand their closed parcels over, as one step.

    A print is one file in packing order. What is refused is left as it is and named; before more
    than 20 orders the list of them is said first, and at a terminal you are asked.
    """
    if bool(numbers) == bool(view):
        raise click.UsageError("Name orders or a view.")
    last = until.date() if until else None
    wish = _Wish(BatchAct(act), why or "", last, carrier, left_at, kind, out)
    if not dry_run:
        wish.refuse_what_lacks()
    with door.reading() as desk:
        lines = desk.batches.dry_list(wish.act, wish.in_order(desk, _chosen(desk, numbers, view)))
    document: dict[str, Any] = {"act": wish.act.value, "dry_run": dry_run}
    if not dry_run:
        if len(lines) > DRY_LIST_FROM:
            _ask_before(lines, wish.act)
        if wish.act is BatchAct.PRINT:
            document["pages"] = wish.print(door, [line.order_id for line in lines])
        else:
            with door.writing() as desk:
                lines = wish.do(desk, _chosen(desk, numbers, view))
    if as_json:
        print_json(document | {"orders": [_line(each) for each in lines]})
    else:
        for line in lines:
            click.echo(_told(line, wish.act, would="would be " if dry_run else ""))
    refused = [line for line in lines if line.refusal is not None]
    if refused and not dry_run:
        say(refused_told(refused))
        needs_seller()


@dataclass(frozen=True, slots=True)
class _Wish:
    """What shall be done with many orders, and what the options say of it."""

    act: BatchAct
    why: str
    until: date | None
    carrier: str | None
    left_at: str | None
    kind: str
    out: Path | None

    def refuse_what_lacks(self) -> None:
        if self.act is BatchAct.HOLD and not self.why.strip():
            raise RefusedError("A hold needs a reason: --why TEXT. Nothing was changed.")
        if self.act is BatchAct.PRINT and self.out is None:
            raise RefusedError("A print needs a file: --out FILE.pdf. Nothing was printed.")

    def in_order(self, desk: Desk, ids: list[OrderId]) -> list[OrderId]:
        return desk.combining.packing_order(ids) if self.act is BatchAct.PRINT else ids

    def do(self, desk: Desk, ids: Sequence[OrderId]) -> list[DryLine]:
        if self.act is BatchAct.HOLD:
            result = desk.batches.hold(ids, self.why, self.until)
        else:
            at = instant_of("--at", self.left_at, desk.clock.now())
            result = desk.batches.hand_over(ids, self.carrier, at)
        return [*result.done, *result.refused]

    def print(self, door: Door, ids: Sequence[OrderId]) -> int:
        """Write one file of papers in packing order; return the number of its pages."""
        with door.reading() as desk:
            printed = paper_job(desk, self.kind, ids)()
        for warning in printed.warnings:
            if not warning.what.endswith(_LEFT_OUT):  # these are told with their orders
                say(sentence_of(warning))
        if self.out is not None:
            write_pdf(self.out, printed.pdf)
        note_print(door, ids, printed, PaperKind(self.kind))
        return printed.pages


def _told(line: DryLine, act: BatchAct, *, would: str) -> str:
    told = line.refusal or f"{would}{DONE_NAMES[act]}"
    return f"{line.number:<12}  {line.customer or 'nobody named':<24}  {told}"


def _ask_before(lines: Sequence[DryLine], act: BatchAct) -> None:
    """Say the dry list beside the document; a person at a terminal is asked, a script is not."""
    for line in lines:
        say(_told(line, act, would="would be "))
    if sys.stdin.isatty() and not click.confirm(f"Go on with {len(lines)} orders?", err=True):
        raise RefusedError("Nothing was changed.")


def _chosen(desk: Desk, numbers: Sequence[str], view: str | None) -> list[OrderId]:
    if view:
        return desk.orders.ids(View(view))
    return [desk.orders.find(number).id for number in numbers]


def _line(line: DryLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "customer": line.customer,
        "pieces": line.pieces,
        "refused": line.refusal,
    }


@click.command("order-list")
@click.option("--view", type=_VIEWS, default=View.ALL.value, show_default=True)
@click.option("--search", "text", help="Orders in which every word begins a word.")
@click.option("--sort", type=click.Choice([each.value for each in OrderSort]))
@click.option("--descending", is_flag=True, help="The largest or latest first.")
@out_option("PDF")
@as_json_option
@pass_door
def order_list(
    door: Door,
    view: str,
    text: str | None,
    sort: str | None,
    out: Path,
    *,
    descending: bool,
    as_json: bool,
) -> None:
    """Print the list of orders with the columns of `window.order_columns`."""
    with door.reading() as desk:
        ids = desk.orders.ids(
            View(view),
            search=text,
            sort=OrderSort(sort) if sort else None,
            descending=descending,
        )
        pdf, pages = desk.order_lists.list_job(ids, title_of(View(view), text))()
    try:
        out.write_bytes(pdf)
    except OSError as error:
        raise RefusedError(f"“{out}” cannot be written: {error.strerror}.") from error
    if as_json:
        print_json({"orders": len(ids), "pages": pages})
    else:
        click.echo(f"{out}: {count_text(len(ids), 'order')} on {count_text(pages, 'page')}.")
