"""Labels in the window: bought, shown, taken by the hand-over, and their money asked back."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.label import LabelState, LabelStep
from jeweler_desk.domain.order import Authorization, AuthorizationState, OrderId, PaymentStatus
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.ui.dialogs.agreed_to_wait import AgreedForm
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.label_form import LabelBack, LabelForm
from jeweler_desk.ui.dialogs.refund_order import RefundOrder, RefundProgress
from jeweler_desk.ui.dialogs.say_why import AmountForm, SayWhy
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from tests.builders import an_order, usd
from tests.fakes import FixedClock
from tests.ui.conftest import Shop

NUMBER = "9400111206206400104193"
FACTS = LabelFacts("USPS", "Ground Advantage", NUMBER, usd("4.75"))
AnyForm = TypeVar("AnyForm", bound=Form)


class Hand:
    """What the seller does with the chosen order."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot
        window.go(Place.ORDERS)

    def chooses(self, order_id: OrderId) -> None:
        self.window.orders.refresh()
        self.window.orders.show_order(order_id)

    def begins(self, name: str, kind: type[AnyForm]) -> AnyForm:
        self.window.actions_[name].trigger()
        return self.form(kind)

    def form(self, kind: type[AnyForm]) -> AnyForm:
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def presses(self, button: Button) -> None:
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def button(self, words: str) -> Button:
        panel = self.window.orders.panel
        return next(each for each in panel.findChildren(Button) if each.text() == words)

    def reads(self) -> str:
        return "\n".join(each.text() for each in self.window.orders.panel.findChildren(Text))


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    return Hand(window, qtbot)


def test_a_label_is_noted_shown_and_begins_the_hand_over(
    hand: Hand, shop: Shop, desk: Desk
) -> None:
    desk.fulfillment.finish_packing(shop.ring)
    hand.chooses(shop.ring)
    form = hand.begins("order.label", LabelForm)
    form.cost.setText("much")
    hand.presses(form.verb)
    assert "“much” is not an amount" in form.problem.text()
    form.cost.setText("4.75")
    form.number.line.setText(NUMBER)
    form.service.line.setText("Ground Advantage")
    form.bought.setText("2026-10-05 09:00")
    hand.presses(form.verb)
    assert desk.orders.get(shop.ring).shipments == ()
    assert f"USPS Ground Advantage {NUMBER}" in hand.reads()
    assert "label bought today 09:00 · 4.75 USD" in hand.reads()
    assert "not handed over yet" in hand.reads()
    hand.presses(hand.button("Label…"))
    again = hand.form(LabelForm)
    assert (again.cost.text(), again.bought.text()) == ("4.75", "2026-10-05 09:00")
    again.cost.setText("5.02")
    hand.presses(again.verb)
    ship = hand.begins("order.ship", ShipOrder)
    assert (ship.tracking.text(), ship.label_cost.text()) == (NUMBER, "5.02")
    hand.presses(ship.verb)
    (parcel,) = desk.orders.get(shop.ring).shipments
    assert (parcel.label_cost, parcel.tracking_number) == (usd("5.02"), NUMBER)


def test_the_money_of_an_unused_label_is_asked_back_from_the_order(
    hand: Hand, shop: Shop, desk: Desk
) -> None:
    desk.labels.buy(shop.ring, FACTS)
    hand.chooses(shop.ring)
    cancel = hand.begins("order.cancel", SayWhy)
    told = " ".join(each.text() for each in cancel.findChildren(Text))
    assert "The label that was bought can be given back until Mon 2 Nov." in told
    cancel.words.line.setText("she asked")
    hand.presses(cancel.verb)
    assert "not used: ask its money back by Mon 2 Nov" in hand.reads()
    hand.window.go(Place.TODAY)
    hand.window.today.refresh()
    today = [each.text() for each in hand.window.today.findChildren(Text)]
    assert any("unused: ask back 4.75 USD" in each for each in today)
    hand.window.go(Place.ORDERS)
    hand.presses(hand.button("Money back…"))
    form = hand.form(LabelBack)
    assert form.step.value is LabelStep.ASKED
    hand.presses(form.step.buttons[3])
    hand.presses(form.verb)
    assert form.problem.text() == "Write why its money is given up."
    hand.presses(form.step.buttons[1])
    hand.presses(form.verb)
    order = desk.orders.get(shop.ring)
    assert order.labels[0].state(0) is LabelState.ASKED
    hand.window.actions_["undo"].trigger()
    assert desk.orders.get(shop.ring).labels[0].state(0) is LabelState.UNNEEDED


