"""The command of what is due now, and of the desktop notification."""

from __future__ import annotations

from contextlib import suppress

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import AgendaItem


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(agenda)


def agenda_json(item: AgendaItem) -> dict[str, str | None]:
    """Write one row of the agenda."""
    return {
        "kind": item.kind.value,
        "title": item.title,
        "due_at": instant_json(item.due_at),
        "state": item.state.value,
        "link": item.link,
    }


@click.command()
@click.option("--notify", is_flag=True, help="Also show the desktop notification (Linux).")
@as_json_option
@pass_door
def agenda(door: Door, *, notify: bool, as_json: bool) -> None:
    """Say everything that is due now."""
    with door.reading() as desk:
        items = desk.today.agenda()
        now, zone = desk.clock.now(), desk.settings.timezone()
        besides = wording.besides_letters(items)
        notice = desk.reminders.due_notice(lambda: besides) if notify else None
        has_notice = notice is not None and notice.pops_up
    if as_json:
        print_json([agenda_json(item) for item in items])
    else:
        for item in items:
            when = wording.moment_text(item.due_at, now, zone)
            click.echo(f"{item.state.value:<5} {when:<18} {item.title}")
        if not items:
            click.echo("Nothing is due.")
    if notify and not has_notice:
        _note_time(door)
        say("There is nothing new to notify of.")
    elif has_notice:
        _notify(door, besides)


def _note_time(door: Door) -> None:
    """Remember that somebody was there to be told; an open window does so by itself."""
    with suppress(RefusedError), door.writing() as desk:
        desk.reminders.note_time()


def _notify(door: Door, besides: str) -> None:
    """Show the notice that is due. Raises `RefusedError` where the desktop shows none."""
    with door.writing() as desk:
        desk.reminders.note_time()
        notice = desk.reminders.due_notice(lambda: besides)
        if notice and not desk.reminders.notify(notice):
            raise RefusedError(
                "This desktop shows no notification: keep the program open, it reminds by itself."
            )
