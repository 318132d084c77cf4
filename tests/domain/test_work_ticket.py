"""The work ticket: the pieces still to pack, and the stages that are behind each."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.order import Stage
from jeweler_desk.domain.stages import Stages
from jeweler_desk.domain.work_ticket import work_ticket
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.fakes import FixedClock

STAGES = Stages(("to do", "casting", "setting", "done"))


@pytest.mark.parametrize(
    ("stage", "name", "behind"),
    [
        (Stage.TO_MAKE, None, []),
        (Stage.MAKING, "casting", []),
        (Stage.MAKING, "setting", ["casting"]),
        (Stage.READY, None, ["casting", "setting", "done"]),
    ],
)
def test_the_stages_behind_a_piece_are_ticked(
    store: Store, clock: FixedClock, stage: Stage, name: str | None, behind: list[str]
) -> None:
    desk = build_desk(store, clock)
    line = a_line(stage=stage, stage_name=name)
    order = desk.orders.get(desk.orders.add(an_order(line))[0])
    (piece,) = work_ticket(order, "", STAGES).pieces
    assert [told for told, is_behind in piece.stages if is_behind] == behind
    assert [told for told, _ in piece.stages] == ["casting", "setting", "done"]
