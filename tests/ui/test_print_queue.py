"""Batches on their way: two at once, one stopped, the window closed in the midst of one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.print_job import PrintOrder, Spooled, SpoolState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import JobRunner
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.wiring import build_desk
from tests.builders import BUYER, an_order
from tests.fakes import FakePrinter, FixedClock


class SlowPrinter(FakePrinter):
    """A printer that takes a paper only once the test lets it."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.is_asked = threading.Event()
        self.may_take = threading.Event()
        self.is_silent = False
        self.waits: set[str] = set()

    def send(self, pdf: bytes, order: PrintOrder) -> str:
        """Wait, then print."""
        self.is_asked.set()
        assert self.may_take.wait(20)
        return super().send(pdf, order)

    def state(self, job: str) -> Spooled:
        """Tell, unless the printing system is silent or the printer waits."""
        if self.is_silent:
            raise RefusedError("The printing system does not answer; look at the printer.")
        if job.rpartition("-")[0] in self.waits:
            return Spooled(SpoolState.PRINTING)
        return super().state(job)


@pytest.fixture
def printer() -> SlowPrinter:
    return SlowPrinter("Laser", "Zebra")


@pytest.fixture
def desk(store: Store, clock: FixedClock, tmp_path: Path, printer: SlowPrinter) -> Desk:
    desk = build_desk(store, clock, folder=tmp_path / "desk", spooler=printer)
    for number in ("#1", "#2", "#3", "#4"):
        desk.orders.add(an_order(number=number, address=BUYER))
    return desk


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, look: Appearance, printer: SlowPrinter
) -> Iterator[MainWindow]:
    window = MainWindow(desk, look, JobRunner(), open_outside=lambda _url: True)
    qtbot.addWidget(window)
    window.show()
    yield window
    printer.may_take.set()
    window.close()


def order_id(desk: Desk, number: str) -> OrderId:
    return desk.orders.find(number).id


def begin(window: MainWindow, desk: Desk, *numbers: str, printer: str = "Laser") -> int:
    orders = [desk.orders.find(number) for number in numbers]
    printed = desk.papers.packing_slips_job([each.id for each in orders])()
    order = PrintOrder(printer, 612, 792, "Packing slip")
    run_id = desk.printing.begin("packing-slips", orders, printed, order)
    window.tray.queue.begin(run_id)
    return run_id


def copies(desk: Desk, number: str) -> int:
    return len(desk.printing.copies(order_id(desk, number)))


def until(qtbot: QtBot, window: MainWindow, is_reached: Callable[[], bool]) -> None:
    """Take turns until something is so."""

    def turned() -> bool:
        window.tray.queue.turn()
        return is_reached()

    qtbot.waitUntil(turned)


def banner(window: MainWindow, run_id: int) -> str:
    return window.notices.banners().get(f"print.run.{run_id}", "")


def test_two_batches_at_once_do_not_wait_for_each_others_printer(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    printer.may_take.set()
    printer.waits = {"Laser"}
    slow = begin(window, desk, "#1", "#2")
    quick = begin(window, desk, "#3", "#4", printer="Zebra")
    until(qtbot, window, lambda: desk.printing.run(quick).is_over)
    assert desk.printing.run(slow).done == 0
    printer.waits = set()
    until(qtbot, window, lambda: desk.printing.run(slow).is_over)
    assert [copies(desk, number) for number in ("#1", "#2", "#3", "#4")] == [1, 1, 1, 1]
    assert len(printer.out) == 4


def test_two_batches_for_one_printer_come_out_one_after_the_other(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    printer.may_take.set()
    first, second = begin(window, desk, "#1", "#2"), begin(window, desk, "#3", "#4")
    seen: list[tuple[int, int]] = []

    def is_over() -> bool:
        window.tray.queue.turn()
        seen.append((desk.printing.run(first).done, desk.printing.run(second).done))
        return desk.printing.run(second).is_over

    qtbot.waitUntil(is_over)
    assert all(one == 2 or other == 0 for one, other in seen)


def test_stop_while_a_paper_is_handed_over_takes_it_back(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    run_id = begin(window, desk, "#1", "#2", "#3")
    assert printer.is_asked.wait(5)
    window.tray.queue.give_up(run_id)
    assert desk.printing.unfinished() != [], "the paper is still being handed over"
    printer.may_take.set()
    qtbot.waitUntil(lambda: desk.printing.unfinished() == [])
    assert desk.printing.run(run_id).state is SpoolState.CANCELED
    assert len(printer.out) == 1
    assert window.tray.queue.running == ()
    qtbot.waitUntil(lambda: window.notices.last_words == "Stopped; 3 papers not printed.")


def test_progress_is_told_with_a_stop(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    printer.may_take.set()
    printer.waits = {"Laser"}
    run_id = begin(window, desk, "#1", "#2")
    wanted = "Printing: 0 of 2 packing slips out."
    until(qtbot, window, lambda: banner(window, run_id) == wanted)


def test_a_silent_printing_system_lets_the_batch_rest_and_she_goes_on(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    printer.may_take.set()
    printer.is_silent = True
    run_id = begin(window, desk, "#1", "#2")
    queue = window.tray.queue
    until(qtbot, window, lambda: "does not answer" in banner(window, run_id))
    assert queue.running == ()
    printer.is_silent = False
    queue.begin(run_id)
    until(qtbot, window, lambda: desk.printing.run(run_id).is_over)
    assert len(printer.out) == 2, "the paper that was with the printer is not sent again"


def test_the_window_closed_while_a_batch_prints_loses_and_doubles_nothing(
    window: MainWindow, desk: Desk, printer: SlowPrinter, look: Appearance, qtbot: QtBot
) -> None:
    run_id = begin(window, desk, "#1", "#2", "#3")
    assert printer.is_asked.wait(5)
    threading.Timer(0.2, printer.may_take.set).start()
    window.close()
    run = desk.printing.run(run_id)
    assert not run.is_doubtful, "what was handed over while the window closed is known"
    assert (run.done, len(printer.out)) == (0, 1)
    again = MainWindow(desk, look, JobRunner(), open_outside=lambda _url: True)
    qtbot.addWidget(again)
    again.tray.queue.offer_unfinished()
    assert "Printing stopped before the packing slip of #1." in banner(again, run_id)
    again.tray.queue.begin(run_id)
    until(qtbot, again, lambda: desk.printing.run(run_id).is_over)
    assert len(printer.out) == 3
    assert [copies(desk, number) for number in ("#1", "#2", "#3")] == [1, 1, 1]
    again.close()


def test_papers_are_those_of_the_stock_chosen_last_however_fast_it_is_changed(
    window: MainWindow, desk: Desk, printer: SlowPrinter, qtbot: QtBot
) -> None:
    printer.may_take.set()
    window.tray.look([order_id(desk, "#1")])
    papers = window.tray.looking
    assert papers is not None
    for stock in ("a4", "letter", "a5"):
        papers.stock.setCurrentIndex(papers.stock.findData(stock))
    assert not papers.print_button.isEnabled(), "the papers asked for last are not made yet"
    qtbot.waitUntil(papers.print_button.isEnabled)
    assert papers._view is not None
    assert papers._view.sizes[0] == pytest.approx((419.53, 595.28), abs=0.01)
    papers.reject()
