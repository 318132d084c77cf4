"""The mail commands: reading, fetching, what waits, and the seller's own word."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
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
from jeweler_desk.domain import wording
from jeweler_desk.domain.mail_view import AccountShown, ListedMessage, WaitingEmail
from jeweler_desk.domain.mailbox import MailAccount, SetAside
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.correspondence import AccountFetched

_TLS_PORT = 993
_SUBMISSION_PORT = 465


def register(group: click.Group) -> None:
    """Add the commands to the program."""
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
@pass_door
def answered(door: Door, message_id: str, how: str) -> None:
    """Say that a letter was answered elsewhere."""
    with door.writing() as desk:
        desk.correspondence.mark_answered(message_id, how)
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
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json_option
@pass_door
def fetch(door: Door, *, password_stdin: bool, as_json: bool) -> None:
    """Read all mail accounts once; nothing in them is changed."""
    password = _password_line() if password_stdin else None
    with door.writing() as desk:
        correspondence = desk.correspondence
        shown = correspondence.accounts()
        if (
            password is None
            and shown
            and not any(
                correspondence.mailboxes.has_password(each.account.address) for each in shown
            )
        ):
            raise RefusedError(
                "No password is known: this computer’s keyring holds none."
                " Nothing was fetched; give it with --password-stdin."
            )
        told = correspondence.take_fetched(correspondence.fetch_job(password)())
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


def _password_line() -> str:
    """Return the password from standard input, without its line end."""
    return sys.stdin.readline().rstrip("\r\n")


@mail.group()
def account() -> None:
    """Mail accounts."""


@account.command("add")
@click.argument("address")
@click.option(
    "--imap", required=True, metavar="HOST:PORT", help="The server that mail is read from."
)
@click.option("--smtp", metavar="HOST:PORT", help="The server that mail is sent through.")
@click.option("--user", metavar="NAME", help="The user name, where it is not the address.")
@click.option("--starttls", is_flag=True, help="Begin in the clear and switch to TLS before login.")
@click.option("--ca-file", type=click.Path(path_type=Path), help="A further certificate to trust.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@pass_door
def add_account(
    door: Door,
    address: str,
    *,
    imap: str,
    smtp: str | None,
    user: str | None,
    starttls: bool,
    ca_file: Path | None,
    password_stdin: bool,
) -> None:
    """Add a mail account; the password goes to the system's keyring."""
    if ca_file is not None and not ca_file.is_file():
        raise RefusedError(f"There is no certificate file “{ca_file}”. Nothing was changed.")
    host, port = _host_and_port(imap, _TLS_PORT)
    smtp_host, smtp_port = _host_and_port(smtp, _SUBMISSION_PORT) if smtp else (None, None)
    password = _asked_password(password_stdin=password_stdin)
    added = MailAccount(
        address,
        host,
        port,
        user or address,
        is_starttls=starttls,
        smtp_host=smtp_host,
        smtp_port=smtp_port,
        ca_file=str(ca_file.absolute()) if ca_file else None,
    )
    with door.writing() as desk:
        _, is_kept = desk.correspondence.mailboxes.add(added, password)
    if not is_kept:
        say(
            "The account is kept without a password"
            + (": this computer has no keyring." if password is not None else ".")
            + " “mail fetch --password-stdin” takes it."
        )


def _asked_password(*, password_stdin: bool) -> str | None:
    if password_stdin:
        return _password_line() or None
    if sys.stdin.isatty():
        return (
            str(click.prompt("Password", hide_input=True, default="", show_default=False)) or None
        )
    return None


def _host_and_port(text: str, default_port: int) -> tuple[str, int]:
    """Read ``HOST:PORT``. Raises `RefusedError` for anything else."""
    host, colon, port = text.rpartition(":")
    if not colon:
        host, port = text, str(default_port)
    host = host.strip("[]")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) <= 65535:  # noqa: PLR2004 - the highest port
        raise RefusedError(f"“{text}” is not a server such as imap.example.com:993.")
    return host, int(port)


@account.command("list")
@as_json_option
@pass_door
def list_accounts(door: Door, *, as_json: bool) -> None:
    """List the mail accounts."""
    with door.reading() as desk:
        rows = [
            (each, desk.correspondence.mailboxes.has_password(each.account.address))
            for each in desk.correspondence.accounts()
        ]
    if as_json:
        print_json([_account_json(each, has_password=known) for each, known in rows])
        return
    for each, known in rows:
        kept = "password in the keyring" if known else "no password kept"
        click.echo(f"{each.account.address} · {each.account.imap_host} · {kept}")


def _account_json(shown: AccountShown, *, has_password: bool) -> dict[str, Any]:
    account = shown.account
    smtp = f"{account.smtp_host}:{account.smtp_port}" if account.smtp_host else None
    return {
        "address": account.address,
        "imap": f"{account.imap_host}:{account.imap_port}",
        "smtp": smtp,
        "user": account.user_name,
        "starttls": account.is_starttls,
        "ca_file": account.ca_file,
        "has_password": has_password,
        "looked_at": instant_json(shown.looked_at),
        "error": shown.error,
    }


@account.command("remove")
@click.argument("address")
@pass_door
def remove_account(door: Door, address: str) -> None:
    """Remove a mail account and its password; the mail read stays."""
    with door.writing() as desk:
        desk.correspondence.mailboxes.remove(address)
    say(f"{address} is removed; its mail stays in the desk.")


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
