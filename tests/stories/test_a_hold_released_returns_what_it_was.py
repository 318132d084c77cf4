"""A hold lies over an order and changes nothing beneath it; an unpaid one never gets shippable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.dialogs.hold_order import HoldOrder
from jeweler_desk.ui.widgets.sidebar import Place
from tests.services.marketplace_files import Exports
from tests.stories.at_the_window import AtTheWindow

NUMBERS = ("2001", "2002", "2003", "2004")


def test_a_hold_released_returns_what_it_was(seller: AtTheWindow, exports: Exports) -> None:
    unpaid = {"Name": "#2004", "Financial Status": "pending", "Paid at": ""}
    seller.takes_in(exports.shopify({}, {"Name": "#2002"}, {"Name": "#2003"}, unpaid))
    for number in ("2002", "2003"):
        seller.makes(number)
    seller.packs("2003")
    before = seller.places()
    assert before == {
        "unpaid": ["#2004"],
        "to-make": ["#2001"],
        "to-pack": ["#2002"],
        "to-ship": ["#2003"],
    }
    states = {number: seller.order(number) for number in NUMBERS}

    for number in NUMBERS:
        form = seller.begins("order.hold", number, HoldOrder)
        assert seller.presses(form) == "Write in a few words why the order stops."
        form.reason.line.setText("ring size?")
        assert seller.presses(form) == ""
        assert "ring size?" in seller.panel(number)
    assert seller.places() == {"unpaid": ["#2004"], "to-make": [], "to-pack": [], "to-ship": []}
    assert len(seller.view(View.ON_HOLD)) == 4
    for number, was in states.items():
        seller.does("order.release", number)
        now = seller.order(number)
        assert now.hold is None
        assert replace(now, timeline=was.timeline) == was
    assert seller.places() == before

    for action in ("order.ready", "order.pack", "order.ship"):
        seller.does(action, "2004")
        seller.window.go(Place.BENCH)
        assert not seller.window.bench.done_button.isEnabled()
    with pytest.raises(InvalidTransitionError, match="unpaid"):
        seller.desk.fulfillment.finish_packing(seller.order("2004").id)
    assert seller.order("2004").shipments == ()
    assert seller.is_sound()
