"""The mail commands of her own word: holding letters, snooze, follow-ups, rules, overrulings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    day_json,
    instant_json,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain.letter_days import DayShown

_UNDO = "“jeweler-desk undo” takes it back."
_DAY = click.DateTime(["%Y-%m-%d"])


def register(group: click.Group) -> None:
    """Add the commands to ``mail``."""
    for command in (
        holding, promises, promise_kept, follow_up, follow_ups, drop_follow_up, snooze, wake,
        snoozed, question, no_question, let_rules_decide, overrulings, rule, person,
    ):  # fmt: skip
        group.add_command(command)


def read_instant(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Any:
    """Read an ISO 8601 instant with its offset."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter(f"“{value}” is not an instant such as 2026-10-05T22:30-04:00")
    return moment


@click.command()
@click.argument("message_id")
@click.option("--by", "promised_on", type=_DAY, required=True, help="The day it promises.")
@click.option("--note", default="", help="What was promised.")
@pass_door
def holding(door: Door, message_id: str, promised_on: datetime, note: str) -> None:
    """Say that a holding letter was sent, and by which day it promises the answer."""
    with door.writing() as desk:
        desk.correspondence.words.holding(message_id, promised_on.date(), note)
    say(f"Noted: promised by {promised_on.date().isoformat()}. {_UNDO}")


@click.command()
@as_json_option
@pass_door
def promises(door: Door, *, as_json: bool) -> None:
    """List what holding letters promised."""
    with door.reading() as desk:
        _print_days(desk.correspondence.words.promises(), "promised_on", as_json=as_json)


def _print_days(days: list[DayShown], key: str, *, as_json: bool) -> None:
    if as_json:
        print_json([_day_json(each, key) for each in days])
        return
    for each in days:
        told = f" · {each.note}" if each.note else ""
        click.echo(f"{each.id}  {each.on.isoformat()}  {each.person or '?'} · {each.subject}{told}")


def _day_json(day: DayShown, key: str) -> dict[str, Any]:
    return {
        "id": day.id,
        "message_id": day.message_id,
        "person": day.person,
        "subject": day.subject,
        key: day_json(day.on),
        "note": day.note,
    }


@click.command("promise-kept")
@click.argument("promise_id", type=int)
@pass_door
def promise_kept(door: Door, promise_id: int) -> None:
    """Let a promise go; “mail promises” names its number."""
    with door.writing() as desk:
        desk.correspondence.words.promise_kept(promise_id)
    say(f"Noted. {_UNDO}")


@click.command("follow-up")
@click.argument("message_id")
@click.option("--on", type=_DAY, required=True, help="The day to ask again.")
@click.option("--note", default="", help="What to ask.")
@pass_door
def follow_up(door: Door, message_id: str, on: datetime, note: str) -> None:
    """Wait for her answer, and be reminded on a day; any answer cancels it."""
    with door.writing() as desk:
        desk.correspondence.words.follow_up(message_id, on.date(), note)
    say(f"Waiting for her until {on.date().isoformat()}. {_UNDO}")


@click.command("follow-ups")
@as_json_option
@pass_door
def follow_ups(door: Door, *, as_json: bool) -> None:
    """List whom an answer is awaited from."""
    with door.reading() as desk:
        _print_days(desk.correspondence.words.follow_ups(), "follow_on", as_json=as_json)


@click.command("drop-follow-up")
@click.argument("follow_up_id", type=int)
@pass_door
def drop_follow_up(door: Door, follow_up_id: int) -> None:
    """Wait no longer; “mail follow-ups” names its number."""
    with door.writing() as desk:
        desk.correspondence.words.drop_follow_up(follow_up_id)
    say(f"Noted. {_UNDO}")


@click.command()
@click.argument("message_id")
@click.option("--until", required=True, callback=read_instant, help="An instant with its offset.")
@pass_door
def snooze(door: Door, message_id: str, until: datetime) -> None:
    """Let no notice tell of a letter until a time; its age goes on."""
    with door.writing() as desk:
        is_beyond = desk.correspondence.words.passes_due(message_id, until)
        desk.correspondence.words.snooze(message_id, until)
    beyond = " It will be late by then." if is_beyond else ""
    say(f"Snoozed until {instant_json(until)}; its age goes on.{beyond} {_UNDO}")


@click.command()
@click.argument("message_id")
@pass_door
def wake(door: Door, message_id: str) -> None:
    """End a snooze."""
    with door.writing() as desk:
        desk.correspondence.words.wake(message_id)
    say(f"Awake again. {_UNDO}")


