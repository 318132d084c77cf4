"""The mail commands that look back: the proof by month, and what several customers wrote of."""

from __future__ import annotations

from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    one_line,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.mail_alarm import MailAlarm
from jeweler_desk.domain.mail_proof import AnsweredShare, LateLetter, Proof
from jeweler_desk.domain.measure_wording import answered_share, month_name
from jeweler_desk.services.mail_proof import USUAL_MONTHS

_MOST_MONTHS = 240


def register(group: click.Group) -> None:
    """Add the commands to ``mail``."""
    for command in (proof, trouble, dismiss):
        group.add_command(command)


@click.command()
@click.option(
    "--months",
    type=click.IntRange(1, _MOST_MONTHS),
    default=USUAL_MONTHS,
    show_default=True,
    help="So many months, this one included.",
)
@click.option("--working-days", is_flag=True, help="Count only what went by on working days.")
@as_json_option
@pass_door
def proof(door: Door, months: int, *, working_days: bool, as_json: bool) -> None:
    """Say how many letters were answered within a day and within the hour."""
    with door.reading() as desk:
        found = desk.correspondence.proof.proof(months, by_working_days=working_days)
        zone, now = desk.settings.timezone(), desk.clock.now()
    if as_json:
        print_json(_proof_json(found))
        return
    click.echo(answered_share(found.together))
    for month in found.months:
        click.echo(f"  {month_name(month.month)}: {answered_share(month.answered)}")
    for each in found.late:
        when = wording.moment_text(each.started_at, now, zone)
        still = "" if each.answered_at else " and still waits"
        who = one_line(each.person or "an unknown sender")
        click.echo(f"late: {who} · {one_line(each.subject)} · {when} · {each.hours:g} h{still}")


def _proof_json(found: Proof) -> dict[str, Any]:
    return {
        **_share_json(found.together),
        "running": found.running,
        "untimed": found.untimed,
        "months": [
            {"month": f"{each.month:%Y-%m}", **_share_json(each.answered)} for each in found.months
        ],
        "exceptions": [_late_json(each) for each in found.late],
    }


def _share_json(share: AnsweredShare) -> dict[str, Any]:
    return {
        "letters": share.letters,
        "within_24_hours": share.within_day,
        "within_1_hour": share.within_hour,
        "share": share.share,
        "median_hours": share.median_hours,
    }


def _late_json(late: LateLetter) -> dict[str, Any]:
    return {
        "message_id": late.message_id,
        "person": late.person,
        "subject": late.subject,
        "waiting_since": instant_json(late.started_at),
        "answered_at": instant_json(late.answered_at),
        "hours": late.hours,
        "working_hours": late.working_hours,
    }


@click.command()
@as_json_option
@pass_door
def trouble(door: Door, *, as_json: bool) -> None:
    """Say what several customers wrote of within an hour."""
    with door.reading() as desk:
        found = desk.correspondence.trouble.alarms()
    if as_json:
        print_json([_alarm_json(each) for each in found])
        return
    for alarm in found:
        click.echo(f"{wording.something_wrong(alarm.people, alarm.title)}  [{alarm.key}]")
        for each in alarm.letters:
            click.echo(f"  {one_line(each.person)}: {one_line(each.words, 200)}")
    if not found:
        click.echo("Nothing that several customers write of.")


def _alarm_json(alarm: MailAlarm) -> dict[str, Any]:
    return {
        "key": alarm.key,
        "title": alarm.title,
        "customers": alarm.people,
        "letters": [
            {
                "message_id": each.message_id,
                "person": each.person,
                "received_at": instant_json(each.at),
                "words": each.words,
            }
            for each in alarm.letters
        ],
    }


@click.command("looked-into")
@click.argument("key")
@click.option("--why", required=True, help="What it was.")
@pass_door
def dismiss(door: Door, key: str, why: str) -> None:
    """Say that an alarm of “mail trouble” was looked into."""
    with door.writing() as desk:
        desk.correspondence.trouble.dismiss(key, why)
    say("Noted. “jeweler-desk undo” takes it back.")
