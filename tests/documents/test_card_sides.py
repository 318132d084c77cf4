"""Cards with a front and a back, flat or folded, and what is too long for one."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from jeweler_desk.documents.sheet import STOCKS, Stock
from jeweler_desk.documents.thank_you_card import lines_too_many, render_cards
from jeweler_desk.domain.card import CardText, ThankYouCard
from jeweler_desk.domain.print_job import Sides
from tests.paper_orders import text_of

CARDS = [each for each in STOCKS.values() if each.is_small or each.is_folded]
FLAT = [each for each in CARDS if not each.is_folded]
FOLDED = [each for each in CARDS if each.is_folded]
WORD = "birthday"


def a_message(text: str) -> CardText:
    return CardText("#1", ThankYouCard(tuple(text.splitlines()), is_gift_message=True))


def places(pdf: bytes, word: str) -> list[tuple[int, float, float, float]]:
    """Return each page with the middle of a word on it, and the direction in which it is set."""
    found: list[tuple[int, float, float, float]] = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(pdf)).pages):

        def see(
            text: str, cm: Any, tm: Any, _font: Any, _size: float, number: int = number
        ) -> None:
            if word in text:
                x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                found.append((number, x, y, cm[0]))

        page.extract_text(visitor_text=see)
    return found


def ink_box(pdf: bytes, page: int) -> tuple[int, int, int, int]:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(grayscale=True).to_pil().point(lambda each: 255 - each)
    box: tuple[int, int, int, int] | None = picture.getbbox()
    document.close()
    assert box is not None
    return box


@pytest.mark.parametrize("stock", FLAT, ids=lambda each: each.name)
def test_a_flat_card_on_both_sides_has_a_front_and_the_words_on_its_back(stock: Stock) -> None:
    pdf, pages = render_cards(
        [a_message(f"Happy {WORD}!")], "Wren & Thistle", stock, Sides.LONG_EDGE
    )
    assert pages == 2
    front, back = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Wren" in front and WORD not in front
    assert back.strip() == f"Happy {WORD}!"


@pytest.mark.parametrize("stock", FOLDED, ids=lambda each: each.name)
def test_a_folded_card_has_its_front_and_its_words_on_the_right_panel(stock: Stock) -> None:
    pdf, pages = render_cards([a_message(f"Happy {WORD}!")], "Wren", stock)
    assert pages == 2
    assert stock.width == pytest.approx(2 * stock.panel_width)
    (at,) = places(pdf, WORD)
    assert at[0] == 1 and at[1] > stock.panel_width
    assert sum(x > stock.panel_width for page, x, _y, _d in places(pdf, "Wren") if page == 0) == 1


@pytest.mark.parametrize("stock", CARDS, ids=lambda each: each.name)
def test_the_back_is_turned_as_the_printer_turns_the_sheet(stock: Stock) -> None:
    upright, turned = (Sides.LONG_EDGE, Sides.SHORT_EDGE)
    if stock.width > stock.height:
        upright, turned = turned, upright
    message = [a_message(f"Happy {WORD}!")]
    (straight,) = places(render_cards(message, "Wren", stock, upright).pdf, WORD)
    (over,) = places(render_cards(message, "Wren", stock, turned).pdf, WORD)
    assert straight[3] > 0 > over[3]
    assert over[1] == pytest.approx(stock.width - straight[1], abs=0.1)
    assert over[2] == pytest.approx(stock.height - straight[2], abs=0.1)


@pytest.mark.parametrize("stock", CARDS, ids=lambda each: each.name)
@pytest.mark.parametrize("letters", [20, 180, 400, 600])
def test_twenty_to_six_hundred_characters_fit_or_say_by_how_many_lines_not(
    stock: Stock, letters: int
) -> None:
    words = " ".join(f"love{number}" for number in range(200))[:letters].rsplit(" ", 1)[0]
    told = a_message(words)
    assert told.card is not None
    lines = lines_too_many(told.card, "Wren", stock)
    pdf, pages = render_cards([told], "Wren", stock)
    per_card = 2 if stock.is_folded else 1
    assert (pages > per_card) == (lines > 0)
    assert set(words.split()) <= set(text_of(pdf).split())
    margin = 0.06 * stock.panel_width
    for page in range(pages):
        left, top, right, bottom = ink_box(pdf, page)
        assert min(left, top) >= margin - 1
        assert right <= stock.width - margin + 1 and bottom <= stock.height - margin * 0.5 + 1


def test_what_is_too_long_is_counted_in_lines() -> None:
    told = a_message("\n".join("love" for _ in range(60)))
    assert told.card is not None
    small = lines_too_many(told.card, "", STOCKS["iso-a7"])
    large = lines_too_many(told.card, "", STOCKS["us-a7"])
    assert small > large > 0
