"""The command of a printer's drift: how far off it prints on a stock, as the test page showed."""

from __future__ import annotations

from dataclasses import replace

import click

from jeweler_desk.cli.output import Door, as_json_option, pass_door, print_json
from jeweler_desk.domain.print_job import PrinterDrift
from jeweler_desk.domain.printer_drift import (
    bar_of_scale,
    drift_text,
    read_millimeters,
    scale_of_bar,
)
from jeweler_desk.services.paper_stocks import shape_named


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(printer_drift)


@click.command("printer-drift")
@click.argument("printer")
@click.argument("stock")
@click.option("--right", metavar="MM", help="Move what is printed to the right; -MM to the left.")
@click.option("--up", metavar="MM", help="Move what is printed up; -MM down.")
@click.option("--bar-across", metavar="MM", help="What the test page's bar across measures.")
@click.option("--bar-upright", metavar="MM", help="What its upright bar measures.")
@click.option("--straight", is_flag=True, help="Forget what was measured.")
@as_json_option
@pass_door
def printer_drift(  # noqa: PLR0913 - click hands over each option
    door: Door,
    printer: str,
    stock: str,
    right: str | None,
    up: str | None,
    bar_across: str | None,
    bar_upright: str | None,
    *,
    straight: bool,
    as_json: bool,
) -> None:
    """Show how far PRINTER is off on STOCK, or keep what was measured on its test page.

    What is not named stays as it was. “print test-page” makes the page; everything made for this
    printer on this stock allows for the drift.
    """
    told = (right, up, bar_across, bar_upright)
    if straight and any(each is not None for each in told):
        raise click.UsageError("Keep measures or forget them, not both.")
    sheet = shape_named(stock)
    if straight or any(each is not None for each in told):
        with door.writing() as desk:
            drift = PrinterDrift() if straight else desk.printing.drift(printer, sheet.name)
            if right is not None:
                drift = replace(drift, dx=read_millimeters("Right", right))
            if up is not None:
                drift = replace(drift, dy=read_millimeters("Up", up))
            if bar_across is not None:
                drift = replace(drift, sx=scale_of_bar("Bar across", bar_across, sheet.bar))
            if bar_upright is not None:
                drift = replace(drift, sy=scale_of_bar("Upright bar", bar_upright, sheet.bar))
            desk.printing.keep_drift(printer, sheet.name, drift)
    with door.reading() as desk:
        drift = desk.printing.drift(printer, sheet.name)
    if as_json:
        print_json(
            {
                "printer": printer,
                "stock": sheet.name,
                "right_mm": drift.dx,
                "up_mm": drift.dy,
                "bar_mm": sheet.bar,
                "bar_across_mm": float(bar_of_scale(drift.sx, sheet.bar) or sheet.bar),
                "bar_upright_mm": float(bar_of_scale(drift.sy, sheet.bar) or sheet.bar),
            }
        )
        return
    words = drift_text(drift)
    allowed = f"printed {words}." if words else "nothing is allowed for."
    click.echo(f"{printer} on {sheet.name}: {allowed}")
