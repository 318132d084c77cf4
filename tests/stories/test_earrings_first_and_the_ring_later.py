"""The earrings leave today in a parcel of their own; the ring follows when it is made."""

from __future__ import annotations

from jeweler_desk.domain.order import FulfillmentStatus, Gift, OrderStatus
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.dialogs.choose_units import PackPart
from jeweler_desk.ui.widgets.sidebar import Place
from tests.builders import a_line, an_order
from tests.fakes import FixedClock
from tests.stories.at_the_window import AtTheWindow


def test_earrings_first_and_the_ring_later(seller: AtTheWindow, clock: FixedClock) -> None:
    lines = (a_line("Jade Earrings", "44.00", quantity=2), a_line("Rain Ring", "64.00"))
    seller.desk.orders.add(an_order(*lines, number="#2001", gift=Gift.NO))
    earrings, ring = seller.order("2001").line_items

    form = seller.begins("order.part", "2001", PackPart)
    assert seller.presses(form) == "Choose at least one piece."
    form.counts[earrings.id].setValue(1)
    form.note.setText("The second pair and the ring follow.")
    assert seller.presses(form) == ""
    assert "1 in the closed parcel" in seller.panel("2001")
    first = seller.prints_slip("2001")
    assert "The second pair and the ring follow." in first
    assert first.index("Jade Earrings") < first.index("Rain Ring"), "in it, then to follow"
    before = seller.order("2001")

    assert seller.hands_over("2001", "USPS", "9400111899223") == ""
    part = seller.order("2001")
    assert part.fulfillment_status is FulfillmentStatus.PARTIALLY_SHIPPED
    assert (part.order_status, part.units_to_send) == (OrderStatus.OPEN, 2)
    assert part.ship_by == before.ship_by
    assert "1 sent · 1 to send" in seller.panel("2001")
    assert seller.view(View.TO_MAKE) == ["#2001"], "what is left stays among the work"
    assert seller.view(View.SHIPPED) == []

    clock.goes_on(hours=20)
    seller.makes("2001")
    assert seller.view(View.TO_PACK) == ["#2001"]
    seller.window.go(Place.BENCH)
    assert [each.ids for each in seller.desk.combining.queue()] == [(part.id,)]
    seller.packs("2001")
    second = seller.prints_slip("2001")
    assert "The second pair and the ring follow." not in second
    assert "Rain Ring" in second
    assert seller.hands_over("2001") == ""
    done = seller.order("2001")
    assert done.fulfillment_status is FulfillmentStatus.SHIPPED
    assert done.order_status is OrderStatus.COMPLETED
    assert [dict(each.units) for each in done.shipments] == [
        {earrings.id: 1},
        {earrings.id: 1, ring.id: 1},
    ]
    assert seller.view(View.SHIPPED) == ["#2001"]
    assert seller.is_sound()

    assert seller.takes_back(5) == [
        "Ship order #2001",
        "Print packing slip #2001",
        "Pack order #2001",
        "Order #2001: ready",
        "Ship order #2001",
    ]
    assert seller.order("2001") == before
    assert seller.is_sound()
