"""The commands of orders: import, list, show, add, and the acts from making to hand-over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.instants import instant_of
from jeweler_desk.cli.listing_json import with_listings
from jeweler_desk.cli.order_file import read_order_file
from jeweler_desk.cli.order_json import order_json, summary_json
from jeweler_desk.cli.order_text import order_lines
from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    needs_seller,
    one_line,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.cli.print_json import print_json_of
from jeweler_desk.domain import wording
from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.printed_copy import copy_details, copy_text
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.history import Moved
from jeweler_desk.services.order_import import FileReport, ImportReport

_NONE_COUNTED = {"new": 0, "changed": 0, "same": 0}


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    commands = (
        import_, orders, order, add, hold, release, pack, ship, undo, redo, settings
    )  # fmt: skip
    for command in commands:
        group.add_command(command)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--map", "map_name", metavar="NAME", help="A remembered mapping of columns.")
@as_json_option
@pass_door
def import_(
    door: Door, files: tuple[Path, ...], map_name: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """Read order and shipment files of any known format, several at once and in any order."""
    if map_name:
        raise RefusedError(f"There is no mapping “{map_name}”. Nothing was read.")
    opened = door.reading if dry_run else door.writing
    with opened() as desk:
        report = desk.order_import.import_files(files, dry_run=dry_run)
    if not report.is_known:
        raise RefusedError("\n".join(each.refusal or "" for each in report.files))
    if as_json:
        print_json(_import_json(report))
    else:
        _say_import(report, dry_run=dry_run)
    for sentence in (*report.shipments.conflicts, *report.shipments.warnings):
        say(sentence)
    for each in report.files:
        for sentence in (*each.warnings, *([each.refusal] if each.refusal else [])):
            say(sentence)
    if report.needs_seller:
        needs_seller()


def _import_json(report: ImportReport) -> dict[str, Any]:
    return {
        "files": [_file_json(each) for each in report.files],
        "orders": {"new": report.new, "changed": report.changed, "same": report.same},
        "payments": dict(_NONE_COUNTED),
        "shipments": {
            "new": report.shipments.new,
            "changed": report.shipments.changed,
            "same": report.shipments.same,
        },
    }


def _file_json(each: FileReport) -> dict[str, Any]:
    return {
        "file": each.file,
        "format": each.format.value if each.format else None,
        "rows": each.rows,
        "set_aside": [
            {"line": row.line, "reason": row.reason, "text": row.text} for row in each.set_aside
        ],
    }


def _say_import(report: ImportReport, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    click.echo(
        f"Orders: {report.new} {would}new, {report.changed} {would}changed, {report.same} the same."
    )
    labels = report.shipments
    if labels.new or labels.changed or labels.same:
        click.echo(
            f"Parcels: {labels.new} {would}new, {labels.changed} {would}changed,"
            f" {labels.same} the same."
        )
    for each in report.files:
        if each.format and not each.refusal:
            click.echo(f"{each.file}: {each.format.value}, {wording.count_text(each.rows, 'row')}")
        for row in each.set_aside:
            click.echo(f"  line {row.line} set aside: {row.reason}")


@click.command()
@click.option("--view", type=click.Choice([view.value for view in View]), default=View.ALL.value)
@click.option("--search", "text", help="Orders in which every word begins a word.")
@click.option("--limit", type=click.IntRange(1, 10**9), help="At most so many.")
@as_json_option
@pass_door
def orders(door: Door, view: str, text: str | None, limit: int | None, *, as_json: bool) -> None:
    """List orders."""
    with door.reading() as desk:
        found = desk.orders.list(View(view), search=text, limit=limit)
        today = desk.settings.today()
    if as_json:
        print_json([summary_json(each) for each in found])
        return
    for each in found:
        ship_by = wording.day_text(each.ship_by, today) if each.ship_by else "–"
        click.echo("  ".join(_row(each, ship_by)))
    if not found:
        click.echo("No orders in this view.")


def _row(each: OrderSummary, ship_by: str) -> Sequence[str]:
    return (
        f"{one_line(each.number, 24):<12}",
        f"{one_line(each.customer or 'nobody named', 24):<24}",
        f"{wording.money_text(each.total):>12}",
        f"{each.payment_status.value:<18}",
        f"{each.fulfillment_status.value:<17}",
        f"ship by {ship_by}",
        *([f"on hold: {one_line(each.hold.reason, 60)}"] if each.hold else []),
    )


@click.command()
@click.argument("number")
@as_json_option
@pass_door
def order(door: Door, number: str, *, as_json: bool) -> None:
    """Show one order whole."""
    with door.reading() as desk:
        show_order(desk, desk.orders.find(number), as_json=as_json)


def show_order(desk: Desk, found: Order, *, as_json: bool) -> None:
    """Print an order after an act, or because it was asked for."""
    if as_json:
        told = order_json(found, desk.settings.timezone())
        (row,) = desk.orders.summaries([found.id])
        told["late"] = row.is_late
        told["prints"] = [print_json_of(each) for each in desk.printing.prints(found)]
        print_json(with_listings(told, found, desk.listings.shown_of(found.id)))
        return
    for words in order_lines(desk, found):
        click.echo(one_line(words))
    now, zone = desk.clock.now(), desk.settings.timezone()
    for each_print in desk.printing.prints(found):
        words = f"{copy_text(each_print, now, zone)}, {copy_details(each_print)}"
        click.echo(one_line(f"  {words}"))
    for entry in found.timeline:
        click.echo(one_line(f"  {wording.moment_text(entry.at, now, zone)}  {entry.what}"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
@pass_door
def add(door: Door, file: Path, *, as_json: bool) -> None:
    """Enter an order by hand from a JSON file, in the form that `order --json` gives."""
    with door.writing() as desk:
        new = read_order_file(
            file,
            currency=desk.settings.get("shop.currency"),
            today=desk.settings.today(),
            timezone=desk.settings.timezone(),
            stages=desk.settings.stages(),
        )
        order_id, _ = desk.orders.add(new)
        show_order(desk, desk.orders.get(order_id), as_json=as_json)


def _act(
    door: Door,
    number: str,
    act: Callable[[Desk, OrderId], object],
    *,
    as_json: bool,
    warning: Callable[[Desk], str | None] = lambda _: None,
) -> None:
    """Do one act with one order and show the order after it; a warning is said beside it."""
    with door.writing() as desk:
        found = desk.orders.find(number)
        act(desk, found.id)
        sentence = warning(desk)
        if sentence:
            say(sentence)
        show_order(desk, desk.orders.get(found.id), as_json=as_json)


@click.command()
@click.argument("number")
@click.option("--why", required=True, help="The reason.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The hold's last day.")
@as_json_option
@pass_door
def hold(door: Door, number: str, why: str, until: datetime | None, *, as_json: bool) -> None:
    """Put an order on hold."""
    last = until.date() if until else None
    _act(door, number, lambda desk, each: desk.orders.hold(each, why, last), as_json=as_json)


@click.command()
@click.argument("number")
@as_json_option
@pass_door
def release(door: Door, number: str, *, as_json: bool) -> None:
    """Release an order that is on hold."""
    _act(door, number, lambda desk, each: desk.orders.release(each), as_json=as_json)


@click.command()
@click.argument("number")
@as_json_option
@pass_door
def pack(door: Door, number: str, *, as_json: bool) -> None:
    """Close an order's parcel; what its kit lacks stops it before it is begun."""

    def pack_it(desk: Desk, order_id: OrderId) -> None:
        desk.fulfillment.start_packing(order_id)
        desk.fulfillment.finish_packing(order_id)

    _act(door, number, pack_it, as_json=as_json)


