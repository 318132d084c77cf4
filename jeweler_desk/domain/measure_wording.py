"""The measures in words: paid to mailed, and the time at the bench."""

from __future__ import annotations

from datetime import date

from jeweler_desk.domain.mail_proof import AnsweredShare
from jeweler_desk.domain.mailing import MailedShare
from jeweler_desk.domain.packing_pace import Pace, SlowestStep
from jeweler_desk.domain.wording import count_text, short_day


def mailed_in(working_days: int, hours: float) -> str:
    """Say how long one order took: ``next business day · 21 h``."""
    named = {0: "same day", 1: "next business day"}
    days = named.get(working_days) or count_text(working_days, "business day")
    return f"{days} · {hours:g} h"


def mailed_share(share: MailedShare) -> str:
    """Say how many left within one business day: ``9 of 10 (90 %) within one business day``."""
    if share.share is None or share.hours is None:
        return "nothing was mailed"
    told = f"{share.within} of {share.orders} ({percent(share.share)})"
    return f"{told} within one business day · usually {share.hours:g} h"


def answered_share(share: AnsweredShare) -> str:
    """Say how many letters were answered in time: ``9 of 10 (90 %) within 24 hours``."""
    if share.share is None:
        return "no letter asked"
    told = f"{share.within_day} of {share.letters} ({percent(share.share)}) within 24 hours"
    return f"{told} · {share.within_hour} within the hour"


def month_name(month: date) -> str:
    """Name a month by its letters and year: ``Oct 2026``."""
    return f"{short_day(month).partition(' ')[2]} {month.year}"


def percent(share: float) -> str:
    """Write a share as whole percents; only all of it is 100 %, only nothing is 0 %."""
    rounded = round(share * 100)
    if 0 < share < 1:
        rounded = min(99, max(1, rounded))
    return f"{rounded} %"


def week_of(monday: date) -> str:
    """Name a week by its Monday: ``week of 5 Oct``."""
    return f"week of {short_day(monday)}"


def clock_text(seconds: int) -> str:
    """Write a length of time as ``3:12``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def packing_told(pace: Pace, slowest: SlowestStep | None) -> str:
    """Say how quickly parcels are packed, and which step takes longest."""
    if pace.share is None or pace.seconds is None:
        return "No parcel was timed."
    told = [
        f"Packing: median {clock_text(pace.seconds)}",
        f"{pace.under_goal} of {pace.parcels} under five minutes",
    ]
    if slowest is not None:
        told.append(f"slowest: {slowest.name} ({clock_text(slowest.seconds)})")
    return " · ".join(told)
