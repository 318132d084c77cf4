from __future__ import annotations

from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order_view import View
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.text import Text
from tests.fakes import FixedClock
from tests.ui.conftest import Shop


def test_paid_to_mailed_stands_on_today_with_a_chart_by_week(
    window: MainWindow, desk: Desk, shop: Shop, clock: FixedClock, qtbot: QtBot
) -> None:
    card = window.today.mailing
    assert not card.isVisible()
    for order_id, hours in ((shop.ring, 24), (shop.gift, 72)):
        desk.fulfillment.finish_packing(order_id)
        clock.goes_on(hours=hours)
        desk.fulfillment.ship(order_id)
    window.today.refresh()
    qtbot.waitUntil(card.isVisible)
    assert card.told.text() == "1 of 2 (50 %) within one business day · usually 70 h"
    assert card.orders == ["#2090 · 4 business days · 106 h", "#2089 · next business day · 34 h"]
    chart = card.chart
    assert chart.accessibleName() == "Within one business day, by week"
    told = chart.accessibleDescription().split("; ")
    assert len(told) == 8
    assert told[-1] == "week of 5 Oct: 1 of 2 (50 %) within one business day · usually 70 h"
    assert told[0] == "week of 17 Aug: nothing was mailed"
    light = chart.grab().toImage()
    window.look.set_mode(Mode.DARK)
    assert chart.grab().toImage() != light


def test_the_measure_is_there_when_all_is_done(
    window: MainWindow, desk: Desk, shop: Shop, qtbot: QtBot
) -> None:
    del shop
    for order_id in desk.orders.ids(View.ALL):
        order = desk.orders.get(order_id)
        if order.passes_gate:
            desk.fulfillment.finish_packing(order_id)
            desk.fulfillment.ship(order_id)
    window.today.refresh()
    card = window.today.mailing
    qtbot.waitUntil(card.isVisible)
    assert "Everything is done" in [text.text() for text in window.today.findChildren(Text)]
    assert card.told.text().startswith("3 of 3 (100 %) within one business day")
