"""The reorder list on paper: by supplier, with a box to tick for each line."""

from __future__ import annotations

from datetime import date
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of, space
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.pdf_file import BLACK, SOFT, About, Ink, PdfFile, box, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.supply import ReorderGroup, ReorderLine, ReorderList
from jeweler_desk.domain.wording import reorder_line

_MARGIN: Final = 60.0
_FOOT: Final = 38.0
_TEXT_AT: Final = 28.0
_TICK: Final = 12.0
_NAME: Final = Style(Cut(Voice.SERIF, 600), 31, 36)
_DAY: Final = Style(Cut(Voice.SANS, 400), 8.5, 13, 20)
_SUPPLIER: Final = Style(Cut(Voice.SANS, 600), 15, 22)
_TITLE: Final = Style(Cut(Voice.SANS, 600), 11.5, 16)
_DETAIL: Final = Style(Cut(Voice.SANS, 400), 9.5, 14)


def render_reorder_list(wanted: ReorderList, stock: Stock) -> tuple[bytes, int]:
    """Return one PDF with what is to be ordered, and the number of its pages."""
    writer = _Writer(stock)
    rows = [*writer.head(wanted.shop, wanted.made_on)]
    for group in wanted.groups:
        rows += writer.group(group)
    return writer.finished(rows, wanted.shop)


class _Writer:
    """Lays the list out on one stock."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._setter = Typesetter(FontBook())
        self._file = PdfFile()
        self._width = stock.width - 2 * _MARGIN

    def head(self, shop: str, made_on: date) -> list[Row]:
        """Set the shop's name over the day."""
        rows = [Row(24, stone(self._width / 2, -9))]
        name = shop or "Reorder list"
        rows += [self._centered(line) for line in self._setter.lines(name, _NAME, self._width)]
        told = f"Reorder list  ·  {long_day(made_on)}" if shop else long_day(made_on)
        rows += [space(2), self._centered(self._setter.line(told, _DAY), SOFT)]
        return [*rows, space(15), Row(1, rule(0, -0.5, self._width)), space(8)]

    def group(self, group: ReorderGroup) -> list[Row]:
        """Set a supplier and what is to be ordered there; its name never stands alone."""
        rows = [space(14)]
        name = group.supplier or "No supplier named"
        rows += [
            Row(_SUPPLIER.leading, self._file.text(line, 0, -_drop(_SUPPLIER)), keeps=True)
            for line in self._setter.lines(name, _SUPPLIER, self._width)
        ]
        rows.append(Row(1, rule(0, -0.5, self._width), keeps=True))
        for line in group.lines:
            rows += self._line(line)
        return rows

    def _line(self, line: ReorderLine) -> list[Row]:
        width = self._width - _TEXT_AT
        rows = [space(7, keeps=True)]
        tick = box(0.4, -_drop(_TITLE) - 0.8, _TICK)
        for index, text in enumerate(self._setter.lines(reorder_line(line), _TITLE, width)):
            drawing = self._file.text(text, _TEXT_AT, -_drop(_TITLE))
            drawing = f"{tick} {drawing}" if index == 0 else drawing
            rows.append(Row(_TITLE.leading, drawing, keeps=True))
        place = f"  ·  {line.place}" if line.place else ""
        left = f"{line.stock} left, reorder at {line.reorder_point}{place}"
        rows += [
            Row(_DETAIL.leading, self._file.text(text, _TEXT_AT, -_drop(_DETAIL), SOFT), keeps=True)
            for text in self._setter.lines(left, _DETAIL, width)
        ]
        return [*rows, space(7), Row(1, rule(0, -0.5, self._width, 0.4))]

    def finished(self, rows: list[Row], shop: str) -> tuple[bytes, int]:
        """Return the file and the number of its pages."""
        top = _MARGIN * 0.72
        room = self._stock.height - top - _FOOT - _DAY.leading * 1.7
        pages = pages_of(rows, room, room)
        for index, page in enumerate(pages):
            drawings = drawn(page, _MARGIN, self._stock.height - top)
            if len(pages) > 1:
                line = self._setter.line(f"Page {index + 1} of {len(pages)}", _DAY)
                at = _MARGIN + self._width - line.width
                drawings.append(self._file.text(line, at, _FOOT, SOFT))
            self._file.add_page(self._stock.width, self._stock.height, drawings)
        about = About("Reorder list", self._setter.fonts.printable(shop), "Supplies to order")
        return self._file.finished(about), self._file.pages

    def _centered(self, line: Line, ink: Ink = BLACK) -> Row:
        at = (self._width - line.width) / 2
        return Row(line.style.leading, self._file.text(line, at, -_drop(line.style), ink))


def _drop(style: Style) -> float:
    """Return how far the base line lies under the top of its row."""
    return (style.leading - style.size) / 2 + style.size * 0.82
