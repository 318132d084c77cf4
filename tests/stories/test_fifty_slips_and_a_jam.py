"""Fifty slips go to the printer; it jams at the seventeenth. None is lost and none comes twice.

The printer's system is a real CUPS of this test's own; the power cut is a real SIGKILL.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import PrintOrder, PrintRun, SpoolState
from jeweler_desk.printing.cups import CupsPrinters, PrinterError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.wiring import build_desk
from tests.builders import BUYER, an_order
from tests.cups import PRINTER, Cups, is_installed, running_cups
from tests.doomed import doomed
from tests.fakes import FixedClock

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has no CUPS, no SIGKILL and no fork"),
    pytest.mark.skipif(not is_installed(), reason="CUPS is not installed"),
]

SLIPS = PaperKind.PACKING_SLIPS
FIFTY = [f"#{2001 + index}" for index in range(50)]


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    with running_cups() as cups:
        yield cups


@pytest.fixture
def cups(server: Cups) -> Cups:
    server.run("cancel", "-a", "-x")
    server.run("cupsenable", PRINTER)
    server.paper.sheets.clear()
    return server


@pytest.fixture
def desk(cups: Cups, tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock()
    with closing(Store(tmp_path / DESK_FILE, now=clock.now)) as store:
        yield build_desk(store, clock, folder=tmp_path, spooler=CupsPrinters(cups.server))


def begin(desk: Desk, numbers: list[str], printer: str = PRINTER) -> int:
    for number in numbers:
        desk.orders.add(an_order(number=number, address=BUYER))
    orders = [desk.orders.find(number) for number in numbers]
    printed = desk.papers.packing_slips_job([each.id for each in orders], "letter")()
    order = PrintOrder(printer, 612, 792, "Packing slip")
    return desk.printing.begin(SLIPS, orders, printed, order)


def turn(desk: Desk, run_id: int) -> PrintRun:
    desk.printing.apply(run_id, desk.printing.go_on_job(run_id)())
    return desk.printing.run(run_id)


def go_on(desk: Desk, run_id: int, papers: int | None = None) -> PrintRun:
    """Go on until that many papers are out, else until the batch is over or stops."""
    run = turn(desk, run_id)
    while not run.is_over and run.state is not SpoolState.STOPPED:
        if papers is not None and run.done >= papers:
            break
        run = turn(desk, run_id)
    return run


def is_known_printed(desk: Desk, numbers: list[str]) -> list[bool]:
    copies = (desk.printing.copies(desk.orders.find(number).id) for number in numbers)
    return [[each.copy for each in found] == [1] for found in copies]


def test_the_printer_jams_at_the_seventeenth_and_goes_on_there(desk: Desk, cups: Cups) -> None:
    run_id = begin(desk, FIFTY)
    assert go_on(desk, run_id, 16).done == 16
    cups.run("cupsdisable", "-r", "paper jam", PRINTER)
    jammed = go_on(desk, run_id)
    assert (jammed.done, jammed.state, jammed.told) == (16, SpoolState.STOPPED, "paper jam")
    leaf = jammed.next_leaf
    assert leaf is not None and leaf.orders == ("#2017",)
    assert is_known_printed(desk, FIFTY) == [True] * 16 + [False] * 34
    cups.run("cupsenable", PRINTER)
    assert go_on(desk, run_id).state is SpoolState.DONE
    cups.paper.wait_for(50)
    assert cups.paper.numbers() == FIFTY, "each once, in packing order"
    assert all(is_known_printed(desk, FIFTY))


def test_a_paper_canceled_at_the_printer_is_printed_when_she_goes_on(
    desk: Desk, cups: Cups
) -> None:
    numbers = FIFTY[:6]
    at = random.Random(17).randrange(1, 5)  # noqa: S311 - a page, no secret
    run_id = begin(desk, numbers)
    go_on(desk, run_id, at)
    cups.run("cupsdisable", "-r", "door open", PRINTER)
    assert go_on(desk, run_id).told == "door open"
    cups.run("cancel", "-a")
    cups.run("cupsenable", PRINTER)
    stopped = go_on(desk, run_id)
    assert (stopped.done, stopped.state) == (at, SpoolState.STOPPED)
    assert go_on(desk, run_id).done == 6
    cups.paper.wait_for(6)
    assert cups.paper.numbers() == numbers


def test_a_printer_that_vanished_leaves_a_doubt_and_she_decides(desk: Desk, cups: Cups) -> None:
    cups.add_printer("Attic", cups.paper.port)
    run_id = begin(desk, FIFTY[:3], "Attic")
    go_on(desk, run_id, 1)
    cups.run("cupsdisable", "-r", "cable", "Attic")
    assert go_on(desk, run_id).state is SpoolState.STOPPED
    cups.run("lpadmin", "-x", "Attic")
    lost = go_on(desk, run_id)
    assert lost.is_doubtful
    assert lost.told == "The printer Attic is not there any more."
    desk.printing.settle(run_id, is_printed=False)
    refused = go_on(desk, run_id)
    assert "did not take it" in refused.told
    desk.printing.apply(run_id, desk.printing.give_up_job(run_id)())
    assert desk.printing.unfinished() == []
    assert is_known_printed(desk, FIFTY[:3]) == [True, False, False]


@pytest.mark.parametrize("is_killed", [False, True], ids=["stopped", "killed"])
def test_the_printing_system_stops_in_the_middle_and_comes_back(
    desk: Desk, cups: Cups, *, is_killed: bool
) -> None:
    numbers = FIFTY[:6]
    run_id = begin(desk, numbers)
    go_on(desk, run_id, 2)
    cups.stop(is_killed=is_killed)
    stopped = go_on(desk, run_id)
    assert (stopped.done, stopped.state) == (2, SpoolState.STOPPED)
    assert stopped.told == "The printing system is not running. Nothing was printed."
    cups.start()
    go_on(desk, run_id, 3)
    cups.run("cupsdisable", "-r", "out of paper", PRINTER)
    assert go_on(desk, run_id).told == "out of paper", "the fourth is with the spooler"
    cups.stop(is_killed=is_killed)
    with pytest.raises(PrinterError, match="does not answer"):
        turn(desk, run_id)
    cups.start()
    cups.run("cupsenable", PRINTER)
    assert go_on(desk, run_id).state is SpoolState.DONE
    cups.paper.wait_for(6)
    assert cups.paper.numbers() == numbers, "each once, in packing order"
    assert all(is_known_printed(desk, numbers))


@pytest.mark.parametrize("seed", range(4))
def test_the_power_goes_while_fifty_slips_print_and_none_comes_twice(
    cups: Cups, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, no secret
    clock = FixedClock()
    with closing(Store(tmp_path / DESK_FILE, now=clock.now)) as store:
        run_id = begin(build_desk(store, clock, folder=tmp_path), FIFTY)
    with doomed() as process:
        for _ in range(3):
            acts = chance.randrange(1, 24)
            later = chance.random() * 0.05
            process.works("print_batch", tmp_path, Path(cups.server), acts=acts, then_seconds=later)
            _she_looks(tmp_path, run_id, cups)
    with closing(Store(tmp_path / DESK_FILE, now=clock.now)) as store:
        desk = build_desk(store, clock, folder=tmp_path, spooler=CupsPrinters(cups.server))
        assert go_on(desk, run_id).state is SpoolState.DONE
        cups.paper.wait_for(50)
        assert cups.paper.numbers() == FIFTY
        assert all(is_known_printed(desk, FIFTY))


def _she_looks(folder: Path, run_id: int, cups: Cups) -> None:
    """Answer the doubt that a power cut leaves as she does: by the paper in the tray."""
    while cups.run("lpstat", "-o").stdout.strip():
        pass
    cups.paper.wait_for(len(cups.run("lpstat", "-W", "completed", "-o").stdout.splitlines()))
    clock = FixedClock()
    with closing(Store(folder / DESK_FILE, now=clock.now)) as store:
        desk = build_desk(store, clock, folder=folder, spooler=CupsPrinters(cups.server))
        run = desk.printing.run(run_id)
        if run.is_doubtful:
            leaf = run.next_leaf
            assert leaf is not None
            is_printed = leaf.orders[0] in cups.paper.numbers()
            desk.printing.settle(run_id, is_printed=is_printed)
