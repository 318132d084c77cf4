"""One box for two orders at the bench: offered, taken by a key, packed as one, taken apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, Gift, OrderId, Stage
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.hold_order import HoldOrder
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import BUYER, a_line, an_order
from tests.ui.conftest import Shop


@pytest.fixture
def studs(desk: Desk, shop: Shop) -> OrderId:
    """A second order of the ring’s buyer, to the same address."""
    del shop
    order_id, _ = desk.orders.add(
        an_order(
            a_line("Fern Studs", quantity=2),
            number="#2097",
            customer="Rosalind Achterberg",
            email="rosalind@example.com",
            gift=Gift.NO,
            address=replace(BUYER, address1="3 lighthouse road"),
        )
    )
    desk.fulfillment.set_stage(order_id, Stage.READY)
    return order_id


@pytest.fixture
def bench(window: MainWindow, shop: Shop, studs: OrderId) -> BenchPage:
    del studs
    window.go(Place.BENCH)
    window.bench.take(shop.ring)
    return window.bench


def tick_all(bench: BenchPage) -> None:
    for row in bench.checklist.rows():
        row.setChecked(True)


def test_the_queue_has_one_buyers_orders_side_by_side(
    bench: BenchPage, shop: Shop, studs: OrderId
) -> None:
    assert list(bench.queue.buttons) == [shop.ring, studs, shop.gift]
    here = bench.queue.buttons[shop.ring]
    assert here.isChecked()
    assert here.accessibleName() == "#2089, Rosalind Achterberg, Tomorrow"
    bench.queue.buttons[shop.gift].click()
    assert bench.order is not None
    assert bench.order.id == shop.gift
    assert not bench.shared.isVisible()


def test_one_key_puts_both_into_one_box(
    bench: BenchPage, window: MainWindow, shop: Shop, studs: OrderId, qtbot: QtBot
) -> None:
    assert bench.shared.told.text() == "#2097 goes to the same buyer and address"
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert shop.desk.orders.get(shop.ring).combined_with == ("#2097",)
    assert bench.title.text() == "#2089 and #2097 · Rosalind Achterberg"
    assert bench.subtitle.text() == "1 of 2 parcels to pack"
    assert bench.shared.told.text() == "One box for #2089 and #2097"
    words = [label.text() for label in bench.findChildren(Text) if label.isVisibleTo(bench)]
    for part in ("Rain Ring", "Fern Studs", "2 pieces"):
        assert part in words
    rows = {row.item.key: row for row in bench.checklist.rows()}
    assert rows["packed"].accessibleDescription() == "all 3 pieces on the 2 slips"
    assert rows["slip"].text() == "All 2 slips inside"
    tick_all(bench)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    packed = [shop.desk.orders.get(each).fulfillment_status for each in (shop.ring, studs)]
    assert packed == [FulfillmentStatus.PACKED] * 2
    assert window.notices.last_words.startswith("Orders #2089 and #2097 packed in")
    assert bench.order is not None
    assert bench.order.id == shop.gift


def test_the_same_key_takes_them_apart_and_undo_puts_them_back(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B)
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert shop.desk.orders.get(shop.ring).combined_with == ()
    assert bench.title.text() == "#2089 · Rosalind Achterberg"
    window.deeds.undo()
    assert bench.title.text() == "#2089 and #2097 · Rosalind Achterberg"


def test_something_missing_holds_the_whole_box(
    bench: BenchPage, window: MainWindow, shop: Shop, studs: OrderId, qtbot: QtBot
) -> None:
    bench.together()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    form = next(each for each in window.findChildren(HoldOrder) if each.isVisible())
    form.reason.line.setText("no box of this size")
    form.submit()
    for order_id in (shop.ring, studs):
        assert shop.desk.orders.get(order_id).hold is not None
    window.deeds.undo()
    assert shop.desk.orders.get(studs).hold is None


def test_one_card_and_every_slip_are_printed(bench: BenchPage, shop: Shop, studs: OrderId) -> None:
    bench.together()
    bench.print_papers()
    told = {
        each: [entry.what for entry in shop.desk.orders.get(each).timeline]
        for each in (shop.ring, studs)
    }
    assert "packing slip printed" in told[shop.ring]
    assert "packing slip printed" in told[studs]
    assert ("card printed" in told[shop.ring]) != ("card printed" in told[studs])


def test_a_narrow_bench_names_what_it_cannot_show(
    bench: BenchPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    for number in range(3000, 3012):
        address = replace(BUYER, address1=f"{number} Quay")
        order_id, _ = desk.orders.add(
            an_order(number=f"#{number}", customer=f"Buyer {number}", address=address)
        )
        desk.fulfillment.set_stage(order_id, Stage.READY)
    window.resize(1024, 700)
    bench.refresh()
    window.grab()
    more = [each.text() for each in bench.queue.findChildren(Text) if "more" in each.text()]
    qtbot.waitUntil(lambda: len(more) == 1)
    shown = [each for each in bench.queue.buttons.values() if each.isVisibleTo(bench)]
    assert more == [f"and {15 - len(shown)} more"]


def test_the_whole_box_is_handed_over_from_one_form(
    bench: BenchPage, window: MainWindow, desk: Desk, shop: Shop, studs: OrderId
) -> None:
    bench.together()
    bench.print_papers()
    change_note(desk, studs)
    tick_all(bench)
    desk.fulfillment.finish_packing(shop.ring)
    window.go(Place.ORDERS)
    window.orders.show_order(shop.ring)
    window.orders.ship()
    form = next(each for each in window.findChildren(ShipOrder) if each.isVisible())
    assert form.windowTitle() == "Hand over order #2089 and #2097"
    form.submit()
    assert form.problem.text().startswith("Print the paper anew"), "the other’s slip is stale"
    form.why.setText("corrected by hand")
    form.submit()
    assert window.notices.last_words == "Orders #2089 and #2097 are handed over in one box."
    for order_id in (shop.ring, studs):
        assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.SHIPPED


def change_note(desk: Desk, order_id: OrderId) -> None:
    """Let an order's note be another one, as a newer export would."""
    old = desk.orders.get(order_id)
    with desk.history._store.step("New note"):
        new = an_order(
            *old.line_items,
            number=old.number,
            customer=old.customer,
            email=old.email,
            gift=old.gift,
            address=old.address,
            notes="Please ring twice",
        )
        desk.orders._book.writing.describe(order_id, new, old.paid_at)
