"""Labels on their stocks: inside every die cut, from any position, and the code can be read."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from jeweler_desk.documents.address_label import INSET, render_labels, too_long
from jeweler_desk.documents.label_stock import (
    LABEL_STOCKS,
    Drift,
    label_stock_named,
    usual_label,
)
from jeweler_desk.documents.ruler_page import render_ruler_page
from jeweler_desk.documents.sheet import UnknownStockError
from jeweler_desk.domain.address_label import AddressLabel

SENDER = ("Wren & Thistle", "12 Bellflower Road", "Asheville, NC 28801")
LINES = ("Maren Holt", "218 Juniper Lane", "Apt 4", "Asheville, NC 28801")
SHEETS = [stock for stock in LABEL_STOCKS.values() if stock.count > 1]
DOTS = 203 / 72


def a_label(number: str = "#1041", lines: tuple[str, ...] = LINES) -> AddressLabel:
    return AddressLabel(number, lines, SENDER, number)


def picture(pdf: bytes, page: int = 0, scale: float = DOTS) -> Any:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("L")


def codes(image: Any) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(image))


@pytest.mark.parametrize("stock", LABEL_STOCKS.values(), ids=lambda each: each.name)
def test_every_code_is_read_back_at_the_resolution_of_a_label_printer(stock: Any) -> None:
    numbers = [f"#{1041 + index}" for index in range(min(stock.count, 6))]
    pdf, pages = render_labels([a_label(number) for number in numbers], stock)
    assert pages == 1
    assert codes(picture(pdf)) == numbers


@pytest.mark.parametrize("number", ["#1041", "3512000101", "D-7", "shopify:#1041", "№ 12/ä"])
def test_a_number_of_any_channel_is_read_back(number: str) -> None:
    pdf, _ = render_labels([a_label(number)], LABEL_STOCKS["4x6"])
    assert codes(picture(pdf)) == [number]


@pytest.mark.parametrize("stock", LABEL_STOCKS.values(), ids=lambda each: each.name)
def test_no_ink_lies_nearer_than_three_millimeters_to_a_labels_edge(stock: Any) -> None:
    wide = ("W" * 40, *LINES, "Donaudampfschifffahrtsstraße 142, Hinterhaus")
    label = a_label(lines=wide)
    if too_long(label, stock):
        label = a_label(lines=("W" * 40, *LINES))
    assert not too_long(label, stock)
    pdf, _ = render_labels([label] * stock.count, stock)
    page = picture(pdf, scale=2.0)
    inset = 3.0 * 72 / 25.4
    allowed = page.point(lambda _value: 0)
    for place in range(stock.count):
        x, y = stock.corner(place)
        left, right = (x + inset) * 2, (x + stock.width - inset) * 2
        top = (stock.page.height - y - stock.height + inset) * 2
        bottom = (stock.page.height - y - inset) * 2
        allowed.paste(255, (int(left), int(top), int(right) + 1, int(bottom) + 1))
    ink = page.point(lambda value: 255 if value < 200 else 0)
    assert ink.getbbox() is not None
    assert ImageChops.subtract(ink, allowed).getbbox() is None


@pytest.mark.parametrize("stock", SHEETS, ids=lambda each: each.name)
def test_the_labels_of_a_sheet_lie_on_its_page_and_not_on_one_another(stock: Any) -> None:
    corners = [stock.corner(place) for place in range(stock.count)]
    for index, (x, y) in enumerate(corners):
        assert x >= 0 and y >= 0
        assert x + stock.width <= stock.page.width + 0.01
        assert y + stock.height <= stock.page.height + 0.01
        for other_x, other_y in corners[index + 1 :]:
            beside = abs(other_x - x) >= stock.width - 0.01
            below = abs(other_y - y) >= stock.height - 0.01
            assert beside or below


@pytest.mark.parametrize("stock", SHEETS, ids=lambda each: each.name)
def test_a_begun_sheet_is_gone_on_with_at_its_first_free_label(stock: Any) -> None:
    pdf, pages = render_labels([a_label("#1"), a_label("#2")], stock, start=stock.count)
    assert pages == 2
    first, second = picture(pdf), picture(pdf, 1)
    assert codes(first) == ["#1"]
    assert codes(second) == ["#2"]
    (found,) = zxingcpp.read_barcodes(first)
    x, y = stock.corner(stock.count - 1)
    middle = (found.position.top_left.x + found.position.bottom_right.x) / 2 / DOTS
    assert x < middle < x + stock.width
    high = stock.page.height - found.position.top_left.y / DOTS
    assert y < high < y + stock.height


def test_a_printers_drift_moves_every_label_alike() -> None:
    stock = LABEL_STOCKS["l7160"]
    straight, _ = render_labels([a_label()], stock)
    shift = 5 * 72 / 25.4
    moved, _ = render_labels([a_label()], stock, drift=Drift(shift, -shift, 1.0, 1.0))
    (before,), (after,) = (zxingcpp.read_barcodes(picture(pdf)) for pdf in (straight, moved))
    assert after.position.top_left.x - before.position.top_left.x == pytest.approx(
        shift * DOTS, abs=2
    )
    assert after.position.top_left.y - before.position.top_left.y == pytest.approx(
        shift * DOTS, abs=2
    )


def test_the_words_of_a_label_are_set_smaller_before_any_is_lost() -> None:
    stock = LABEL_STOCKS["avery-5160"]
    assert too_long(a_label(), stock) == 0
    pdf, _ = render_labels([a_label(lines=(*LINES, "Third Floor", "Ring twice"))], stock)
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Maren Holt" in text and "Ring twice" in text
    assert too_long(a_label(lines=LINES * 5), stock) > 0


def test_a_small_label_gives_up_its_code_before_a_line_of_the_address() -> None:
    stock = LABEL_STOCKS["avery-5160"]
    long = a_label(lines=("Blümel & Töchter Goldschmiede GmbH & Co. KG", "Donauweg 1", *LINES))
    assert too_long(long, stock) == 0
    pdf, _ = render_labels([long], stock)
    assert "Donauweg 1" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert codes(picture(pdf)) == []


@pytest.mark.parametrize("stock", LABEL_STOCKS.values(), ids=lambda each: each.name)
def test_a_page_is_exactly_the_stocks(stock: Any) -> None:
    pdf, _ = render_labels([a_label()], stock)
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert float(box.width) == pytest.approx(stock.page.width, abs=0.01)
    assert float(box.height) == pytest.approx(stock.page.height, abs=0.01)
    assert stock.title.count("mm") >= 1 and " in" in stock.title


def test_a_stock_is_known_by_its_usual_names() -> None:
    assert label_stock_named("Avery 5160").name == "avery-5160"
    assert label_stock_named(" 4×6 ").name == "4x6"
    assert usual_label("US").name == "4x6"
    assert usual_label("DE").name == "100x150"
    with pytest.raises(UnknownStockError, match="Known are: 4x6"):
        label_stock_named("napkin")


@pytest.mark.parametrize("stock", LABEL_STOCKS.values(), ids=lambda each: each.name)
def test_a_test_page_has_a_bar_as_long_as_it_says(stock: Any) -> None:
    pdf = render_ruler_page(stock)
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert f"Test page for {stock.title.split(' (')[0]}" in text
    told = int(text.split("The bars are ")[1].split(" mm")[0])
    page = picture(pdf, scale=4)
    width, height = page.size
    dark = [
        sum(value < 60 for value in page.crop((150, row, width - 8, row + 1)).tobytes())
        for row in range(height // 2, height)
    ]
    assert max(dark) / 4 / 72 * 25.4 == pytest.approx(told, abs=0.6)


def test_a_moved_test_page_moves_its_outlines_and_not_its_rulers() -> None:
    stock = LABEL_STOCKS["l7163"]
    straight = picture(render_ruler_page(stock), scale=2)
    moved = picture(render_ruler_page(stock, Drift(20.0, 0.0)), scale=2)
    strip = (0, 0, straight.size[0], 14)
    assert straight.crop(strip).tobytes() == moved.crop(strip).tobytes()
    assert straight.tobytes() != moved.tobytes()
    assert INSET > 3 * 72 / 25.4
