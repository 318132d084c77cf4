"""One line of the bench: two things measured in turns in one run, their ratio and a verdict."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from time import perf_counter

MILLION = 1e6
PATIENCE_SECONDS = 20.0


class Unit(StrEnum):
    """What a figure counts; of the speeds more is better, of the others less."""

    SECONDS = "s"
    BYTES = "B"
    PAGES_PER_SECOND = "pages/s"


class Verdict(StrEnum):
    """What became of a target."""

    MET = "met"
    MISSED = "missed"
    REPORTED = "reported"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Samples:
    """The figures of one side, one per turn."""

    values: tuple[float, ...]
    unit: Unit = Unit.SECONDS

    @property
    def median(self) -> float:
        return median(self.values)

    def percentile(self, percent: float) -> float:
        """Return the figure that so many percent of the figures do not exceed."""
        ranked = sorted(self.values)
        return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]

    def told(self) -> str:
        """Write the median with the least and the most, as 0.31 s (0.29–0.35)."""
        scale, unit = _scale(self.median, self.unit)
        low, high = (_figure(each * scale) for each in (min(self.values), max(self.values)))
        return f"{_figure(self.median * scale)} {unit} ({low}–{high})"

    def at(self, percent: float) -> str:
        """Write a percentile with its median, as p95 1.9 ms (median 0.7)."""
        value = self.percentile(percent)
        scale, unit = _scale(value, self.unit)
        typical = _figure(self.median * scale)
        return f"p{percent:g} {_figure(value * scale)} {unit} (median {typical})"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is printed: what, the two raw figures, their ratio, the target."""

    work: str
    ours: str
    against: str
    theirs: str
    ratio: float | None
    target: str
    verdict: Verdict

    def told(self) -> str:
        """Write the line in two rows, for people."""
        ratio = "" if self.ratio is None else f"{_figure(self.ratio)} ×"
        figures = f"ours {self.ours}" if self.ours else ""
        peer = " · ".join(each for each in (self.against, self.theirs) if each)
        second = " | ".join(each for each in (figures, peer) if each)
        return f"{self.work:<58} {ratio:>9}  {self.target:<22} {self.verdict}\n    {second}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours beside theirs; the methods hold the ratio of the medians against a target."""

    work: str
    ours: Samples
    against: str
    theirs: Samples

    @property
    def ratio(self) -> float:
        return self.ours.median / self.theirs.median

    def at_most(self, limit: float) -> Line:
        """Less is better: ours may be so many times theirs."""
        return self._line(f"≤ {limit:g} ×", is_met=self.ratio <= limit)

    def at_least(self, limit: float) -> Line:
        """More is better: ours is so many times theirs."""
        return self._line(f"≥ {limit:g} ×", is_met=self.ratio >= limit)

    def times_faster(self, limit: float) -> Line:
        """Less is better: theirs is so many times ours."""
        return self._line(f"≤ {1 / limit:g} ×", is_met=self.ratio <= 1 / limit)

    def reported(self, target: str = "no target") -> Line:
        """State the ratio only."""
        return self._line(target, is_met=None)

    def within(self, percent: float, limit: float) -> Line:
        """Hold a percentile of ours against so many seconds.

        Where the floor itself takes longer, this machine is too busy to judge: it is reported.
        """
        target = f"p{percent:g} ≤ {limit * 1000:g} ms"
        verdict = Verdict.MET if self.ours.percentile(percent) <= limit else Verdict.MISSED
        if verdict is Verdict.MISSED and self.theirs.percentile(percent) > limit:
            verdict = Verdict.REPORTED
        return Line(
            self.work,
            self.ours.at(percent),
            self.against,
            self.theirs.at(percent),
            self.ratio,
            target,
            verdict,
        )

    def _line(self, target: str, *, is_met: bool | None) -> Line:
        verdict = Verdict.REPORTED
        if is_met is not None:
            verdict = Verdict.MET if is_met else Verdict.MISSED
        return Line(
            self.work,
            self.ours.told(),
            self.against,
            self.theirs.told(),
            self.ratio,
            target,
            verdict,
        )


def not_measured(work: str, why: str) -> Line:
    """Say that a line could not be measured here, and why."""
    return Line(work, "", why, "", None, "", Verdict.NOT_MEASURED)


def lap(work: Callable[[], object]) -> float:
    """Return how many seconds one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turns(
    turns: int,
    *sides: Callable[[], float],
    unit: Unit = Unit.SECONDS,
    patience: float = PATIENCE_SECONDS,
) -> tuple[Samples, ...]:
    """Measure all sides once per turn, so that a busy moment of the machine touches them all.

    No new turn is begun after ``patience`` seconds.
    """
    figures: tuple[list[float], ...] = tuple([] for _ in sides)
    began = perf_counter()
    for _ in range(turns):
        for kept, side in zip(figures, sides, strict=True):
            kept.append(side())
        if perf_counter() - began > patience:
            break
    return tuple(Samples(tuple(kept), unit) for kept in figures)


def _scale(value: float, unit: Unit) -> tuple[float, str]:
    if unit is Unit.BYTES:
        return 1 / MILLION, "MB"
    if unit is Unit.SECONDS and value < 0.1:
        return 1000, "ms"
    return 1, unit


def _figure(value: float) -> str:
    """Write a figure with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.01 else f"{value:.4f}"
