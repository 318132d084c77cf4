"""The calendar in the window: days closed by key and click, promises made anew with a letter."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidgetSelectionRange
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.wording import day_text
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.promise_anew import PromiseAnew
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.calendar_card import CalendarCard
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import an_order
from tests.ui.conftest import Shop

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(window: MainWindow, shop: Shop) -> CalendarCard:
    """October 2026, three orders promised for Tuesday the 6th."""
    del shop
    window.go(Place.SETTINGS)
    window.settings.refresh()
    return window.settings.calendar


def closed(desk: Desk) -> str:
    return desk.settings.get("shop.closed_days")


def go_to(card: CalendarCard, row: int, column: int) -> None:
    card.month.setCurrentCell(row, column)


def form(window: MainWindow) -> PromiseAnew:
    return next(each for each in window.findChildren(PromiseAnew) if each.isVisible())


def test_the_month_shows_its_days_in_words(card: CalendarCard, desk: Desk) -> None:
    desk.settings.set("shop.holidays", "US")
    desk.settings.set("shop.closed_days", "2026-10-08,2026-10-22..2026-10-23")
    card.refresh()
    told = {
        item.text()
        for row in range(card.month.rowCount())
        for column in range(7)
        if (item := card.month.item(row, column)) is not None
    }
    assert {"5\ntoday", "8\nclosed", "12\nholiday", "22\naway", "31"} <= told
    assert card.note.text() == "October 2026"


def test_a_key_closes_a_day_and_opens_it_again(
    card: CalendarCard, desk: Desk, qtbot: QtBot
) -> None:
    go_to(card, 1, 3)
    assert card.month.day_at(1, 3) == date(2026, 10, 8)
    qtbot.keyClick(card.month, Qt.Key.Key_Return)
    assert closed(desk) == "2026-10-08"
    qtbot.keyClick(card.month, Qt.Key.Key_Space)
    assert closed(desk) == ""


def test_a_click_closes_a_day(card: CalendarCard, desk: Desk, qtbot: QtBot) -> None:
    index = card.month.model().index(1, 4)
    at = card.month.visualRect(index).center()
    qtbot.mouseClick(card.month.viewport(), LEFT, pos=at)
    assert closed(desk) == "2026-10-09"


def test_a_span_is_a_vacation(card: CalendarCard, desk: Desk, qtbot: QtBot) -> None:
    go_to(card, 3, 1)
    card.month.setRangeSelected(QTableWidgetSelectionRange(3, 1, 3, 4), True)
    qtbot.keyClick(card.month, Qt.Key.Key_Space)
    assert closed(desk) == "2026-10-20..2026-10-23"


def test_page_up_and_down_turn_the_month(card: CalendarCard, qtbot: QtBot) -> None:
    qtbot.keyClick(card.month, Qt.Key.Key_PageDown)
    assert card.note.text() == "November 2026"
    for _ in range(11):
        qtbot.keyClick(card.month, Qt.Key.Key_PageUp)
    assert card.note.text() == "December 2025"
    qtbot.keyClick(card.month, Qt.Key.Key_Home)
    assert card.month.day_at(0, 0) == date(2025, 12, 1)
    assert card.month.day_at(-1, 0) is None


def test_a_closed_day_says_which_promises_it_would_move(
    card: CalendarCard, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    assert card.rows == []
    go_to(card, 1, 1)
    qtbot.keyClick(card.month, Qt.Key.Key_Space)
    assert closed(desk) == "2026-10-06"
    order = desk.orders.find("2089")
    assert order.ship_by == date(2026, 10, 6)
    assert len(card.rows) == 3
    row = card.rows[0]
    assert row.chip is not None
    assert row.chip.text == "later"
    assert f"now {day_text(date(2026, 10, 7), date(2026, 10, 5))}" in row.detail.text()
    assert row.button is not None
    row.button.click()
    asked = form(window)
    assert "Wednesday, October 7, 2026" in asked.letter.toPlainText()
    asked.copy.click()
    assert QGuiApplication.clipboard().text() == asked.letter.toPlainText()
    asked.why.setText("")
    asked.submit()
    assert asked.problem.isVisible()
    asked.why.setText("the harbor fair")
    asked.submit()
    assert desk.orders.find("2089").ship_by == date(2026, 10, 7)
    assert len(card.rows) == 2
    window.actions_["undo"].trigger()
    assert len(card.rows) == 3


def test_an_earlier_day_needs_no_letter(card: CalendarCard, desk: Desk, window: MainWindow) -> None:
    desk.settings.set("shop.processing_days", "3")
    desk.orders.add(an_order(number="#9001"))
    desk.settings.set("shop.processing_days", "1")
    card.refresh()
    (row,) = card.rows
    assert row.button is not None
    row.button.click()
    asked = form(window)
    assert asked.letter.toPlainText() == ""
    assert any("no letter" in each.text() for each in asked.findChildren(Text))
    asked.reject()


def test_many_moved_promises_are_counted(card: CalendarCard, desk: Desk) -> None:
    for number in range(12):
        desk.orders.add(an_order(number=f"#5{number:03}"))
    desk.settings.set("shop.closed_days", "2026-10-06")
    card.refresh()
    told = [each.text() for each in card.findChildren(Text)]
    assert "15 promises would now be another day" in told
    assert "and 3 more" in told
