"""Parcels in the window: whose number it is, the warning, the carrier's page, what was learned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.ui.dialogs.parcel_facts import ParcelForm
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.orders import OrdersPage
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import usd
from tests.fakes import FixedClock
from tests.ui.conftest import Outside, Shop

NUMBER = "9400111206206400104193"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, shop: Shop, desk: Desk) -> OrdersPage:
    desk.fulfillment.finish_packing(shop.ring)
    window.go(Place.ORDERS)
    window.orders.refresh()
    window.orders.show_order(shop.ring)
    return window.orders


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def shipping(window: MainWindow) -> ShipOrder:
    window.actions_["order.ship"].trigger()
    form = dialog(window, ShipOrder)
    assert isinstance(form, ShipOrder)
    return form


def words(page: OrdersPage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(Text))


def panel_buttons(page: OrdersPage) -> list[Button]:
    return [each for each in page.panel.findChildren(Button) if each.isVisible()]


def test_a_scanned_number_names_its_carrier_at_once(
    page: OrdersPage, window: MainWindow, qtbot: QtBot
) -> None:
    form = shipping(window)
    qtbot.keyClicks(form.tracking, NUMBER)
    assert [button.text() for button in form.number.buttons] == ["USPS ✓"]
    assert form.carrier.text == "USPS"
    assert not form.number.warning.isVisible()
    form.reject()
    assert page.chosen is not None


def test_a_wrong_digit_is_said_while_one_types_and_never_refused(
    page: OrdersPage, shop: Shop, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    form = shipping(window)
    qtbot.keyClicks(form.tracking, NUMBER[:-1] + "9")
    assert form.number.buttons == []
    assert form.number.warning.isVisible()
    assert "check digit" in form.number.warning.text()
    qtbot.keyClicks(form.label_cost, "4.75")
    qtbot.mouseClick(form.verb, LEFT)
    (parcel,) = desk.orders.get(shop.ring).shipments
    assert (parcel.tracking_number, parcel.label_cost) == (NUMBER[:-1] + "9", usd("4.75"))
    assert "check digit" in words(page)


def test_several_carriers_are_offered_and_one_press_takes_one(
    page: OrdersPage, window: MainWindow, qtbot: QtBot
) -> None:
    form = shipping(window)
    qtbot.keyClicks(form.tracking, "000000000000")
    assert [button.text() for button in form.number.buttons] == ["FedEx ✓", "Purolator ✓"]
    assert form.carrier.text == ""
    qtbot.mouseClick(form.number.buttons[1], LEFT)
    assert form.carrier.text == "Purolator"
    form.carrier.line.setText("UPS")
    assert "not of UPS" in form.number.warning.text()
    form.tracking.clear()
    assert not form.number.warning.isVisible()
    qtbot.keyClicks(form.tracking, "by bicycle")
    assert "It can be kept" in form.number.note.text()
    assert page.isVisible()
    form.reject()


@pytest.mark.parametrize(("cost", "says"), [("much", "not an amount"), ("-1", "less than nothing")])
def test_a_cost_that_is_none_is_told_in_the_form(
    page: OrdersPage, window: MainWindow, qtbot: QtBot, cost: str, says: str
) -> None:
    form = shipping(window)
    qtbot.keyClicks(form.label_cost, cost)
    qtbot.mouseClick(form.verb, LEFT)
    assert says in form.problem.text()
    assert page.isVisible()
    form.reject()


def test_the_usual_carrier_stands_there_already(
    page: OrdersPage, shop: Shop, desk: Desk, window: MainWindow
) -> None:
    desk.fulfillment.finish_packing(shop.gift)
    desk.fulfillment.ship(shop.gift, "UPS", "1Z5R89390357567127")
    form = shipping(window)
    assert form.carrier.text == "UPS"
    form.tracking.setText(NUMBER)
    assert form.carrier.text == "USPS"
    form.reject()
    assert page.isVisible()


def test_the_carriers_page_is_opened_outside_after_its_host_was_shown(
    page: OrdersPage, shop: Shop, desk: Desk, window: MainWindow, outside: Outside, qtbot: QtBot
) -> None:
    desk.fulfillment.ship(shop.ring, "USPS", NUMBER)
    page.refresh()
    follow = next(each for each in panel_buttons(page) if each.text().startswith("Follow"))
    assert follow.text() == "Follow at tools.usps.com"
    qtbot.mouseClick(follow, LEFT)
    page_of_it = f"https://tools.usps.com/go/TrackConfirmAction?tLabels={NUMBER}"
    assert outside.urls == [page_of_it]
    assert window.notices.last_words == "Opening tools.usps.com in your browser."
    window.actions_["order.follow"].trigger()
    assert outside.urls == [page_of_it] * 2


def test_without_a_number_nothing_is_opened(
    page: OrdersPage, window: MainWindow, outside: Outside
) -> None:
    window.actions_["order.follow"].trigger()
    assert window.notices.last_words.startswith("No parcel of this order")
    window.actions_["order.parcel"].trigger()
    assert window.notices.last_words == "No parcel of this order has left yet."
    page.panel.show_nothing("")
    for id_ in ("order.follow", "order.parcel"):
        window.actions_[id_].trigger()
    assert outside.urls == []


def test_what_was_learned_of_a_parcel_is_kept_and_shown(
    page: OrdersPage,
    shop: Shop,
    desk: Desk,
    window: MainWindow,
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    desk.fulfillment.ship(shop.ring, "USPS", NUMBER)
    desk.shipments.learn(shop.ring, None, ParcelFacts(label_cost=usd("4.75")))
    clock.goes_on(days=3)
    page.refresh()
    learn = next(each for each in panel_buttons(page) if each.text() == "Parcel…")
    qtbot.mouseClick(learn, LEFT)
    form = dialog(window, ParcelForm)
    assert isinstance(form, ParcelForm)
    assert (form.number.text, form.label_cost.text()) == (NUMBER, "4.75")
    form.first_scan.setText("soon")
    qtbot.mouseClick(form.verb, LEFT)
    assert "is not a day such as" in form.problem.text()
    form.first_scan.setText("2026-10-06 08:15")
    form.delivered.setText("now")
    qtbot.mouseClick(form.verb, LEFT)
    order = desk.orders.get(shop.ring)
    assert order.fulfillment_status is FulfillmentStatus.DELIVERED
    told = words(page)
    assert "first scan Tue 6 Oct 08:15" in told
    assert "delivered today 10:00" in told
    assert "4.75 USD" in told
