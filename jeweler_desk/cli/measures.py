"""The command of the measures: paid to mailed, and the time at the bench."""

from __future__ import annotations

from typing import Any

import click

from jeweler_desk.cli.output import Door, as_json_option, instant_json, pass_door, print_json
from jeweler_desk.domain.mailing import Mailed, MailedShare
from jeweler_desk.domain.measure_wording import mailed_in, mailed_share, packing_told, week_of
from jeweler_desk.domain.packing_pace import Pace, PackingMeasure
from jeweler_desk.services.measures import USUAL_WEEKS, MailingMeasure

_MOST_WEEKS = 520


def register(group: click.Group) -> None:
    """Add the command to the program."""
    group.add_command(measures)


@click.command()
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    default=USUAL_WEEKS,
    show_default=True,
    help="So many weeks, this one included.",
)
@as_json_option
@pass_door
def measures(door: Door, weeks: int, *, as_json: bool) -> None:
    """Say how long it took from paid to mailed, and how long packing takes."""
    with door.reading() as desk:
        mailing, packing = desk.measures.mailing(weeks), desk.measures.packing(weeks)
    if as_json:
        print_json({"mailed": _mailing_json(mailing), "packing": _packing_json(packing)})
        return
    click.echo(mailed_share(mailing.together))
    for week in mailing.weeks:
        click.echo(f"  {week_of(week.monday)}: {mailed_share(week.mailed)}")
    for each in mailing.orders:
        click.echo(f"{each.order.number:<12}  {mailed_in(each.working_days, each.hours)}")
    click.echo(packing_told(packing.pace, packing.slowest))


def _mailing_json(measure: MailingMeasure) -> dict[str, Any]:
    return {
        **_share(measure.together),
        "weeks": [
            {"week": week.monday.isoformat(), **_share(week.mailed)} for week in measure.weeks
        ],
        "per_order": [_order(each) for each in measure.orders],
    }


def _share(share: MailedShare) -> dict[str, Any]:
    return {
        "orders": share.orders,
        "within_one_business_day": share.within,
        "share": share.share,
        "median_hours": share.hours,
    }


def _order(each: Mailed) -> dict[str, Any]:
    return {
        "number": each.order.number,
        "channel": each.order.channel,
        "paid_at": instant_json(each.order.paid_at),
        "handed_over_at": instant_json(each.order.handed_over_at),
        "working_days": each.working_days,
        "hours": each.hours,
        "within_one_business_day": each.is_within_one_day,
    }


def _packing_json(measure: PackingMeasure) -> dict[str, Any]:
    slowest = measure.slowest
    return {
        **_pace(measure.pace),
        "weeks": [{"week": week.monday.isoformat(), **_pace(week.pace)} for week in measure.weeks],
        "slowest_step": {"step": slowest.step, "median_seconds": slowest.seconds}
        if slowest
        else None,
    }


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "parcels": pace.parcels,
        "under_five_minutes": pace.under_goal,
        "share": pace.share,
        "median_seconds": pace.seconds,
    }
