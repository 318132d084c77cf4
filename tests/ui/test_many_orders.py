from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, OrderId, Stage
from jeweler_desk.domain.order_view import OrderColumn, View
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.dry_list import DryList
from jeweler_desk.ui.dialogs.hold_order import HoldOrder
from jeweler_desk.ui.dialogs.ship_order import HandOverMany
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.notices import Notices
from jeweler_desk.ui.pages.orders import OrdersPage
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order
from tests.ui.conftest import Outside, Shop


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> OrdersPage:
    del shop
    window.go(Place.ORDERS)
    window.orders.refresh()
    window.orders.table.setFocus()
    return window.orders


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def words(notices: Notices) -> str:
    told = [label.text() for label in notices.findChildren(Text)]
    return "\n".join([*told, notices.last_words])


def many_ready(desk: Desk, count: int) -> list[OrderId]:
    ids = []
    for number in range(count):
        order_id, _ = desk.orders.add(an_order(a_line(), number=f"#{3000 + number}"))
        desk.fulfillment.set_stage(order_id, Stage.READY)
        desk.fulfillment.finish_packing(order_id)
        ids.append(order_id)
    return ids


def test_rows_are_chosen_with_the_keys(page: OrdersPage, qtbot: QtBot) -> None:
    table = page.table
    assert page.several() == [] and not page.strip.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count == 2
    assert page.strip.words.text() == "2 orders chosen"
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_count == 2
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.selected_count == 3
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.selected_count == 2
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == [4, 3, 2, 1]
    page.refresh()
    assert len(page.several()) == 4, "what was chosen stays chosen"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_count == 1 and not page.strip.isVisible()


def test_what_was_chosen_stays_chosen_when_another_order_comes(
    page: OrdersPage, desk: Desk
) -> None:
    page.table.selectAll()
    desk.orders.add(an_order(a_line(), number="#2095"))
    page.refresh()
    assert sorted(page.several()) == [1, 2, 3, 4]
    page.show_view(View.TO_PACK)
    assert page.several() == []


def test_two_orders_are_held_as_one_step(
    page: OrdersPage, window: MainWindow, desk: Desk, shop: Shop
) -> None:
    page.show_view(View.TO_PACK)
    page.table.selectAll()
    page.hold()
    form = dialog(window, HoldOrder)
    assert isinstance(form, HoldOrder)
    assert form.windowTitle() == "Put 2 orders on hold"
    form.reason.line.setText("the mailers are gone")
    form.submit()
    assert "2 orders on hold." in words(window.notices)
    held = [desk.orders.get(each).hold for each in (shop.ring, shop.gift)]
    assert [each.reason for each in held if each] == ["the mailers are gone"] * 2
    window.deeds.undo()
    assert desk.orders.get(shop.ring).hold is None is desk.orders.get(shop.gift).hold


def test_more_than_twenty_are_listed_first_with_what_is_refused(
    page: OrdersPage, window: MainWindow, desk: Desk
) -> None:
    ids = many_ready(desk, 20)
    page.refresh()
    page.table.selectAll()
    page.ship()
    dry = dialog(window, DryList)
    assert isinstance(dry, DryList)
    assert (len(dry.able), len(dry.refused)) == (20, 4)
    told = "\n".join(label.text() for label in dry.findChildren(Text))
    assert "20 orders will be done; 4 orders will stay as they are." in told
    assert "Stays as it is: Order #2089 is ready: pack it first." in told
    assert desk.orders.get(ids[0]).fulfillment_status is FulfillmentStatus.PACKED
    dry.submit()
    form = dialog(window, HandOverMany)
    assert isinstance(form, HandOverMany)
    form.carrier.line.setText("USPS")
    form.submit()
    sent = [desk.orders.get(each) for each in ids]
    assert {each.fulfillment_status for each in sent} == {FulfillmentStatus.SHIPPED}
    assert {each.shipments[0].carrier for each in sent} == {"USPS"}
    assert desk.history.undo_label() == "Hand over 20 orders"


