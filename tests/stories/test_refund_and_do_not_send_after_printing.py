"""The slip is printed, then a piece cannot be made: its money goes back, and it is not sent."""

from __future__ import annotations

from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Gift,
    OrderStatus,
    PaymentStatus,
    RefundState,
)
from jeweler_desk.ui.dialogs.refund_order import RefundOrder, RefundProgress
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from tests.builders import a_line, an_order, usd
from tests.fakes import FixedClock
from tests.stories.at_the_window import AtTheWindow


def refund_reminders(seller: AtTheWindow) -> list[str]:
    return [each for each in seller.reminders() if each.startswith("Refund")]


def asks_for_it(seller: AtTheWindow, means: str, reference: str) -> None:
    step = seller.begins("order.refund_step", "2001", RefundProgress)
    step.means.line.setText(means)
    step.reference.setText(reference)
    assert seller.presses(step) == ""


def test_refund_and_do_not_send_after_printing(seller: AtTheWindow, clock: FixedClock) -> None:
    ring, cuff = a_line("Rain Ring", "64.00"), a_line("Tide Cuff", "90.00", quantity=2)
    seller.desk.orders.add(an_order(ring, cuff, number="#2001", gift=Gift.NO))
    seller.makes("2001")
    assert "Rain Ring" in seller.prints_slip("2001")
    seller.packs("2001")
    before = seller.order("2001")
    ring_id, cuff_id = (line.id for line in before.line_items)

    clock.goes_on(hours=1)
    form = seller.begins("order.refund", "2001", RefundOrder)
    form.counts[ring_id].setValue(1)
    form.reason.line.setText("the stone is cracked")
    assert form.sum.text() == "64.00 USD of at most 244.00 USD"
    assert seller.presses(form) == "Say whether the unsent pieces are still sent."
    assert form.choice is not None
    form.choice.buttons[1].click()
    assert seller.presses(form) == ""

    order = seller.order("2001")
    assert order.refunds[0].amount == usd("64.00")
    assert order.fulfillment_status is FulfillmentStatus.READY, "the closed box was opened"
    assert order.units_to_send == 2
    told = seller.panel("2001")
    assert "Packing slip out of date, reprint" in told
    assert "owes 64.00 USD" in told
    assert [entry.what for entry in order.timeline][-3:] == [
        "refund of 64.00 USD granted: the stone is cracked · Rain Ring",
        "parcel opened again",
        "not to be sent: Rain Ring",
    ]
    assert refund_reminders(seller) == ["Refund 64.00 USD for #2001: to be asked for"]

    seller.packs("2001")
    out_of_date = "Print the paper anew, or say why the parcel may go as it is."
    assert seller.hands_over("2001") == out_of_date
    seller.leaves(ShipOrder)
    assert "Rain Ring" not in seller.prints_slip("2001")
    assert "reprint" not in seller.panel("2001")
    assert seller.hands_over("2001") == ""

    asks_for_it(seller, "PayPal", "R-77")
    assert refund_reminders(seller) == ["Refund 64.00 USD for #2001: asked for, not settled yet"]
    assert "asked · PayPal R-77" in seller.panel("2001")
    assert seller.presses(seller.begins("order.refund_step", "2001", RefundProgress)) == ""
    assert refund_reminders(seller) == []
    sent = seller.order("2001")
    assert sent.shipments[0].units == ((cuff_id, 2),)
    assert sent.order_status is OrderStatus.COMPLETED
    assert sent.payment_status is PaymentStatus.PARTIALLY_REFUNDED
    assert sent.refunds[0].state is RefundState.SETTLED
    assert seller.is_sound()

    seller.takes_back(2)  # settled, asked
    assert seller.order("2001").refunds[0].state is RefundState.GRANTED
    assert seller.takes_back(4) == [
        "Ship order #2001",
        "Print packing slip #2001",
        "Pack order #2001",
        "Refund 64.00 USD of order #2001",
    ]
    assert seller.order("2001") == before, "closed again with the ring in it"
    assert seller.is_sound()
