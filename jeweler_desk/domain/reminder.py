"""What is due, and when a person may be told: the agenda's rows, the rungs, the quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

AMBER_BEFORE_DUE: Final = timedelta(hours=4)
"""A notice at 20 hours: four before the 24 are over."""
LAST_HOUR: Final = timedelta(hours=1)
"""Before a due time that no evening sweep would have shown."""
MOST_NOTICES_A_DAY: Final = 3


class AgendaKind(StrEnum):
    """What an agenda row is about."""

    EMAIL = "email"
    PARCEL = "parcel"
    REFUND = "refund"
    PROMISE = "promise"
    SUPPLY = "supply"
    MAIL_TROUBLE = "mail_trouble"


class DueState(StrEnum):
    """Whether a due instant is over."""

    LATE = "late"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing that is due; ``link`` is ``order:NUMBER`` or ``mail:MESSAGE-ID``, if any."""

    kind: AgendaKind
    title: str
    due_at: datetime
    state: DueState
    link: str | None = None


def due_state(due_at: datetime, now: datetime) -> DueState:
    """Tell late from due; what is due exactly now is late."""
    return DueState.LATE if now >= due_at else DueState.DUE


class Rung(StrEnum):
    """Why something is told; each is told once of the same thing."""

    AMBER = "amber"
    LAST_HOUR = "last-hour"
    LATE = "late"
    BACK = "back"  # a snooze is over
    PROMISED = "promised"  # a holding letter's day is here
    PROMISE_LATE = "promise-late"
    FOLLOW_UP = "follow-up"
    TROUBLE = "trouble"  # the mail cannot be looked at
    DIGEST = "digest"
    SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An email that waits: who wrote, until when an answer is due."""

    message_id: str
    person: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice for everything that is to be told: its words, and what is told by it.

    ``pops_up``: it may be shown on the desktop; the window shows it in any case.
    """

    title: str
    text: str
    told: tuple[tuple[str, Rung], ...]
    pops_up: bool = True

    @property
    def is_sweep(self) -> bool:
        """Whether it is the hour of the evening sweep."""
        return any(rung is Rung.SWEEP for _, rung in self.told)


def is_quiet(local: time, quiet_hours: tuple[time, time]) -> bool:
    """Whether a time of day lies in the quiet hours, which may run past midnight."""
    start, end = quiet_hours
    if start <= end:
        return start <= local < end
    return local >= start or local < end


def rung_reached(due_at: datetime, now: datetime) -> Rung | None:
    """Return the highest rung an email has reached: amber at 20 hours, late at 24."""
    if now >= due_at:
        return Rung.LATE
    return Rung.AMBER if now >= due_at - AMBER_BEFORE_DUE else None


def has_room(now: datetime, timezone: str, shown: Sequence[datetime]) -> bool:
    """Whether one more notice may pop up: at most three a local day."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    today = [moment for moment in shown if _day(moment, zone) == local.date()]
    return len(today) < MOST_NOTICES_A_DAY


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
