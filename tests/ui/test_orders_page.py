from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, Refund, RefundState
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.hold_order import HoldOrder
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.orders import OrdersPage
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order, usd
from tests.ui.conftest import Outside, Shop


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> OrdersPage:
    del shop
    window.go(Place.ORDERS)
    window.orders.refresh()
    return window.orders


def cells(page: OrdersPage) -> list[str]:
    model = page.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words(page: OrdersPage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(Text))


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_every_view_has_its_count(page: OrdersPage) -> None:
    assert {view: tab.text() for view, tab in page.tabs.items()} == {
        View.ALL: "All 4",
        View.UNPAID: "Unpaid 1",
        View.TO_MAKE: "To make 1",
        View.TO_PACK: "To pack 2",
        View.TO_SHIP: "To ship 0",
        View.SHIPPED: "Shipped 0",
        View.LATE: "Late 0",
        View.ON_HOLD: "On hold 0",
        View.RETURNS: "Returns 0",
        View.CANCELED: "Canceled 0",
    }
    assert page.subtitle.text() == "One to make · two to pack · none late"
    assert page.tabs[View.ALL].isChecked()


def test_a_view_is_one_press_away(page: OrdersPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.tabs[View.TO_PACK], Qt.MouseButton.LeftButton)
    assert cells(page) == ["#2089", "#2090"]
    qtbot.mouseClick(page.tabs[View.LATE], Qt.MouseButton.LeftButton)
    assert cells(page) == []
    assert "Nothing is late" in [label.text() for label in page.findChildren(Text)]


def test_the_list_is_sorted_where_it_lies(page: OrdersPage) -> None:
    page.model.sort(1)
    assert cells(page) == ["#2091", "#2089", "#2092", "#2090"]
    page.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert cells(page) == ["#2090", "#2092", "#2089", "#2091"]


def test_each_view_keeps_the_way_it_is_sorted_until_a_third_click(page: OrdersPage) -> None:
    header = page.table.horizontalHeader()
    for _ in range(2):
        header.sectionClicked.emit(1)
    assert cells(page) == ["#2090", "#2092", "#2089", "#2091"]
    page.show_view(View.TO_PACK)
    assert cells(page) == ["#2089", "#2090"]
    assert not header.isSortIndicatorShown()
    page.show_view(View.ALL)
    assert cells(page) == ["#2090", "#2092", "#2089", "#2091"]
    assert (header.sortIndicatorSection(), header.isSortIndicatorShown()) == (1, True)
    header.sectionClicked.emit(1)
    assert cells(page) == ["#2092", "#2091", "#2090", "#2089"]
    assert not header.isSortIndicatorShown()


def test_the_list_is_filtered_while_one_types(page: OrdersPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filter, "rosal")
    qtbot.waitUntil(lambda: cells(page) == ["#2089"])
    page.filter.setText("nobody of this name")
    qtbot.waitUntil(lambda: cells(page) == [])
    told = [label.text() for label in page.findChildren(Text)]
    assert "No order in this view has “nobody of this name”." in told


def test_the_chosen_order_is_shown_whole(page: OrdersPage, shop: Shop, window: MainWindow) -> None:
    page.show_order(shop.ring)
    told = words(page)
    for part in (
        "#2089 · Shopify · today",
        "Rosalind Achterberg",
        "Size US 7½ · hammered",
        "“for P.”",
        "<b>Ring</b> the bell",
        "3 Lighthouse Road",
        "rosalind@example.com",
        "64.00 USD in all",
        "ship by Tuesday 6 October",
    ):
        assert part in told
    assert page.next_button.text() == "Start packing"
    page.show_order(shop.gift)
    assert "“For forty years\nof rain and shine.”" in words(page)
    window.grab()


def test_money_that_went_back_is_told(page: OrdersPage, desk: Desk) -> None:
    settled = Refund(usd("10.00"), RefundState.SETTLED, None, "late", "manual")
    order_id, _ = desk.orders.add(
        an_order(
            number="#2099",
            subtotal=usd("40.00"),
            shipping=usd("5.00"),
            marketplace_tax=usd("2.10"),
            refunds=(settled,),
        )
    )
    page.refresh()
    page.show_order(order_id)
    told = words(page)
    assert "refund 10.00 USD · settled" in told
    assert "pieces 40.00 · shipping 5.00" in told
    assert "2.10 USD tax kept by the marketplace" in told


def test_an_order_without_an_address_says_so(page: OrdersPage, desk: Desk) -> None:
    from jeweler_desk.domain.address import PostalAddress  # noqa: PLC0415 - only here

    order_id, _ = desk.orders.add(an_order(number="#2100", address=PostalAddress(), customer=None))
    page.refresh()
    page.show_order(order_id)
    assert "No address came with this order." in words(page)
    assert "No name given" in words(page)


def test_the_next_step_is_always_marked(
    page: OrdersPage, shop: Shop, desk: Desk, qtbot: QtBot, window: MainWindow
) -> None:
    page.show_order(shop.cuff)
    steps = []
    for _ in range(2):
        steps.append(page.next_button.text())
        qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)
    steps.append(page.next_button.text())
    qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)
    assert window.place is Place.BENCH
    assert window.bench.order is not None
    assert window.bench.order.id == shop.cuff
    desk.fulfillment.finish_packing(shop.cuff)
    window.go(Place.ORDERS)
    page.refresh()
    steps.append(page.next_button.text())
    assert steps == ["Begin making", "Ready to pack", "Start packing", "Hand over…"]
    page.show_order(shop.unpaid)
    assert not page.next_button.isVisible()


