"""The stocks that each kind of paper is printed on, as a person chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.own_size import OwnSize, OwnSizeError, is_own_size, read_own_size
from jeweler_desk.domain.paper_facts import PaperKind

if TYPE_CHECKING:
    from jeweler_desk.documents.sheet import Stock

GIFT_RECEIPTS: Final = "gift-receipts"
_ON_CARDS: Final = (PaperKind.CARDS.value, PaperKind.PACKING_SLIPS.value, GIFT_RECEIPTS)


@dataclass(frozen=True, slots=True)
class StockChoice:
    """One stock: its name, both measures in its title, its page in points, labels on a page.

    ``is_own`` tells one that she gave the measures of.
    """

    name: str
    title: str
    width: float
    height: float
    labels: int = 1
    is_own: bool = False


def stock_choices(kind: str, own: Sequence[OwnSize] = ()) -> tuple[StockChoice, ...]:
    """Return the stocks for a kind of paper, in the order in which they are offered.

    Those of ``own`` that fit it stand last.
    """
    fitting = (each for each in own if _too_small(kind, each) is None)
    return (*_shelf(kind), *(_own_choice(each.name) for each in fitting))


def own_choice(kind: str, text: str) -> StockChoice:
    """Return a stock for a kind of paper by its measures. Raises `OwnSizeError`."""
    size = read_own_size(text)
    _check_fit(kind, size)
    return _own_choice(size.name)


def _own_choice(name: str) -> StockChoice:
    from jeweler_desk.documents.sheet import own_stock  # noqa: PLC0415 - when printing

    stock = own_stock(name)
    return StockChoice(stock.name, stock.title, stock.width, stock.height, is_own=True)


def _too_small(kind: str, size: OwnSize) -> tuple[float, float] | None:
    """Return the least size in millimeters that a kind of paper can be read on, if it is larger."""
    least = _LEAST_LABEL if kind == PaperKind.LABELS else _LEAST_SHEET
    if kind in _ON_CARDS:
        least = _LEAST_CARD
    wide, high = size.millimeters
    return None if wide >= least[0] and high >= least[1] else least


def _check_fit(kind: str, size: OwnSize) -> None:
    least = _too_small(kind, size)
    if least is not None:
        words = "x".join(f"{each:g}" for each in least)
        raise OwnSizeError(
            f"{size.name} is too small for this paper: it wants {words}mm or more, the"
            " width first. Nothing was printed."
        )


def _shelf(kind: str) -> tuple[StockChoice, ...]:
    """Return the stocks that are sold under a name."""
    from jeweler_desk.documents.label_stock import LABEL_STOCKS  # noqa: PLC0415 - when printing
    from jeweler_desk.documents.sheet import STOCKS  # noqa: PLC0415 - likewise

    if kind == PaperKind.LABELS:
        return tuple(
            StockChoice(each.name, each.title, each.page.width, each.page.height, each.count)
            for each in LABEL_STOCKS.values()
        )
    stocks = [
        StockChoice(each.name, each.title, each.width, each.height)
        for each in STOCKS.values()
        if (kind in _ON_CARDS or not each.is_small)
        and (kind == PaperKind.CARDS or not each.is_folded)
    ]
    if kind in (PaperKind.CARDS, GIFT_RECEIPTS):
        stocks.sort(key=lambda each: _card_place(STOCKS[each.name]))
    return tuple(stocks)


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a sheet, in points from the sheet's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetShape:
    """How a stock looks: its page, its labels by rows, how near to an edge ink may come (points).

    A label printer's stock is one label as large as its page. ``bar`` is how long the bars of its
    test page are, in millimeters; ``folds`` are how far from the left edge it is folded. The upper
    edge goes into the printer first.
    """

    name: str
    title: str
    width: float
    height: float
    labels: tuple[Place, ...]
    columns: int
    inset: float
    bar: int
    folds: tuple[float, ...] = ()

    @property
    def is_sheet_of_labels(self) -> bool:
        """Whether printing can begin at any of several labels."""
        return len(self.labels) > 1


def sheet_shape(kind: str, name: str) -> SheetShape:
    """Return how a stock looks. Raises `RefusedError` for one unknown, or too small for this."""
    from jeweler_desk.documents.address_label import INSET  # noqa: PLC0415 - when printing
    from jeweler_desk.documents.label_stock import label_stock_named  # noqa: PLC0415 - likewise
    from jeweler_desk.documents.ruler_page import bar_length  # noqa: PLC0415 - likewise
    from jeweler_desk.documents.sheet import stock_named  # noqa: PLC0415 - likewise

    if is_own_size(name):
        _check_fit(kind, read_own_size(name))
    if kind != PaperKind.LABELS:
        paper = stock_named(name)
        margin = (
            _CARD_MARGIN * paper.panel_width if paper.is_small or paper.is_folded else _SHEET_MARGIN
        )
        bar = bar_length(paper.width, paper.height)
        folds = (paper.panel_width,) if paper.is_folded else ()
        size = (paper.width, paper.height)
        return SheetShape(paper.name, paper.title, *size, (), 1, margin, bar, folds)
    stock = label_stock_named(name)
    corners = [stock.corner(place) for place in range(stock.count)]
    return SheetShape(
        stock.name,
        stock.title,
        stock.page.width,
        stock.page.height,
        tuple(
            Place(x, stock.page.height - y - stock.height, stock.width, stock.height)
            for x, y in corners
        ),
        stock.columns,
        INSET,
        bar_length(stock.page.width, stock.page.height),
    )


def shape_named(name: str) -> SheetShape:
    """Return how any stock looks, be it of labels, sheets or cards. Raises `UnknownStockError`."""
    from jeweler_desk.documents.sheet import STOCKS  # noqa: PLC0415 - when printing

    is_plain = name.strip().casefold() in STOCKS
    return sheet_shape(PaperKind.PACKING_SLIPS if is_plain else PaperKind.LABELS, name)


def _card_place(stock: Stock) -> int:
    """Offer flat cards first, then folded ones, then sheets."""
    return 0 if stock.is_small else 1 if stock.is_folded else 2


def usual_stock(kind: str, country: str) -> StockChoice:
    """Return the stock that a country's shops hold for a kind of paper."""
    from jeweler_desk.documents.label_stock import usual_label  # noqa: PLC0415 - when printing
    from jeweler_desk.documents.sheet import usual_card, usual_sheet  # noqa: PLC0415 - likewise

    name = {
        PaperKind.LABELS.value: lambda: usual_label(country).name,
        PaperKind.CARDS.value: lambda: usual_card(country).name,
        GIFT_RECEIPTS: lambda: usual_card(country).name,
    }.get(kind, lambda: usual_sheet(country).name)()
    return next(each for each in stock_choices(kind) if each.name == name)


_LEAST_LABEL: Final = (25.0, 25.0)
_LEAST_CARD: Final = (50.0, 80.0)
_LEAST_SHEET: Final = (140.0, 150.0)
_SHEET_MARGIN: Final = 54.0
_CARD_MARGIN: Final = 0.115
