"""The mail commands: reading, fetching, what waits, and the seller's own word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli import mail_proof, mail_words
from jeweler_desk.cli.mail_accounts import account, asked_passwords, given_passwords
from jeweler_desk.cli.mail_folders import folder, freshness
from jeweler_desk.cli.mail_words import read_instant
from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    needs_seller,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.mail_view import ListedMessage, WaitingEmail
from jeweler_desk.domain.mailbox import SetAside, UnreadableMessage
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.unreadable_wording import unreadable_hint, unreadable_place
from jeweler_desk.services.mail_intake import AccountFetched


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    mail.add_command(account)
    mail.add_command(folder)
    mail.add_command(freshness)
    mail_words.register(mail)
    mail_proof.register(mail)
    group.add_command(mail)


@click.group()
def mail() -> None:
    """Mail: what waits for an answer, and how it is read."""


@mail.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice([kind.value for kind in FolderKind]),
    required=True,
    help="What kind of folder it is.",
)
@as_json_option
@pass_door
def read(door: Door, path: Path, kind: str, *, as_json: bool) -> None:
    """Take in a Maildir, an mbox, an .eml file or a folder of them."""
    with door.writing() as desk:
        found = desk.correspondence.read_files(path, kind)
    taken = found.taken
    if as_json:
        print_json(
            {
                "read": taken.read,
                "new": taken.new,
                "moved": taken.moved,
                "gone": taken.gone,
                "set_aside": [
                    {"file": each.file, "reason": each.reason} for each in found.set_aside
                ],
            }
        )
    else:
        counts = f"{taken.new} new, {taken.moved} moved, {taken.gone} gone"
        click.echo(f"{wording.count_text(taken.read, 'message')} read: {counts}.")
    _tell_set_aside(found.set_aside)
    if found.set_aside:
        needs_seller()


def _tell_set_aside(set_aside: Iterable[SetAside]) -> None:
    for each in set_aside:
        say(f"Set aside: {each.file}. {each.reason}")


@mail.command("list")
@as_json_option
@pass_door
def list_messages(door: Door, *, as_json: bool) -> None:
    """List every message known, with what the clock made of it."""
    with door.reading() as desk:
        listed = desk.correspondence.listed()
    if as_json:
        print_json([_message_json(each) for each in listed])
        return
    for each in listed:
        click.echo(f"{each.decision:<7} {each.person or '?'} · {each.subject} · {each.reason}")


@mail.command("set-aside")
@as_json_option
@pass_door
def set_aside(door: Door, *, as_json: bool) -> None:
    """List the messages that could not be read, for as long as they lie there."""
    with door.reading() as desk:
        found = desk.correspondence.unreadable.all()
        now, zone = desk.clock.now(), desk.settings.timezone()
    if as_json:
        print_json([_unreadable_json(each) for each in found])
        return
    for each in found:
        when = wording.moment_text(each.came_at or each.seen_at, now, zone)
        click.echo(f"{unreadable_place(each)} · {when} · {each.reason}")
        click.echo(f"  {unreadable_hint(each)}")
    if not found:
        click.echo("Every message could be read.")


def _unreadable_json(message: UnreadableMessage) -> dict[str, Any]:
    return {
        "account": message.origin if message.is_on_a_server else None,
        "folder": message.folder,
        "message": message.file,
        "reason": message.reason,
        "came_at": instant_json(message.came_at),
        "found_at": instant_json(message.seen_at),
    }


def _message_json(message: ListedMessage) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "folder": message.folder.value,
        "from": message.from_address,
        "subject": message.subject,
        "received_at": instant_json(message.received_at),
        "decision": message.decision.value,
        "reason": message.reason,
        "channel": message.channel.value,
        "person": message.person,
        "clock": message.clock.value,
    }


@mail.command()
@as_json_option
@pass_door
def waiting(door: Door, *, as_json: bool) -> None:
    """Say what waits for an answer now, the most urgent first."""
    with door.reading() as desk:
        emails = desk.correspondence.waiting(desk.clock.now())
    if as_json:
        print_json([_waiting_json(each) for each in emails])
        return
    for each in emails:
        person = each.person or each.address or "?"
        hours = f"{each.hours_waiting:.1f} h"
        click.echo(f"{each.state:<5} {hours:>8}  {person} · {each.subject}")
    if not emails:
        click.echo("Every letter is answered.")


def _waiting_json(email: WaitingEmail) -> dict[str, Any]:
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


@mail.command()
@click.argument("message_id")
@click.option("--how", required=True, help="How: by phone, on Etsy, at the market …")
@click.option("--at", callback=read_instant, help="When; now, if not said.")
@pass_door
def answered(door: Door, message_id: str, how: str, at: datetime | None) -> None:
    """Say that a letter was answered elsewhere."""
    with door.writing() as desk:
        desk.correspondence.mark_answered(message_id, how, at)
    say("Noted: answered. “jeweler-desk undo” takes it back.")


@mail.command("no-reply-needed")
@click.argument("message_id")
@click.option("--why", required=True, help="Why it needs no answer.")
@pass_door
def no_reply_needed(door: Door, message_id: str, why: str) -> None:
    """Say that a letter needs no answer."""
    with door.writing() as desk:
        desk.correspondence.mark_no_reply_needed(message_id, why)
    say("Noted: no reply needed. “jeweler-desk undo” takes it back.")


@mail.command()
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the passwords nobody keeps from standard input, a line for each account.",
)
@as_json_option
@pass_door
def fetch(door: Door, *, password_stdin: bool, as_json: bool) -> None:
    """Read all mail accounts once; nothing in them is changed."""
    with door.writing() as desk:
        correspondence = desk.correspondence
        shown = correspondence.accounts()
        unknown = correspondence.mailboxes.needs_asking()
        ask = given_passwords if password_stdin else asked_passwords
        ask(correspondence.secrets, unknown)
        unknown = correspondence.mailboxes.needs_asking()
        if shown and len(unknown) == len(shown):
            raise RefusedError(
                "No password is known: this computer’s keyring holds none."
                " Nothing was fetched; give it with --password-stdin."
            )
        told = correspondence.take_fetched(correspondence.fetch_job()())
    if as_json:
        print_json([_fetched_json(each) for each in told])
    for each in told:
        _tell_set_aside(each.set_aside)
        if each.error:
            say(f"{each.address}: {each.error}.")
        elif not as_json:
            click.echo(f"{each.address}: {each.taken.new} new, {each.taken.changed} changed.")
    if any(each.error or each.set_aside for each in told):
        needs_seller()


def _fetched_json(fetched: AccountFetched) -> dict[str, Any]:
    return {
        "address": fetched.address,
        "new": fetched.taken.new,
        "changed": fetched.taken.changed,
        "vanished": fetched.taken.gone,
        "error": fetched.error,
    }


@mail.group()
def identity() -> None:
    """Addresses that are the seller's own."""


@identity.command("add")
@click.argument("address")
@pass_door
def add_identity(door: Door, address: str) -> None:
    """Add an address of the seller's own; all mail is judged anew at once."""
    with door.writing() as desk:
        desk.correspondence.mailboxes.add_identity(address)
    say(f"{address} is yours now.")


@identity.command("list")
@as_json_option
@pass_door
def list_identities(door: Door, *, as_json: bool) -> None:
    """List the seller's own addresses: accounts, added ones, and those seen in Sent."""
    with door.reading() as desk:
        addresses = desk.correspondence.mailboxes.identities()
    if as_json:
        print_json(addresses)
        return
    for address in addresses:
        click.echo(address)
