"""The commands of what is read of a mailbox: its folders, and how fresh the knowledge is."""

from __future__ import annotations

from typing import Any

import click

from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    needs_seller,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain.freshness_wording import clock_slow_text, freshness_text
from jeweler_desk.domain.mailbox import ListedFolder
from jeweler_desk.domain.message import FolderKind


@click.group()
def folder() -> None:
    """Folders of a mailbox: which are read, and as what."""


@folder.command("list")
@click.argument("address")
@as_json_option
@pass_door
def list_folders(door: Door, address: str, *, as_json: bool) -> None:
    """List an account's folders as the last look saw them."""
    with door.reading() as desk:
        found = desk.correspondence.reading.folders(address)
    if as_json:
        print_json([_folder_json(each) for each in found])
        return
    for each in found:
        told = f"read as {each.kind}" if each.is_read and each.kind else "not read"
        click.echo(f"{each.name} · {told}")
    if not found:
        click.echo("No folder is known yet; “mail fetch” looks.")


def _folder_json(listed: ListedFolder) -> dict[str, Any]:
    kind = listed.kind.value if listed.kind else None
    return {"folder": listed.name, "kind": kind, "read": listed.is_read}


@folder.command("read")
@click.argument("address")
@click.argument("name")
@click.option(
    "--as",
    "kind",
    type=click.Choice([each.value for each in FolderKind]),
    default=FolderKind.INBOX.value,
    show_default=True,
    help="What kind of folder it is.",
)
@pass_door
def read_folder(door: Door, address: str, name: str, kind: str) -> None:
    """Have a folder read too, for mail that rules sort away from the inbox."""
    with door.writing() as desk:
        desk.correspondence.reading.choose_folder(address, name, FolderKind(kind))
    say(f"“{name}” is read from the next look on. “jeweler-desk undo” takes it back.")


@folder.command("leave")
@click.argument("address")
@click.argument("name")
@pass_door
def leave_folder(door: Door, address: str, name: str) -> None:
    """Have a folder left alone; what was read of it stays."""
    with door.writing() as desk:
        desk.correspondence.reading.choose_folder(address, name, None)
    say(f"“{name}” is left alone from now on. “jeweler-desk undo” takes it back.")


@click.command()
@as_json_option
@pass_door
def freshness(door: Door, *, as_json: bool) -> None:
    """Say as of when the mail is known, and what hinders it now."""
    with door.reading() as desk:
        found = desk.correspondence.freshness(desk.clock.now())
        zone = desk.settings.timezone()
    slow = found.clock_slow_by
    if as_json:
        print_json(
            [
                {
                    "address": each.address,
                    "looked_at": instant_json(each.looked_at),
                    "error": each.error,
                    "warning": each.is_warning(found.now),
                    "stale": each.is_stale(found.now),
                }
                for each in found.accounts
            ]
        )
    else:
        text = freshness_text(found, zone)
        click.echo(f"{text[0].upper()}{text[1:]}.")
    if slow is not None:
        say(clock_slow_text(slow))
    if found.warnings:
        needs_seller()
