"""Letters on the shop's letterhead: a page for each letter or draft about an order."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from jeweler_desk.documents.sheet import UnknownStockError
from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import BUYER, an_order
from tests.fakes import FakePrinter, FixedClock

BODY = "Dear Hannah,\n\nThank you for your order.\n\nYours truly,\nAileen"


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    desk = build_desk(store, FixedClock(), folder=tmp_path, spooler=FakePrinter())
    desk.settings.set("shop.name", "Juniper & Tide")
    desk.settings.set("shop.address", "18 Cobble Lane\nPortland, ME 04101")
    desk.settings.set("shop.signature", "Aileen")
    return desk


def ordered(desk: Desk, number: str = "#1", gift: Gift = Gift.NO) -> OrderId:
    return desk.orders.add(
        an_order(number=number, address=BUYER, gift=gift, email="hannah@example.com")
    )[0]


def written(desk: Desk, order_id: OrderId, body: str = BODY) -> None:
    letter_id, _ = desk.letters.write(order_id)
    desk.letters.change(letter_id, body=body)


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def test_each_letter_has_its_page_with_head_day_receiver_and_words(desk: Desk) -> None:
    first, second = ordered(desk, "#1"), ordered(desk, "#2")
    for order_id in (first, second, second):
        written(desk, order_id)
    printed = desk.letter_papers.job([first, second])()
    assert (printed.pages, printed.orders, len(printed.leaves)) == (3, ("#1", "#2"), 3)
    for page in texts(printed.pdf):
        assert "Juniper & Tide" in page
        assert "18 Cobble Lane · Portland, ME 04101" in page
        assert "Monday, October 5, 2026" in page
        assert "Hannah Lindqvist 3 Lighthouse Road Portland, ME 04101" in page
        assert page.endswith("Dear Hannah, Thank you for your order. Yours truly, Aileen")


def test_a_gifts_address_is_anothers_and_is_left_out(desk: Desk) -> None:
    order_id = ordered(desk, gift=Gift.YES)
    written(desk, order_id)
    (page,) = texts(desk.letter_papers.job([order_id])().pdf)
    assert "Lighthouse" not in page


def test_an_order_without_a_letter_is_left_out_and_named(desk: Desk) -> None:
    first, second = ordered(desk, "#1"), ordered(desk, "#2")
    with pytest.raises(RefusedError, match="Order #1 has no letter"):
        desk.letter_papers.job([first])
    written(desk, second)
    printed = desk.letter_papers.job([first, second])()
    assert [each.what for each in printed.warnings] == ["Order #1 has no letter. It is left out."]


def test_a_long_letter_is_set_smaller_then_goes_on_and_that_is_told(desk: Desk) -> None:
    order_id = ordered(desk)
    written(desk, order_id, "\n\n".join(["A line of words that fills a good part of it."] * 19))
    printed = desk.letter_papers.job([order_id])()
    assert (printed.pages, printed.warnings) == (1, ())
    desk.letters.change(desk.letters.of_order(order_id)[0].id, body="\n\n".join(["Words."] * 90))
    long = desk.letter_papers.job([order_id])()
    assert long.pages > 1
    assert f"too long for one page and takes {long.pages}" in long.warnings[0].what
    assert "".join(texts(long.pdf)).count("Words.") == 90
    assert len(long.leaves) == 1, "its pages stay one paper"


@pytest.mark.parametrize("stock", ["letter", "a4", "a5"])
def test_a_letter_is_printed_on_any_sheet(desk: Desk, stock: str) -> None:
    order_id = ordered(desk)
    written(desk, order_id, "Dear 山口 さくら,\n\nשלום")
    printed = desk.letter_papers.job([order_id], stock)()
    assert printed.pages == 1
    assert printed.warnings == ()
    assert "山口 さくら" in texts(printed.pdf)[0]


def test_an_unknown_stock_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownStockError):
        desk.letter_papers.job([ordered(desk)], "napkin")


def test_the_same_letter_gives_the_same_bytes(desk: Desk) -> None:
    order_id = ordered(desk)
    written(desk, order_id)
    assert desk.letter_papers.job([order_id])().pdf == desk.letter_papers.job([order_id])().pdf
