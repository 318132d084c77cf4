"""Stocks of paper by name, with their exact size in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.own_size import is_own_size, read_own_size
from jeweler_desk.domain.refusal import RefusedError

_INCH: Final = 72.0
_MILLIMETER: Final = 72.0 / 25.4


class UnknownStockError(RefusedError):
    """A stock that nobody knows; the sentence names those that are known."""


@dataclass(frozen=True, slots=True)
class Stock:
    """One size of paper, upright; its size in points (1/72 inch)."""

    name: str
    title: str
    width: float
    height: float
    is_folded: bool = False

    @property
    def panel_width(self) -> float:
        """How wide one panel is: half a folded card, else all of it."""
        return self.width / 2 if self.is_folded else self.width

    @property
    def is_small(self) -> bool:
        """Whether it is a card rather than a sheet of letter paper."""
        return self.width < 5.5 * _INCH


def _inches(name: str, title: str, width: float, height: float) -> Stock:
    millimeters = f"{width * 25.4:.0f} × {height * 25.4:.0f} mm"
    size = f"{width:g} × {height:g} in, {millimeters}"
    return Stock(name, f"{title} ({size})", width * _INCH, height * _INCH)


def _millimeters(name: str, title: str, width: float, height: float) -> Stock:
    inches = f"{width / 25.4:.2f} × {height / 25.4:.2f} in"
    size = f"{width:g} × {height:g} mm, {inches}"
    return Stock(name, f"{title} ({size})", width * _MILLIMETER, height * _MILLIMETER)


def _folded(card: Stock) -> Stock:
    """Return a card that opens like a book, as the flat sheet that goes through the printer."""
    width = 2 * card.width
    inches = f"{width / _INCH:.4g} × {card.height / _INCH:.4g} in"
    millimeters = f"{width / _MILLIMETER:.0f} × {card.height / _MILLIMETER:.0f} mm"
    title = f"{card.title.partition(' (')[0]}, folded (opens to {inches}, {millimeters})"
    return Stock(f"{card.name}-folded", title, width, card.height, is_folded=True)


# American card sizes share their names with other ISO sizes: every title says both measures.
_FLAT: Final = (
    _inches("letter", "US Letter", 8.5, 11),
    _millimeters("a4", "A4", 210, 297),
    _millimeters("a5", "A5", 148, 210),
    _inches("us-a2", "US A2 card", 4.25, 5.5),
    _inches("us-a6", "US A6 card", 4.5, 6.25),
    _inches("us-a7", "US A7 card", 5, 7),
    _inches("4bar", "US 4bar card", 3.5, 4.875),
    _millimeters("iso-a6", "ISO A6 card", 105, 148),
    _millimeters("iso-a7", "ISO A7 card", 74, 105),
)
STOCKS: Final[Mapping[str, Stock]] = {
    stock.name: stock for stock in (*_FLAT, *(_folded(each) for each in _FLAT if each.is_small))
}
# Countries that print on Letter rather than A4 (CLDR's paper size data).
_LETTER_COUNTRIES: Final = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())  # noqa: SIM905


def own_stock(name: str) -> Stock:
    """Return a stock of one's own by its measures: ``80x120mm``. Raises `OwnSizeError`."""
    size = read_own_size(name)
    make = _inches if size.is_inches else _millimeters
    return make(size.name, f"Own size {size.width:g} × {size.height:g}", size.width, size.height)


def stock_named(name: str) -> Stock:
    """Return a stock by its name, or by its measures. Raises `RefusedError`."""
    stock = STOCKS.get(name.strip().casefold())
    if stock is None and is_own_size(name):
        return own_stock(name)
    if stock is None:
        raise UnknownStockError(
            f"There is no stock “{name}”. Known are: {', '.join(STOCKS)};"
            " or write a size such as 80x120mm. Nothing was printed."
        )
    return stock


def usual_sheet(country: str) -> Stock:
    """Return the sheet that a country's printers hold; Letter where no country is known."""
    return STOCKS["letter" if not country or country in _LETTER_COUNTRIES else "a4"]


def usual_card(country: str) -> Stock:
    """Return the card stock that a country's shops sell."""
    return STOCKS["us-a2" if usual_sheet(country).name == "letter" else "iso-a6"]
