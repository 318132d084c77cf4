from __future__ import annotations

from datetime import UTC, date, datetime

from jeweler_desk.domain.measure_wording import packing_told
from jeweler_desk.domain.packing_pace import (
    PackingMeasure,
    TimedPacking,
    TimedStep,
    pace,
    packing_weeks,
    slowest_step,
)

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def parcels(*seconds: int) -> list[TimedPacking]:
    return [TimedPacking(NOON, each) for each in seconds]


def test_less_than_five_minutes_is_less_than_five_minutes() -> None:
    found = pace(parcels(200, 299, 300, 410))
    assert (found.parcels, found.under_goal, found.seconds) == (4, 2, 300)
    assert found.share == 0.5
    assert pace([]).share is None


def test_every_week_has_its_median() -> None:
    days = [(date(2026, 10, 4), parcels(100)[0]), (date(2026, 10, 5), parcels(260)[0])]
    old = (date(2025, 1, 1), parcels(900)[0])
    weeks = packing_weeks([*days, old], [date(2026, 9, 28), date(2026, 10, 5)])
    assert [week.pace.seconds for week in weeks] == [100, 260]
    measure = PackingMeasure(pace(parcels(100, 260)), weeks, None)
    assert measure.this_week.seconds == 260
    assert PackingMeasure(pace([]), (), None).this_week.parcels == 0


def test_the_slowest_step_is_named() -> None:
    steps = [TimedStep("card", 70), TimedStep("card", 90), TimedStep("made", 60)]
    slowest = slowest_step(steps)
    assert slowest is not None
    assert (slowest.name, slowest.seconds) == ("Card", 80)
    assert packing_told(pace(parcels(200, 300)), slowest) == (
        "Packing: median 4:10 · 1 of 2 under five minutes · slowest: Card (1:20)"
    )
    assert packing_told(pace(parcels(200)), None).endswith("1 of 1 under five minutes")
    assert packing_told(pace([]), None) == "No parcel was timed."
    assert slowest_step([]) is None


def test_of_two_steps_that_take_as_long_the_first_on_the_bench_is_named() -> None:
    found = slowest_step([TimedStep("sealed", 9), TimedStep("ribbon", 9), TimedStep("made", 9)])
    assert found is not None and found.step == "made"
    other = slowest_step([TimedStep("ribbon", 9)])
    assert other is not None and other.name == "ribbon"
