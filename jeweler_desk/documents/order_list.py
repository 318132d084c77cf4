"""The list of orders on paper: the chosen columns, their heads on every page."""

from __future__ import annotations

from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.pdf_file import SOFT, About, PdfFile, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.order_listing import HEADINGS, NUMBERS, WEIGHTS, OrderListing
from jeweler_desk.domain.wording import count_text

_MARGIN: Final = 42.0
_FOOT: Final = 30.0
_GAP: Final = 8.0
_TITLE: Final = Style(Cut(Voice.SERIF, 600), 22, 27)
_TOLD: Final = Style(Cut(Voice.SANS, 400), 8.5, 13)
_HEAD: Final = Style(Cut(Voice.SANS, 600), 8.5, 13)
_CELL: Final = Style(Cut(Voice.SANS, 400), 8.5, 12)


def render_order_list(listing: OrderListing, stock: Stock) -> tuple[bytes, int]:
    """Return one PDF with the list, and the number of its pages."""
    return _Writer(listing, stock).finished()


class _Writer:
    """Lays the list out on one stock."""

    def __init__(self, listing: OrderListing, stock: Stock) -> None:
        self._listing = listing
        self._stock = stock
        self._setter = Typesetter(FontBook())
        self._file = PdfFile()
        self._width = stock.width - 2 * _MARGIN
        whole = sum(WEIGHTS[each] for each in listing.columns)
        at = 0.0
        self._places: list[tuple[float, float]] = []
        for column in listing.columns:
            width = self._width * WEIGHTS[column] / whole
            self._places.append((at, width - _GAP))
            at += width

    def finished(self) -> tuple[bytes, int]:
        """Return the file and the number of its pages."""
        heads = self._row(tuple(HEADINGS[each] for each in self._listing.columns), _HEAD)
        head_height = sum(row.height for row in heads)
        title = self._title()
        top = self._stock.height - _MARGIN
        room = top - _FOOT - _TOLD.leading * 2 - head_height
        rows = [row for cells in self._listing.rows for row in self._row(cells, _CELL)]
        title_height = sum(row.height for row in title)
        pages = pages_of(rows, room - title_height, room)
        for index, page in enumerate(pages):
            above = [*title, *heads] if index == 0 else heads
            drawings = drawn([*above, *page], _MARGIN, top)
            told = f"Page {index + 1} of {len(pages)}"
            line = self._setter.line(told, _TOLD)
            at = _MARGIN + self._width - line.width
            drawings.append(self._file.text(line, at, _FOOT, SOFT))
            self._file.add_page(self._stock.width, self._stock.height, drawings)
        printable = self._setter.fonts.printable
        about = About(printable(self._listing.title), printable(self._listing.shop), "Orders")
        return self._file.finished(about), self._file.pages

    def _title(self) -> list[Row]:
        listing = self._listing
        rows = [
            Row(_TITLE.leading, self._file.text(line, 0, -_TITLE.drop))
            for line in self._setter.lines(listing.title, _TITLE, self._width)
        ]
        told = (listing.shop, long_day(listing.made_on), count_text(len(listing.rows), "order"))
        line = self._setter.line("  ·  ".join(each for each in told if each), _TOLD)
        return [*rows, Row(_TOLD.leading, self._file.text(line, 0, -_TOLD.drop, SOFT)), space(10)]

    def _row(self, cells: tuple[str, ...], style: Style) -> list[Row]:
        """Set one order; its lines stand on one page, with a hairline below."""
        drawings: list[str] = []
        height = 0.0
        columns = zip(self._listing.columns, self._places, cells, strict=True)
        for column, (x, width), text in columns:
            lines = self._setter.lines(text, style, width) if text else []
            for place, line in enumerate(lines):
                y = -style.drop - place * style.leading
                start = width - line.width if column in NUMBERS else line.start(width)
                drawings.append(self._file.text(line, x + start, y))
            height = max(height, len(lines) * style.leading)
        strip = Row(height + 3, " ".join(drawings), keeps=True)
        return [strip, Row(4, rule(0, -0.5, self._width, 0.4))]
