"""The power goes out while she packs: what the desk said is done stays done, and nothing is half.

The process is real, killed with SIGKILL at ever other moments in the midst of writing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order import FulfillmentStatus
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order
from tests.doomed import Doomed, doomed
from tests.fakes import FixedClock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL and no fork")

POWER_CUTS = 60
IMPORTS = 15
ROWS = 120
ACT_SECONDS = 0.004

HEADINGS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name"
)
STATES = {"packed": FulfillmentStatus.PACKED, "shipped": FulfillmentStatus.SHIPPED}


@pytest.fixture
def process() -> Iterator[Doomed]:
    with doomed() as process:
        yield process


def states(desk: Desk) -> dict[str, FulfillmentStatus]:
    return {each.number: each.fulfillment_status for each in desk.orders.list(View.ALL)}


def test_every_parcel_she_saw_packed_is_packed_after_every_power_cut(
    tmp_path: Path, process: Doomed
) -> None:
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        for number in range(1000, 1140):
            desk.orders.add(an_order(a_line(quantity=2), a_line("Moon"), number=f"#{number}"))
            found = desk.orders.find(f"#{number}")
            desk.fulfillment.set_stage(found.id, found.line_items[0].stage.READY)
        expected = states(desk)
    for turn in range(POWER_CUTS):
        said = process.works(
            "pack_and_ship",
            tmp_path,
            acts=1 + turn % 6,
            then_seconds=turn / POWER_CUTS * ACT_SECONDS,
        )
        for act in said:
            done, parcel = act.split()
            expected[parcel] = STATES[done]
        with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
            found_now = states(desk)
            assert is_sound(desk.checking.check())
        unsaid = {number for number, state in found_now.items() if state != expected[number]}
        assert len(unsaid) <= 1, "only the act under way may be done without having been said"
        expected = found_now


def test_after_a_power_cut_she_can_still_take_the_last_step_back(
    tmp_path: Path, process: Doomed
) -> None:
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        for number in range(1000, 1010):
            desk.orders.add(an_order(number=f"#{number}"))
    process.works("own", tmp_path, acts=1)
    with opened_desk(tmp_path, FixedClock(), is_writing=True) as desk:
        moved = desk.history.undo()
        assert moved is not None and moved.label == "Enter order #1009"
        assert "#1009" not in states(desk)


def test_an_import_is_there_whole_or_not_at_all(tmp_path: Path, process: Doomed) -> None:
    rows = [
        f"#{number},buyer@example.com,paid,2026-10-01 09:00:00 -0400,unfulfilled,USD,40.00,0.00,"
        f"0.00,40.00,2026-10-01 09:00:00 -0400,1,Silver Ring,40.00,SR-1,Hannah Lindqvist"
        for number in range(2000, 2000 + ROWS)
    ]
    file = tmp_path / "orders.csv"
    file.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    counts = set()
    for turn in range(IMPORTS):
        folder = tmp_path / f"desk-{turn}"
        process.works("import_files", folder, file, acts=1, then_seconds=turn / IMPORTS / 2)
        with opened_desk(folder, FixedClock(), is_writing=True) as desk:
            assert is_sound(desk.checking.check())
            counts.add(len(states(desk)))
    assert 0 in counts
    assert counts <= {0, ROWS}
