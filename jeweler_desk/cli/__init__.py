"""The command line: the desk without its window; a command parses, calls one service, prints."""

from __future__ import annotations

import sys
import traceback
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from jeweler_desk import __version__
from jeweler_desk.cli.output import NOT_DONE, Door
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.clock import Clock, ClockFrom, SystemClock
from jeweler_desk.start import default_folder, run_window

_KNOWN_YEARS: Final = range(1970, 2200)
_ROOMS: Final = {
    "orders": (
        "add", "hold", "import", "order", "orders", "pack", "redo", "release", "settings", "ship",
        "undo",
    ),
    "making": ("stage",),
    "promises": ("promise",),
    "many_orders": ("batch", "order-list"),
    "combining": ("bench", "combine", "take-apart"),
    "policies": ("policy",),
    "measures": ("measures",),
    "listings": ("listing",),
    "parcels": ("label", "label-refund", "parcel", "photo"),
    "paper": ("label-lines", "print"),
    "printer_drift": ("printer-drift",),
    "customs": ("customs",),
    "money": (
        "dispute", "dispute-closed", "dispute-evidence", "paid", "refund", "refund-asked",
        "refund-failed", "refund-settled", "void", "hold-expired", "write-off", "honor", "agreed",
    ),
    "goods": (
        "answered", "ask", "cancel", "exchange", "open-parcel", "pack-part", "reinstate", "return",
        "return-closed", "return-received", "undo-shipped",
    ),
    "supplies": ("supplies",),
    "care": ("backup", "check", "restore"),
    "doctor": ("doctor",),
    "mail": ("mail",),
    "letters": ("letter",),
    "agenda": ("agenda",),
    "sweep": ("sweep",),
    "demo": ("demo",),
}  # fmt: skip
"""The module of each command: a start loads the one it needs, and the window's start none."""
_ROOM_OF: Final = {name: room for room, names in _ROOMS.items() for name in names}


class _Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with its offset."""

    name = "time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read the instant; one without an offset is refused."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year not in _KNOWN_YEARS:
            self.fail(f"“{value}” is not an instant such as 2026-10-05T22:30-04:00", param, ctx)
        return moment


class _Group(click.Group):
    """A group whose refusals are one sentence on standard error and exit status 3."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        return sorted({*_ROOM_OF, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; its module is loaded now."""
        room = _ROOM_OF.get(cmd_name)
        if room is not None and cmd_name not in self.commands:
            import_module(f"jeweler_desk.cli.{room}").register(self)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; never show a traceback."""
        try:
            return super().invoke(ctx)
        except RefusedError as refused:
            click.echo(str(refused), err=True)
            raise click.exceptions.Exit(NOT_DONE) from refused
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except UnicodeEncodeError as error:  # bytes on the command line that are no UTF-8
            click.echo("A text holds bytes that are no characters. Nothing was changed.", err=True)
            raise click.exceptions.Exit(NOT_DONE) from error
        except Exception as error:
            log = _write_down(ctx.obj.folder if isinstance(ctx.obj, Door) else default_folder())
            click.echo(
                "Something went wrong inside the program. What was saved before is safe;"
                f" the details are in “{log}”.",
                err=True,
            )
            raise click.exceptions.Exit(NOT_DONE) from error


def _write_down(folder: Path) -> Path:
    """Keep the details of our own fault where only the seller can read them."""
    log = folder / "log" / "fault.txt"
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log.touch(mode=0o600)
        log.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return log
    return log


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--desk",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="JEWELER_DESK",
    help="The folder of the shop's data.",
)
@click.option("--now", "now", type=_Instant(), help="Answer as of this instant.")
@click.option("--quiet", is_flag=True, help="Open the window out of the way.")
@click.version_option(__version__, prog_name="Jeweler Desk")
@click.pass_context
def desk(ctx: click.Context, folder: Path | None, now: datetime | None, *, quiet: bool) -> None:
    """Orders, papers and letters of one home jeweler, on her own computer."""
    clock: Clock = ClockFrom(now) if now else SystemClock()
    ctx.obj = Door((folder or default_folder()).absolute(), clock)
    if ctx.invoked_subcommand is None:
        _open_window(ctx.obj, quiet=quiet)


def _open_window(door: Door, *, quiet: bool) -> None:
    raise click.exceptions.Exit(run_window(door.folder, door.clock, quiet=quiet))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    desk(prog_name="jeweler-desk")
