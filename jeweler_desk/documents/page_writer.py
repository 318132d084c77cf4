"""What every paper's writer can do: rows of text on one stock, set in pages of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from jeweler_desk.documents.flow import Row, drawn, pages_of
from jeweler_desk.documents.pdf_file import BLACK, SOFT, Ink, PdfFile
from jeweler_desk.documents.sheet import Stock
from jeweler_desk.documents.typography.fonts import FontBook
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter

_FOOT_ROOM: Final = 1.7  # lines kept free above the foot


class PageWriter:
    """Lays rows out on one stock; lengths are in points."""

    def __init__(self, stock: Stock, margin: float, foot: float = 0.0, top: float = 0.0) -> None:
        self._stock = stock
        self._margin = margin
        self._foot = foot
        self._top = top
        self._setter = Typesetter(FontBook())
        self._file = PdfFile()
        self._width = stock.width - 2 * margin

    def _row(self, line: Line, room: float, at: float = 0.0, ink: Ink = BLACK) -> Row:
        """Set a line where its script begins: at the left edge of its room, or at the right one."""
        style = line.style
        drawing = self._file.text(line, at + line.start(room), -style.drop, ink)
        return Row(style.leading, drawing)

    def _text(
        self,
        text: str,
        style: Style,
        ink: Ink = BLACK,
        *,
        room: float | None = None,
        at: float = 0.0,
        keeps: bool = False,
    ) -> list[Row]:
        """Set a text in as many rows as it needs; ``room`` is the whole width unless told."""
        width = self._width - at if room is None else room
        rows = (self._row(line, width, at, ink) for line in self._setter.lines(text, style, width))
        return [Row(row.height, row.drawing, keeps=keeps) for row in rows]

    def _address(
        self, texts: Iterable[str], style: Style, room: float, ink: Ink = BLACK
    ) -> list[Row]:
        """Set the lines of an address, those of a right-to-left one at the right edge."""
        return [
            self._row(line, room, ink=ink)
            for line in self._setter.address(tuple(texts), style, room)
        ]

    def _centered(self, text: str, style: Style, ink: Ink = BLACK) -> list[Row]:
        """Set a text in the middle."""
        return [self._middle(line, ink) for line in self._setter.lines(text, style, self._width)]

    def _middle(self, line: Line, ink: Ink = BLACK) -> Row:
        at = (self._width - line.width) / 2
        return Row(line.style.leading, self._file.text(line, at, -line.style.drop, ink))

    def _pages(
        self,
        rows: Sequence[Row],
        style: Style,
        told: Callable[[int, int], str],
        *,
        is_right: bool = True,
    ) -> None:
        """Add the pages that rows need; ``told`` writes each one's foot from its place and all."""
        room = self._stock.height - self._top - self._foot - style.leading * _FOOT_ROOM
        pages = pages_of(rows, room, room)
        for index, page in enumerate(pages):
            drawings = drawn(page, self._margin, self._stock.height - self._top)
            line = self._setter.line(told(index + 1, len(pages)), style)
            at = self._margin + (self._width - line.width if is_right else 0.0)
            drawings.append(self._file.text(line, at, self._foot, SOFT))
            self._file.add_page(self._stock.width, self._stock.height, drawings)
