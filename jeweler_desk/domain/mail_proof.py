"""The proof: how many letters were answered within a day and within an hour, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Final

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.verdict import REPLY_WITHIN, Wait, WaitEnd

WITHIN_THE_HOUR: Final = timedelta(hours=1)
_SECONDS_AN_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class AnsweredShare:
    """Of ``letters``, how many were answered within a day and within the hour.

    ``median_hours`` is of those that were answered; None where none was.
    """

    letters: int
    within_day: int
    within_hour: int
    median_hours: float | None

    @property
    def share(self) -> float | None:
        """The part answered within a day, None without letters."""
        return self.within_day / self.letters if self.letters else None


@dataclass(frozen=True, slots=True)
class ProofMonth:
    """One month, named by its first day."""

    month: date
    answered: AnsweredShare


@dataclass(frozen=True, slots=True)
class LateLetter:
    """A letter that waited longer than a day; ``answered_at`` None: it still waits.

    ``hours`` are all that went by, ``working_hours`` only those of working days.
    """

    message_id: str
    person: str | None
    subject: str
    started_at: datetime
    answered_at: datetime | None
    hours: float
    working_hours: float


@dataclass(frozen=True, slots=True)
class Proof:
    """All letters that asked, as of an instant.

    ``running``: younger than a day and not answered yet; ``untimed``: another program's mark says
    that they were answered, but not when. Neither counts. Late stays late after the answer.
    """

    together: AnsweredShare
    months: tuple[ProofMonth, ...]
    late: tuple[LateLetter, ...]
    running: int
    untimed: int


@dataclass(frozen=True, slots=True)
class _Counted:
    wait: Wait
    elapsed: timedelta
    within: timedelta


def proof_of(
    waits: Iterable[Wait], now: datetime, calendar: BusinessCalendar, *, by_working_days: bool
) -> Proof:
    """Sum up the waits as of an instant.

    ``by_working_days`` measures only what went by on working days; the clock itself never does.
    """
    counted: list[_Counted] = []
    worked = WorkingTime(calendar)
    running = untimed = 0
    for wait in waits:
        if wait.started_at > now or wait.end is WaitEnd.NEEDS_NONE:
            continue
        if wait.end is WaitEnd.UNTIMED:
            untimed += 1
            continue
        until = wait.ended_at if wait.ended_at and wait.ended_at <= now else None
        elapsed = (until or now) - wait.started_at
        within = elapsed
        if by_working_days:
            within = worked.between(wait.started_at, until or now)
        if until is None and within <= REPLY_WITHIN:
            running += 1
            continue
        counted.append(_Counted(wait if until else wait._replace(ended_at=None), elapsed, within))
    return Proof(
        _share(counted),
        tuple(_by_month(counted, now, calendar)),
        tuple(_late(each, now, worked) for each in reversed(counted) if _is_late(each)),
        running,
        untimed,
    )


def _is_late(each: _Counted) -> bool:
    return each.within > REPLY_WITHIN


def _share(counted: list[_Counted]) -> AnsweredShare:
    answered = [each for each in counted if each.wait.ended_at is not None]
    hours = [each.within.total_seconds() / _SECONDS_AN_HOUR for each in answered]
    return AnsweredShare(
        len(counted),
        sum(each.within <= REPLY_WITHIN for each in answered),
        sum(each.within <= WITHIN_THE_HOUR for each in answered),
        round(median(hours), 1) if hours else None,
    )


def _by_month(
    counted: list[_Counted], now: datetime, calendar: BusinessCalendar
) -> Iterable[ProofMonth]:
    """Sum up each month from the first that has letters to this one."""
    by_month: dict[date, list[_Counted]] = {}
    for each in counted:
        by_month.setdefault(_month(each.wait.started_at, calendar), []).append(each)
    if not by_month:
        return
    month, last = min(by_month), _month(now, calendar)
    while month <= last:
        yield ProofMonth(month, _share(by_month.get(month, [])))
        month = (month + timedelta(days=32)).replace(day=1)


def _month(moment: datetime, calendar: BusinessCalendar) -> date:
    return calendar.local(moment).date().replace(day=1)


def _late(each: _Counted, now: datetime, worked: WorkingTime) -> LateLetter:
    wait = each.wait
    return LateLetter(
        wait.message_id,
        wait.person,
        wait.subject,
        wait.started_at,
        wait.ended_at,
        round(each.elapsed.total_seconds() / _SECONDS_AN_HOUR, 1),
        round(
            worked.between(wait.started_at, wait.ended_at or now).total_seconds()
            / _SECONDS_AN_HOUR,
            1,
        ),
    )


def working_time(start: datetime, end: datetime, calendar: BusinessCalendar) -> timedelta:
    """Return how much of a span lies on working days of the shop's calendar."""
    return WorkingTime(calendar).between(start, end)


class WorkingTime:
    """Measures many spans: what each working day adds is summed up once."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self._calendar = calendar
        self._days: dict[date, tuple[datetime, timedelta]] = {}
        self._first: date | None = None
        self._last: date | None = None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of a span lies on working days; none where it ends before it begins."""
        return max(timedelta(), self._worked_until(end) - self._worked_until(start))

    def _worked_until(self, moment: datetime) -> timedelta:
        """Return the working time from a fixed day on up to an instant."""
        day = self._calendar.local(moment).date()
        begins, worked = self._day(day)
        if not self._calendar.is_working_day(day):
            return worked
        return worked + (moment.astimezone(UTC) - begins)

    def _day(self, day: date) -> tuple[datetime, timedelta]:
        """Return when a day begins, in UTC, and the working time from the fixed day up to it."""
        if self._first is None or self._last is None:
            self._first = self._last = day
            self._days[day] = (self._begins(day), timedelta())
        while self._last < day:
            begins, worked = self._days[self._last]
            following = self._last + timedelta(days=1)
            ends = self._begins(following)
            if self._calendar.is_working_day(self._last):
                worked += ends - begins
            self._days[following] = (ends, worked)
            self._last = following
        while self._first > day:
            ends, worked = self._days[self._first]
            before = self._first - timedelta(days=1)
            begins = self._begins(before)
            if self._calendar.is_working_day(before):
                worked -= ends - begins
            self._days[before] = (begins, worked)
            self._first = before
        return self._days[day]

    def _begins(self, day: date) -> datetime:
        # In UTC: a day on which the clocks change has 23 or 25 hours.
        return self._calendar.start_of(day).astimezone(UTC)
