"""What else can happen to an order, through the window: menu, forms, Undo."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    FulfillmentStatus,
    OrderId,
    OrderStatus,
    PaymentStatus,
    RefundState,
    Stage,
)
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.ui.dialogs.choose_units import PackPart, ReceivePieces, ReturnPieces
from jeweler_desk.ui.dialogs.exchange_order import ExchangeOrder
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.refund_order import RefundOrder, RefundProgress
from jeweler_desk.ui.dialogs.say_why import AmountForm, SayWhy
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.orders import OrdersPage
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order, usd

AnyForm = TypeVar("AnyForm", bound=Form)


class Seller:
    """Chooses an order and begins an act, as one does with menu or key."""

    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
        self.window = window
        self.desk = desk
        self._qtbot = qtbot
        window.go(Place.ORDERS)

    @property
    def page(self) -> OrdersPage:
        return self.window.orders

    def choose(self, order_id: OrderId) -> None:
        self.page.refresh()
        self.page.show_order(order_id)

    def menu(self) -> list[str]:
        self.page.more_menu.aboutToShow.emit()
        return [each.objectName() for each in self.page.more_menu.actions() if each.objectName()]

    def begins(self, name: str, kind: type[AnyForm]) -> AnyForm:
        self.window.actions_[name].trigger()
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def presses(self, form: Form) -> None:
        self._qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)

    def told(self) -> str:
        return "\n".join(label.text() for label in self.page.panel.findChildren(Text))


@pytest.fixture
def seller(window: MainWindow, desk: Desk, qtbot: QtBot) -> Seller:
    return Seller(window, desk, qtbot)


def two_pieces(desk: Desk, **cells: Any) -> OrderId:
    lines = (a_line("Jade Earrings", "44.00", quantity=2), a_line("Rain Ring", "64.00"))
    return desk.orders.add(an_order(*lines, number="#2101", **cells))[0]


def test_the_menu_offers_what_fits_the_order(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    assert seller.menu() == [
        "order.part", "order.label", "order.ask", "order.agreed", "order.refund", "order.cancel",
        "order.dispute",
    ]  # fmt: skip
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    seller.choose(order_id)
    assert seller.menu() == [
        "order.not_shipped", "order.refund", "order.return", "order.exchange", "order.dispute",
    ]  # fmt: skip
    seller.window.actions_["order.cancel"].trigger()
    assert "does not fit order #2101" in seller.window.notices.last_words


def test_a_part_is_packed_and_handed_over(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    form = seller.begins("order.part", PackPart)
    seller.presses(form)
    assert form.problem.text() == "Choose at least one piece."
    next(iter(form.counts.values())).setValue(1)
    form.note.setText("The rest follows.")
    seller.presses(form)
    assert [line.units_closed for line in desk.orders.get(order_id).line_items] == [1, 0]
    assert seller.page.next_button.text() == "Hand over…"
    assert "1 in the closed parcel · 1 to send" in seller.told()
    seller.window.actions_["order.open"].trigger()
    assert [line.units_closed for line in desk.orders.get(order_id).line_items] == [0, 0]


def test_a_refund_with_unsent_pieces_forces_the_choice(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    form = seller.begins("order.refund", RefundOrder)
    assert form.sum.text() == "Nothing yet of at most 152.00 USD"
    form.counts[desk.orders.get(order_id).line_items[1].id].setValue(1)
    form.shipping.setText("2.50")
    assert form.sum.text() == "66.50 USD of at most 152.00 USD"
    seller.presses(form)
    assert form.problem.text() == "Write in a few words why money goes back."
    form.reason.line.setText("cannot be made")
    seller.presses(form)
    assert form.problem.text() == "Say whether the unsent pieces are still sent."
    assert form.choice is not None
    form.choice.buttons[1].click()
    seller.presses(form)
    order = desk.orders.get(order_id)
    assert order.line_items[1].units_canceled == 1
    assert order.refunds[0].amount == usd("66.50")
    assert "owes 66.50 USD" in seller.told()

    step = seller.begins("order.refund_step", RefundProgress)
    step.means.line.setText("PayPal")
    seller.presses(step)
    assert desk.orders.get(order_id).refunds[0].state is RefundState.ASKED
    step = seller.begins("order.refund_step", RefundProgress)
    assert step.to.value is RefundState.SETTLED
    step.to.buttons[2].click()
    seller.presses(step)
    assert step.problem.text() == "Write why it failed; the next try needs it."
    step.why.setText("card closed")
    seller.presses(step)
    assert "refund 66.50 USD · failed · PayPal · cannot be made" in seller.told()


def test_an_order_is_canceled_and_reinstated(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    form = seller.begins("order.cancel", SayWhy)
    seller.presses(form)
    assert form.problem.text() == "Write why the order is canceled."
    form.words.buttons[0].click()
    seller.presses(form)
    assert desk.orders.get(order_id).order_status is OrderStatus.CANCELED
    form = seller.begins("order.reinstate", SayWhy)
    form.words.line.setText("she wants it")
    seller.presses(form)
    order = desk.orders.get(order_id)
    assert (order.order_status, order.payment_status) == (OrderStatus.OPEN, PaymentStatus.PAID)
    assert seller.window.notices.last_words == "Order #2101: it is taken up again."


def test_a_parcel_that_never_left_is_packed_again(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    earrings = desk.orders.get(order_id).line_items[0].id
    desk.fulfillment.pack_part(order_id, {earrings: 2})
    desk.fulfillment.ship(order_id)
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    seller.choose(order_id)
    form = seller.begins("order.not_shipped", SayWhy)
    form.words.line.setText("still on the table")
    seller.presses(form)
    assert form.problem.text() == "Choose which one is meant."
    assert form.which is not None
    form.which.buttons[1].click()
    seller.presses(form)
    assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.PACKED


def test_what_the_carrier_has_seen_is_told_before_a_parcel_never_left(
    seller: Seller, desk: Desk
) -> None:
    order_id = two_pieces(desk, is_shipped=True)
    seller.choose(order_id)

    def told() -> str:
        form = seller.begins("order.not_shipped", SayWhy)
        words = "\n".join(each.text() for each in form.findChildren(Text))
        form.reject()
        return words

    assert "The carrier has seen it" not in told()
    now = desk.clock.now()
    seen = ParcelFacts("USPS", "9400100000000000000000", first_scan_at=now, delivered_at=now)
    desk.shipments.learn(order_id, None, seen)
    seller.choose(order_id)
    known = "9400100000000000000000: first scan today 10:00, delivered today 10:00"
    assert f"The carrier has seen it ({known}): look twice" in told()


def test_a_piece_comes_back_and_the_return_is_closed(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk, is_shipped=True)
    seller.choose(order_id)
    form = seller.begins("order.return", ReturnPieces)
    next(iter(form.counts.values())).setValue(1)
    seller.presses(form)
    assert form.problem.text() == "Write in a few words why they come back."
    form.reason.line.setText("too small")
    seller.presses(form)
    assert "1 piece still expected" in seller.told()
    back = seller.begins("order.back", ReceivePieces)
    back.condition.buttons[2].click()
    seller.presses(back)
    assert "Jade Earrings, damaged" in seller.told()
    closing = seller.begins("order.return_closed", SayWhy)
    closing.words.line.setText("her fault")
    seller.presses(closing)
    assert "closed: her fault" in seller.told()


def test_an_exchange_says_who_pays_the_difference(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk, is_shipped=True)
    seller.choose(order_id)
    form = seller.begins("order.exchange", ExchangeOrder)
    form.price.setText("")
    assert form.sum.text() == "Write the price to see the difference"
    ring = desk.orders.get(order_id).line_items[1].id
    form.counts[ring].setValue(1)
    form.piece.setText("")
    form.price.setText("70.00")
    assert form.sum.text() == "6.00 USD to collect"
    seller.presses(form)
    assert form.problem.text() == "Write what goes out instead."
    form.piece.setText("Rain Ring, wide")
    form.details.setText("size 8")
    seller.presses(form)
    assert form.problem.text() == "Write in a few words why it is exchanged."
    form.reason.line.setText("too small")
    seller.presses(form)
    assert "order D-1 goes out instead · 6.00 USD to collect" in seller.told()
    replacement = desk.orders.find("D-1")
    seller.choose(replacement.id)
    assert "replaces a piece of order #2101, and waits for it to come back" in seller.told()
    money = seller.begins("order.paid", AmountForm)
    assert money.amount.text() == "6.00"
    seller.presses(money)
    assert desk.orders.find("D-1").payment_status is PaymentStatus.PAID


def test_the_customer_is_asked_and_answers(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    form = seller.begins("order.ask", SayWhy)
    form.words.buttons[0].click()
    seller.presses(form)
    assert "Waiting since today 10:00\nWhich ring size?" in seller.told()
    row = seller.page.model.row_of(order_id)
    assert seller.page.model.index(row, 4).data() == "waiting"
    form = seller.begins("order.answered", SayWhy)
    form.words.line.setText("US 7")
    seller.presses(form)
    assert desk.orders.get(order_id).question is None


def test_a_dispute_has_its_day_and_its_end(seller: Seller, desk: Desk) -> None:
    order_id = two_pieces(desk)
    seller.choose(order_id)
    form = seller.begins("order.dispute", AmountForm)
    form.day.setText("soon")
    form.words.line.setText("not received")
    seller.presses(form)
    assert form.problem.text() == "“soon” is not a day such as 2026-11-27."
    form.day.setText("2026-10-09")
    seller.presses(form)
    assert desk.orders.get(order_id).disputes[0].evidence_due_on == date(2026, 10, 9)
    assert "dispute 152.00 USD · not received · evidence by Fri 9 Oct" in seller.told()
    seller.window.actions_["order.evidence"].trigger()
    assert "evidence given" in seller.told()
    seller.window.actions_["order.dispute_lost"].trigger()
    assert "dispute 152.00 USD · not received · lost" in seller.told()
    assert desk.orders.get(order_id).payment_status is PaymentStatus.UNPAID


def test_held_money_is_let_go(seller: Seller, desk: Desk) -> None:
    held = Authorization(usd("152.00"), AuthorizationState.HELD, "order_export")
    order_id = two_pieces(desk, is_paid=False, authorizations=(held,))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    seller.choose(order_id)
    assert "152.00 USD held, not taken" in seller.told()
    seller.window.actions_["order.void"].trigger()
    assert desk.orders.get(order_id).payment_status is PaymentStatus.UNPAID, "it still stands"


def test_without_a_chosen_order_there_is_nothing_more_to_do(seller: Seller) -> None:
    assert seller.menu() == []
    seller.window.actions_["order.refund"].trigger()
    assert seller.window.findChildren(RefundOrder) == []


def test_the_refund_of_an_exchange_is_filled_in_with_its_difference(
    seller: Seller, desk: Desk
) -> None:
    order_id = two_pieces(desk, is_shipped=True)
    seller.choose(order_id)
    form = seller.begins("order.exchange", ExchangeOrder)
    ring = desk.orders.get(order_id).line_items[1].id
    form.counts[ring].setValue(1)
    form.piece.setText("Thin Ring")
    form.price.setText("44.00")
    assert form.sum.text() == "20.00 USD to give back once it is here"
    form.reason.line.setText("too wide")
    seller.presses(form)
    seller.choose(order_id)
    seller.presses(seller.begins("order.back", ReceivePieces))
    refund = seller.begins("order.refund", RefundOrder)
    assert (refund.amount.text(), refund.units) == ("20.00", {ring: 1})
    refund.reason.line.setText("the difference")
    seller.presses(refund)
    order = desk.orders.get(order_id)
    assert order.refunds[0].amount == usd("20.00")
    assert order.returns[0].closed_why == "refunded"