@click.command()
@as_json_option
@pass_door
def snoozed(door: Door, *, as_json: bool) -> None:
    """List the snoozed letters."""
    with door.reading() as desk:
        found = desk.correspondence.words.snoozed(desk.clock.now())
    if as_json:
        print_json(
            [{"message_id": each.message_id, "until": instant_json(each.until)} for each in found]
        )
        return
    for each in found:
        click.echo(f"{each.message_id}  until {instant_json(each.until)}")


@click.command()
@click.argument("message_id")
@click.option("--why", default="", help="Why.")
@pass_door
def question(door: Door, message_id: str, why: str) -> None:
    """Say that a message is a question, whatever it was taken for."""
    with door.writing() as desk:
        desk.correspondence.words.say_question(message_id, is_question=True, why=why)
    say(f"Noted: a question. {_UNDO}")


@click.command("no-question")
@click.argument("message_id")
@click.option("--why", default="", help="Why.")
@pass_door
def no_question(door: Door, message_id: str, why: str) -> None:
    """Say that a message is no question, whatever it was taken for."""
    with door.writing() as desk:
        words = desk.correspondence.words
        words.say_question(message_id, is_question=False, why=why)
        offered = words.rule_offered(message_id)
    more = f" “mail rule add {offered}” makes it a rule for that address." if offered else ""
    say(f"Noted: no question.{more} {_UNDO}")


@click.command("let-rules-decide")
@click.argument("message_id")
@pass_door
def let_rules_decide(door: Door, message_id: str) -> None:
    """Take back what was said of a message."""
    with door.writing() as desk:
        desk.correspondence.words.withdraw(message_id)
    say(f"The rules decide again. {_UNDO}")


@click.command()
@as_json_option
@pass_door
def overrulings(door: Door, *, as_json: bool) -> None:
    """List the decisions that were turned about."""
    with door.reading() as desk:
        found = desk.correspondence.words.overrulings()
    if as_json:
        print_json(
            [
                {
                    "message_id": each.message_id,
                    "is_question": each.is_question,
                    "why": each.why,
                    "at": instant_json(each.at),
                }
                for each in found
            ]
        )
        return
    for each in found:
        click.echo(f"{'question' if each.is_question else 'no question':<12} {each.message_id}")


@click.group()
def rule() -> None:
    """Addresses that are no customers."""


@rule.command("add")
@click.argument("address")
@click.option("--why", default="", help="Who it is.")
@pass_door
def add_rule(door: Door, address: str, why: str) -> None:
    """Let letters from one address start no clock."""
    with door.writing() as desk:
        desk.correspondence.words.not_a_customer(address, why)
    say(f"{address} is no customer now. {_UNDO}")


@rule.command("list")
@as_json_option
@pass_door
def list_rules(door: Door, *, as_json: bool) -> None:
    """List the addresses that are no customers."""
    with door.reading() as desk:
        found = desk.correspondence.words.rules()
    if as_json:
        print_json(
            [
                {"address": each.address, "why": each.why, "at": instant_json(each.at)}
                for each in found
            ]
        )
        return
    for each in found:
        click.echo(f"{each.address}  {each.why}".rstrip())


@rule.command("remove")
@click.argument("address")
@pass_door
def remove_rule(door: Door, address: str) -> None:
    """Let letters from an address count again."""
    with door.writing() as desk:
        desk.correspondence.words.remove_rule(address)
    say(f"Letters from {address} count again. {_UNDO}")


@click.group()
def person() -> None:
    """Second addresses of a person."""


@person.command("link")
@click.argument("address")
@click.argument("other")
@pass_door
def link(door: Door, address: str, other: str) -> None:
    """Say that two addresses are one person's: an answer to either answers her."""
    with door.writing() as desk:
        desk.correspondence.words.link(address, other)
    say(f"{address} and {other} are one person now. {_UNDO}")


@person.command("list")
@as_json_option
@pass_door
def list_links(door: Door, *, as_json: bool) -> None:
    """List which addresses are one person's."""
    with door.reading() as desk:
        found = desk.correspondence.words.links()
    if as_json:
        print_json([{"address": each.address, "other": each.other} for each in found])
        return
    for each in found:
        click.echo(f"{each.address}  {each.other}")


@person.command("unlink")
@click.argument("address")
@pass_door
def unlink(door: Door, address: str) -> None:
    """Let an address stand by itself again."""
    with door.writing() as desk:
        desk.correspondence.words.unlink(address)
    say(f"{address} stands by itself again. {_UNDO}")
