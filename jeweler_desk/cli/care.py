"""The commands of care: a verified backup, one put back, the desk checked against itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from jeweler_desk.cli.output import Door, as_json_option, needs_seller, pass_door, print_json
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.backups import restore_desk
from jeweler_desk.services.checking import Finding, Severity, Subject, is_sound
from jeweler_desk.store.desk_lock import DESK_FILE


def register(group: click.Group) -> None:
    """Add the commands to the program."""
    for command in (backup, restore, check):
        group.add_command(command)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@as_json_option
@pass_door
def backup(door: Door, folder: Path | None, *, as_json: bool) -> None:
    """Write a verified copy of the desk, into FOLDER if given; works beside an open window."""
    with door.reading() as desk:
        made = desk.backups.back_up_job(folder=folder)()
        said = desk.backups.said(made)
    # The copy stands whether or not the desk can take a note of it: a window may own the desk.
    with suppress(RefusedError), door.writing() as desk:
        desk.backups.record(made)
    if as_json:
        document = _document([Finding(Subject.BACKUP, Severity.INFORMATION, said)])
        print_json(document | {"file": str(made.file)})
    else:
        click.echo(f"{made.file}\n{said}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
@pass_door
def restore(door: Door, file: Path, *, as_json: bool) -> None:
    """Put a backup in the desk's place; the replaced desk is kept."""
    restored = restore_desk(door.folder / DESK_FILE, file.absolute(), door.clock)
    said = f"Restored {count_text(restored.orders, 'order')} from “{restored.file}”."
    if restored.replaced is not None:
        said += f" What was there before is kept in “{restored.replaced}”."
    if as_json:
        print_json(_document([Finding(Subject.BACKUP, Severity.INFORMATION, said)]))
    else:
        click.echo(said)


@click.command()
@as_json_option
@pass_door
def check(door: Door, *, as_json: bool) -> None:
    """Check the file, every order's states, units and sums, and the search; exit 1 on a fault."""
    with door.reading() as desk:
        findings = desk.checking.check()
    if as_json:
        print_json(_document(findings))
    else:
        for each in findings:
            mark = "FAILED" if each.severity is Severity.FAILED else "note  "
            click.echo(f"{mark}  {f'{each.order}: ' if each.order else ''}{each.what}")
        click.echo("The desk is sound." if is_sound(findings) else "The desk needs you.")
    if not is_sound(findings):
        needs_seller()


def _document(findings: Sequence[Finding]) -> dict[str, Any]:
    return {"ok": is_sound(findings), "findings": [_finding_json(each) for each in findings]}


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.subject.value,
        "severity": finding.severity.value,
        "what": finding.what,
        "order": finding.order,
    }
