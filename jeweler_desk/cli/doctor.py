"""The command that looks at the machine before Qt is imported."""

from __future__ import annotations

from typing import Any

import click

from jeweler_desk.cli.output import as_json_option, needs_seller, print_json
from jeweler_desk.services.doctor import Diagnosis, examine, look_around


def register(group: click.Group) -> None:
    """Add the command to the desk's own."""
    group.add_command(doctor)


@click.command()
@as_json_option
def doctor(*, as_json: bool) -> None:
    """See whether this computer has what the desk needs; exit 1 if something is missing."""
    found = examine(look_around())
    is_well = all(diagnosis.is_good for diagnosis in found)
    if as_json:
        print_json({"ok": is_well, "findings": [_diagnosis_json(one) for one in found]})
    else:
        for one in found:
            click.echo(f"{'ok     ' if one.is_good else 'FAILED '}  {one.what}")
    if not is_well:
        needs_seller()


def _diagnosis_json(diagnosis: Diagnosis) -> dict[str, Any]:
    packages = diagnosis.packages
    return {
        "kind": diagnosis.matter,
        "ok": diagnosis.is_good,
        "what": diagnosis.what,
        "packages": packages and {family: list(names) for family, names in packages.items()},
    }
