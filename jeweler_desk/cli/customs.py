"""The commands of customs: what customs ask of each kind of piece."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import Door, as_json_option, out_option, pass_door, print_json
from jeweler_desk.domain.customs import ADVICE, HS_CODES, LOOKED_UP_ON, CustomsFacts
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(customs)


@click.group()
def customs() -> None:
    """Keep what customs ask of each kind of piece; `print customs` makes a parcel's papers."""


@customs.command("set")
@click.argument("piece", metavar="SKU-OR-TITLE")
@click.option("--what", help="What it is, of what, set with what.")
@click.option("--material", help="What it is made of: sterling silver.")
@click.option("--hs", "hs_code", metavar="CODE", help="The HS code, six digits: 7113.11.")
@click.option("--origin", metavar="CC", help="The country it was made in: US.")
@click.option("--grams", type=int, help="Its weight in whole grams, without the box.")
@as_json_option
@pass_door
def set_facts(
    door: Door,
    piece: str,
    what: str | None,
    material: str | None,
    hs_code: str | None,
    origin: str | None,
    grams: int | None,
    *,
    as_json: bool,
) -> None:
    """Enter what customs ask of a piece; what is not named stays as it is."""
    told = {
        "description": what,
        "material": material,
        "hs_code": hs_code,
        "origin": origin,
        "net_grams": grams,
    }
    with door.writing() as desk:
        known = desk.customs.facts(piece)
        named = {name: cell for name, cell in told.items() if cell is not None}
        desk.customs.set_facts(piece, replace(known, **named))  # type: ignore[arg-type]  # its own cells
        _tell(desk, piece, as_json=as_json)


@customs.command("show")
@click.argument("piece", metavar="SKU-OR-TITLE")
@as_json_option
@pass_door
def show(door: Door, piece: str, *, as_json: bool) -> None:
    """Show what is known of a piece, and the HS codes that its words speak for."""
    with door.reading() as desk:
        _tell(desk, piece, as_json=as_json)


@customs.command("list")
@as_json_option
@pass_door
def list_(door: Door, *, as_json: bool) -> None:
    """List every piece with its facts."""
    with door.reading() as desk:
        pieces = desk.customs.all()
    if as_json:
        print_json([{"piece": piece, **_json(facts)} for piece, facts in pieces])
        return
    for piece, facts in pieces:
        click.echo(f"{piece}: {_words(facts)}")
    if not pieces:
        click.echo("No piece has customs facts yet; `customs set` enters them.")


@customs.command("export")
@click.argument("numbers", metavar="[ORDER]...", nargs=-1)
@out_option("CSV")
@pass_door
def export(door: Door, numbers: tuple[str, ...], out: Path) -> None:
    """Write what customs are told of orders as a table; without ORDER, of those to pack."""
    with door.reading() as desk:
        if numbers:
            ids = [desk.orders.find(number).id for number in numbers]
        else:
            ids = desk.orders.ids(View.TO_PACK)
        table = desk.customs.table(ids)
    try:
        out.write_text(table, encoding="utf-8", newline="")
    except OSError as error:
        raise RefusedError(
            f"“{out}” cannot be written: {error.strerror}. Nothing was exported."
        ) from error
    click.echo(f"{out}: {count_text(len(table.splitlines()) - 1, 'line')}. {ADVICE}.")


@customs.command("codes")
@as_json_option
def codes(*, as_json: bool) -> None:
    """List the HS codes of jewelry, in plain words."""
    if as_json:
        print_json([{"hs_code": each.code, "words": each.words} for each in HS_CODES])
        return
    for each in HS_CODES:
        click.echo(f"{each.shown}  {each.words}")
    click.echo(f"As of {LOOKED_UP_ON.isoformat()}. {ADVICE}.")


def _tell(desk: Desk, piece: str, *, as_json: bool) -> None:
    facts = desk.customs.facts(piece)
    suggested = desk.customs.suggestions(piece, facts)
    if as_json:
        document: dict[str, Any] = {"piece": piece, **_json(facts)}
        document["suggested_hs_codes"] = [each.code for each in suggested]
        print_json(document)
        return
    click.echo(f"{piece}: {_words(facts)}")
    for each in suggested:
        click.echo(f"  perhaps {each.shown}  {each.words}")
    if suggested:
        click.echo(f"  {ADVICE}.")


def _json(facts: CustomsFacts) -> dict[str, Any]:
    return {
        "description": facts.description or None,
        "material": facts.material or None,
        "hs_code": facts.hs_code or None,
        "origin": facts.origin or None,
        "net_grams": facts.net_grams,
    }


def _words(facts: CustomsFacts) -> str:
    cells = (
        facts.description,
        facts.material,
        facts.hs_code,
        f"made in {facts.origin}" if facts.origin else "",
        f"{facts.net_grams} g" if facts.net_grams else "",
    )
    return ", ".join(each for each in cells if each) or "nothing is known yet"
