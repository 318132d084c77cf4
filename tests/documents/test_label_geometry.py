"""Labels where the stock has them, whatever the printer's drift; codes read at 203 dots an inch."""

from __future__ import annotations

import io
import random
import re
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.documents.address_label import INSET, render_labels
from jeweler_desk.documents.label_stock import LABEL_STOCKS, Drift
from jeweler_desk.documents.ruler_page import render_ruler_page
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.domain.address_label import AddressLabel

MILLIMETER = 72 / 25.4
SHEETS = [each.name for each in LABEL_STOCKS.values() if each.count > 1]
LINES = ("Maren Holt", "218 Juniper Lane", "Asheville, NC 28801")
SIZES = {
    "letter": (215.9, 279.4),
    "a4": (210, 297),
    "a5": (148, 210),
    "iso-a6": (105, 148),
    "iso-a7": (74, 105),
    "us-a2": (107.95, 139.7),
    "us-a6": (114.3, 158.75),
    "us-a7": (127, 177.8),
    "4bar": (88.9, 123.825),
    "4x6": (101.6, 152.4),
    "100x150": (100, 150),
    "62mm": (62, 100),
}


def a_label(number: str) -> AddressLabel:
    return AddressLabel(number, LINES, (), number)


@pytest.mark.parametrize("name", SIZES)
def test_the_page_of_each_of_twelve_stocks_is_exact_to_a_hundredth_of_a_millimeter(
    name: str,
) -> None:
    from jeweler_desk.documents.label_stock import LabelStock  # noqa: PLC0415 - beside its use

    plain = STOCKS.get(name)
    stock = LabelStock(plain, plain.width, plain.height) if plain else LABEL_STOCKS[name]
    box = pypdf.PdfReader(io.BytesIO(render_ruler_page(stock))).pages[0].mediabox
    found = (float(box.width) / MILLIMETER, float(box.height) / MILLIMETER)
    assert found == pytest.approx(SIZES[name], abs=0.01)


def ink(pdf: bytes, page: int, scale: float) -> Any:
    found = pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("L")
    return found.point(lambda value: 255 if value < 200 else 0)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SHEETS),
    st.integers(0, 200),
    st.floats(-5, 5),
    st.floats(-5, 5),
    st.floats(0.98, 1.02),
    st.floats(0.98, 1.02),
)
def test_what_a_drifting_printer_prints_lands_inside_its_die_cut(
    name: str, place: int, dx: float, dy: float, sx: float, sy: float
) -> None:
    """The printer moves and scales by the inverse of what is allowed for: the label is right."""
    stock = LABEL_STOCKS[name]
    place %= stock.count
    drift = Drift(dx * MILLIMETER, dy * MILLIMETER, sx, sy)
    pdf = render_labels([a_label("#1041")], stock, place + 1, drift).pdf
    scale = 2.0
    box = ink(pdf, 0, scale).getbbox()
    assert box is not None
    left, right = (each / scale for each in (box[0], box[2]))
    low, high = (stock.page.height - each / scale for each in (box[3], box[1]))
    # What the printer makes of it: (x - dx) / sx lies where the stock has its label.
    x, y = stock.corner(place)
    landed = [
        ((left - drift.dx) / sx, x + INSET, 1),
        ((right - drift.dx) / sx, x + stock.width - INSET, -1),
        ((low - drift.dy) / sy, y + INSET, 1),
        ((high - drift.dy) / sy, y + stock.height - INSET, -1),
    ]
    pixel = 1.5 / scale
    # Ink that the drift would print beyond the page's own edge is cut by the page, not misplaced.
    for found, edge, inward in landed:
        assert (found - edge) * inward >= -pixel


THERMAL = ("4x6", "100x150", "62mm")


def order_numbers() -> list[str]:
    chance = random.Random("labels")  # noqa: S311 - samples, no secret
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-"
    return [
        chance.choice(["#", "", "shopify:#", "ETSY-"])
        + "".join(chance.choices(letters, k=chance.randrange(3, 13)))
        for _ in range(200)
    ]


def codes_read(pdf: bytes, pages: int | None, dots: int) -> list[str]:
    """Read the codes as a print head lays them: black or white, one try, upright."""
    document = pypdfium2.PdfDocument(pdf)
    read: list[str] = []
    for index in range(len(document))[:pages]:
        page = document[index]
        image = page.render(scale=dots / 72, grayscale=True).to_pil()
        image = image.point(lambda value: 255 if value >= 128 else 0)
        codes = zxingcpp.read_barcodes(
            image,
            zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            try_rotate=False,
            try_invert=False,
        )
        read += [found.text for found in codes]
        page.close()
    return read


@pytest.mark.parametrize("name", [*THERMAL, "avery-5160", "l7163"])
def test_the_codes_of_two_hundred_labels_are_read_at_203_dots_an_inch(name: str) -> None:
    numbers = order_numbers()
    made = render_labels([a_label(number) for number in numbers], LABEL_STOCKS[name])
    assert sorted(codes_read(made.pdf, None, 203)) == sorted(numbers)


@pytest.mark.parametrize("name", [*THERMAL, *SHEETS])
def test_the_codes_of_every_stock_are_read_at_300_dots_an_inch(name: str) -> None:
    numbers = order_numbers()[:8]
    made = render_labels([a_label(number) for number in numbers], LABEL_STOCKS[name])
    assert sorted(codes_read(made.pdf, None, 300)) == sorted(numbers)


@pytest.mark.parametrize("name", THERMAL)
@pytest.mark.parametrize("dots", [203, 300])
def test_a_label_printers_label_keeps_three_millimeters_blank_and_is_pure_black(
    name: str, dots: int
) -> None:
    label = AddressLabel("#1041", LINES, ("Juniper & Tide", "12 Mill Pond Lane"), "#1041")
    pdf = render_labels([label], LABEL_STOCKS[name]).pdf
    found = ink(pdf, 0, dots / 72)
    left, top, right, low = found.getbbox()
    edge = 3 * dots / 25.4
    assert left >= edge and top >= edge
    assert right <= found.width - edge and low <= found.height - edge
    drawn = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert drawn is not None
    assert set(re.findall(rb"[\d.]+ g\b", drawn.get_data())) == {b"0 g"}
