"""The packing slip as it comes out of the printer: words, pages, boxes, fonts, ink."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from datetime import date
from typing import Any

import pypdf
import pytest

from jeweler_desk.documents.packing_slip import long_day, render_packing_slips
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.domain.order import Variation
from jeweler_desk.domain.shipment import Letterhead, OtherUnits, PackingSlip, SlipLine
from tests.paper_orders import SHOP, fonts_of, ink_of, text_of, words_of

RING = SlipLine(
    "Labradorite Moon Ring",
    2,
    (Variation("Ring size", "7"), Variation(None, "Silver")),
    "M ♥ A\n05·10·2026",
)


def a_slip(*lines: SlipLine, **cells: Any) -> PackingSlip:
    known: dict[str, Any] = {
        "order_number": "#1041",
        "placed_on": date(2026, 10, 5),
        "shop": SHOP,
        "ship_to": ("Maren Holt", "218 Juniper Lane", "Asheville, NC 28801"),
        "lines": lines or (RING,),
        "thanks": "Thank you for your order.",
    }
    return PackingSlip(**(known | cells))


def printed(*slips: PackingSlip, stock: str = "letter") -> bytes:
    return render_packing_slips(slips, STOCKS[stock]).pdf


def page_count(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_slip_says_who_sends_what_to_whom() -> None:
    words = words_of(printed(a_slip()))
    for told in (
        "Wren & Thistle",
        "12 Bellflower Road · Asheville, NC 28801",
        "Maren Holt",
        "218 Juniper Lane",
        "#1041",
        "Placed Monday, October 5, 2026",
        "2 pieces",
        "2 ×",
        "Labradorite Moon Ring",
        "Ring size: 7 · Silver",
        "M ♥ A",
        "05·10·2026",
        "Thank you for your order.",
        "Hazel Wren",
    ):
        assert told in words


def test_a_slip_says_what_was_sent_before_and_what_follows_when() -> None:
    slip = a_slip(
        already_sent=(OtherUnits("Star Studs", 1),),
        to_follow=(
            OtherUnits("Name Necklace", 3, date(2026, 10, 13)),
            OtherUnits("Cuff", 1, date(2026, 10, 9)),
            OtherUnits("Band", 1, date(2026, 10, 13)),
        ),
    )
    words = words_of(printed(slip))
    assert "ALREADY SENT 1 × Star Studs" in words
    assert (
        "TO FOLLOW BY FRIDAY, OCTOBER 9, 2026 1 × Cuff"
        " TO FOLLOW BY TUESDAY, OCTOBER 13, 2026 3 × Name Necklace 1 × Band"
    ) in words
    undated = a_slip(to_follow=(OtherUnits("Name Necklace", 3),))
    assert "TO FOLLOW 3 ×" in words_of(printed(undated))


def test_notes_and_details_are_printed_line_by_line() -> None:
    slip = a_slip(
        note="Please leave it\nwith the neighbor.",
        details=(Variation("Engraving", "„Für immer“"), Variation(None, "script")),
    )
    lines = [line.strip() for line in text_of(printed(slip)).splitlines()]
    for told in ("Please leave it", "with the neighbor.", "Engraving", "„Für immer“", "script"):
        assert told in lines


def test_what_the_shop_has_not_said_is_left_off() -> None:
    words = words_of(printed(a_slip(shop=Letterhead(), ship_to=(), thanks="")))
    assert words.startswith("Packing slip ORDER #1041")


@pytest.mark.parametrize(
    "name",
    [
        "佐藤 美咲",
        "田中 健二",
        "김민수",
        "Ольга Ковальчук",
        "Ελένη Παπαδοπούλου",
        "João Conceição",
        "Nguyễn Thị Hương",
        "Łukasz Żółć",
        "Zoë 💍 ♥ 🎉",
        "Գայանե",
        "ნინო",
    ],
)
def test_a_name_in_any_script_is_printed_and_copies_exactly(name: str) -> None:
    pdf = printed(a_slip(SlipLine("Ring", 1), ship_to=(name,), shop=Letterhead(), thanks=""))
    assert name in words_of(pdf)
    nameless = printed(a_slip(SlipLine("Ring", 1), ship_to=("",), shop=Letterhead(), thanks=""))
    assert ink_of(pdf) > ink_of(nameless) + 60


def test_marks_above_letters_are_raised_and_the_line_goes_on_below_them() -> None:
    for name in ("שָׁלוֹם", "مُحَمَّد", "ป้ำ ที่"):
        bare = "".join(each for each in name if each.isalpha())
        raised = printed(a_slip(ship_to=(name,)))
        plain = printed(a_slip(ship_to=(bare,)))
        assert ink_of(raised) > ink_of(plain)
        assert "Labradorite Moon Ring" in words_of(raised)


def test_a_letter_of_two_looks_copies_as_it_was_written() -> None:
    angstrom = "Å and Å, no\u00a0break, µ and μ"
    text = text_of(printed(a_slip(SlipLine(angstrom, 1))))
    assert angstrom in text


def test_a_character_no_font_has_is_printed_as_its_code_never_blank() -> None:
    assert "[U+20BB6]野 健" in words_of(printed(a_slip(ship_to=("𠮶野 健",))))


def test_nothing_a_customer_writes_is_read_as_markup() -> None:
    nasty = "<b>bold</b> &amp; <img src='x'/> {first_name} %s \\) ET Q"
    pdf = printed(a_slip(SlipLine(nasty, 1, (), nasty), ship_to=(nasty,), note=nasty))
    assert words_of(pdf).count(nasty) == 4


def test_every_font_is_embedded_as_a_subset() -> None:
    fonts = fonts_of(printed(a_slip(ship_to=("Maren 佐藤 💍",))))
    assert len(fonts) >= 6
    assert all(fonts.values())
    assert all(name.index("+") == 7 for name in fonts)  # “/ABCDEF+Name”
    assert not any("Helvetica" in name for name in fonts)


@pytest.mark.parametrize("stock", STOCKS)
def test_the_page_is_exactly_the_stock(stock: str) -> None:
    millimeter = 72 / 25.4
    pdf = printed(a_slip(), stock=stock)
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        assert float(page.mediabox.width) == pytest.approx(
            STOCKS[stock].width, abs=0.01 * millimeter
        )
        assert float(page.mediabox.height) == pytest.approx(
            STOCKS[stock].height, abs=0.01 * millimeter
        )
    assert "Labradorite Moon Ring" in words_of(pdf)


def test_the_file_has_a_title_a_language_and_is_not_shrunk_by_viewers() -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed(a_slip())))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Packing slip #1041"
    assert reader.metadata.author == "Wren & Thistle"
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"


def test_the_title_names_the_first_orders_of_many() -> None:
    slips = [a_slip(order_number=f"#{number}") for number in range(1, 6)]
    reader = pypdf.PdfReader(io.BytesIO(printed(*slips)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Packing slip #1, #2, #3, …"
    assert len(reader.pages) == 5


def test_a_long_order_flows_over_pages_and_loses_no_line() -> None:
    pieces = tuple(
        SlipLine(f"Charm No. {number}", 1, (), "To the moon" if number % 5 == 0 else None)
        for number in range(1, 41)
    )
    pdf = printed(a_slip(*pieces))
    words = words_of(pdf)
    assert page_count(pdf) > 1
    assert all(f"Charm No. {number}" in words for number in range(1, 41))
    assert words.count("To the moon") == 8
    assert f"Page 1 of {page_count(pdf)}" in words
    assert "Order #1041, continued" in words


def test_one_personalization_longer_than_a_page_loses_no_word() -> None:
    letter = " ".join(f"word{number}" for number in range(900))
    pdf = printed(a_slip(SlipLine("Locket", 1, (), letter)))
    assert set(letter.split()) <= set(words_of(pdf).split())
    assert page_count(pdf) > 2


def test_a_slip_that_nearly_fits_is_set_more_snugly_on_one_page() -> None:
    airy = page_count(printed(a_slip(*[RING] * 3)))
    snug = page_count(printed(a_slip(*[RING] * 4)))
    assert (airy, snug) == (1, 1)
    assert page_count(printed(a_slip(*[RING] * 9))) == 2


def test_a_product_line_is_not_torn_from_its_title() -> None:
    pieces = tuple(SlipLine(f"Charm {number}", 1, (), "Mama") for number in range(30))
    pages = pypdf.PdfReader(io.BytesIO(printed(a_slip(*pieces)))).pages
    for page in pages:
        text = page.extract_text()
        assert text.count("Charm ") == text.count("Mama")


def test_the_same_slips_give_the_same_bytes_also_after_other_papers() -> None:
    first = printed(a_slip(), a_slip(ship_to=("佐藤 美咲",)))
    printed(a_slip(ship_to=("Ольга",)))
    assert printed(a_slip(), a_slip(ship_to=("佐藤 美咲",))) == first


def test_the_same_slips_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import sys; from tests.documents.test_packing_slip import a_slip, printed;"
        "sys.stdout.buffer.write(printed(a_slip(ship_to=('佐藤 美咲 💍',))))"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert other.stdout == printed(a_slip(ship_to=("佐藤 美咲 💍",)))


def test_a_latin_slip_is_small_and_an_eastern_one_not_much_larger() -> None:
    assert len(printed(a_slip())) <= 60_000
    assert len(printed(a_slip(ship_to=("佐藤 美咲", "神宮前1-2-3", "東京都 渋谷区")))) <= 150_000


def test_a_day_is_written_in_full_whatever_the_computers_language() -> None:
    assert long_day(date(2026, 11, 1)) == "Sunday, November 1, 2026"


@pytest.mark.parametrize("stock", ["letter", "us-a6", "iso-a6"])
def test_on_no_stock_is_a_piece_parted_from_what_is_told_of_it(stock: str) -> None:
    pieces = tuple(
        SlipLine(
            f"Charm-{n:02d} of sterling silver",
            1 + n % 2,
            (Variation("Size", str(n)),) if n % 2 else (),
            f"Words-{n:02d}" if n % 3 == 0 else None,
            (f"Stone-{n:02d} varies",) if n % 4 == 0 else (),
            price="44.00 USD" if n % 5 else "",
        )
        for n in range(40)
    )
    sums = (("Shipping", "9.00 USD"), ("Total", "99.00 USD"))
    pdf = printed(a_slip(*pieces, sums=sums), stock=stock)
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        told = page.extract_text()
        pieces_here = set(re.findall(r"Charm-(\d\d)", told))
        assert set(re.findall(r"(?:Words|Stone)-(\d\d)", told)) <= pieces_here
        assert pieces_here, "no page without a piece: neither sums nor thanks stand alone"
