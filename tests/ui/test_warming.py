"""What waits for the first look: the other pages and the papers are ready before they are asked."""

from __future__ import annotations

import sys

from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.warming import Warming
from jeweler_desk.ui.widgets.sidebar import Place


def test_the_pages_are_set_out_while_nobody_asks_and_today_stays_in_sight(
    window: MainWindow,
) -> None:
    warming = Warming(window)
    warming.begin()
    for _ in Place:
        warming._build_next()
    assert window.stack.count() == len(Place)
    assert window.place is Place.TODAY


def test_what_papers_need_is_loaded_when_a_page_is_shown_that_prints(window: MainWindow) -> None:
    Warming(window).begin()
    window.go(Place.SUPPLIES)
    window.go(Place.ORDERS)
    assert "jeweler_desk.documents.packing_slip" in sys.modules
