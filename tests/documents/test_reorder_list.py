"""The reorder list on paper: by supplier, a box for each line, a name never alone at the foot."""

from __future__ import annotations

import io
from datetime import date

import pypdf

from jeweler_desk.documents.reorder_list import render_reorder_list
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.domain.supply import ReorderGroup, ReorderLine, ReorderList

LINE = ReorderLine("Ring boxes, kraft", 2, 50, 3, 20, "Shelf 2, left")


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def a_list(*groups: ReorderGroup, shop: str = "Juniper & Tide") -> ReorderList:
    return ReorderList(shop, date(2026, 10, 5), groups)


def test_the_list_says_what_to_order_where() -> None:
    wanted = a_list(ReorderGroup("Nile Boxes", (LINE,)), ReorderGroup(None, (LINE,)))
    pdf, pages = render_reorder_list(wanted, STOCKS["letter"])
    (text,) = texts(pdf)
    assert pages == 1
    for words in (
        "Juniper & Tide",
        "Reorder list",
        "Monday, October 5, 2026",
        "Nile Boxes",
        "2 packs of 50 · Ring boxes, kraft",
        "3 left, reorder at 20",
        "Shelf 2, left",
        "No supplier named",
    ):
        assert words in text


def test_a_shop_without_a_name_has_the_lists_own_heading() -> None:
    pdf, _ = render_reorder_list(a_list(ReorderGroup(None, (LINE,)), shop=""), STOCKS["a4"])
    assert "Reorder list" in texts(pdf)[0]


def test_a_long_list_goes_on_and_counts_its_pages() -> None:
    groups = tuple(ReorderGroup(f"Supplier {each}", (LINE,) * 7) for each in range(9))
    pdf, pages = render_reorder_list(a_list(*groups), STOCKS["letter"])
    told = texts(pdf)
    assert pages == len(told) > 1
    assert f"Page 2 of {pages}" in told[1]
    for text in told:
        last = [line for line in text.splitlines() if not line.startswith("Page ")][-1]
        assert not last.startswith("Supplier ")
    assert render_reorder_list(a_list(*groups), STOCKS["letter"])[0] == pdf
