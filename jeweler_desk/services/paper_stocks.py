"""The stocks that each kind of paper is printed on, as a person chooses among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.paper_facts import PaperKind

GIFT_RECEIPTS: Final = "gift-receipts"
_ON_CARDS: Final = (PaperKind.CARDS.value, PaperKind.PACKING_SLIPS.value, GIFT_RECEIPTS)


@dataclass(frozen=True, slots=True)
class StockChoice:
    """One stock: its name, both measures in its title, its page in points, labels on a page."""

    name: str
    title: str
    width: float
    height: float
    labels: int = 1


def stock_choices(kind: str) -> tuple[StockChoice, ...]:
    """Return the stocks for a kind of paper, in the order in which they are offered."""
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
        if kind in _ON_CARDS or not each.is_small
    ]
    if kind in (PaperKind.CARDS, GIFT_RECEIPTS):
        stocks.sort(key=lambda each: each.width > _WIDEST_CARD)
    return tuple(stocks)


def usual_stock(kind: str, country: str) -> StockChoice:
    """Return the stock that a country's shops hold for a kind of paper."""
    from jeweler_desk.documents.label_stock import usual_label  # noqa: PLC0415 - when printing
    from jeweler_desk.documents.sheet import usual_card, usual_sheet  # noqa: PLC0415 - likewise

    name = {
        PaperKind.LABELS.value: lambda: usual_label(country).name,
        PaperKind.CARDS.value: lambda: usual_card(country).name,
    }.get(kind, lambda: usual_sheet(country).name)()
    return next(each for each in stock_choices(kind) if each.name == name)


_WIDEST_CARD = 396.0
        GIFT_RECEIPTS: lambda: usual_card(country).name,
