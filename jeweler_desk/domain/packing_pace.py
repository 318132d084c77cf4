"""How long packing takes: the median by week, the share under five minutes, the slowest step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Final

from jeweler_desk.domain.mailing import monday_of

GOAL_SECONDS: Final = 300
STEP_NAMES: Final[Mapping[str, str]] = {
    "made": "Made right",
    "packed": "Packed right",
    "card": "Card",
    "slip": "Slip inside",
    "sealed": "Mailer sealed",
}


@dataclass(frozen=True, slots=True)
class TimedPacking:
    """One closed parcel whose time was taken; ``packed_at`` is an aware instant."""

    packed_at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class TimedStep:
    """One step of a parcel that was timed."""

    step: str
    seconds: int


@dataclass(frozen=True, slots=True)
class SlowestStep:
    """The step that takes longest, by its median."""

    step: str
    seconds: int

    @property
    def name(self) -> str:
        """What the step is called on the bench."""
        return STEP_NAMES.get(self.step, self.step)


@dataclass(frozen=True, slots=True)
class Pace:
    """Several parcels together; ``seconds`` is their median, None where there are none."""

    parcels: int
    under_goal: int
    seconds: int | None

    @property
    def share(self) -> float | None:
        """The part of them that took less than five minutes, None where there are none."""
        return self.under_goal / self.parcels if self.parcels else None


@dataclass(frozen=True, slots=True)
class PackingWeek:
    """One week, by its Monday."""

    monday: date
    pace: Pace


@dataclass(frozen=True, slots=True)
class PackingMeasure:
    """What the bench is told: all of it, week by week, and the step that takes longest."""

    pace: Pace
    weeks: tuple[PackingWeek, ...]
    slowest: SlowestStep | None

    @property
    def this_week(self) -> Pace:
        """The pace of the last week in the list."""
        return self.weeks[-1].pace if self.weeks else self.pace


def pace(parcels: Sequence[TimedPacking]) -> Pace:
    """Sum parcels up; the goal is less than five minutes each."""
    seconds = [each.seconds for each in parcels]
    middle = round(median(seconds)) if seconds else None
    return Pace(len(parcels), sum(each < GOAL_SECONDS for each in seconds), middle)


def packing_weeks(
    parcels: Iterable[tuple[date, TimedPacking]], mondays: Sequence[date]
) -> tuple[PackingWeek, ...]:
    """Sum parcels up by week; each comes with its day at the shop."""
    weeks: dict[date, list[TimedPacking]] = {monday: [] for monday in mondays}
    for day, parcel in parcels:
        monday = monday_of(day)
        if monday in weeks:
            weeks[monday].append(parcel)
    return tuple(PackingWeek(monday, pace(found)) for monday, found in weeks.items())


def slowest_step(steps: Iterable[TimedStep]) -> SlowestStep | None:
    """Return the step with the greatest median; of equals the one that comes first on the bench."""
    seconds: dict[str, list[int]] = defaultdict(list)
    for each in steps:
        seconds[each.step].append(each.seconds)
    order = list(STEP_NAMES)
    places = {step: order.index(step) if step in order else len(order) for step in seconds}
    if not seconds:
        return None
    found = max(seconds, key=lambda step: (median(seconds[step]), -places[step]))
    return SlowestStep(found, round(median(seconds[found])))
