"""The reorder list on paper: by supplier, with a box to tick for each line."""

from __future__ import annotations

from datetime import date
from typing import Final

from jeweler_desk.documents.flow import Row, space
from jeweler_desk.documents.ornament import stone
from jeweler_desk.documents.packing_slip import long_day
from jeweler_desk.documents.page_writer import PageWriter
from jeweler_desk.documents.pdf_file import SOFT, About, box, rule
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import Cut, Voice
from jeweler_desk.documents.typography.line import Style
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


class _Writer(PageWriter):
    """Lays the list out on one stock."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock, _MARGIN, _FOOT, _MARGIN * 0.72)

    def head(self, shop: str, made_on: date) -> list[Row]:
        """Set the shop's name over the day."""
        rows = [Row(24, stone(self._width / 2, -9))]
        name = shop or "Reorder list"
        rows += self._centered(name, _NAME)
        told = f"Reorder list  ·  {long_day(made_on)}" if shop else long_day(made_on)
        rows += [space(2), *self._centered(told, _DAY, SOFT)]
        return [*rows, space(15), Row(1, rule(0, -0.5, self._width)), space(8)]

    def group(self, group: ReorderGroup) -> list[Row]:
        """Set a supplier and what is to be ordered there; its name never stands alone."""
        rows = [space(14)]
        name = group.supplier or "No supplier named"
        rows += self._text(name, _SUPPLIER, keeps=True)
        rows.append(Row(1, rule(0, -0.5, self._width), keeps=True))
        for line in group.lines:
            rows += self._line(line)
        return rows

    def _line(self, line: ReorderLine) -> list[Row]:
        width = self._width - _TEXT_AT
        rows = [space(7, keeps=True)]
        tick = box(0.4, -_TITLE.drop - 0.8, _TICK)
        for index, text in enumerate(self._setter.lines(reorder_line(line), _TITLE, width)):
            drawing = self._file.text(text, _TEXT_AT, -_TITLE.drop)
            drawing = f"{tick} {drawing}" if index == 0 else drawing
            rows.append(Row(_TITLE.leading, drawing, keeps=True))
        place = f"  ·  {line.place}" if line.place else ""
        left = f"{line.stock} left, reorder at {line.reorder_point}{place}"
        rows += self._text(left, _DETAIL, SOFT, at=_TEXT_AT, keeps=True)
        return [*rows, space(7), Row(1, rule(0, -0.5, self._width, 0.4))]

    def finished(self, rows: list[Row], shop: str) -> tuple[bytes, int]:
        """Return the file and the number of its pages."""

        def told(page: int, pages: int) -> str:
            return f"Page {page} of {pages}" if pages > 1 else ""

        self._pages(rows, _DAY, told)
        about = About("Reorder list", self._setter.fonts.printable(shop), "Supplies to order")
        return self._file.finished(about), self._file.pages
