"""The proof: how many letters were answered within a day and within an hour, month by month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Final, NamedTuple

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
    """All letters that asked, as of an instant; of those that were ``late`` the newest.

    ``running``: younger than a day and not answered yet; ``untimed``: another program's mark says
    that they were answered, but not when. Neither counts. Late stays late after the answer.
    """

    together: AnsweredShare
    months: tuple[ProofMonth, ...]
    late: tuple[LateLetter, ...]
    running: int
    untimed: int

    @property
    def late_count(self) -> int:
        """How many were late in all."""
        return self.together.letters - self.together.within_day


class Span(NamedTuple):
    """How long a letter waited, in seconds since 1970; ``place`` tells which wait it is of."""

    place: int
    started: float
    ended: float | None
    end: WaitEnd | None


class _Counted(NamedTuple):
    place: int
    started: float
    until: float | None
    within: float


def proof_of(
    waits: Sequence[Wait], now: datetime, calendar: BusinessCalendar, *, by_working_days: bool
) -> Proof:
    """Sum up the waits, the oldest first, as of an instant.

    ``by_working_days`` measures only what went by on working days; the clock itself never does.
    """
    spans = [
        Span(
            place,
            wait.started_at.timestamp(),
            wait.ended_at.timestamp() if wait.ended_at else None,
            wait.end,
        )
        for place, wait in enumerate(waits)
    ]
    return proof_over(
        spans,
        lambda places: [waits[place] for place in places],
        now,
        calendar,
        by_working_days=by_working_days,
    )


def proof_over(
    spans: Iterable[Span],
    waits: Callable[[Sequence[int]], Iterable[Wait]],
    now: datetime,
    calendar: BusinessCalendar,
    *,
    by_working_days: bool,
    most_late: int | None = None,
) -> Proof:
    """Sum up the spans, the oldest first; ``waits`` tells of those in these places, in order.

    Of the exceptions only the newest are told, ``most_late`` of them: a year has thousands.
    """
    worked = WorkingTime(calendar)
    at, most = now.timestamp(), REPLY_WITHIN.total_seconds()
    counted: list[_Counted] = []
    running = untimed = 0
    for place, started, ended, end in spans:
        if started > at or end is WaitEnd.NEEDS_NONE:
            continue
        if end is WaitEnd.UNTIMED:
            untimed += 1
            continue
        until = ended if ended is not None and ended <= at else None
        within = (at if until is None else until) - started
        if by_working_days:
            span = worked.between(_moment(started), _moment(at if until is None else until))
            within = span.total_seconds()
        if until is None and within <= most:
            running += 1
        else:
            counted.append(_Counted(place, started, until, within))
    late = [each for each in reversed(counted) if each.within > most][:most_late]
    found = zip(late, waits([each.place for each in late]), strict=True)
    return Proof(
        _share(counted),
        tuple(_by_month(counted, now, calendar)),
        tuple(_late(wait, each.until, now, worked) for each, wait in found),
        running,
        untimed,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _share(counted: Sequence[_Counted]) -> AnsweredShare:
    answered = [each.within for each in counted if each.until is not None]
    most, hour = REPLY_WITHIN.total_seconds(), WITHIN_THE_HOUR.total_seconds()
    return AnsweredShare(
        len(counted),
        sum(within <= most for within in answered),
        sum(within <= hour for within in answered),
        round(median(answered) / _SECONDS_AN_HOUR, 1) if answered else None,
    )


def _by_month(
    counted: Sequence[_Counted], now: datetime, calendar: BusinessCalendar
) -> Iterable[ProofMonth]:
    """Sum up each month from the first that has letters to this one."""
    if not counted:
        return
    first = min(each.started for each in counted)
    month = calendar.local(_moment(first)).date().replace(day=1)
    last = calendar.local(now).date().replace(day=1)
    months = []
    while month <= last:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    begins = [calendar.start_of(each).timestamp() for each in months]
    by_month: list[list[_Counted]] = [[] for _ in months]
    for each in counted:
        by_month[bisect_right(begins, each.started) - 1].append(each)
    for month, own in zip(months, by_month, strict=True):
        yield ProofMonth(month, _share(own))


def _late(wait: Wait, until: float | None, now: datetime, worked: WorkingTime) -> LateLetter:
    ended_at = None if until is None else wait.ended_at
    span = (ended_at or now) - wait.started_at
    return LateLetter(
        wait.message_id,
        wait.person,
        wait.subject,
        wait.started_at,
        ended_at,
        round(span.total_seconds() / _SECONDS_AN_HOUR, 1),
        round(
            worked.between(wait.started_at, ended_at or now).total_seconds() / _SECONDS_AN_HOUR, 1
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
