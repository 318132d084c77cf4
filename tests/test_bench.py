"""The bench works: its cheapest rows with next to nothing in them. No time is asserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jeweler_desk.domain.order_view import View
from tests.bench.__main__ import run
from tests.bench.ground import Sizes
from tests.bench.measure import Comparison, Samples, Unit, Verdict
from tests.bench.shops import Shops

TINY = Sizes(orders=30, slips=3, acts=3, messages=20, mailbox=5, turns=1)


def test_every_line_tells_a_ratio_its_target_and_both_raw_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["act"], TINY) == 0
    said = capsys.readouterr().out
    assert re.search(r"^act +ship an order .* [\d.]+ × +≤ 3 × +(met|missed)$", said, re.MULTILINE)
    assert re.search(r"ours [\d.,]+ m?s \(.+\) \| the same rows written bare · [\d.,]+ m?s", said)


def test_a_row_that_breaks_says_so_and_the_others_are_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    without_acts = Sizes(orders=3, acts=0, turns=1)
    assert run(["act", "table"], without_acts) == 1
    said = capsys.readouterr().out
    assert "act      broke" in said
    assert re.search(r"^table +sort 3 orders", said, re.MULTILINE)


def test_a_ratio_is_held_against_its_target_in_the_right_direction() -> None:
    slow, quick = Samples((3.0, 2.0, 2.5)), Samples((1.0, 1.2, 0.8))
    assert Comparison("work", slow, "peer", quick).at_most(2.5).verdict is Verdict.MET
    assert Comparison("work", slow, "peer", quick).at_most(2.4).verdict is Verdict.MISSED
    assert Comparison("work", quick, "peer", slow).times_faster(2.5).verdict is Verdict.MET
    assert Comparison("work", quick, "peer", slow).times_faster(2.6).verdict is Verdict.MISSED
    speeds = [Samples((each,), Unit.PAGES_PER_SECOND) for each in (550.0, 1000.0)]
    assert Comparison("work", speeds[0], "peer", speeds[1]).at_least(0.55).verdict is Verdict.MET
    assert Comparison("work", speeds[0], "peer", speeds[1]).at_least(0.56).verdict is Verdict.MISSED
    assert Comparison("work", slow, "peer", quick).within(50, 2.5).verdict is Verdict.MET
    assert Comparison("work", slow, "peer", quick).within(95, 2.5).verdict is Verdict.MISSED
    assert Comparison("work", slow, "peer", quick).within(95, 0.9).verdict is Verdict.REPORTED
    assert Comparison("work", slow, "peer", quick).reported().verdict is Verdict.REPORTED


def test_a_shop_of_the_bench_is_taken_in_whole(tmp_path: Path) -> None:
    with Shops(tmp_path).opened(400) as desk:
        counts = desk.orders.counts()
    assert counts[View.ALL] == 400
    assert counts[View.SHIPPED] == 340
    assert counts[View.UNPAID] == 6
    assert counts[View.TO_MAKE] == 54