@click.command()
@click.argument("number")
@click.option("--carrier", help="Who carries it.")
@click.option("--tracking", help="The tracking number.")
@click.option("--at", "left_at", metavar="TIME", help="When it left; without it, now.")
@click.option("--wave-through", metavar="WHY", help="Why it may go with papers out of date.")
@as_json_option
@pass_door
def ship(
    door: Door,
    number: str,
    carrier: str | None,
    tracking: str | None,
    left_at: str | None,
    wave_through: str | None,
    *,
    as_json: bool,
) -> None:
    """Hand an order's closed parcel over; a number that looks wrong is warned of and kept.

    TIME is an ISO 8601 instant with its offset.
    """
    _act(
        door,
        number,
        lambda desk, each: desk.fulfillment.ship(
            each,
            carrier,
            tracking,
            wave_through=wave_through,
            at=instant_of("--at", left_at, desk.clock.now()),
        ),
        as_json=as_json,
        warning=lambda desk: desk.shipments.numbers.warning(tracking, carrier),
    )


@click.command()
@as_json_option
@pass_door
def undo(door: Door, *, as_json: bool) -> None:
    """Take the last step back."""
    with door.writing() as desk:
        moved = desk.history.undo()
        if moved is None:
            raise RefusedError("There is nothing to undo.")
        say(f"Taken back: {moved.label}")
        _show_moved(desk, moved, as_json=as_json)


@click.command()
@as_json_option
@pass_door
def redo(door: Door, *, as_json: bool) -> None:
    """Do the step again that was taken back last."""
    with door.writing() as desk:
        moved = desk.history.redo()
        if moved is None:
            raise RefusedError("There is nothing to do again.")
        say(f"Done again: {moved.label}")
        _show_moved(desk, moved, as_json=as_json)


def _show_moved(desk: Desk, moved: Moved, *, as_json: bool) -> None:
    """Show the order that the step was about; a step about several is named alone."""
    one = moved.order_ids[0] if len(moved.order_ids) == 1 else None
    found = desk.orders.look_up(one) if one else None
    if found:
        show_order(desk, found, as_json=as_json)
    elif as_json:
        print_json({"step": moved.label})


@click.command()
@click.argument("key", required=False)
@click.argument("value", required=False)
@as_json_option
@pass_door
def settings(door: Door, key: str | None, value: str | None, *, as_json: bool) -> None:
    """Read or write a setting; an empty value clears it."""
    opened = door.reading if value is None else door.writing
    with opened() as desk:
        if key is None:
            found: str | dict[str, str] = desk.settings.all()
        else:
            if value and key == "shop.logo":  # a file of hers, kept by the desk
                value = desk.paper_pictures.logo_job(Path(value).expanduser())()
            if value is not None:
                desk.settings.set(key, value)
                note = desk.settings.note_on(key)
                if note:
                    say(note)
            found = desk.settings.get(key)
    if as_json:
        print_json(found)
    elif isinstance(found, dict):
        for each, text in found.items():
            click.echo(f"{each} = {text}")
    else:
        click.echo(found)
