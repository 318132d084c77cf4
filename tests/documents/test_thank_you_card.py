"""The card as it comes out of the printer: size of type, second cards, what it never says."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.documents.thank_you_card import SMALLEST, render_cards
from jeweler_desk.domain.card import CardText, ThankYouCard
from tests.paper_orders import fonts_of, ink_of, text_of, words_of

THANKS = CardText(
    "#1041",
    ThankYouCard(
        body=("Thank you for choosing the Moon Ring.", "Please write to me."),
        salutation="Dear Maren,",
        valediction="Yours truly,",
        signature="Hazel Wren",
    ),
)


def a_message(text: str) -> CardText:
    return CardText("#1", ThankYouCard(tuple(text.splitlines()), is_gift_message=True))


def type_sizes(pdf: bytes) -> set[float]:
    sizes: set[float] = set()

    def see(text: str, _cm: Any, _tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(size)

    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=see)
    return sizes


def test_a_card_holds_its_letter_from_salutation_to_signature() -> None:
    pdf, pages = render_cards([THANKS], "Wren & Thistle", STOCKS["us-a2"])
    lines = [line.strip() for line in text_of(pdf).splitlines() if line.strip()]
    assert pages == 1
    assert lines[0] == "Dear Maren,"
    assert lines[-3:] == ["Yours truly,", "Hazel Wren", "Wren & Thistle"]
    assert "Thank you for choosing the Moon Ring. Please write to me." in words_of(pdf)
    assert all(fonts_of(pdf).values())
    assert ink_of(pdf) > 500


@pytest.mark.parametrize("stock", STOCKS)
def test_a_card_is_exactly_its_stock(stock: str) -> None:
    pdf, _pages = render_cards([THANKS], "Wren & Thistle", STOCKS[stock])
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(
        (STOCKS[stock].width, STOCKS[stock].height), abs=0.02
    )


def test_a_gifts_message_is_printed_word_for_word_and_line_by_line() -> None:
    pdf, _pages = render_cards([a_message("Happy birthday!\n\nLove,\nSam ♥")], "", STOCKS["4bar"])
    assert [line.strip() for line in text_of(pdf).splitlines() if line.strip()] == [
        "Happy birthday!",
        "Love,",
        "Sam ♥",
    ]


def test_a_long_message_shrinks_to_nine_points_then_takes_a_second_card() -> None:
    words = [f"word{number}" for number in range(260)]
    pdf, pages = render_cards([a_message(" ".join(words))], "Wren", STOCKS["us-a2"])
    assert pages == 2
    assert " ".join(words) in words_of(pdf).replace(" Wren 1 / 2", "").replace(" Wren 2 / 2", "")
    assert min(type_sizes(pdf)) >= SMALLEST


def test_no_line_stands_alone_on_the_next_card() -> None:
    spilled = 0
    for count in range(80, 122, 6):
        words = " ".join(f"word{number}" for number in range(count))
        told = replace(THANKS.card, body=(words, "Please write to me.")) if THANKS.card else None
        for card in (CardText("#1", told), a_message(words)):
            pdf, pages = render_cards([card], "Wren", STOCKS["iso-a7"])
            spilled += pages > 1
            for page in pypdf.PdfReader(io.BytesIO(pdf)).pages[1:]:
                lines = [each for each in page.extract_text().splitlines() if each.strip()]
                assert len(lines) > 2, "two lines and the card's foot at least"
    assert spilled


def test_a_message_of_middle_length_shrinks_and_stays_on_one_card() -> None:
    text = "A message of middle length, written with love. " * 12
    short, _ = render_cards([a_message("Love, Sam")], "", STOCKS["us-a2"])
    pdf, pages = render_cards([a_message(text)], "", STOCKS["us-a2"])
    assert pages == 1
    assert SMALLEST <= max(type_sizes(pdf)) < max(type_sizes(short))


def test_an_order_without_a_card_takes_no_page() -> None:
    _pdf, pages = render_cards([CardText("#2", None, ("No name.",)), THANKS], "", STOCKS["a4"])
    assert pages == 1


def test_a_card_without_a_signature_ends_with_the_valediction() -> None:
    card = CardText("#1", ThankYouCard(("Thank you.",), "Dear Ana,", "Yours truly,"))
    pdf, _pages = render_cards([card], "", STOCKS["iso-a6"])
    assert words_of(pdf) == "Dear Ana, Thank you. Yours truly,"
