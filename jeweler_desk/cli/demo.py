"""The sample shop: opened in the window, or worked through without one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from jeweler_desk.app import discard_desk, page_pictures
from jeweler_desk.cli.agenda import agenda_json
from jeweler_desk.cli.output import Door, as_json_option, pass_door, print_json, say
from jeweler_desk.domain import wording
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import AgendaItem
from jeweler_desk.services.demo_shop import DemoShop
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.doctor import obstacle_to_a_window
from jeweler_desk.start import default_folder, run_window
from jeweler_desk.store.desk_lock import DESK_FILE

_MARK: Final = "this-is-a-sample-shop.txt"
_MARK_TEXT: Final = "The desk in this folder is a sample shop. It is made anew by every demo.\n"
_NOTE: Final = "This is a sample shop. Try anything: your own desk lies in another folder."
_OURS: Final = ("files", "photos", "backups", "papers", "pictures", "log")


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(demo)


def default_demo_folder() -> Path:
    """Return the place of the sample shop, beside the default desk."""
    return default_folder().parent / "demo"


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@as_json_option
@pass_door
def demo(door: Door, folder: Path | None, *, as_json: bool) -> None:
    """Show a sample shop; with no display, do its main job and leave papers and pictures."""
    home = Door((folder or default_demo_folder()).absolute(), door.clock)
    _clear(home.folder)
    files = DemoShop().write_files(home.folder, home.clock.now())
    with home.writing() as desk:
        DemoShop().furnish(desk, files, home.clock.now())
        desk.correspondence.read_files(files.inbox, "inbox")
        desk.correspondence.read_files(files.sent, "sent")
        paths = [] if has_display(os.environ) else _print_papers(desk, home.folder)
    if has_display(os.environ):
        with home.reading() as desk:
            _tell(desk, desk.today.agenda(), paths, as_json=as_json)
        raise click.exceptions.Exit(run_window(home.folder, home.clock, demo_note=_NOTE))
    paths += _take_pictures(home)
    with home.writing() as desk:
        for box in desk.combining.queue():
            desk.fulfillment.finish_packing(box.ids[0])
        _tell(desk, desk.today.agenda(), paths, as_json=as_json)


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window could be seen here."""
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform in {"offscreen", "minimal"}:
        return False
    if not sys.platform.startswith("linux"):
        return True
    if environment.get("WAYLAND_DISPLAY"):
        return True
    display = environment.get("DISPLAY", "")
    if display.startswith(":"):
        number = display[1:].partition(".")[0]
        return Path(f"/tmp/.X11-unix/X{number}").exists()  # noqa: S108 - where X listens
    return bool(display)


def _clear(folder: Path) -> None:
    """Make room for a fresh sample shop; a desk that is none is refused."""
    desk = folder / DESK_FILE
    if desk.exists() and not (folder / _MARK).exists():
        raise RefusedError(
            f"“{folder}” holds a desk that is no sample shop. It was left as it is;"
            " name another folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if desk.exists():
            discard_desk(folder)
            for name in _OURS:
                shutil.rmtree(folder / name, ignore_errors=True)
        (folder / _MARK).write_text(_MARK_TEXT, encoding="utf-8")
    except OSError as error:
        raise RefusedError(f"“{folder}” cannot be used: {error.strerror}.") from error


def _print_papers(desk: Desk, folder: Path) -> list[Path]:
    """Print the slips and cards of what is ready."""
    ready = desk.orders.ids(View.TO_PACK)
    paths = [folder / "packing-slips.pdf", folder / "cards.pdf"]
    jobs = (desk.papers.packing_slips_job(ready), desk.papers.cards_job(ready))
    for path, work in zip(paths, jobs, strict=True):
        printed = work()
        path.write_bytes(printed.pdf)
        for warning in printed.warnings:
            say(warning.what)
    return paths


def _take_pictures(home: Door) -> list[Path]:
    """Leave a picture of every page, where the window's libraries are there."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    obstacle = obstacle_to_a_window(os.environ)
    if obstacle:
        say(f"No pictures were taken: {obstacle}")
        return []
    return page_pictures(home.folder, home.clock, home.folder / "pictures", demo_note=_NOTE)


def _tell(desk: Desk, items: list[AgendaItem], paths: list[Path], *, as_json: bool) -> None:
    if as_json:
        agenda = [agenda_json(item) for item in items]
        print_json({"agenda": agenda, "paths": [str(path) for path in paths]})
        return
    now, zone = desk.clock.now(), desk.settings.timezone()
    click.echo("Due now:")
    for item in items:
        click.echo(f"  {wording.moment_text(item.due_at, now, zone):<18} {item.title}")
    if paths:
        click.echo("Written:")
    for path in paths:
        click.echo(f"  {path}")
