"""A ring with words goes from stage to stage: read at the start, ticketed, read at packing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT, WORDS
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.fakes import FixedClock


def test_a_ring_goes_along_the_bench_with_its_words(
    qtbot: QtBot, qapp: QApplication, store: Store, clock: FixedClock
) -> None:
    desk = build_desk(store, clock)
    for key, value in {
        "shop.timezone": "America/New_York",
        "shop.currency": "USD",
        "shop.stages": "to do, casting, engraving, done",
    }.items():
        desk.settings.set(key, value)
    ring = a_line("Signet Ring", personalization="Ada & Grace, 10.12.1815")
    order_id = desk.orders.add(an_order(ring, a_line("Plain Band"), number="#77"))[0]
    window = MainWindow(desk, Appearance(qapp, Mode.LIGHT), InlineJobs())
    qtbot.addWidget(window)
    window.show()
    window.go(Place.MAKING)

    window.making.show_piece(str(order_id))
    assert window.making.words.text() == "“Ada & Grace, 10.12.1815”"
    window.actions_["making.on"].trigger()
    assert desk.orders.get(order_id).line_items[0].stage_name is None, "not before it was read"
    qtbot.keyClick(window.making.panes()[0], Qt.Key.Key_Space)
    for name in ("casting", "engraving"):
        window.actions_["making.on"].trigger()
        assert desk.orders.get(order_id).line_items[0].stage_name == name
    order = desk.orders.get(order_id)
    assert order.fulfillment_status is FulfillmentStatus.TO_MAKE, "the band is not begun"
    printed = desk.work_tickets.job([order_id])()
    assert printed.orders == ("#77",)

    window.actions_["making.on"].trigger()
    for _ in range(3):
        desk.making.move(order_id, order.line_items[1].id, 1)
    assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.READY

    window.pack(order_id)
    for key in (MADE_RIGHT, PACKED_RIGHT):
        window.bench.checklist.row(key).click()
    window.actions_["bench.done"].trigger()
    assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.READY
    window.bench.checklist.row(f"{WORDS}{order.line_items[0].id}").click()
    window.actions_["bench.done"].trigger()
    assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.PACKED
    window.close()
    QApplication.sendPostedEvents()
