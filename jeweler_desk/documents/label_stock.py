"""Stocks of labels by name: one label a page for label printers, or sheets with their grid.

The sizes of sheets are those that their makers print on the box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jeweler_desk.documents.sheet import STOCKS, Stock, UnknownStockError, own_stock
from jeweler_desk.domain.own_size import is_own_size

_INCH: Final = 72.0
_MILLIMETER: Final = 72.0 / 25.4


@dataclass(frozen=True, slots=True)
class LabelStock:
    """A page of labels: its size, the label's size, and where the labels lie on it (in points).

    ``left`` and ``top`` are the page's edges to the first label; ``across`` and ``down`` go from
    one label's corner to the next one's.
    """

    page: Stock
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0

    @property
    def name(self) -> str:
        """The word of the command line: ``4x6``, ``avery-5160``."""
        return self.page.name

    @property
    def title(self) -> str:
        """How the stock is named to a person, both measures with it."""
        return self.page.title

    @property
    def count(self) -> int:
        """How many labels one page has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of a label; they are counted by rows, from 0."""
        row, column = divmod(place, self.columns)
        x = self.left + column * self.across
        return x, self.page.height - self.top - row * self.down - self.height


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one printer sets one stock off: points to the right and up, and its scale.

    What is printed is moved by ``dx``, ``dy`` and enlarged by ``sx``, ``sy`` from the page's lower
    left corner, so that it lands where the stock has its labels.
    """

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is to be printed."""
        return x * self.sx + self.dx, y * self.sy + self.dy


NO_DRIFT: Final = Drift()


def _single(name: str, title: str, width: float, height: float, unit: float) -> LabelStock:
    inches = f"{width * unit / _INCH:.3g} × {height * unit / _INCH:.3g} in"
    millimeters = f"{width * unit / _MILLIMETER:.0f} × {height * unit / _MILLIMETER:.0f} mm"
    page = Stock(name, f"{title} ({millimeters}, {inches})", width * unit, height * unit)
    return LabelStock(page, page.width, page.height)


def _sheet(
    name: str,
    title: str,
    page: str,
    unit: float,
    size: tuple[float, float],
    grid: tuple[int, int],
    start: tuple[float, float],
    step: tuple[float, float],
) -> LabelStock:
    paper = STOCKS[page]
    (width, height), (columns, rows) = size, grid
    measures = (
        f"{width * unit / _MILLIMETER:.1f} × {height * unit / _MILLIMETER:.1f} mm,"
        f" {width * unit / _INCH:.3g} × {height * unit / _INCH:.3g} in"
    )
    full = f"{title}, {columns * rows} on {page.upper() if page == 'a4' else 'Letter'} ({measures})"
    return LabelStock(
        Stock(name, full, paper.width, paper.height),
        width * unit,
        height * unit,
        columns,
        rows,
        start[0] * unit,
        start[1] * unit,
        step[0] * unit,
        step[1] * unit,
    )


LABEL_STOCKS: Final[Mapping[str, LabelStock]] = {
    stock.name: stock
    for stock in (
        _single("4x6", "Label printer 4 × 6", 4, 6, _INCH),
        _single("100x150", "Label printer 100 × 150", 100, 150, _MILLIMETER),
        _single("62mm", "Roll 62 mm, cut at 100 mm", 62, 100, _MILLIMETER),
        _sheet("avery-5160", "Avery 5160", "letter", _INCH, (2.625, 1), (3, 10), (0.1875, 0.5),
               (2.75, 1)),
        _sheet("avery-5161", "Avery 5161", "letter", _INCH, (4, 1), (2, 10), (0.15625, 0.5),
               (4.1875, 1)),
        _sheet("avery-5163", "Avery 5163", "letter", _INCH, (4, 2), (2, 5), (0.15625, 0.5),
               (4.1875, 2)),
        _sheet("avery-5164", "Avery 5164", "letter", _INCH, (4, 10 / 3), (2, 3), (0.15625, 0.5),
               (4.1875, 10 / 3)),
        _sheet("l7160", "Avery L7160", "a4", _MILLIMETER, (63.5, 38.1), (3, 7), (7.25, 15.15),
               (66.0, 38.1)),
        _sheet("l7161", "Avery L7161", "a4", _MILLIMETER, (63.5, 46.6), (3, 6), (7.25, 8.7),
               (66.0, 46.6)),
        _sheet("l7163", "Avery L7163", "a4", _MILLIMETER, (99.1, 38.1), (2, 7), (4.65, 15.15),
               (101.6, 38.1)),
        _sheet("l7165", "Avery L7165", "a4", _MILLIMETER, (99.1, 67.7), (2, 4), (4.65, 13.1),
               (101.6, 67.7)),
    )
}  # fmt: skip
_OTHER_NAMES: Final = {
    "5160": "avery-5160",
    "5161": "avery-5161",
    "5163": "avery-5163",
    "5164": "avery-5164",
    "avery-l7160": "l7160",
    "avery-l7161": "l7161",
    "avery-l7163": "l7163",
    "avery-l7165": "l7165",
    "4×6": "4x6",
    "100×150": "100x150",
    "62": "62mm",
}
# Countries whose label printers hold 4 × 6 inches.
_INCH_COUNTRIES: Final = frozenset(("US", "CA", "PR"))


def label_stock_named(name: str) -> LabelStock:
    """Return a stock of labels by its name, or by its measures. Raises `RefusedError`."""
    word = name.strip().casefold().replace(" ", "-")
    stock = LABEL_STOCKS.get(_OTHER_NAMES.get(word, word))
    if stock is None and is_own_size(name):
        page = own_stock(name)
        return LabelStock(page, page.width, page.height)
    if stock is None:
        raise UnknownStockError(
            f"There is no label stock “{name}”. Known are: {', '.join(LABEL_STOCKS)};"
            " or write a size such as 80x120mm. Nothing was printed."
        )
    return stock


def usual_label(country: str) -> LabelStock:
    """Return the label that a country's label printers hold."""
    return LABEL_STOCKS["4x6" if not country or country in _INCH_COUNTRIES else "100x150"]
