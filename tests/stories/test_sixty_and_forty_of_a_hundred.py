"""Sixty are given back, then forty more of a hundred: that is a full refund, to the cent."""

from __future__ import annotations

from jeweler_desk.domain.order import PaymentStatus, RefundState
from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.dialogs.refund_order import RefundOrder, RefundProgress
from tests.builders import a_line, an_order
from tests.stories.at_the_window import AtTheWindow


def grants(seller: AtTheWindow, amount: str) -> str:
    form = seller.begins("order.refund", "2001", RefundOrder)
    form.amount.setText(amount)
    form.reason.line.setText("a scratch")
    assert form.choice is not None
    form.choice.buttons[0].click()
    told = seller.presses(form)
    if told:
        form.reject()
    return told


def steps(seller: AtTheWindow, to: RefundState, means: str = "", why: str = "") -> None:
    form = seller.begins("order.refund_step", "2001", RefundProgress)
    form.to.buttons[(RefundState.ASKED, RefundState.SETTLED, RefundState.FAILED).index(to)].click()
    form.means.line.setText(means)
    form.why.setText(why)
    assert seller.presses(form) == ""
    assert seller.order("2001").refunds[-1].state is to


def refund_reminders(seller: AtTheWindow) -> list[str]:
    return [each for each in seller.reminders() if each.startswith("Refund")]


def test_sixty_and_forty_of_a_hundred(seller: AtTheWindow) -> None:
    seller.desk.orders.add(an_order(a_line("Tide Cuff", "100.00"), number="#2001"))

    assert grants(seller, "60.00") == ""
    assert seller.order("2001").payment_status is PaymentStatus.OVERPAID
    assert "owes 60.00 USD" in seller.panel("2001")
    assert refund_reminders(seller) == ["Refund 60.00 USD for #2001: to be asked for"]
    steps(seller, RefundState.ASKED, means="PayPal")
    steps(seller, RefundState.FAILED, why="the account is closed")
    assert refund_reminders(seller) == ["Refund 60.00 USD for #2001: it failed and is still owed"]
    steps(seller, RefundState.ASKED, means="bank transfer")
    steps(seller, RefundState.SETTLED)
    part = seller.order("2001")
    assert part.payment_status is PaymentStatus.PARTIALLY_REFUNDED
    assert part.refunds[0].means == "bank transfer"
    assert seller.view(View.TO_MAKE) == ["#2001"], "the rest is still to be made"

    assert "40.00 USD can still be given back" in grants(seller, "40.01")
    assert grants(seller, "40.00") == ""
    steps(seller, RefundState.ASKED)
    steps(seller, RefundState.SETTLED)
    assert seller.order("2001").payment_status is PaymentStatus.REFUNDED
    assert all(not found for found in seller.places().values()), "it is neither made nor packed"
    seller.window.pack(seller.order("2001").id)
    assert not seller.window.bench.done_button.isEnabled()
    assert refund_reminders(seller) == []
    assert seller.is_sound()

    seller.takes_back(8)
    order = seller.order("2001")
    assert (order.payment_status, order.refunds) == (PaymentStatus.PAID, ())
    assert seller.is_sound()
