"""Windows prints each page at its exact size: seen on the PDF that Qt's own printer makes."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import ImageChops, ImageFilter
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from jeweler_desk.documents.label_stock import LABEL_STOCKS, LabelStock
from jeweler_desk.documents.ruler_page import render_ruler_page
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.domain.print_job import PrintOrder, Sides, SpoolState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.printing.cups import CupsPrinters
from jeweler_desk.ui.windows_printers import WindowsPrinters, set_up
from jeweler_desk.wiring import system_printers

FLAT = ("letter", "a4", "a5", "iso-a6", "iso-a7", "us-a2", "us-a6", "us-a7", "4bar")
TWELVE = {
    **{name: (STOCKS[name].width, STOCKS[name].height) for name in FLAT},
    **{
        name: (LABEL_STOCKS[name].page.width, LABEL_STOCKS[name].page.height)
        for name in ("4x6", "100x150", "62mm")
    },
}
DOTS = 600
MILLIMETER = DOTS / 25.4


def printer_into(file: Path, dots: int = DOTS) -> Callable[[PrintOrder], QPrinter]:
    numbers = count()

    def make(order: PrintOrder) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        number = next(numbers)
        printer.setOutputFileName(str(file.with_stem(f"{file.stem}{number or ''}")))
        printer.setResolution(dots)
        set_up(printer, order)
        return printer

    return make


def rulers(name: str) -> bytes:
    stock = STOCKS.get(name)
    return render_ruler_page(
        LabelStock(stock, stock.width, stock.height) if stock else LABEL_STOCKS[name]
    )


def ink(pdf: bytes | Path) -> Any:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=DOTS / 72).to_pil().convert("L")
    return page.point(lambda value: 255 if value < 128 else 0)


@pytest.mark.parametrize("name", TWELVE)
def test_a_printer_is_asked_for_exactly_the_stocks_size(name: str, qtbot: QtBot) -> None:
    del qtbot
    width, height = TWELVE[name]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    order = PrintOrder("Laser", width, height, "Card", copies=2, sides=Sides.SHORT_EDGE)
    set_up(printer, order)
    size = printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    assert size.width() == pytest.approx(width / 72 * 25.4, abs=0.01)
    assert size.height() == pytest.approx(height / 72 * 25.4, abs=0.01)
    assert printer.fullPage()
    margins = printer.pageLayout().margins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (0, 0, 0, 0)
    assert printer.copyCount() == 2


@pytest.mark.parametrize("name", ["4bar", "62mm"])
def test_what_is_printed_stands_where_the_file_has_it(
    name: str, tmp_path: Path, qtbot: QtBot
) -> None:
    del qtbot
    width, height = TWELVE[name]
    pdf, out = rulers(name), tmp_path / "out.pdf"
    printers = WindowsPrinters(printer_into(out))
    job = printers.send(pdf, PrintOrder("Laser", width, height, "Test page"))
    assert printers.state(job).state is SpoolState.DONE
    wanted, printed = ink(pdf), ink(out)
    # The upright bar, the words and the last ruler's ticks: measured on middles of their ink.
    for share in (0.3, 0.5, 0.75):
        row = round(wanted.height * share)
        strip = (0, row, round(16 * MILLIMETER), row + round(9 * MILLIMETER))
        before, after = wanted.crop(strip).getbbox(), printed.crop(strip).getbbox()
        assert before is not None and after is not None
        off = [abs(one - other) / MILLIMETER for one, other in zip(before, after, strict=True)]
        assert max(off) <= 0.2


def test_a_paper_of_two_pages_comes_out_with_both(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    page = pypdfium2.PdfDocument(rulers("us-a7"))
    page.import_pages(pypdfium2.PdfDocument(rulers("us-a7")))
    both = tmp_path / "both.pdf"
    page.save(both)
    width, height = TWELVE["us-a7"]
    out = tmp_path / "out.pdf"
    printers = WindowsPrinters(printer_into(out))
    printers.send(both.read_bytes(), PrintOrder("Laser", width, height, "Card"))
    printed = pypdfium2.PdfDocument(out)
    assert len(printed) == 2
    printers.cancel("Laser-1")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_is_gone_or_takes_nothing_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    order = PrintOrder("Nowhere", *TWELVE["4x6"], "Label")
    with pytest.raises(RefusedError, match="“Nowhere” is not there any more"):
        WindowsPrinters().send(rulers("4x6"), order)
    unwritable = printer_into(tmp_path / "no folder" / "out.pdf")
    with pytest.raises(RefusedError, match="took nothing"):
        WindowsPrinters(unwritable).send(rulers("4x6"), order)
    assert isinstance(WindowsPrinters().printers(), tuple)


def test_each_system_prints_its_own_way() -> None:
    assert isinstance(system_printers("win32"), WindowsPrinters)
    assert isinstance(system_printers("linux"), CupsPrinters)
    assert isinstance(system_printers("darwin"), CupsPrinters)


def pages_of(*names: str) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for name in names:
        whole.import_pages(pypdfium2.PdfDocument(rulers(name)))
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def sheet(pdf: bytes | Path, page: int, dots: int = 200) -> Any:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dots / 72, grayscale=True).to_pil()


@pytest.mark.parametrize("name", TWELVE)
def test_the_whole_page_comes_out_as_the_file_has_it_at_its_exact_size(
    name: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """Only the driver is left out: no margin, no shrinking, no dot on another place."""
    del qtbot
    width, height = TWELVE[name]
    pdf, out = rulers(name), tmp_path / "out.pdf"
    WindowsPrinters(printer_into(out, dots=300)).send(pdf, PrintOrder("Laser", width, height, "T"))
    printed = pypdfium2.PdfDocument(out)
    assert printed.get_page_size(0) == pytest.approx((width, height), abs=0.5)
    wanted, found = sheet(pdf, 0), sheet(out, 0)
    found = found.crop((0, 0, *wanted.size))
    # A dot of the printer is no dot of this picture: an edge may lie one dot beside itself.
    near = found.filter(ImageFilter.MinFilter(3)), found.filter(ImageFilter.MaxFilter(3))
    lost = ImageChops.subtract(near[0], wanted).point(lambda value: 255 if value > 128 else 0)
    added = ImageChops.subtract(wanted, near[1]).point(lambda value: 255 if value > 128 else 0)
    edge = (3, 3, wanted.width - 3, wanted.height - 3)
    for strange in (lost, added):
        assert strange.crop(edge).histogram()[255] <= 0.0002 * wanted.width * wanted.height


def test_copies_come_out_one_whole_paper_after_the_other_where_the_printer_makes_none(
    tmp_path: Path, qtbot: QtBot
) -> None:
    del qtbot
    width, height = TWELVE["us-a7"]
    both, out = pages_of("us-a7", "iso-a7"), tmp_path / "out.pdf"
    order = PrintOrder("Laser", width, height, "Card", copies=3)
    WindowsPrinters(printer_into(out, dots=100)).send(both, order)
    printed = pypdfium2.PdfDocument(out)
    assert len(printed) == 6
    inks = [sheet(out, page, 50).histogram()[0] for page in range(6)]
    assert inks[:2] * 3 == inks and inks[0] != inks[1]
