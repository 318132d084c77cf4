"""The command of the evening sweep: everything of the mail that wants her before the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    day_json,
    instant_json,
    one_line,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.evening_sweep import Sweep
from jeweler_desk.domain.evening_sweep_wording import closing_heading, closing_text
from jeweler_desk.domain.freshness_wording import freshness_text
from jeweler_desk.domain.letter_days import DayShown
from jeweler_desk.domain.mail_view import WaitingEmail


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(sweep)


@click.command()
@click.option(
    "--it-was", "answered", metavar="MESSAGE-ID", help="The later letter was this one’s answer."
)
@click.option(
    "--still-waits", "waits", metavar="MESSAGE-ID", help="This letter still waits; ask no more."
)
@as_json_option
@pass_door
def sweep(door: Door, answered: str | None, waits: str | None, *, as_json: bool) -> None:
    """Go through the mail: late, due before the next sweep, and what is asked of you."""
    if answered or waits:
        with door.writing() as desk:
            if answered:
                desk.sweep.it_was_the_answer(_bare(answered))
            if waits:
                desk.sweep.still_waits(_bare(waits))
        say("Noted. “jeweler-desk undo” takes it back.")
    with door.reading() as desk:
        found, zone = desk.sweep.look(), desk.settings.timezone()
    if as_json:
        print_json(sweep_json(found, zone))
    else:
        _tell(found, zone)


def _bare(message_id: str) -> str:
    return message_id.strip().removeprefix("mail:").strip("<>")


def sweep_json(found: Sweep, zone: str) -> dict[str, Any]:
    """Write a sweep."""
    month = found.month
    return {
        "now": instant_json(found.now),
        "next_sweep_at": instant_json(found.next_at),
        "as_of": instant_json(found.freshness.as_of),
        "freshness": freshness_text(found.freshness, zone),
        "late": [_email_json(each) for each in found.late],
        "due": [_email_json(each) for each in found.due],
        "maybe_answered": [
            {
                **_email_json(each.email),
                "letter": {
                    "message_id": each.letter.message_id,
                    "subject": each.letter.subject,
                    "sent_at": instant_json(each.letter.at),
                },
            }
            for each in found.maybe_answered
        ],
        "set_aside": [_email_json(each) for each in found.set_aside],
        "promised": [_day_json(each) for each in found.promised],
        "to_ask": [_day_json(each) for each in found.to_ask],
        "soft": [_email_json(each) for each in found.soft],
        "snoozed": [
            {**_email_json(each.email), "until": instant_json(each.until)} for each in found.snoozed
        ],
        "later": [_email_json(each) for each in found.later],
        "is_clear": found.is_clear,
        "every_email_is_answered": found.is_everything_answered,
        "next_due_at": instant_json(found.next_due_at),
        "this_month": {
            "letters": month.letters,
            "within_24_hours": month.within_day,
            "within_1_hour": month.within_hour,
        }
        if month
        else None,
        "words": f"{closing_heading(found, zone)}. {closing_text(found, zone)}",
    }


def _email_json(email: WaitingEmail) -> dict[str, Any]:
    return {
        "message_id": email.message_id,
        "person": email.person,
        "address": email.address,
        "subject": email.subject,
        "channel": email.channel.value,
        "waiting_since": instant_json(email.waiting_since),
        "due_at": instant_json(email.due_at),
        "state": email.state.value,
        "hours_waiting": email.hours_waiting,
    }


def _day_json(day: DayShown) -> dict[str, Any]:
    return {
        "id": day.id,
        "message_id": day.message_id,
        "person": day.person,
        "subject": day.subject,
        "on": day_json(day.on),
        "note": day.note,
    }


def _tell(found: Sweep, zone: str) -> None:
    now = found.now
    until = wording.moment_text(found.next_at, now, zone)
    click.echo(f"Evening sweep · {freshness_text(found.freshness, zone)}")
    _tell_emails("Late", found.late, now, zone)
    _tell_emails(f"Due before {until}", found.due, now, zone)
    if found.maybe_answered:
        click.echo("A new letter to the customer: was it the answer?")
    for each in found.maybe_answered:
        when = wording.moment_text(each.letter.at, now, zone)
        click.echo(f"  {_who(each.email)} · your “{one_line(each.letter.subject)}”, {when}")
    _tell_emails("Set aside without an answer?", found.set_aside, now, zone)
    for heading, days in (("Promised", found.promised), ("Ask again", found.to_ask)):
        if days:
            click.echo(heading)
        for day in days:
            who = one_line(day.person or "an unknown sender")
            click.echo(f"  {who} · {one_line(day.subject)} · {wording.full_day(day.on)}")
    _tell_emails("Kind words, nothing asked", found.soft, now, zone)
    if found.snoozed:
        click.echo("Snoozed")
    for snoozed in found.snoozed:
        when = wording.moment_text(snoozed.until, now, zone)
        click.echo(f"  {_who(snoozed.email)} · until {when}")
    _tell_emails("Later", found.later, now, zone)
    click.echo(f"{closing_heading(found, zone)}. {closing_text(found, zone)}")


def _tell_emails(heading: str, emails: Sequence[WaitingEmail], now: datetime, zone: str) -> None:
    if emails:
        click.echo(heading)
    for each in emails:
        when = f" · due {wording.moment_text(each.due_at, now, zone)}" if each.due_at else ""
        click.echo(f"  {_who(each)}{when}  [{one_line(each.message_id)}]")


def _who(email: WaitingEmail) -> str:
    who = one_line(email.person or email.address or "an unknown sender")
    return f"{who} · {one_line(email.subject) or 'no subject'}"