def test_a_parcel_is_handed_over_and_the_act_can_be_undone(
    page: OrdersPage, shop: Shop, desk: Desk, qtbot: QtBot, window: MainWindow
) -> None:
    desk.fulfillment.finish_packing(shop.ring)
    page.show_order(shop.ring)
    window.actions_["order.ship"].trigger()
    form = dialog(window, ShipOrder)
    assert isinstance(form, ShipOrder)
    qtbot.mouseClick(form.carrier.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.tracking, "9400 1000")
    qtbot.keyClicks(form.left_at, "some day")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert "is not a day such as 2026-11-27 or a time such as 14:05" in form.problem.text()
    form.left_at.clear()
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    (parcel,) = desk.orders.get(shop.ring).shipments
    assert (parcel.carrier, parcel.tracking_number) == ("USPS", "94001000")
    assert window.notices.last_words == "Order #2089 is handed over."
    assert not page.next_button.isVisible()
    qtbot.mouseClick(window.notices.undo_button, Qt.MouseButton.LeftButton)
    assert desk.orders.get(shop.ring).fulfillment_status is FulfillmentStatus.PACKED
    assert window.notices.last_words == "Taken back: Ship order #2089."
    assert page.next_button.text() == "Hand over…"


def test_an_order_is_stopped_with_a_reason_and_goes_on(
    page: OrdersPage, shop: Shop, desk: Desk, qtbot: QtBot, window: MainWindow
) -> None:
    page.show_order(shop.ring)
    window.actions_["order.hold"].trigger()
    form = dialog(window, HoldOrder)
    assert isinstance(form, HoldOrder)
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "Write in a few words why the order stops."
    qtbot.mouseClick(form.reason.buttons[0], Qt.MouseButton.LeftButton)
    form.until.setText("someday")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "“someday” is not a day such as 2026-11-27."
    form.until.setText("2026-10-09")
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    hold = desk.orders.get(shop.ring).hold
    assert hold is not None
    assert (hold.reason, hold.until) == ("waiting for the ring size", date(2026, 10, 9))
    assert "waiting for the ring size · until Fri 9 Oct" in words(page)
    qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)
    assert desk.orders.get(shop.ring).hold is None


def test_an_act_that_cannot_be_is_refused_in_a_sentence(
    page: OrdersPage, shop: Shop, window: MainWindow
) -> None:
    page.show_order(shop.ring)
    window.actions_["order.release"].trigger()
    assert window.notices.banners() == {"act": "Order #2089 is not on hold. Nothing was changed."}
    window.actions_["order.making"].trigger()
    assert window.notices.banners() == {}


def test_writing_opens_the_mail_program(
    page: OrdersPage, shop: Shop, window: MainWindow, outside: Outside
) -> None:
    page.show_order(shop.ring)
    window.actions_["order.write"].trigger()
    assert outside.urls == ["mailto:rosalind@example.com?subject=Your%20order%20%232089"]
    page.show_order(shop.cuff)
    window.actions_["order.write"].trigger()
    assert window.notices.last_words == "This order came without an e-mail address."
    assert len(outside.urls) == 1


def test_without_a_chosen_order_the_acts_do_nothing(window: MainWindow, desk: Desk) -> None:
    window.go(Place.ORDERS)
    before = desk.history.undo_label()
    for name in ("pack", "making", "ship", "hold", "release", "write"):
        window.actions_[f"order.{name}"].trigger()
    assert desk.history.undo_label() == before
    assert window.place is Place.ORDERS
    assert "Choose an order to see it here." in words(window.orders)


def test_an_order_outside_the_view_is_shown_among_all(page: OrdersPage, shop: Shop) -> None:
    page.show_view(View.TO_PACK)
    page.filter.setText("rosal")
    page.show_order(shop.unpaid)
    assert page.tabs[View.ALL].isChecked()
    assert page.filter.text() == ""
    assert page.chosen is not None
    assert page.chosen.id == shop.unpaid


def test_a_change_elsewhere_is_seen_when_the_page_is_looked_at(
    page: OrdersPage, window: MainWindow, desk: Desk
) -> None:
    window.go(Place.TODAY)
    _, changes = desk.orders.add(an_order(a_line("Ring"), number="#2101"))
    window.bus.changed.emit(changes)
    assert page.model.rowCount() == 4
    window.go(Place.ORDERS)
    assert page.model.rowCount() == 5


def test_the_hand_entered_fields_of_a_row_say_what_is_missing(page: OrdersPage, desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(number="#2102", customer=None, is_paid=False))
    page.refresh()
    row = page.model.row_of(order_id)
    tips = [page.model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) for column in (0, 3, 5)]
    assert tips == [
        "Shopify, Monday 5 October",
        "40.00 USD",
        "No day is promised until the order is paid",
    ]
    assert page.model.index(row, 1).data() == "no name given"
    assert page.model.index(row, 5).data() == "–"


def test_what_is_told_of_a_printed_paper_stays_within_a_narrow_window(
    page: OrdersPage, window: MainWindow, shop: Shop
) -> None:
    order = shop.desk.orders.get(shop.ring)
    shop.desk.printed_papers.note([order], PaperKind.PACKING_SLIPS, "9fbd19f3" * 8)
    window.resize(1024, 700)
    page.show_order(shop.ring)
    QApplication.processEvents()
    assert "version" in words(page)
    room = page.panel.pane
    assert isinstance(room, QScrollArea)
    held = room.widget()
    assert held is not None
    assert held.width() <= room.viewport().width()
