"""Stocks that the seller measured herself: offered where they fit, printed at their exact size."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from jeweler_desk.domain.own_size import OwnSizeError
from jeweler_desk.domain.print_job import PrintChoice
from jeweler_desk.services.any_paper import paper_job
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.own_sizes import add_own_size, own_sizes, remove_own_size
from jeweler_desk.services.paper_stocks import sheet_shape, stock_choices
from tests.builders import BUYER, an_order


def offered(desk: Desk, kind: str) -> list[str]:
    return [each.title for each in stock_choices(kind, own_sizes(desk.settings)) if each.is_own]


def test_an_own_size_is_offered_for_the_papers_that_fit_it(desk: Desk) -> None:
    for typed in ("54 × 25 mm", "3.5 × 5 in", "200 x 200 mm"):
        add_own_size(desk.settings, typed)
    small, card, sheet = (
        "Own size 54 × 25 (54 × 25 mm, 2.13 × 0.98 in)",
        "Own size 3.5 × 5 (3.5 × 5 in, 89 × 127 mm)",
        "Own size 200 × 200 (200 × 200 mm, 7.87 × 7.87 in)",
    )
    assert offered(desk, "labels") == [small, card, sheet]
    assert offered(desk, "cards") == offered(desk, "packing-slips") == [card, sheet]
    assert offered(desk, "letters") == [sheet]
    remove_own_size(desk.settings, "3.5x5in")
    assert offered(desk, "cards") == [sheet]
    desk.history.undo()
    assert offered(desk, "cards") == [card, sheet]


@pytest.mark.parametrize("kind", ["labels", "cards", "packing-slips"])
def test_papers_are_exactly_as_large_as_the_own_size(desk: Desk, kind: str) -> None:
    order_id, _ = desk.orders.add(an_order(number="#7", address=BUYER))
    printed = paper_job(desk, kind, [order_id], PrintChoice("", "80x120mm"))()
    box = pypdf.PdfReader(BytesIO(printed.pdf)).pages[0].mediabox
    assert [float(box.width), float(box.height)] == pytest.approx(
        [80 * 72 / 25.4, 120 * 72 / 25.4], abs=0.01
    )


def test_a_test_page_of_a_tiny_label_has_bars_to_measure(desk: Desk) -> None:
    assert sheet_shape("labels", "25x25mm").bar == 10
    assert sheet_shape("labels", "100x25mm").bar == 20, "the upright bar stays on the page"
    assert desk.address_labels.test_page("25x25mm").pages == 1


def test_a_size_too_small_for_a_paper_is_refused_with_the_size_it_wants(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(number="#7", address=BUYER))
    with pytest.raises(OwnSizeError, match="54x25mm is too small for this paper: it wants 50x80mm"):
        paper_job(desk, "cards", [order_id], PrintChoice("", "54x25mm"))
