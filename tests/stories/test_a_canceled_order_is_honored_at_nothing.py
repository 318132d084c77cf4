"""Two codes stacked to 0.00 and the shop canceled the order; she takes it up and honors it."""

from __future__ import annotations

from datetime import date

from jeweler_desk.domain.order import OrderStatus, PaymentStatus
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.dialogs.say_why import SayWhy
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports
from tests.stories.at_the_window import AtTheWindow


def test_a_canceled_order_is_honored_at_nothing(
    seller: AtTheWindow, clock: FixedClock, exports: Exports
) -> None:
    free = {
        "Total": "0.00",
        "Subtotal": "0.00",
        "Discount Code": "STACKED",
        "Cancelled at": "2026-10-01 12:00:00 -0400",
    }
    file = exports.shopify(free)
    seller.takes_in(file)
    canceled = seller.order("2001")
    assert (canceled.order_status, canceled.ship_by) == (OrderStatus.CANCELED, None)
    assert seller.view(View.CANCELED) == ["#2001"]

    form = seller.begins("order.reinstate", "2001", SayWhy)
    assert seller.presses(form) == "Write why it is taken up again."
    form.words.line.setText("our pricing mistake")
    seller.presses(form)
    assert seller.order("2001") == canceled, "not without money or a word for it"
    assert "honor the order" in seller.refusal()

    clock.goes_on(days=2)
    form = seller.begins("order.reinstate", "2001", SayWhy)
    form.words.line.setText("our pricing mistake")
    form.tick.setChecked(True)
    assert seller.presses(form) == ""
    alive = seller.order("2001")
    assert (alive.order_status, alive.payment_status) == (OrderStatus.OPEN, PaymentStatus.PAID)
    assert (alive.number, alive.placed_at) == ("#2001", canceled.placed_at)
    assert (alive.hold, alive.ship_by) == (None, date(2026, 10, 8))
    assert alive.free_reason == "honored: our pricing mistake"
    assert "reinstated and honored at 0.00 USD: our pricing mistake" in seller.panel("2001")
    assert seller.places()["to-make"] == ["#2001"]

    seller.takes_in(file)
    assert seller.order("2001").order_status is OrderStatus.OPEN, "her word stands"
    assert "IN THIS PARCEL" in seller.prints_slip("2001")
    seller.makes("2001")
    seller.packs("2001")
    assert seller.hands_over("2001") == ""
    assert seller.order("2001").order_status is OrderStatus.COMPLETED
    assert seller.is_sound()

    assert seller.takes_back(5)[-1] == "Reinstate order #2001"
    assert seller.order("2001").order_status is OrderStatus.CANCELED
    assert seller.is_sound()