def test_of_two_labels_one_is_named(hand: Hand, shop: Shop, desk: Desk) -> None:
    desk.labels.buy(shop.ring, FACTS)
    desk.labels.buy(shop.ring, LabelFacts("UPS"))
    hand.chooses(shop.ring)
    form = hand.begins("order.label_back", LabelBack)
    assert [each.text() for each in form.which.buttons] == [NUMBER, "without a number"]
    hand.presses(form.which.buttons[1])
    hand.presses(form.verb)
    states = [each.step for each in desk.orders.get(shop.ring).labels]
    assert states == [None, LabelStep.NOT_USED]
    desk.labels.mark(shop.ring, LabelStep.REFUNDED, label_id=2)
    desk.labels.mark(shop.ring, LabelStep.REFUNDED, label_id=1)
    hand.chooses(shop.ring)
    hand.window.orders.acts.labels.mark(desk.orders.get(shop.ring))
    assert hand.window.notices.last_words.startswith("Every label")


def test_an_old_etsy_refund_is_warned_of_and_its_means_asked_for(
    hand: Hand, desk: Desk, clock: FixedClock
) -> None:
    order_id, _ = desk.orders.add(an_order(number="351", channel=an_order().channel.ETSY))
    clock.goes_on(days=200)
    hand.chooses(order_id)
    form = hand.begins("order.refund", RefundOrder)
    assert any("by another means now" in each.text() for each in form.findChildren(Text))
    form.reject()
    desk.cancellations.cancel(order_id, "it cannot be made")
    hand.chooses(order_id)
    assert "refund granted" in chips(hand)
    step = hand.begins("order.refund_step", RefundProgress)
    assert step.time.text().startswith("Etsy takes up to 48 hours")
    hand.presses(step.verb)
    assert step.problem.text() == "Write by which other means the money goes back."
    step.means.line.setText("card")
    assert "5–10 business days" in step.time.text()
    hand.presses(step.verb)
    assert "refund asked" in chips(hand)
    assert "5–10 business days" in hand.reads()
    desk.refunds.fail(order_id, "insufficient balance")
    hand.chooses(order_id)
    assert "refund failed" in chips(hand)


def chips(hand: Hand) -> list[str]:
    return [each.text for each in hand.window.orders.panel.findChildren(StatusChip)]


def test_a_wait_is_agreed_to(hand: Hand, shop: Shop, desk: Desk) -> None:
    hand.chooses(shop.ring)
    form = hand.begins("order.agreed", AgreedForm)
    hand.presses(form.verb)
    assert form.problem.text() == "Write the day until which the buyer waits."
    form.day.setText("2026-12-01")
    hand.presses(form.verb)
    assert form.problem.text().startswith("Write how the buyer agreed")
    form.words.line.setText("by e-mail")
    hand.presses(form.verb)
    told = desk.orders.get(shop.ring).timeline[-1].what
    assert told == "the buyer agrees to wait until Tue 1 Dec 2026: by e-mail"
    assert date(2026, 12, 1) > desk.settings.today()


def test_a_price_is_written_off_honored_and_a_hold_runs_out(
    hand: Hand, shop: Shop, desk: Desk
) -> None:
    hand.chooses(shop.unpaid)
    less = hand.begins("order.write_off", AmountForm)
    less.amount.setText("5.00")
    less.words.line.setText("a friend’s price")
    hand.presses(less.verb)
    honor = hand.begins("order.honor", SayWhy)
    assert any("0.00 USD; nothing more" in each.text() for each in honor.findChildren(Text))
    honor.words.line.setText("a gift from the shop")
    hand.presses(honor.verb)
    assert desk.orders.get(shop.unpaid).passes_gate
    held = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")
    order_id, _ = desk.orders.add(an_order(is_paid=False, authorizations=(held,)))
    hand.chooses(order_id)
    hand.window.actions_["order.expired"].trigger()
    assert desk.orders.get(order_id).payment_status is PaymentStatus.EXPIRED
