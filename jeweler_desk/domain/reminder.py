"""What is due and when a person is told: the agenda's rows and the ladder of notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

AMBER_BEFORE_DUE: Final = timedelta(hours=4)
"""A notice at 20 hours: four before the 24 are over."""
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
    """A step of the ladder on which an unanswered email is told of."""

    AMBER = "amber"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An email that waits: who wrote, about what, until when."""

    message_id: str
    person: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice for several emails: the words, and what was told by it."""

    title: str
    text: str
    told: tuple[tuple[str, Rung], ...]


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


def next_notice(
    waiting: Iterable[Unanswered],
    told: Iterable[tuple[str, Rung]],
    now: datetime,
) -> Notice | None:
    """Group what reached a rung nobody was told of; None when there is nothing new to tell.

    An email that was told as late is not told as amber again.
    """
    known = set(told)
    fresh: list[tuple[Unanswered, Rung]] = []
    for email in waiting:
        rung = rung_reached(email.due_at, now)
        if rung is None or (email.message_id, rung) in known:
            continue
        if rung is Rung.AMBER and (email.message_id, Rung.LATE) in known:
            continue
        fresh.append((email, rung))
    if not fresh:
        return None
    return Notice(
        title=_title([rung for _, rung in fresh]),
        text=_names([email.person for email, _ in fresh]),
        told=tuple((email.message_id, rung) for email, rung in fresh),
    )


def _title(rungs: Sequence[Rung]) -> str:
    late = sum(rung is Rung.LATE for rung in rungs)
    soon = len(rungs) - late
    parts = []
    if late:
        parts.append(f"{late} {'email has' if late == 1 else 'emails have'} waited over 24 hours")
    if soon and late:
        parts.append(f"{soon} more due within 4 hours")
    elif soon:
        parts.append(f"{soon} {'email falls' if soon == 1 else 'emails fall'} due within 4 hours")
    return ", ".join(parts)


def _names(people: Sequence[str]) -> str:
    shown = list(dict.fromkeys(people))
    if len(shown) <= 3:  # noqa: PLR2004 - three names fit a notice
        return ", ".join(shown)
    return f"{', '.join(shown[:3])} and {len(shown) - 3} more"


def may_pop_up(
    now: datetime, timezone: str, quiet_hours: tuple[time, time], shown: Sequence[datetime]
) -> bool:
    """Whether a notice may be shown now: outside quiet hours and at most three a local day."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    if is_quiet(local.time(), quiet_hours):
        return False
    today = [moment for moment in shown if _day(moment, zone) == local.date()]
    return len(today) < MOST_NOTICES_A_DAY


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
