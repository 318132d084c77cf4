"""The letter commands: drafts, templates, and what became of what was sent."""

from __future__ import annotations

import sys
from typing import Any

import click

from jeweler_desk.cli.mail_accounts import given_passwords
from jeweler_desk.cli.output import (
    Door,
    as_json_option,
    instant_json,
    needs_seller,
    one_line,
    pass_door,
    print_json,
    say,
)
from jeweler_desk.domain import wording
from jeweler_desk.domain.letter import Letter, LetterKind
from jeweler_desk.domain.letter_template import LetterTemplate
from jeweler_desk.domain.letter_wording import finding_text
from jeweler_desk.services.desk import Desk


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    group.add_command(letter)


@click.group()
def letter() -> None:
    """Letters: drafts, what waits to leave, and what was seen in Sent."""


@letter.command("list")
@click.option("--order", "number", metavar="NUMBER", help="Only the letters about this order.")
@as_json_option
@pass_door
def list_letters(door: Door, number: str | None, *, as_json: bool) -> None:
    """List the letters, the one changed last first."""
    with door.reading() as desk:
        if number is None:
            found = desk.letters.all()
        else:
            found = desk.letters.of_order(desk.orders.find(number).id)
    if as_json:
        print_json([letter_json(each) for each in found])
        return
    for each in found:
        to = each.to_name or each.to_address or "?"
        click.echo(
            f"{each.id:>4}  {each.state.value:<13} {one_line(to)} · {one_line(each.subject)}"
        )
    if not found:
        click.echo("There is no letter yet.")


@letter.command()
@click.argument("letter_id", type=int)
@as_json_option
@pass_door
def show(door: Door, letter_id: int, *, as_json: bool) -> None:
    """Show one letter whole."""
    with door.reading() as desk:
        found = desk.letters.get(letter_id)
        check = desk.letters.check(found) if found.is_draft else None
    findings = check.findings(found.subject, found.body, found.to_address) if check else ()
    if as_json:
        told = [{"key": each.key, "kind": each.kind.value, "locks": each.is_of_truth,
                 "waived": each.key in found.waived, "text": finding_text(each)}
                for each in findings]  # fmt: skip
        print_json(letter_json(found) | {"findings": told})
        return
    _show(found, as_json=False)
    for each in findings:
        say(f"{each.key}  {one_line(finding_text(each))}")


def _show(found: Letter, *, as_json: bool) -> None:
    if as_json:
        print_json(letter_json(found))
        return
    click.echo(f"{found.state.value} · To: {one_line(f'{found.to_name} <{found.to_address}>')}")
    click.echo(f"From: {one_line(found.from_address)} · Subject: {one_line(found.subject)}\n")
    click.echo(found.body)
    if found.trouble:
        say(found.trouble)


def letter_json(found: Letter) -> dict[str, Any]:
    """Return a letter as a document."""
    return {
        "id": found.id,
        "kind": found.kind.value,
        "state": found.state.value,
        "order": found.order_number,
        "answers": found.answers,
        "to_name": found.to_name,
        "to_address": found.to_address,
        "from_address": found.from_address,
        "subject": found.subject,
        "body": found.body,
        "message_id": found.message_id,
        "made_at": instant_json(found.made_at),
        "leaves_at": instant_json(found.leaves_at),
        "handed_at": instant_json(found.handed_at),
        "seen_at": instant_json(found.seen_at),
        "came_back_at": instant_json(found.came_back_at),
        "trouble": found.trouble,
    }


@letter.command()
@click.argument("number")
@click.option("--template", default=LetterKind.THANKS.value, show_default=True, metavar="NAME")
@as_json_option
@pass_door
def write(door: Door, number: str, template: str, *, as_json: bool) -> None:
    """Begin a letter to an order's buyer from a template."""
    with door.writing() as desk:
        letter_id, _ = desk.letters.write(desk.orders.find(number).id, template)
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)


@letter.command()
@click.argument("message_id")
@click.option(
    "--template", type=click.Choice([kind.value for kind in LetterKind]), default="answer"
)
@as_json_option
@pass_door
def answer(door: Door, message_id: str, template: str, *, as_json: bool) -> None:
    """Begin the answer to a message, or show the one begun before."""
    with door.writing() as desk:
        letter_id, _ = desk.letters.answer(message_id, LetterKind(template))
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)


@letter.command()
@click.argument("letter_id", type=int)
@click.option("--to", "to_address", metavar="ADDRESS", help="To whom it goes.")
@click.option("--subject", metavar="TEXT")
@click.option("--text", metavar="TEXT", help="The words; “-” reads them from standard input.")
@as_json_option
@pass_door
def edit(
    door: Door,
    letter_id: int,
    to_address: str | None,
    subject: str | None,
    text: str | None,
    *,
    as_json: bool,
) -> None:
    """Change a draft."""
    body = sys.stdin.read() if text == "-" else text
    with door.writing() as desk:
        desk.letters.change(letter_id, to_address=to_address, subject=subject, body=body)
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)


