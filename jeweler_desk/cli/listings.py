"""The commands of listings: entered from a file, shown, photographed, attached to orders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from jeweler_desk.cli.listing_json import (
    as_shown_json,
    listing_json,
    read_listing_file,
    view_named,
)
from jeweler_desk.cli.output import FILE, Door, as_json_option, one_line, pass_door, print_json
from jeweler_desk.domain.listing import (
    ListingError,
    ListingVersion,
    PhotoView,
    representation_issues,
)
from jeweler_desk.domain.listing_wording import (
    KIND_NAMES,
    VIEW_NAMES,
    days_text,
    finding_text,
    issue_text,
    measurement_text,
    stone_text,
)
from jeweler_desk.domain.wording import count_text, full_day
from jeweler_desk.services.desk import Desk

_VIEWS = click.Choice([*(view.value for view in PhotoView), "scale"])


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(listing)


@click.group()
def listing() -> None:
    """Keep what the shop shows of its pieces: photos, measures, materials, days of making."""


@listing.command("list")
@as_json_option
@pass_door
def list_(door: Door, *, as_json: bool) -> None:
    """List every listing, and whether it is ready."""
    with door.reading() as desk:
        found = desk.listings.all()
    if as_json:
        print_json([listing_json(each) for each in found])
        return
    for each in found:
        missing = len(representation_issues(each.listing))
        state = f"{missing} missing" if missing else "ready"
        click.echo(f"{each.listing.sku:<14} {state:<12} {one_line(each.listing.title)}")
    if not found:
        click.echo("There are no listings yet.")


@listing.command()
@click.argument("sku")
@click.option("--versions", is_flag=True, help="Every version, the first one first.")
@as_json_option
@pass_door
def show(door: Door, sku: str, *, versions: bool, as_json: bool) -> None:
    """Show the listing of a SKU (or exact title) as it is shown now."""
    with door.reading() as desk:
        found = desk.listings.find(sku)
        every = desk.listings.versions(found.listing_id)
    if as_json:
        print_json([listing_json(each) for each in every] if versions else listing_json(found))
        return
    for each in every if versions else [found]:
        _tell(each)


@listing.command()
@click.argument("file", type=FILE)
@as_json_option
@pass_door
def add(door: Door, file: Path, *, as_json: bool) -> None:
    """Add a listing from a JSON file, in the form that `show --json` gives."""
    new, since = read_listing_file(file)
    with door.writing() as desk:
        listing_id, _ = desk.listings.add(new, since)
        _answer(desk, desk.listings.get(listing_id), as_json=as_json)


@listing.command()
@click.argument("sku")
@click.argument("file", type=FILE)
@as_json_option
@pass_door
def change(door: Door, sku: str, file: Path, *, as_json: bool) -> None:
    """Make a new version from a JSON file; what the file leaves out stays."""
    with door.writing() as desk:
        found = desk.listings.find(sku)
        new, since = read_listing_file(file, found.listing)
        desk.listings.change(found.listing_id, new, since)
        _answer(desk, desk.listings.get(found.listing_id), as_json=as_json)


@listing.command()
@click.argument("sku")
@click.argument("view", type=_VIEWS)
@click.argument("file", type=FILE)
@as_json_option
@pass_door
def photo(door: Door, sku: str, view: str, file: Path, *, as_json: bool) -> None:
    """Show a photo in a VIEW: front, side, back, worn (or scale)."""
    with door.writing() as desk:
        found = desk.listings.find(sku)
        desk.listings.add_photo(found.listing_id, view_named(view), file)
        _answer(desk, desk.listings.get(found.listing_id), as_json=as_json)


@listing.command("drop-photo")
@click.argument("sku")
@click.argument("view", type=_VIEWS)
@as_json_option
@pass_door
def drop_photo(door: Door, sku: str, view: str, *, as_json: bool) -> None:
    """Show a view no longer; earlier versions keep its photo."""
    with door.writing() as desk:
        found = desk.listings.find(sku)
        desk.listings.drop_photo(found.listing_id, view_named(view))
        _answer(desk, desk.listings.get(found.listing_id), as_json=as_json)


@listing.command()
@click.argument("sku")
@as_json_option
@pass_door
def remove(door: Door, sku: str, *, as_json: bool) -> None:
    """Take a listing out of the list; what orders keep of it stays."""
    with door.writing() as desk:
        found = desk.listings.find(sku)
        desk.listings.retire(found.listing_id)
    if as_json:
        print_json({"removed": found.listing.sku})
    else:
        click.echo(f"{found.listing.sku} is no longer in the list.")


@listing.command()
@click.argument("number")
@click.argument("sku")
@click.option("--piece", type=click.IntRange(min=1), help="Which piece, the first being 1.")
@as_json_option
@pass_door
def attach(door: Door, number: str, sku: str, piece: int | None, *, as_json: bool) -> None:
    """Say by hand what the buyer of an order saw: the version of the order's day."""
    with door.writing() as desk:
        order = desk.orders.find(number)
        if piece is None and len(order.line_items) > 1:
            raise ListingError(
                f"Order {order.number} has {count_text(len(order.line_items), 'piece')}: say which"
                " with --piece. Nothing was changed."
            )
        if piece is not None and piece > len(order.line_items):
            raise ListingError(f"Order {order.number} has no piece {piece}. Nothing was changed.")
        line = order.line_items[(piece or 1) - 1]
        desk.listings.attach(order.id, line.id, desk.listings.find(sku).listing_id)
        kept = desk.listings.as_shown(line.id)
    if as_json:
        print_json(as_shown_json(kept))
    elif kept is not None:
        later = "; it was entered after the order" if kept.is_later else ""
        since = full_day(kept.version.shown_since)
        click.echo(
            f"{order.number} keeps {kept.version.listing.sku} as shown since {since}{later}."
        )


def _answer(desk: Desk, found: ListingVersion, *, as_json: bool) -> None:
    if as_json:
        print_json(listing_json(found))
        return
    _tell(found)
    waiting = len(desk.listings.waiting(found.listing_id))
    if waiting:
        pieces = count_text(waiting, "piece")
        click.echo(
            f"{pieces} still to send name this listing and keep no picture of it:"
            f" “listing attach NUMBER {found.listing.sku}” says what was shown."
        )


def _tell(found: ListingVersion) -> None:
    told = found.listing
    click.echo(f"{told.sku} · {one_line(told.title)} · {KIND_NAMES[told.kind]}")
    made: datetime = found.made_at
    click.echo(
        f"  version {found.number}, shown since {full_day(found.shown_since)}"
        f" (made {made:%Y-%m-%d %H:%M} UTC)"
    )
    for photo_ in told.photos:
        weak = "".join(f"; {finding_text(each)}" for each in photo_.findings)
        click.echo(f"  {VIEW_NAMES[photo_.view]}: {photo_.name}{weak}")
    for measure in told.measurements:
        click.echo(f"  {measurement_text(measure)}")
    for words in (", ".join(told.materials), told.treatments and f"treated: {told.treatments}"):
        if words:
            click.echo(f"  {one_line(words)}")
    for stone in told.stones:
        click.echo(f"  {one_line(stone_text(stone))}")
    click.echo(f"  making takes {days_text(told.processing_days)}")
    if told.care:
        click.echo(f"  {one_line(told.care)}")
    for issue in representation_issues(told):
        click.echo(f"  missing: {issue_text(issue)}")
