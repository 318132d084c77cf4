from __future__ import annotations

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from jeweler_desk.documents.order_list import render_order_list
from jeweler_desk.documents.sheet import stock_named
from jeweler_desk.domain.order_listing import OrderListing, title_of
from jeweler_desk.domain.order_view import USUAL_COLUMNS, OrderColumn, View, parse_columns

ROW = ("#1041", "山口 さくら", "Jade Drop Earrings, Rain Ring ×2", "paid", "ready", "–")


def listing(rows: int) -> OrderListing:
    title = title_of(View.TO_PACK, None)
    return OrderListing("Juniper & Tide", title, date(2026, 10, 5), USUAL_COLUMNS, (ROW,) * rows)


def test_the_heads_of_the_columns_stand_on_every_page() -> None:
    pdf, pages = render_order_list(listing(90), stock_named("letter"))
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(texts) == pages > 1
    assert all("Buyer" in text and "Ship by" in text for text in texts)
    assert sum(text.count("#1041") for text in texts) == 90
    assert "Orders: to pack" in texts[0] and "Orders: to pack" not in texts[1]
    assert "90 orders" in texts[0]
    assert f"Page {pages} of {pages}" in texts[-1]


def test_amounts_stand_right_below_each_other() -> None:
    columns = (OrderColumn.ORDER, OrderColumn.TOTAL)
    rows = (("#1", "5.00 USD"), ("#2", "1,805.00 USD"))
    wide = OrderListing("Juniper & Tide", "All orders", date(2026, 10, 5), columns, rows)
    pdf, _ = render_order_list(wide, stock_named("letter"))
    starts: dict[str, float] = {}

    def see(text: str, _cm: object, tm: list[float], _font: object, _size: object) -> None:
        starts[text.strip()] = tm[4]

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    assert starts["1,805.00 USD"] < starts["5.00 USD"]


def test_what_is_listed_is_named() -> None:
    assert title_of(View.ALL, None) == "All orders"
    assert title_of(View.ON_HOLD, "jade") == "Orders on hold with “jade”"


def test_columns_are_read_once_each_and_nothing_is_the_usual() -> None:
    assert parse_columns(" total, ORDER ,total") == (OrderColumn.TOTAL, OrderColumn.ORDER)
    assert parse_columns(" , ") == USUAL_COLUMNS
