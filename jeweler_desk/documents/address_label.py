"""Address labels: one a page for label printers, or on sheets from any starting position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jeweler_desk.documents.embedded_face import number
from jeweler_desk.documents.label_stock import NO_DRIFT, Drift, LabelStock
from jeweler_desk.documents.pdf_file import BLACK, About, PdfFile, Rendered, bar
from jeweler_desk.documents.qr_code import qr_drawing
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.address_label import AddressLabel

_MILLIMETER: Final = 72.0 / 25.4
INSET: Final = 3.4 * _MILLIMETER
"""No ink lies nearer to a label's edge: thermal heads and die cuts take three millimeters."""
SMALLEST: Final = 6.5
"""Points; its capitals are a good 1.5 mm high, which 203 dots an inch still print clearly."""
_LARGEST: Final = 24.0
_STEP: Final = 0.5
_LEADING: Final = 1.22
_BOLD: Final = Cut(Voice.SANS, 600)
_PLAIN: Final = Cut(Voice.SANS, 400)
_LARGE_LABEL: Final = 60 * _MILLIMETER
_CODE_OF_HEIGHT: Final = 0.62
_SMALLER_CODE: Final = 0.68
_WELL_READ: Final = 9.5
_MOST_CODE: Final = 26 * _MILLIMETER
_LEAST_CODE: Final = 12 * _MILLIMETER


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines set as large as their room lets them, and how many of them had no room."""

    lines: tuple[Line, ...]
    size: float
    lost: int = 0
    room: float = 0.0


def render_labels(
    labels: Sequence[AddressLabel], stock: LabelStock, start: int = 1, drift: Drift = NO_DRIFT
) -> Rendered:
    """Return one PDF with a label for each, and the number of its pages.

    ``start`` is the first free label of the first sheet, counted by rows from 1. A label's text is
    set smaller until it fits, never cut: see `too_long`.
    """
    writer = _Writer(stock)
    file = writer.file
    places = [start - 1 + index for index in range(len(labels))]
    pages: dict[int, list[str]] = {}
    for place, label in zip(places, labels, strict=True):
        page, on_page = divmod(place, stock.count)
        x, y = drift.moved(*stock.corner(on_page))
        matrix = f"{number(drift.sx)} 0 0 {number(drift.sy)} {number(x)} {number(y)}"
        pages.setdefault(page, []).append(f"q {matrix} cm {' '.join(writer.label(label))} Q")
    for page in sorted(pages):
        file.begin(
            *(
                label.order_number
                for at, label in zip(places, labels, strict=True)
                if at // stock.count == page
            )
        )
        file.add_page(stock.page.width, stock.page.height, pages[page])
    return file.rendered(About("Address labels", "", "Labels for parcels"))


def too_long(label: AddressLabel, stock: LabelStock) -> int:
    """Return how many lines of a label have no room on a stock at the smallest size."""
    return _Writer(stock).lost(label)


class _Writer:
    """Draws labels of one stock; each from its own lower left corner."""

    def __init__(self, stock: LabelStock) -> None:
        self.file = PdfFile()
        self._width, self._height = stock.width, stock.height
        self._setter = Typesetter(FontBook())
        self._is_large = stock.height >= _LARGE_LABEL

    def label(self, label: AddressLabel) -> list[str]:
        """Return the drawings of one label."""
        return self._large(label) if self._is_large else self._small(label)

    def lost(self, label: AddressLabel) -> int:
        """Return how many lines had no room."""
        return self._address(label).lost

    def _address(self, label: AddressLabel) -> Fitted:
        if self._is_large:
            top = self._height - INSET - self._sender_height(label)
            return self._fit(label.lines, self._width - 2 * INSET, top - self._foot() - INSET)
        return self._beside_code(label)[0]

    def _beside_code(self, label: AddressLabel) -> tuple[Fitted, float]:
        """Set a small label's address beside its code; one that needs the room gets all of it.

        The code is smaller where that lets the address be larger.
        """
        room, high = self._width - 2 * INSET, self._height - 2 * INSET
        whole = min(_MOST_CODE, self._height * _CODE_OF_HEIGHT)
        found: tuple[Fitted, float] | None = None
        for side in (whole, max(_LEAST_CODE, whole * _SMALLER_CODE)):
            fitted = self._fit(label.lines, room - side, high)
            is_better = found is None or fitted.size > found[0].size
            if side >= _LEAST_CODE and not fitted.lost and is_better:
                found = fitted, side
            if fitted.size >= _WELL_READ:
                break
        if found is not None:
            return found
        return self._fit(label.lines, room, high), 0.0

    def _large(self, label: AddressLabel) -> list[str]:
        drawings: list[str] = []
        y = self._height - INSET
        style = Style(_PLAIN, 8, 10.5)
        for line in self._sender(label, style):
            y -= style.leading
            drawings.append(self.file.text(line, INSET, y + 2.5, BLACK))
        if label.sender:
            y -= 5
            drawings.append(bar(INSET, y, self._width - 2 * INSET, 0.75, BLACK))
        fitted = self._address(label)
        foot = self._foot()
        # The address stands a little above the middle of its field, where sorters look for it.
        leading = fitted.size * _LEADING
        spare = max(0.0, y - foot - INSET - leading * len(fitted.lines))
        y -= min(spare * 0.35, leading * 2.2)
        drawings += self._lines(fitted, INSET, y)
        side = foot - INSET
        drawings.append(bar(INSET, foot + 4, self._width - 2 * INSET, 0.75, BLACK))
        drawings.append(qr_drawing(label.code, self._width - INSET - side, INSET, side))
        told = self._fit((label.order_number,), self._width - 2 * INSET - side - 6, 22, _BOLD)
        drawings += self._lines(told, INSET, INSET + side * 0.5 + told.size * 0.6)
        return drawings

    def _small(self, label: AddressLabel) -> list[str]:
        fitted, side = self._beside_code(label)
        spare = self._height - 2 * INSET - fitted.size * _LEADING * len(fitted.lines)
        drawings = self._lines(fitted, INSET, self._height - INSET - max(0.0, spare) / 2)
        if side:
            at = self._width - INSET - side
            drawings.append(qr_drawing(label.code, at, (self._height - side) / 2, side))
        return drawings

    def _foot(self) -> float:
        return INSET + min(_MOST_CODE, self._width * 0.3)

    def _sender(self, label: AddressLabel, style: Style) -> list[Line]:
        room = self._width - 2 * INSET
        return [line for text in label.sender for line in self._setter.lines(text, style, room)]

    def _sender_height(self, label: AddressLabel) -> float:
        style = Style(_PLAIN, 8, 10.5)
        count = len(self._sender(label, style))
        return count * style.leading + 5.75 if count else 0.0

    def _fit(self, texts: Sequence[str], width: float, height: float, cut: Cut = _PLAIN) -> Fitted:
        """Set texts as large as they fit; at the smallest size the lines without room are told."""
        size = _LARGEST if self._is_large else 12.0
        while True:
            style = Style(cut, size, size * _LEADING)
            lines = self._setter.address(texts, style, width)
            room = int(height / style.leading + 1e-6)
            is_whole = len(lines) <= (len(texts) if size > self._wrap_below() else room)
            if (is_whole and len(lines) <= room) or size <= SMALLEST:
                return Fitted(lines, size, max(0, len(lines) - room), width)
            size = max(SMALLEST, size - _STEP)

    def _wrap_below(self) -> float:
        """Lines are broken only where the letters would else become too small to read well."""
        return 13.0 if self._is_large else 8.0

    def _lines(self, fitted: Fitted, x: float, top: float) -> list[str]:
        leading = fitted.size * _LEADING
        drop = (leading - fitted.size) / 2 + fitted.size * 0.82
        return [
            self.file.text(line, x + line.start(fitted.room), top - index * leading - drop, BLACK)
            for index, line in enumerate(fitted.lines)
        ]
