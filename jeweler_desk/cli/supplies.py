"""The commands of supplies: what is there, counting, using, and what is to be ordered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import (
    FILE,
    Door,
    as_json_option,
    day_json,
    instant_json,
    pass_door,
    print_json,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.supply import NewSupply, Supply, UsedPer
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(supplies)


@click.group()
def supplies() -> None:
    """Tape, boxes, cards: what is there and what is to be ordered."""


def supply_json(supply: Supply) -> dict[str, Any]:
    """Write one supply."""
    return {
        "name": supply.name,
        "stock": supply.stock,
        "place": supply.place,
        "pack_size": supply.pack_size,
        "supplier": supply.supplier,
        "reorder_point": supply.reorder_point,
        "uses": supply.uses,
        "used_per": supply.used_per.value,
        "low": supply.is_low,
        "low_since": instant_json(supply.low_since),
        "ordered_at": instant_json(supply.ordered_at),
        "packs_to_order": supply.packs_to_order,
    }


def _say(supply: Supply) -> None:
    low = "  low" if supply.is_low else ""
    ordered = ", ordered" if supply.is_low and supply.ordered_at else ""
    place = supply.place or "no place"
    click.echo(f"{supply.stock:>6}  {supply.name:<28} {place:<20}{low}{ordered}".rstrip())


def _show(desk: Desk, supply: Supply, *, as_json: bool) -> None:
    found = desk.supplies.get(supply.id)
    if as_json:
        print_json(supply_json(found))
    else:
        _say(found)


@supplies.command("list")
@click.option("--low", is_flag=True, help="Only what is to be ordered.")
@as_json_option
@pass_door
def list_(door: Door, *, low: bool, as_json: bool) -> None:
    """Say what is there of every supply."""
    with door.reading() as desk:
        found = [each for each in desk.supplies.all() if each.is_low or not low]
    if as_json:
        print_json([supply_json(each) for each in found])
        return
    for each in found:
        _say(each)
    if not found:
        click.echo("Nothing is low." if low else "There are no supplies yet.")


@supplies.command()
@click.argument("name")
@click.option("--stock", type=int, default=0, help="How many units are there.")
@click.option("--place", help="Where it lies.")
@click.option("--pack-size", type=int, default=1, help="Units in one pack.")
@click.option("--supplier", help="Where it is ordered.")
@click.option("--reorder-point", type=int, help="Remind when no more than so many are left.")
@click.option("--uses", type=int, default=0, help="Units that one parcel takes; 0: not in the kit.")
@click.option(
    "--used-per",
    type=click.Choice([each.value for each in UsedPer]),
    default=UsedPer.PARCEL.value,
    help="What they go with.",
)
@as_json_option
@pass_door
def add(door: Door, /, name: str, *, as_json: bool, used_per: str, **facts: Any) -> None:
    """Add a supply."""
    with door.writing() as desk:
        new = NewSupply(name, used_per=UsedPer(used_per), **facts)
        supply_id, _ = desk.supplies.add(new)
        _show(desk, desk.supplies.get(supply_id), as_json=as_json)


@supplies.command()
@click.argument("name")
@click.option("--name", "new_name", help="Another name.")
@click.option("--place", help="Where it lies.")
@click.option("--pack-size", type=int, help="Units in one pack.")
@click.option("--supplier", help="Where it is ordered.")
@click.option("--reorder-point", type=int, help="Remind when no more than so many are left.")
@click.option("--uses", type=int, help="Units that one parcel takes; 0: not in the kit.")
@click.option("--used-per", type=click.Choice([each.value for each in UsedPer]))
@as_json_option
@pass_door
def change(door: Door, /, name: str, *, new_name: str | None, as_json: bool, **facts: Any) -> None:
    """Change what is said of a supply; its stock is changed by counting."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        told = {key: value for key, value in facts.items() if value is not None}
        if "used_per" in told:
            told["used_per"] = UsedPer(told["used_per"])
        new = replace(as_told(supply), **told)
        desk.supplies.change(supply.id, replace(new, name=new_name or supply.name))
        _show(desk, supply, as_json=as_json)


def as_told(supply: Supply) -> NewSupply:
    """Return what is said of a supply."""
    return NewSupply(
        name=supply.name,
        stock=supply.stock,
        place=supply.place,
        pack_size=supply.pack_size,
        supplier=supply.supplier,
        reorder_point=supply.reorder_point,
        uses=supply.uses,
        used_per=supply.used_per,
    )


@supplies.command()
@click.argument("name")
@click.argument("stock", type=int)
@as_json_option
@pass_door
def count(door: Door, name: str, stock: int, *, as_json: bool) -> None:
    """Set a stock to what was counted on the shelf."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        desk.supplies.count(supply.id, stock)
        _show(desk, supply, as_json=as_json)


@supplies.command()
@click.argument("name")
@click.argument("number", type=int)
@click.option("--packs", is_flag=True, help="The number counts packs.")
@as_json_option
@pass_door
def receive(door: Door, name: str, number: int, *, packs: bool, as_json: bool) -> None:
    """Put what came in on the shelf."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        desk.supplies.receive(supply.id, number * (supply.pack_size if packs else 1))
        _show(desk, supply, as_json=as_json)


@supplies.command()
@click.argument("name")
@click.argument("number", type=int)
@click.option("--why", help="What for.")
@as_json_option
@pass_door
def use(door: Door, name: str, number: int, why: str | None, *, as_json: bool) -> None:
    """Take some from the shelf for anything but a parcel."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        desk.supplies.use(supply.id, number, why)
        _show(desk, supply, as_json=as_json)


@supplies.command()
@click.argument("name")
@as_json_option
@pass_door
def ordered(door: Door, name: str, *, as_json: bool) -> None:
    """Note that more was ordered: the reminder is answered."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        desk.supplies.mark_ordered(supply.id)
        _show(desk, supply, as_json=as_json)


@supplies.command()
@click.argument("name")
@as_json_option
@pass_door
def remove(door: Door, name: str, *, as_json: bool) -> None:
    """Take a supply out of the list."""
    with door.writing() as desk:
        supply = desk.supplies.find(name)
        desk.supplies.retire(supply.id)
    if as_json:
        print_json({"removed": supply.name})
    else:
        click.echo(f"{supply.name} is no longer in the list.")


@supplies.command()
@click.option(
    "--out",
    metavar="FILE.pdf",
    type=FILE,
    help="Print the list into a PDF file.",
)
@as_json_option
@pass_door
def reorder(door: Door, out: Path | None, *, as_json: bool) -> None:
    """Say what is to be ordered, by supplier; low and not ordered yet."""
    with door.reading() as desk:
        wanted = desk.supplies.reorder_list()
        pages = 0
        if out is not None:
            pdf, pages = desk.supplies.reorder_job()()
            _write(out, pdf)
    if as_json:
        print_json(
            {
                "made_on": day_json(wanted.made_on),
                "pages": pages,
                "suppliers": [
                    {
                        "supplier": group.supplier,
                        "lines": [
                            {
                                "name": line.name,
                                "packs": line.packs,
                                "pack_size": line.pack_size,
                                "stock": line.stock,
                            }
                            for line in group.lines
                        ],
                    }
                    for group in wanted.groups
                ],
            }
        )
    elif out is not None:
        click.echo(f"{out}: {wording.count_text(pages, 'page')}.")
    else:
        nothing = "Nothing is low: there is nothing to order."
        click.echo(nothing if wanted.is_empty else wording.reorder_text(wanted).rstrip())


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise RefusedError(
            f"“{path}” cannot be written: {error.strerror}. Nothing was printed."
        ) from error
