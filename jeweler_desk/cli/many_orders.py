"""The commands for many orders: one act as one step with its dry list, and the list as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    needs_seller,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_listing import title_of
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_batches import DONE_NAMES, BatchAct, DryLine, refused_told

_VIEWS = click.Choice([view.value for view in View])


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(batch)
    group.add_command(order_list)


@click.command()
@click.argument("act", type=click.Choice([BatchAct.HOLD.value, BatchAct.HAND_OVER.value]))
@click.argument("numbers", metavar="[ORDER]...", nargs=-1)
@click.option("--view", type=_VIEWS, help="Every order of a view.")
@click.option("--why", help="The reason of a hold.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The hold's last day.")
@click.option("--carrier", help="Who carries the parcels.")
@click.option("--dry-run", is_flag=True, help="Say who, what and what would be refused.")
@as_json_option
@pass_door
def batch(  # noqa: PLR0913 - one option for each thing that can be said
    door: Door,
    act: str,
    numbers: tuple[str, ...],
    view: str | None,
    why: str | None,
    until: datetime | None,
    carrier: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hold many orders, or hand their closed parcels over, as one step.

    What is refused is left as it is and named.
    """
    if bool(numbers) == bool(view):
        raise click.UsageError("Name orders or a view.")
    wanted = BatchAct(act)
    if wanted is BatchAct.HOLD and not dry_run and not (why or "").strip():
        raise RefusedError("A hold needs a reason: --why TEXT. Nothing was changed.")
    if dry_run:
        with door.reading() as desk:
            lines = desk.batches.dry_list(wanted, _chosen(desk, numbers, view))
    else:
        with door.writing() as desk:
            ids = _chosen(desk, numbers, view)
            last = until.date() if until else None
            if wanted is BatchAct.HOLD:
                result = desk.batches.hold(ids, why or "", last)
            else:
                result = desk.batches.hand_over(ids, carrier)
            lines = [*result.done, *result.refused]
    refused = [line for line in lines if line.refusal is not None]
    if as_json:
        print_json({"act": wanted.value, "dry_run": dry_run, "orders": [_line(x) for x in lines]})
    else:
        for line in lines:
            told = line.refusal or f"{'would be ' if dry_run else ''}{DONE_NAMES[wanted]}"
            click.echo(f"{line.number:<12}  {line.customer or 'nobody named':<24}  {told}")
    if refused and not dry_run:
        say(refused_told(refused))
        needs_seller()


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
@click.option(
    "--out",
    required=True,
    metavar="FILE.pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The PDF file to write.",
)
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
