"""Working days, closed days and the ship-by promise (rules: the shop's ship-by arithmetic)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.order import LineItemId, Promise
from jeweler_desk.domain.refusal import RefusedError

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
_END_OF_SEARCH: Final = 3 * 366
_LAST_SECOND: Final = time(23, 59, 59)
_NO_DAY: Final = (
    "The shop's calendar leaves no {} within three years. Nothing was changed; look at the working"
    " days, hand-over days and closed days in the settings."
)


class NoWorkingDayError(RefusedError):
    """The calendar leaves no working or hand-over day within three years."""


@dataclass(frozen=True, slots=True)
class Pause:
    """From a question to the buyer until the answer, while no working day counts (rule 6)."""

    asked_at: datetime
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When the shop works: weekdays as Monday = 0, closed days as dates, zone as IANA name."""

    timezone: str
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    handover_days: frozenset[int] = MONDAY_TO_FRIDAY
    closed_days: frozenset[date] = frozenset()
    cutoff: time | None = None
    processing_days: int = 1

    def is_working_day(self, day: date) -> bool:
        """Whether the shop works on that day."""
        return day.weekday() in self.working_days and day not in self.closed_days

    def is_handover_day(self, day: date) -> bool:
        """Whether a parcel can be handed over; a closed day never is one."""
        return day.weekday() in self.handover_days and day not in self.closed_days

    def local(self, moment: datetime) -> datetime:
        """Return an instant as the shop's clock shows it."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def start_of(self, day: date) -> datetime:
        """Return the instant at which that day begins at the shop."""
        return datetime.combine(day, time(), ZoneInfo(self.timezone))

    def end_of(self, day: date) -> datetime:
        """Return 23:59:59 of that day at the shop, when a promise for it ends."""
        return datetime.combine(day, _LAST_SECOND, ZoneInfo(self.timezone))

    def working_day_from(self, day: date) -> date:
        """Return the first working day on or after that day."""
        for ahead in range(_END_OF_SEARCH):
            candidate = day + timedelta(days=ahead)
            if self.is_working_day(candidate):
                return candidate
        raise NoWorkingDayError(_NO_DAY.format("working day"))

    def add_working_days(self, day: date, count: int) -> date:
        """Return the count-th working day strictly after that day."""
        for _ in range(count):
            day = self.working_day_from(day + timedelta(days=1))
        return day

    def receive_day(self, paid_at: datetime) -> date:
        """Return the day on which a payment counts as received (rule 1)."""
        local = self.local(paid_at)
        if self.cutoff is None:
            return local.date()
        first = local.date()
        if local.time() > self.cutoff:
            first += timedelta(days=1)
        return self.working_day_from(first)

    def ship_by(self, paid_at: datetime) -> date:
        """Return the last day on which the parcel may be handed over (rules 1 to 3)."""
        received = self.receive_day(paid_at)
        days = self.effective_processing_days
        day = self.add_working_days(received, days) if days else self.working_day_from(received)
        for ahead in range(_END_OF_SEARCH):
            candidate = day + timedelta(days=ahead)
            if self.is_handover_day(candidate):
                return candidate
        raise NoWorkingDayError(_NO_DAY.format("hand-over day"))

    @property
    def effective_processing_days(self) -> int:
        """The N that counts: 0 needs a cut-off time and is 1 without one."""
        return self.processing_days if self.cutoff is not None else max(1, self.processing_days)

    def pack_by(self, ship_by: date) -> date:
        """Return the last working day on or before the ship-by day (rule 3)."""
        for back in range(_END_OF_SEARCH):
            candidate = ship_by - timedelta(days=back)
            if self.is_working_day(candidate):
                return candidate
        raise NoWorkingDayError(_NO_DAY.format("working day before the hand-over"))

    def paused(self, pauses: Iterable[Pause]) -> BusinessCalendar:
        """Return this calendar as it counts for an order that waited for its buyer (rule 6).

        The days after that of the question, up to and with that of the answer, do not count: they
        are like closed days, so that one more pause never gives an earlier day.
        """
        waited = frozenset(
            self.local(pause.asked_at).date() + timedelta(days=ahead + 1)
            for pause in pauses
            for ahead in range(
                (self.local(pause.answered_at).date() - self.local(pause.asked_at).date()).days
            )
        )
        return replace(self, closed_days=self.closed_days | waited) if waited else self

    def promise(self, paid_at: datetime, pauses: Iterable[Pause] = ()) -> Promise:
        """Return the promise made for a payment, with its inputs (rules 6 and 7)."""
        calendar = self.paused(pauses)
        ship_by = calendar.ship_by(paid_at)
        return Promise(
            ship_by=ship_by,
            pack_by=calendar.pack_by(ship_by),
            paid_at=paid_at,
            timezone=self.timezone,
            processing_days=self.effective_processing_days,
            cutoff=self.cutoff.strftime("%H:%M") if self.cutoff is not None else None,
        )


def promise_of_pieces(
    calendar: BusinessCalendar,
    days: Mapping[LineItemId, int | None],
    paid_at: datetime,
    pauses: Iterable[Pause] = (),
) -> Promise:
    """Return the promise for pieces that take so many days each (rule 5).

    None means the shop's own days. All together leave when the latest is made; where the pieces
    differ, each keeps its own day for a parcel of its own.
    """
    pauses = tuple(pauses)
    usual = calendar.processing_days
    needed = {line: usual if count is None else count for line, count in days.items()}
    made = {
        count: replace(calendar, processing_days=count).promise(paid_at, pauses)
        for count in {*needed.values()} or {usual}
    }
    latest = made[max(made)]
    if len(made) == 1:
        return latest
    own = tuple((line, made[count].ship_by) for line, count in needed.items())
    return replace(latest, by_line=own)


def day_in_zone(moment: datetime, read_in: str | None, calendar: BusinessCalendar) -> datetime:
    """Return when a day begins by a calendar, where an instant was that day's in another zone.

    An instant that is no day's beginning where it was read stays what it is.
    """
    if read_in is None or read_in == calendar.timezone:
        return moment
    local = moment.astimezone(ZoneInfo(read_in))
    return calendar.start_of(local.date()) if local.time() == time() else moment


def is_late(*, ship_by: date | None, units_to_send: int, today: date) -> bool:
    """Whether a parcel's promised day is over and something is still to send (rule 4)."""
    return ship_by is not None and units_to_send > 0 and ship_by < today