@letter.command()
@click.argument("letter_id", type=int)
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@pass_door
def right(door: Door, letter_id: int, keys: tuple[str, ...]) -> None:
    """Say that what differs from the records is right; “letter show” names the keys."""
    with door.writing() as desk:
        desk.letters.waive(letter_id, keys)
    say("Noted: it is right as it stands.")


@letter.command("let-go")
@click.argument("letter_id", type=int)
@pass_door
def let_go(door: Door, letter_id: int) -> None:
    """Take a draft off the desk."""
    with door.writing() as desk:
        desk.letters.let_go(letter_id)
    say("The draft is off the desk. “jeweler-desk undo” lays it back.")


@letter.command()
@click.argument("letter_id", type=int)
@pass_door
def elsewhere(door: Door, letter_id: int) -> None:
    """Say that the buyer was given the words on the marketplace or by hand."""
    with door.writing() as desk:
        desk.letters.given_elsewhere(letter_id)
    say("Noted: the buyer has its words.")


@letter.command()
@click.argument("letter_id", type=int)
@as_json_option
@pass_door
def queue(door: Door, letter_id: int, *, as_json: bool) -> None:
    """Let a letter leave; for 20 seconds it can be taken back."""
    with door.writing() as desk:
        desk.outbox.queue(letter_id)
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)
    say("It leaves in 20 seconds, with “letter send” or an open window.")


@letter.command("take-back")
@click.argument("letter_id", type=int)
@as_json_option
@pass_door
def take_back(door: Door, letter_id: int, *, as_json: bool) -> None:
    """Make a queued letter a draft again."""
    with door.writing() as desk:
        desk.outbox.take_back(letter_id)
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)


@letter.command("write-again")
@click.argument("letter_id", type=int)
@as_json_option
@pass_door
def write_again(door: Door, letter_id: int, *, as_json: bool) -> None:
    """Make a letter that was perhaps sent a draft again: it is not in Sent."""
    with door.writing() as desk:
        desk.outbox.write_again(letter_id)
        found = desk.letters.get(letter_id)
    _show(found, as_json=as_json)


@letter.command()
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the passwords nobody keeps from standard input, a line for each account.",
)
@as_json_option
@pass_door
def send(door: Door, *, password_stdin: bool, as_json: bool) -> None:
    """Send what is due in the outbox, and lay the copies into Sent."""
    with door.writing() as desk:
        if password_stdin:
            mailboxes = desk.correspondence.mailboxes
            given_passwords(mailboxes.secrets, mailboxes.needs_asking())
        tried = desk.outbox.send_due()
        waiting = len(desk.outbox.waiting())
    if as_json:
        print_json([letter_json(each) for each in tried])
    for each in tried:
        if each.trouble:
            say(f"{each.id}: {one_line(each.trouble)}")
        elif not as_json:
            click.echo(f"{each.id}: {each.state.value}")
    if waiting and not as_json:
        click.echo(f"{wording.count_text(waiting, 'letter')} in the outbox.")
    if any(each.trouble for each in tried):
        needs_seller()


@letter.group()
def template() -> None:
    """Templates: those that came with the desk, and your own."""


@template.command("list")
@as_json_option
@pass_door
def list_templates(door: Door, *, as_json: bool) -> None:
    """List the templates."""
    with door.reading() as desk:
        rows = [_template_json(desk, each) for each in desk.letters.templates.all()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['name']:<15} {row['subject']}{' (your own)' if row['own'] else ''}")


def _template_json(desk: Desk, each: LetterTemplate) -> dict[str, Any]:
    own = desk.letters.templates.is_own(each.name)
    return {"name": each.name, "subject": each.subject, "body": each.body, "own": own}


@template.command("keep")
@click.argument("name")
@click.option("--subject", required=True, metavar="TEXT")
@click.option("--text", required=True, metavar="TEXT", help="“-” reads standard input.")
@pass_door
def keep_template(door: Door, name: str, subject: str, text: str) -> None:
    """Keep a template under a name; an unknown field is refused."""
    body = sys.stdin.read() if text == "-" else text
    with door.writing() as desk:
        desk.letters.templates.keep(name, subject, body)
    say(f"The template “{name}” is kept.")


@template.command("drop")
@click.argument("name")
@pass_door
def drop_template(door: Door, name: str) -> None:
    """Remove a template of your own; one that came with the desk is as it was."""
    with door.writing() as desk:
        desk.letters.templates.drop(name)
    say(f"The template “{name}” is removed.")
