"""The commands of policies: a version added, all of them named, one read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import FILE, Door, as_json_option, day_json, pass_door, print_json
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.policy import (
    CountedFrom,
    NewPolicy,
    PolicyError,
    PolicyKind,
    PolicyVersion,
)
from jeweler_desk.domain.policy_wording import POLICY_NAMES, version_heading, window_rule
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.policies import Terms

_KINDS = click.Choice([kind.value for kind in PolicyKind])
_PERCENT = click.IntRange(0, 100)


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(policy)


@click.group()
def policy() -> None:
    """Keep what the shop promises, by version; an order keeps the one in force on its day."""


@policy.command("add")
@click.argument("kind", type=_KINDS)
@click.option("--text", help="The words of the clause.")
@click.option("--text-file", type=FILE, help="Or a file.")
@click.option("--short", "short_form", help="The short form, as a slip prints it.")
@click.option(
    "--from",
    "begins",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day in force; today unless given.",
)
@click.option("--days", type=int, help="How long its window is.")
@click.option(
    "--counted-from",
    type=click.Choice([each.value for each in CountedFrom]),
    help="The event from which the window is counted.",
)
@click.option("--worn", type=_PERCENT, help="Percent that goes back for a worn piece.")
@click.option("--damaged", type=_PERCENT, help="Percent that goes back for a damaged piece.")
@as_json_option
@pass_door
def add(  # noqa: PLR0913 - one option for each thing that a policy says
    door: Door,
    kind: str,
    *,
    text: str | None,
    text_file: Path | None,
    short_form: str | None,
    begins: datetime | None,
    days: int | None,
    counted_from: str | None,
    worn: int | None,
    damaged: int | None,
    as_json: bool,
) -> None:
    """Add the next version of a policy; those before it stay as they are."""
    if bool(text) == bool(text_file):
        raise click.UsageError("Give the words with --text or --text-file.")
    with door.writing() as desk:
        today = desk.settings.today()
        new = NewPolicy(
            kind=PolicyKind(kind),
            text=text or _read(text_file),
            in_force_from=begins.date() if begins else today,
            short_form=short_form,
            window_days=days,
            counted_from=CountedFrom(counted_from) if counted_from else None,
            worn_percent=worn,
            damaged_percent=damaged,
        )
        made, _ = desk.policies.add(new)
        _show([made], today, as_json=as_json)


@policy.command("list")
@click.option("--kind", type=_KINDS, help="Only the versions of one kind.")
@as_json_option
@pass_door
def list_(door: Door, kind: str | None, *, as_json: bool) -> None:
    """Name every version."""
    with door.reading() as desk:
        today = desk.settings.today()
        found = [each for each in desk.policies.all() if kind in {None, each.kind.value}]
    if as_json:
        print_json([_json(each, today, found) for each in found])
        return
    for each in found:
        rule = window_rule(each)
        mark = " (now)" if _is_now(each, today, found) else ""
        click.echo(f"{version_heading(each, today)}{mark}{f' · {rule}' if rule else ''}")
    if not found:
        click.echo("There is no policy yet.")


@policy.command("show")
@click.argument("kind", type=_KINDS)
@click.option("--version", "number", type=int, help="Which version; the one in force without it.")
@click.option("--order", "order_number", help="The version that an order keeps.")
@as_json_option
@pass_door
def show(
    door: Door, kind: str, number: int | None, order_number: str | None, *, as_json: bool
) -> None:
    """Read a clause; with --order also whether its window runs."""
    with door.reading() as desk:
        today = desk.settings.today()
        wanted = PolicyKind(kind)
        terms = None
        if order_number is not None:
            terms = _terms(desk, desk.orders.find(order_number), wanted)
            found: PolicyVersion | None = terms.version
        elif number is not None:
            found = desk.policies.version(wanted, number)
        else:
            found = desk.policies.in_force(wanted)
        if found is None:
            raise PolicyError(f"No policy on {POLICY_NAMES[wanted].lower()} is in force.")
        known = desk.policies.all()
    if as_json:
        print_json(_json(found, today, known) | (_window_json(terms) if terms else {}))
        return
    _show([found], today, as_json=False)
    if terms is not None:
        click.echo(f"\n{terms.told}")


def _terms(desk: Desk, order: Order, kind: PolicyKind) -> Terms:
    terms = desk.policies.terms(order, kind)
    if terms is None:
        raise PolicyError(
            f"No policy on {POLICY_NAMES[kind].lower()} was in force when order {order.number} was"
            " placed."
        )
    return terms


def terms_said(terms: Terms | None) -> Iterator[str]:
    """Yield what is said beside an act with a return: the clause, and whether its window runs."""
    if terms is not None:
        yield f"{terms.heading}: {terms.clause}"
        yield terms.told


def _read(file: Path | None) -> str:
    try:
        return file.read_text(encoding="utf-8") if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"“{file}” cannot be read as text. Nothing was changed.") from error


def _is_now(version: PolicyVersion, today: date, known: list[PolicyVersion]) -> bool:
    begun = [
        each for each in known if each.kind is version.kind and each.said.in_force_from <= today
    ]
    return bool(begun) and max(begun, key=lambda each: each.version) == version


def _show(versions: list[PolicyVersion], today: date, *, as_json: bool) -> None:
    if as_json:
        print_json(_json(versions[0], today, versions))
        return
    for each in versions:
        click.echo(version_heading(each, today))
        rule = window_rule(each)
        if rule:
            click.echo(f"Window: {rule}")
        click.echo(f"\n{each.said.text}")
        if each.said.short_form:
            click.echo(f"\nShort: {each.said.short_form}")


def _json(version: PolicyVersion, today: date, known: list[PolicyVersion]) -> dict[str, Any]:
    said = version.said
    return {
        "kind": said.kind.value,
        "version": version.version,
        "in_force_from": day_json(said.in_force_from),
        "in_force": _is_now(version, today, known),
        "text": said.text,
        "short_form": said.short_form,
        "window_days": said.window_days,
        "counted_from": said.counted_from.value if said.counted_from else None,
        "worn_percent": said.worn_percent,
        "damaged_percent": said.damaged_percent,
    }


def _window_json(terms: Terms) -> dict[str, Any]:
    window = terms.window
    return {
        "window": {
            "state": window.state.value,
            "counted_on": day_json(window.counted_on),
            "last_day": day_json(window.last_day),
        }
    }
