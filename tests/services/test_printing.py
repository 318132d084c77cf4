"""A batch goes to a printer paper by paper; what came out is known, the rest is gone on with."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from jeweler_desk.domain.order import Gift, RefundChoice
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import (
    PrintChoice,
    PrinterDrift,
    PrintOrder,
    PrintRun,
    Sides,
    SpoolState,
)
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.any_paper import paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import BUYER, a_line, an_order
from tests.fakes import FakePrinter, FixedClock

LASER = PrintOrder("Laser", 612.0, 792.0, "Packing slips")


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def desk(store: Store, tmp_path: Path, printer: FakePrinter) -> Desk:
    made = build_desk(store, FixedClock(), folder=tmp_path, spooler=printer)
    for number in ("#1", "#2", "#3"):
        made.orders.add(an_order(number=number, address=BUYER))
    return made


def begin(desk: Desk, kind: PaperKind = PaperKind.PACKING_SLIPS) -> int:
    orders = [desk.orders.find(number) for number in ("#1", "#2", "#3")]
    ids = [order.id for order in orders]
    job: Callable[[], object] = (
        desk.papers.packing_slips_job(ids)
        if kind is PaperKind.PACKING_SLIPS
        else desk.address_labels.job(ids, "avery-5160")
    )
    return desk.printing.begin(kind, orders, job(), LASER)  # type: ignore[arg-type]  # both return it


def turn(desk: Desk, run_id: int) -> PrintRun:
    desk.printing.apply(run_id, desk.printing.go_on_job(run_id)())
    return desk.printing.run(run_id)


def go_on(desk: Desk, run_id: int) -> PrintRun:
    """Go on until the batch is over or stops."""
    run = turn(desk, run_id)
    while not run.is_over and run.state is not SpoolState.STOPPED:
        run = turn(desk, run_id)
    return run


def copies(desk: Desk, number: str) -> list[int]:
    return [each.copy for each in desk.printing.copies(desk.orders.find(number).id)]


def test_each_slip_of_a_batch_comes_out_once_and_is_known_to_be_out(
    desk: Desk, printer: FakePrinter
) -> None:
    run_id = begin(desk)
    assert desk.printing.copies(desk.orders.find("#1").id) == []
    run = go_on(desk, run_id)
    assert (run.done, run.state) == (3, SpoolState.DONE)
    texts = [_text(each) for each in printer.out]
    assert [["#1" in text, "#2" in text, "#3" in text].index(True) for text in texts] == [0, 1, 2]
    (fact,) = desk.printing.copies(desk.orders.find("#2").id)
    assert (fact.kind, fact.copy, fact.printer) == ("packing-slips", 1, "Laser")
    assert fact.file_hash is not None and len(fact.file_hash) == 64


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_a_jam_stops_the_batch_there_and_going_on_prints_nothing_twice(
    desk: Desk, printer: FakePrinter
) -> None:
    printer.jams_at = {1}
    run_id = begin(desk)
    run = go_on(desk, run_id)
    assert (run.done, run.state, run.told) == (1, SpoolState.STOPPED, "paper jam")
    assert copies(desk, "#1") == [1]
    assert copies(desk, "#2") == []
    assert [each.id for each in desk.printing.unfinished()] == [run_id]
    run = go_on(desk, run_id)
    assert (run.done, run.state) == (3, SpoolState.DONE)
    assert [copies(desk, number) for number in ("#1", "#2", "#3")] == [[1], [1], [1]]
    assert desk.printing.unfinished() == []


def test_a_printer_that_is_gone_leaves_the_batch_to_be_gone_on_with(
    desk: Desk, printer: FakePrinter
) -> None:
    printer.is_gone = True
    run_id = begin(desk)
    run = go_on(desk, run_id)
    assert (run.done, run.state) == (0, SpoolState.STOPPED)
    assert "it is gone" in run.told
    printer.is_gone = False
    assert go_on(desk, run_id).done == 3


def test_a_second_print_is_the_second_copy(desk: Desk) -> None:
    go_on(desk, begin(desk))
    go_on(desk, begin(desk))
    assert copies(desk, "#3") == [1, 2]


def test_a_sheet_of_labels_is_one_paper_of_its_orders(desk: Desk, printer: FakePrinter) -> None:
    run = go_on(desk, begin(desk, PaperKind.LABELS))
    assert run.done == len(printer.out) == 1
    assert [copies(desk, number) for number in ("#1", "#2", "#3")] == [[1], [1], [1]]


def test_a_program_that_ended_while_a_paper_was_handed_over_asks_whether_it_is_out(
    desk: Desk, printer: FakePrinter
) -> None:
    run_id = begin(desk)
    desk.printing.go_on_job(run_id)  # and the power goes
    assert desk.printing.run(run_id).is_doubtful
    with pytest.raises(RefusedError, match="Look whether it is out"):
        desk.printing.go_on_job(run_id)
    desk.printing.settle(run_id, is_printed=True)
    assert copies(desk, "#1") == [1]
    assert go_on(desk, run_id).done == 3
    assert len(printer.out) == 2, "the first was out already"


def test_a_paper_that_was_not_out_after_all_is_printed(desk: Desk, printer: FakePrinter) -> None:
    run_id = begin(desk)
    desk.printing.go_on_job(run_id)
    desk.printing.settle(run_id, is_printed=False)
    assert go_on(desk, run_id).done == 3
    assert len(printer.out) == 3


def test_a_batch_that_is_given_up_prints_no_more(desk: Desk, printer: FakePrinter) -> None:
    run_id = begin(desk)
    turn(desk, run_id)
    desk.printing.apply(run_id, desk.printing.give_up_job(run_id)())
    run = desk.printing.run(run_id)
    assert run.is_over and run.state is SpoolState.CANCELED
    assert len(printer.out) == 1
    assert desk.printing.unfinished() == []


def test_an_order_that_changes_while_its_slip_prints_makes_it_out_of_date(desk: Desk) -> None:
    lines = a_line("Rain Ring", "64.00"), a_line("Cuff", "30.00")
    order_id, _ = desk.orders.add(an_order(*lines, number="#9", gift=Gift.NO))
    order = desk.orders.get(order_id)
    printed = desk.papers.packing_slips_job([order_id])()
    run_id = desk.printing.begin(PaperKind.PACKING_SLIPS, [order], printed, LASER)
    wish = RefundWish("cracked", {order.line_items[0].id: 1}, choice=RefundChoice.DO_NOT_SEND)
    desk.refunds.grant(order_id, wish)
    go_on(desk, run_id)
    (stale,) = desk.printed_papers.stale(desk.orders.get(order_id))
    assert stale.sentence == "packing slip out of date, reprint: the order changed"


@pytest.mark.parametrize("to_a_printer", [True, False])
def test_an_order_that_changes_behind_an_open_look_makes_its_slip_out_of_date(
    desk: Desk, *, to_a_printer: bool
) -> None:
    lines = a_line("Rain Ring", "64.00"), a_line("Cuff", "30.00")
    order_id, _ = desk.orders.add(an_order(*lines, number="#9", gift=Gift.NO))
    order = desk.orders.get(order_id)
    looked_at = paper_job(desk, PaperKind.PACKING_SLIPS, [order_id])()
    wish = RefundWish("cracked", {order.line_items[0].id: 1}, choice=RefundChoice.DO_NOT_SEND)
    desk.refunds.grant(order_id, wish)
    changed = desk.orders.get(order_id)
    if to_a_printer:
        go_on(desk, desk.printing.begin(PaperKind.PACKING_SLIPS, [changed], looked_at, LASER))
    else:
        desk.papers.record_printed([order_id], looked_at, PaperKind.PACKING_SLIPS)
    (stale,) = desk.printed_papers.stale(changed)
    assert stale.sentence == "packing slip out of date, reprint: the order changed"


def test_a_file_that_was_changed_or_is_gone_is_not_printed(desk: Desk, tmp_path: Path) -> None:
    run_id = begin(desk)
    (file,) = (tmp_path / "papers").glob("*.pdf")
    file.write_bytes(b"%PDF-1.4 something else")
    assert "was changed" in go_on(desk, run_id).told
    file.unlink()
    assert "is gone" in go_on(desk, run_id).told


def test_printer_stock_and_copies_are_remembered_for_each_kind_of_paper(desk: Desk) -> None:
    chosen = PrintChoice("Laser", "a4", 2, Sides.LONG_EDGE)
    desk.printing.keep_choice("cards", chosen)
    assert desk.printing.choice("cards") == chosen
    assert desk.printing.choice("labels") == PrintChoice()
    assert [each.name for each in desk.printing.printers_job()()] == ["Laser"]


def test_a_printers_drift_is_remembered_for_each_stock(desk: Desk) -> None:
    drift = PrinterDrift(1.5, -0.5, 1.01, 0.99)
    desk.printing.keep_drift("Laser", "l7160", drift)
    assert desk.printing.drift("Laser", "l7160") == drift
    assert desk.printing.drift("Laser", "l7163") == PrinterDrift()


def test_an_unknown_batch_is_told_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="no print run 77"):
        desk.printing.run(77)


def test_a_desk_without_a_folder_keeps_no_papers(store: Store, printer: FakePrinter) -> None:
    made = build_desk(store, FixedClock(), spooler=printer)
    made.orders.add(an_order(number="#1", address=BUYER))
    order = made.orders.find("#1")
    printed = made.papers.packing_slips_job([order.id])()
    with pytest.raises(RefusedError, match="keeps no papers"):
        made.printing.begin("packing-slips", [order], printed, LASER)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_full_disk_is_told_and_leaves_no_half_file(
    desk: Desk, tmp_path: Path, printer: FakePrinter
) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    orders = [desk.orders.find("#1")]
    printed = desk.papers.packing_slips_job([orders[0].id])()
    large = replace(printed, pdf=printed.pdf + b"%" * 40_000_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, limits[1]))
    try:
        with pytest.raises(RefusedError, match="cannot be kept in the desk"):
            desk.printing.begin(PaperKind.PACKING_SLIPS, orders, large, LASER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list((tmp_path / "papers").iterdir()) == []
    assert desk.printing.unfinished() == []
    assert printer.out == []


def test_the_pages_of_a_paper_are_moved_against_the_printers_drift(
    desk: Desk, printer: FakePrinter
) -> None:
    order = desk.orders.find("#1")
    printed = desk.papers.packing_slips_job([order.id])()
    desk.printing.keep_drift("Laser", "letter", PrinterDrift(5.0, -3.0, 1.0, 1.0))
    go_on(desk, desk.printing.begin(PaperKind.PACKING_SLIPS, [order], printed, LASER))
    on_laser = PrintChoice("Laser", "letter")
    made = paper_job(desk, PaperKind.PACKING_SLIPS, [order.id], on_laser)()
    assert paper_job(desk, PaperKind.PACKING_SLIPS, [order.id], on_laser)().pdf == made.pdf
    assert b"/PrintScaling" in made.pdf and b"/None" in made.pdf
    go_on(desk, desk.printing.begin(PaperKind.PACKING_SLIPS, [order], made, LASER))
    straight, moved = (_first_ink(each) for each in printer.out)
    assert moved[0] - straight[0] == pytest.approx(5.0 * 4 * 72 / 25.4, abs=2)
    assert moved[1] - straight[1] == pytest.approx(3.0 * 4 * 72 / 25.4, abs=2)
    assert _text(printer.out[0]) == _text(printer.out[1])


def _first_ink(pdf: bytes) -> tuple[int, int]:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("L")
    box = page.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return box[0], box[1]


def test_a_drift_that_cannot_be_right_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="at most 10 mm off, not 40 mm"):
        desk.printing.keep_drift("Laser", "l7160", PrinterDrift(40.0))
    with pytest.raises(RefusedError, match="at most 5 % too large or small"):
        desk.printing.keep_drift("Laser", "l7160", PrinterDrift(sx=1.2))


def test_every_print_of_an_order_is_told_and_one_out_of_date_says_so(desk: Desk) -> None:
    order = desk.orders.find("#2")
    for kind in (PaperKind.PACKING_SLIPS, PaperKind.LABELS, PaperKind.CUSTOMS, PaperKind.LETTERS):
        desk.printed_papers.note([order], kind)
    go_on(desk, begin(desk))
    prints = desk.printing.prints(order)
    assert [(each.kind, each.copy, each.printer, each.is_out_of_date) for each in prints] == [
        ("packing-slips", 1, None, False),
        ("labels", 1, None, False),
        ("customs", 1, None, False),
        ("letters", 1, None, False),
        ("packing-slips", 2, "Laser", False),
    ]
    moved = replace(order, address=replace(BUYER, address1="4 Harbor Street"))
    late = [each.is_out_of_date for each in desk.printing.prints(moved)]
    assert late == [True, True, True, False, True], "her letter’s own words stay true"
    wish = RefundWish("gone", {order.line_items[0].id: 1}, choice=RefundChoice.DO_NOT_SEND)
    desk.refunds.grant(order.id, wish)
    gone = desk.orders.get(order.id)
    assert not any(each.is_out_of_date for each in desk.printing.prints(gone)), "nothing is to send"
