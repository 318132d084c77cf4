"""Printers of Windows: each page is drawn at the printer's own dots, at exactly its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.print_job import Printer, PrintOrder, Sides, Spooled, SpoolState
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.paper_view import bands_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtPrintSupport import QPrinter

    from jeweler_desk.services.paper_view import Band

_MOST_DOTS: Final = 600
_INCH_POINTS: Final = 72.0


def qt_printer(order: PrintOrder) -> QPrinter:
    """Return the system's printer set to an order: full page, no margins, the exact size.

    Raises `RefusedError` where there is no such printer.
    """
    from PySide6.QtPrintSupport import (  # noqa: PLC0415 - only when something is printed
        QPrinter,
        QPrinterInfo,
    )

    info = QPrinterInfo.printerInfo(order.printer)
    if info.isNull():
        raise RefusedError(
            f"The printer “{order.printer}” is not there any more. Nothing was printed."
        )
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    set_up(printer, order)
    return printer


def set_up(printer: QPrinter, order: PrintOrder) -> None:
    """Set a printer to an order's page; the size is never guessed to be a similar one."""
    from PySide6.QtCore import QMarginsF, QSizeF  # noqa: PLC0415 - likewise
    from PySide6.QtGui import QPageLayout, QPageSize  # noqa: PLC0415 - likewise
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - likewise

    millimeters = QSizeF(order.width / _INCH_POINTS * 25.4, order.height / _INCH_POINTS * 25.4)
    # Half a point off, Qt would take a 3½ × 4⅞ inch card for the next ISO size.
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    size = QPageSize(millimeters, QPageSize.Unit.Millimeter, "", exact)
    upright = QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, upright, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setDocName(order.title)
    printer.setCopyCount(order.copies)
    duplex = {
        Sides.ONE: QPrinter.DuplexMode.DuplexNone,
        Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
        Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
    }
    printer.setDuplex(duplex[order.sides])


class WindowsPrinters:
    """The printers that Qt finds. A paper counts as printed once the system has taken it whole."""

    def __init__(self, printer_of: Callable[[PrintOrder], QPrinter] = qt_printer) -> None:
        self._printer_of = printer_of
        self._numbers = count(1)

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers of the system, the usual one first."""
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - likewise

        usual = QPrinterInfo.defaultPrinterName()
        names = QPrinterInfo.availablePrinterNames()
        found = [Printer(name, name, name == usual) for name in names]
        return tuple(sorted(found, key=lambda each: (not each.is_usual, each.title.casefold())))

    def send(self, pdf: bytes, order: PrintOrder) -> str:
        """Draw a paper on a printer; return the name of the paper.

        Raises `RefusedError`; then the system has taken nothing that will come out.
        """
        from PySide6.QtGui import QPainter  # noqa: PLC0415 - likewise
        from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - likewise

        printer = self._printer_of(order)
        printer.setResolution(min(printer.resolution(), _MOST_DOTS))
        dots = printer.resolution()
        painter = QPainter()
        if not painter.begin(printer):
            raise RefusedError(f"The printer “{order.printer}” took nothing. Nothing was printed.")
        try:
            for index, bands in enumerate(_pages(pdf, dots, _rounds(printer, order))):
                if index and not printer.newPage():
                    printer.abort()
                    raise RefusedError(
                        f"The printer “{order.printer}” stopped before page {index + 1}."
                        " The paper was taken back from it."
                    )
                for band in bands:
                    _draw(painter, band)
        finally:
            painter.end()
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise RefusedError(f"The printer “{order.printer}” took nothing. Nothing was printed.")
        return f"{order.printer}-{next(self._numbers)}"

    def state(self, job: str) -> Spooled:
        """Return where a paper is: the system took it whole before `send` returned."""
        del job
        return Spooled(SpoolState.DONE)

    def cancel(self, job: str) -> None:
        """Take a paper back: one that the system has is canceled in its own list."""
        del job


def _rounds(printer: QPrinter, order: PrintOrder) -> int:
    """Return how often a paper is drawn: as many times as copies where the printer makes none."""
    return 1 if printer.supportsMultipleCopies() else order.copies


def _pages(pdf: bytes, dots: int, rounds: int) -> Iterator[Iterator[Band]]:
    """Yield the strips of each page, the copies one whole paper after the other."""
    for _ in range(rounds):
        for _size, bands in bands_of(pdf, dots):
            yield bands


def _draw(painter: QPainter, band: Band) -> None:
    from PySide6.QtCore import QPoint  # noqa: PLC0415 - likewise
    from PySide6.QtGui import QImage  # noqa: PLC0415 - likewise

    found = band.picture
    image = QImage(
        found.pixels, found.width, found.height, found.stride, QImage.Format.Format_RGBX8888
    )
    painter.drawImage(QPoint(0, band.top), image)