def test_a_dry_list_without_anything_to_do_says_so(
    page: OrdersPage, window: MainWindow, desk: Desk
) -> None:
    for order_id in many_ready(desk, 21):
        desk.fulfillment.ship(order_id)
    page.show_view(View.SHIPPED)
    page.table.selectAll()
    page.ship()
    dry = dialog(window, DryList)
    assert isinstance(dry, DryList)
    dry.submit()
    assert dry.problem.text().startswith("None of these orders can be done.")
    dry.reject()


def test_few_that_are_refused_are_told_beside_the_act(
    page: OrdersPage, window: MainWindow, desk: Desk, shop: Shop
) -> None:
    desk.fulfillment.finish_packing(shop.ring)
    page.refresh()
    page.table.selectAll()
    page.ship()
    told = words(window.notices)
    assert "3 orders left as they are:" in told and "pack it first" in told
    form = dialog(window, HandOverMany)
    assert isinstance(form, HandOverMany)
    form.submit()
    assert desk.orders.get(shop.ring).fulfillment_status is FulfillmentStatus.SHIPPED
    page.table.selectAll()
    page.ship()
    assert "Nothing was changed." in words(window.notices)


def test_the_slips_of_the_chosen_orders_are_one_file(
    page: OrdersPage, window: MainWindow, outside: Outside
) -> None:
    page.table.selectAll()
    window.actions_["order.slip"].trigger()
    assert len(outside.urls) == 1 and "packing-slips" in outside.urls[0]
    assert "3 packing slips saved" in words(window.notices)


def test_too_many_are_not_taken_at_once(page: OrdersPage, window: MainWindow, desk: Desk) -> None:
    for number in range(500):
        desk.orders.add(an_order(a_line(), number=f"#{5000 + number}"))
    page.refresh()
    page.table.selectAll()
    page.hold()
    assert "504 orders are chosen; at most 500 are taken at once." in words(window.notices)


def test_the_columns_are_chosen_and_kept(page: OrdersPage, desk: Desk) -> None:
    assert [each.title for each in page.model.columns][-1] == "Ship by"
    page.columns.menu.ticks[OrderColumn.TOTAL].trigger()
    page.columns.menu.ticks[OrderColumn.PIECES].trigger()
    assert desk.settings.get("window.order_columns") == "order,buyer,money,goods,ship_by,total"
    titles = [each.title for each in page.model.columns]
    assert titles == ["Order", "Buyer", "Money", "Goods", "Ship by", "Total"]
    assert page.model.index(0, 5).data() == "30.00 USD"
    page.table.selectAll()
    page.columns.menu.usual.trigger()
    assert page.table.selected_count == 4, "other columns, and the same orders are chosen"
    assert [each.title for each in page.model.columns][2] == "Pieces"
    desk.settings.set("window.order_columns", "order,placed,channel,to_send")
    page.refresh()
    told = [page.model.index(0, column).data() for column in range(4)]
    assert told == ["#2092", "today", "Shopify", "1"]


def test_every_column_sorts(page: OrdersPage, desk: Desk) -> None:
    desk.settings.set("window.order_columns", ",".join(OrderColumn))
    page.refresh()
    for place in range(len(page.model.columns)):
        page.model.sort(place)
        rising = [page.model.id_at(row) for row in range(4)]
        page.model.sort(place, Qt.SortOrder.DescendingOrder)
        falling = [page.model.id_at(row) for row in range(4)]
        assert rising == falling[::-1] or page.model.columns[place].title == "Ship by"
    page.window().resize(1024, 700)
    page.window().grab()


def test_the_list_is_printed_as_it_is_shown(
    page: OrdersPage, window: MainWindow, outside: Outside
) -> None:
    window.actions_["orders.list"].trigger()
    assert "order-list" in outside.urls[0]
    page.show_view(View.LATE)
    window.actions_["orders.list"].trigger()
    assert "There is nothing to print" in words(window.notices)
