"""Addresses and messages that run from right to left stand where their readers look for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pypdfium2
import pytest

from jeweler_desk.documents.address_label import render_labels
from jeweler_desk.documents.customs_sheet import render_customs
from jeweler_desk.documents.label_stock import LABEL_STOCKS
from jeweler_desk.documents.letter_page import LetterPage, render_letters
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.documents.thank_you_card import render_cards
from jeweler_desk.documents.typography.direction import ends_right
from jeweler_desk.documents.typography.fonts import Cut, FontBook
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter
from jeweler_desk.domain.address_label import AddressLabel
from jeweler_desk.domain.card import CardText, ThankYouCard
from jeweler_desk.domain.customs import CustomsFacts, CustomsLine, CustomsSheet
from jeweler_desk.domain.money import Money
from tests.documents.test_packing_slip import a_slip, printed

HEBREW = ("נועה בן־דוד", "רחוב הרצל 5", "61000", "Noa Ben-David", "ISRAEL")
ARABIC = ("ليلى حسن", "12 شارع النيل", "SW1A 2AA القاهرة", "11511")


def edges(pdf: bytes, words: Sequence[str]) -> list[tuple[float, float]]:
    """Return where each word begins and ends on the first page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    found: list[tuple[float, float]] = []
    for word in words:
        start, count = text.search(word).get_next()
        boxes = [text.get_charbox(at) for at in range(start, start + count)]
        found.append((min(box[0] for box in boxes), max(box[2] for box in boxes)))
    document.close()
    return found


@pytest.mark.parametrize(
    ("lines", "turned"),
    [
        (HEBREW, (True, True, True, False, False)),
        (ARABIC, (True, True, True, True)),
        (("Noa Cohen", "רחוב הרצל 5", "תל אביב", "ISRAEL"), (True, True, True, False)),
        (("נועה כהן", "218 Juniper Lane", "Austin, TX 78701"), (False, False, False)),
        (("שלום",), (True,)),
        (("Maren Holt", "12"), (False, False)),
        ((), ()),
    ],
)
def test_an_address_in_hebrew_or_arabic_ends_right_and_its_latin_lines_begin_left(
    lines: tuple[str, ...], turned: tuple[bool, ...]
) -> None:
    assert ends_right(lines) == turned


def test_a_house_number_or_postcode_before_arabic_words_is_read_first() -> None:
    def said(line: Line) -> str:
        return "".join(glyph.text for run in line.runs for glyph in run.glyphs)

    setter = Typesetter(FontBook())
    _name, street, city, code = setter.address(ARABIC, Style(Cut(), 10, 14), 300)
    assert said(street).endswith("12")
    assert said(city).endswith("SW1A 2AA")
    assert said(code) == "11511"
    assert {each.start(300) + each.width for each in (street, city, code)} == {300}


def _label(lines: tuple[str, ...]) -> bytes:
    label = AddressLabel("#1", lines, ("Wren & Thistle",), "#1")
    return render_labels([label], LABEL_STOCKS["4x6"]).pdf


def _letter(lines: tuple[str, ...]) -> bytes:
    page = LetterPage("#1", "October 5, 2026", lines, "Dear Noa,")
    return render_letters([page], ("Wren & Thistle", ()), STOCKS["letter"]).pdf


def _customs(lines: tuple[str, ...]) -> bytes:
    line = CustomsLine("Moon Ring", 1, CustomsFacts(), Money(4400, "USD"))
    sheet = CustomsSheet(
        "#1", date(2026, 10, 5), ("Wren",), lines, "", (line,), None, is_gift=False
    )
    return render_customs([sheet], STOCKS["a4"]).pdf


@pytest.mark.parametrize(
    "make", [_label, _letter, _customs, lambda lines: printed(a_slip(ship_to=lines))]
)
def test_on_every_paper_the_hebrew_lines_end_at_one_edge_and_the_latin_ones_begin_at_another(
    make: object,
) -> None:
    assert callable(make)
    name, code, latin, land = edges(make(HEBREW), ("נועה", "61000", "Noa Ben", "ISRAEL"))
    assert name[1] == pytest.approx(code[1], abs=2)
    assert latin[0] == pytest.approx(land[0], abs=2)
    assert code[0] > land[1]


def test_a_message_on_a_card_stands_as_it_is_read() -> None:
    card = ThankYouCard(("מזל טוב ואהבה גדולה", "נועה", "Ana"), is_gift_message=True)
    made = render_cards([CardText("#1", card)], "Wren", STOCKS["us-a2"])
    wide, name, latin = edges(made.pdf, ("גדולה", "נועה", "Ana"))
    long, _ = edges(made.pdf, ("מזל", "Ana"))
    assert name[1] == pytest.approx(long[1], abs=1.5)
    assert latin[0] == pytest.approx(wide[0], abs=1.5)
