"""What is to be told now: the ladder of letters, days that came, mail not seen, digest and sweep.

A letter rings at 20 and at 24 hours, then only in the digests of working mornings and in the sweeps
(facts/mail.md sections 5.1 and 9). Nothing rings twice, whatever the clocks do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.reminder import LAST_HOUR, Rung, Unanswered, is_quiet, rung_reached
from jeweler_desk.domain.sweep_hours import sweep_on, sweeps_between
from jeweler_desk.domain.verdict import REPLY_WITHIN

SWEEP_LASTS: Final = timedelta(hours=3)
"""So long after its hour an evening sweep is still called."""
_FAR_AHEAD: Final = timedelta(days=2)
"""What was told later than this from now was told by a clock that went wrong."""
_EARLIEST_MORNING: Final = time(4)
_LATEST_MORNING: Final = time(12)
_USUAL_MORNING: Final = time(8)

Told = Mapping[tuple[str, Rung], datetime]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the shop wants to be told: its calendar, its quiet hours, the hour of its sweep."""

    calendar: BusinessCalendar
    quiet_hours: tuple[time, time]
    sweep_at: time

    @property
    def morning(self) -> time:
        """When the quiet hours of the night end."""
        end = self.quiet_hours[1]
        return end if _EARLIEST_MORNING <= end <= _LATEST_MORNING else _USUAL_MORNING

    def is_sweep_hour(self, now: datetime) -> bool:
        """Whether today's evening sweep is called now."""
        today = self.calendar.local(now).date()
        sweep = sweep_on(today, self.sweep_at, self.calendar.timezone)
        return sweep <= now < sweep + SWEEP_LASTS

    def is_digest_time(self, now: datetime, told: Collection[tuple[str, Rung]]) -> bool:
        """Whether the digest of a working morning is still to be told: before the sweep."""
        local = self.calendar.local(now)
        today = local.date()
        is_before_sweep = local.time() < self.sweep_at or self.sweep_at <= self.morning
        return (
            self.calendar.is_working_day(today)
            and local.time() >= self.morning
            and is_before_sweep
            and (digest_key(today), Rung.DIGEST) not in told
        )

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing may be told now."""
        return is_quiet(self.calendar.local(now).time(), self.quiet_hours)


@dataclass(frozen=True, slots=True)
class DayDue:
    """A day that was promised in a holding letter, or set to ask again."""

    id: int
    person: str
    on: date


@dataclass(frozen=True, slots=True)
class SnoozeOver:
    """A letter whose snooze ended and that still waits."""

    message_id: str
    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Unseen:
    """An account that could not be looked at, since its last good look."""

    address: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that reminding looks at; ``others``: something beside letters is due today."""

    waiting: tuple[Unanswered, ...] = ()
    snoozes_over: tuple[SnoozeOver, ...] = ()
    promises: tuple[DayDue, ...] = ()
    follow_ups: tuple[DayDue, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    wants_sweep: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """One thing that is told now. ``is_silent``: another ring of the same notice says it."""

    key: str
    rung: Rung
    who: str = ""
    due_at: datetime | None = None
    is_silent: bool = False


def digest_key(day: date) -> str:
    """Name the digest of a day."""
    return f"digest:{day}"


def still_told(told: Told, put_off: Told, now: datetime) -> frozenset[tuple[str, Rung]]:
    """Return what needs no telling any more.

    What was put off rings again when its time has come; what a clock far ahead told was not told.
    """
    return frozenset(
        mark
        for mark, at in told.items()
        if at <= now + _FAR_AHEAD and not (mark in put_off and put_off[mark] <= now)
    )


def rings_due(
    standing: Standing, told: Collection[tuple[str, Rung]], now: datetime, rhythm: Rhythm
) -> list[Ring]:
    """Return what is to be told now; nothing in the quiet hours."""
    if rhythm.is_quiet(now):
        return []
    letters = list(_letters(standing.waiting, told, now, rhythm))
    fresh = {each.key for each in letters}
    found = [
        *letters,
        *_snoozes(standing, fresh),
        *_days(standing, now, rhythm),
        *_unseen(standing),
        *_daily(standing, told, fresh, now, rhythm),
    ]
    rings = [each for each in found if (each.key, each.rung) not in told]
    return [] if all(each.is_silent for each in rings) else rings


def _letters(
    waiting: tuple[Unanswered, ...],
    told: Collection[tuple[str, Rung]],
    now: datetime,
    rhythm: Rhythm,
) -> Iterator[Ring]:
    for email in waiting:
        known = {rung for rung in Rung if (email.message_id, rung) in told}
        rung = rung_reached(email.due_at, now)
        if rung is Rung.AMBER and _is_last_call(email, now, rhythm):
            rung = Rung.LAST_HOUR
        if rung is None or rung in known or Rung.LATE in known:
            continue
        if rung is Rung.AMBER and Rung.LAST_HOUR in known:
            continue
        yield Ring(email.message_id, rung, email.person, email.due_at)


def _is_last_call(email: Unanswered, now: datetime, rhythm: Rhythm) -> bool:
    """Tell whether the last hour runs of a letter that no sweep shows before it is due.

    Two sweeps of an autumn night lie 25 hours apart: what came right after the first is late
    before the second.
    """
    if now < email.due_at - LAST_HOUR:
        return False
    came_at = email.due_at - REPLY_WITHIN
    timezone = rhythm.calendar.timezone
    return not sweeps_between(came_at, email.due_at, rhythm.sweep_at, timezone)


def _snoozes(standing: Standing, fresh: Collection[str]) -> Iterator[Ring]:
    for each in standing.snoozes_over:
        key = f"{each.message_id} {each.until.isoformat()}"
        yield Ring(key, Rung.BACK, each.person, is_silent=each.message_id in fresh)


def _days(standing: Standing, now: datetime, rhythm: Rhythm) -> Iterator[Ring]:
    """Yield the promises and follow-ups whose day is here, from the morning on."""
    local = rhythm.calendar.local(now)
    if local.time() < rhythm.morning:
        return
    today = local.date()
    for each in standing.promises:
        if each.on <= today:
            rung = Rung.PROMISED if each.on == today else Rung.PROMISE_LATE
            yield Ring(f"promise:{each.id}", rung, each.person)
    for each in standing.follow_ups:
        if each.on <= today:
            yield Ring(f"follow-up:{each.id}", Rung.FOLLOW_UP, each.person)


def _unseen(standing: Standing) -> Iterator[Ring]:
    for each in standing.unseen:
        key = f"unseen:{each.address} {each.since.isoformat()}"
        yield Ring(key, Rung.TROUBLE, each.address)


def _daily(
    standing: Standing,
    told: Collection[tuple[str, Rung]],
    fresh: Collection[str],
    now: datetime,
    rhythm: Rhythm,
) -> Iterator[Ring]:
    """Yield the digest of a working morning and the call to the evening sweep."""
    today = rhythm.calendar.local(now).date()
    if rhythm.is_digest_time(now, told):
        key = digest_key(today)
        morning = sweep_on(today, rhythm.morning, rhythm.calendar.timezone)
        late = [each for each in standing.waiting if each.due_at < morning]
        again = [each for each in late if each.message_id not in fresh]
        if late or standing.others:
            yield Ring(key, Rung.DIGEST, is_silent=not again and not standing.others)
            for each in again:
                yield Ring(f"{key} {each.message_id}", Rung.DIGEST, each.person, each.due_at)
    if standing.wants_sweep and rhythm.is_sweep_hour(now):
        yield Ring(f"sweep:{today}", Rung.SWEEP)
