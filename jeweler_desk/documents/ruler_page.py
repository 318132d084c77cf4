"""A test page: rulers along two edges, the stock's outlines, and a square to measure."""

from __future__ import annotations

from typing import Final

from jeweler_desk.documents.embedded_face import number
from jeweler_desk.documents.label_stock import NO_DRIFT, Drift, LabelStock
from jeweler_desk.documents.pdf_file import BLACK, About, PdfFile, bar
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Style
from jeweler_desk.documents.typography.typesetter import Typesetter

_MILLIMETER: Final = 72.0 / 25.4
_TICK: Final = 0.5
_SMALL: Final = Style(Cut(Voice.SANS, 400), 6.5, 8)
_WORDS: Final = Style(Cut(Voice.SANS, 400), 9, 12)
_LONGEST_BAR: Final = 50
_SHORTEST_BAR: Final = 10
_FOOT: Final = 0.16
_ASIDE: Final = 14
"""Millimeters from the left edge to the bars and the words, clear of the ruler's numbers."""
_NARROW: Final = 200.0
PAPER: Final = "1 g"
_TELLS: Final = (
    "Test page for {stock}. Print it at full size, never fitted to the page.",
    "Lay it on a sheet of labels against the light: the outlines should lie on the cuts.",
    "The bars are {side} mm long: what they measure is entered in the page setup.",
)


def bar_length(width: float, height: float) -> int:
    """Return how long a test page's bars are, in millimeters; the page's sides are in points."""
    room = min(width / _MILLIMETER - 2 * _ASIDE, height / _MILLIMETER * (1 - _FOOT))
    return max(_SHORTEST_BAR, min(_LONGEST_BAR, int(room / 10) * 10))


def render_ruler_page(stock: LabelStock, drift: Drift = NO_DRIFT) -> bytes:
    """Return a page that shows how far a printer is off with a stock, and by how much it scales.

    The rulers count millimeters from the page's upper left corner and are never moved; the
    outlines are, so that a second page shows whether the drift that was entered is right.
    """
    setter, file = Typesetter(FontBook()), PdfFile()
    page = stock.page
    drawings = [BLACK]
    for at in range(int(page.width / _MILLIMETER) + 1):
        long = _length(at)
        drawings.append(bar(at * _MILLIMETER - _TICK / 2, page.height - long, _TICK, long, BLACK))
    for at in range(int(page.height / _MILLIMETER) + 1):
        long = _length(at)
        y = page.height - at * _MILLIMETER
        drawings.append(bar(0, y - _TICK / 2, long, _TICK, BLACK))
    for at in range(10, int(page.width / _MILLIMETER), 10):
        line = setter.line(str(at), _SMALL)
        if at * _MILLIMETER + line.width / 2 > page.width:
            continue
        drawings.append(file.text(line, at * _MILLIMETER - line.width / 2, page.height - 26, BLACK))
    for at in range(20, int(page.height / _MILLIMETER), 10):
        line = setter.line(str(at), _SMALL)
        drawings.append(file.text(line, 20, page.height - at * _MILLIMETER - 2.2, BLACK))
    drawings += [_outline(stock, place, drift) for place in range(stock.count)]
    side_mm = bar_length(page.width, page.height)
    side = side_mm * _MILLIMETER
    x, y = _ASIDE * _MILLIMETER, page.height * _FOOT
    drawings.append(bar(x, y, side, 1, BLACK))
    drawings.append(bar(x, y, 1, side, BLACK))
    told = [each.format(stock=stock.title, side=side_mm) for each in _TELLS]
    room = min(page.width - x - _MILLIMETER * 6, 380)
    style = _SMALL if page.width < _NARROW else _WORDS
    lines = [line for text in told for line in setter.lines(text, style, room)]
    top = page.height * 0.84
    if page.height < _NARROW:
        lines = lines if len(lines) * style.leading < top - y - side else []
    high = len(lines) * style.leading + 12
    if lines:
        drawings.append(bar(x - 6, top + 13 - high, room + 12, high, PAPER))
    for index, line in enumerate(lines):
        drawings.append(file.text(line, x, top - index * style.leading, BLACK))
    file.add_page(page.width, page.height, drawings)
    return file.finished(About("Test page", "", f"Rulers for {stock.name}"))


def _length(millimeters: int) -> float:
    if millimeters % 10 == 0:
        return 16.0
    return 11.0 if millimeters % 5 == 0 else 7.0


def _outline(stock: LabelStock, place: int, drift: Drift) -> str:
    x, y = drift.moved(*stock.corner(place))
    width, height = stock.width * drift.sx, stock.height * drift.sy
    box = f"{number(x)} {number(y)} {number(width)} {number(height)} re"
    return f"0.5 w 0.45 G {box} S"
