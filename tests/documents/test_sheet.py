"""Stocks of paper: exact sizes, and names that cannot be mistaken."""

from __future__ import annotations

import pytest

from jeweler_desk.documents.sheet import (
    STOCKS,
    UnknownStockError,
    stock_named,
    usual_card,
    usual_sheet,
)


@pytest.mark.parametrize(
    ("name", "millimeters"),
    [
        ("letter", (215.9, 279.4)),
        ("a4", (210, 297)),
        ("a5", (148, 210)),
        ("us-a2", (107.95, 139.7)),
        ("us-a6", (114.3, 158.75)),
        ("us-a7", (127, 177.8)),
        ("4bar", (88.9, 123.825)),
        ("iso-a6", (105, 148)),
        ("iso-a7", (74, 105)),
    ],
)
def test_each_stock_has_its_exact_size(name: str, millimeters: tuple[float, float]) -> None:
    stock = stock_named(name)
    assert (stock.width * 25.4 / 72, stock.height * 25.4 / 72) == pytest.approx(millimeters)


def test_every_title_says_inches_and_millimeters() -> None:
    assert all(" in" in stock.title and " mm" in stock.title for stock in STOCKS.values())


def test_an_unknown_stock_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownStockError, match=r"no stock “a9”.*letter, a4, a5, us-a2"):
        stock_named("a9")
    assert stock_named(" US-A2 ").name == "us-a2"


@pytest.mark.parametrize(
    ("country", "sheet", "card"),
    [("US", "letter", "us-a2"), ("", "letter", "us-a2"), ("DE", "a4", "iso-a6")],
)
def test_a_country_has_its_usual_paper(country: str, sheet: str, card: str) -> None:
    assert (usual_sheet(country).name, usual_card(country).name) == (sheet, card)
