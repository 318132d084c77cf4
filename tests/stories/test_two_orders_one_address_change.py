"""One buyer, two orders, both slips printed; then she moves house, and only one order says so."""

from __future__ import annotations

from jeweler_desk.domain.order import FulfillmentStatus
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports
from tests.stories.at_the_window import AtTheWindow

FIRST = {"Name": "#2001"}
SECOND = {"Name": "#2002"}
MOVED = {
    "Name": "#2002",
    "Shipping Address1": "9 Harbor Street",
    "Shipping Street": "9 Harbor Street",
}
OUT_OF_DATE = "packing slip out of date, reprint: the address changed"


def test_two_orders_one_address_change(
    seller: AtTheWindow, clock: FixedClock, exports: Exports
) -> None:
    seller.takes_in(exports.shopify(FIRST, SECOND))
    for number in ("2001", "2002"):
        seller.makes(number)
        seller.packs(number)
    assert "Harbor" not in seller.prints_slip("2001", "2002")

    seller.takes_in(exports.shopify(FIRST, MOVED))
    assert OUT_OF_DATE in seller.panel("2002").casefold()
    assert OUT_OF_DATE not in seller.panel("2001").casefold()
    assert seller.hands_over("2001") == ""

    form = seller.begins("order.ship", "2002", ShipOrder)
    refused = "Print the paper anew, or say why the parcel may go as it is."
    assert seller.presses(form) == refused
    form.why.setText("corrected by hand")
    assert seller.presses(form) == ""
    waved = seller.order("2002")
    assert waved.fulfillment_status is FulfillmentStatus.SHIPPED
    assert waved.timeline[-1].what == "handed over · papers out of date: corrected by hand"
    seller.takes_back()
    assert seller.order("2002").fulfillment_status is FulfillmentStatus.PACKED

    assert "9 Harbor Street" in seller.prints_slip("2002")
    assert OUT_OF_DATE not in seller.panel("2002").casefold()
    assert seller.hands_over("2002") == ""
    assert seller.order("2002").timeline[-1].what == "handed over"
    assert seller.is_sound()

    clock.goes_on(days=1)
    mailed = seller.desk.measures.mailing().orders
    assert [each.order.number for each in mailed] == ["#2002", "#2001"]
