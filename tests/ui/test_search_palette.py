from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.actions import ACTIONS
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.search_palette import PAUSE_MS, Entry
from jeweler_desk.ui.widgets.sidebar import Place
from tests.post import Post
from tests.ui.conftest import Shop


def entries(window: MainWindow) -> list[Entry]:
    model = window.palette_.entries
    found = [model.entry(row) for row in range(model.rowCount())]
    return [entry for entry in found if entry is not None]


def open_palette(window: MainWindow, qtbot: QtBot, text: str = "") -> None:
    window.actions_["search"].trigger()
    assert window.palette_.isVisible()
    if text:
        window.palette_.field.clear()
        qtbot.keyClicks(window.palette_.field, text)
        qtbot.waitUntil(lambda: window.palette_.list.currentIndex().row() == 0)
        window.palette_.look_now()


def test_every_action_is_in_the_palette_with_its_key(window: MainWindow, qtbot: QtBot) -> None:
    open_palette(window, qtbot)
    shown = {entry.action: entry for entry in entries(window)}
    assert set(shown) == {spec.id for spec in ACTIONS} - {"search"}
    assert all(entry.keys for entry in shown.values())
    window.palette_.grab()


def test_orders_people_and_letters_are_found_by_a_few_letters(
    window: MainWindow, qtbot: QtBot, shop: Shop, post: Post
) -> None:
    del shop, post
    open_palette(window, qtbot, "rosal")
    found = [(entry.icon, entry.title) for entry in entries(window) if not entry.action]
    assert found == [
        ("orders", "#2089 · Rosalind Achterberg"),
        ("person", "Rosalind Achterberg"),
    ]
    open_palette(window, qtbot, "malmo")
    assert [entry.title for entry in entries(window) if entry.icon == "mail"] == ["Bo Lind"]


def test_typing_waits_a_moment_before_it_looks(
    window: MainWindow, qtbot: QtBot, shop: Shop
) -> None:
    del shop
    assert 30 <= PAUSE_MS <= 60
    open_palette(window, qtbot)
    window.palette_.field.setText("rosal")
    assert not any(entry.link for entry in entries(window))
    qtbot.waitUntil(lambda: any(entry.link for entry in entries(window)))


def test_enter_opens_the_first_thing_found(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    open_palette(window, qtbot)
    qtbot.keyClicks(window.palette_.field, "2091")
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert not window.palette_.isVisible()
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.id == shop.cuff


def test_a_letter_is_opened_where_letters_are_read(
    window: MainWindow, qtbot: QtBot, post: Post
) -> None:
    del post
    open_palette(window, qtbot, "ring size")
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert window.place is Place.MAIL


def test_a_person_is_searched_on(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    del shop
    open_palette(window, qtbot, "rosal")
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Enter)
    assert window.palette_.isVisible()
    assert window.palette_.field.text() == "Rosalind Achterberg"


def test_a_command_is_run_from_anywhere(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    del shop
    open_palette(window, qtbot, "orders to pack")
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert window.place is Place.ORDERS
    assert window.orders.model.rowCount() == 2


def test_a_command_that_is_not_possible_now_says_so_and_stays(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_palette(window, qtbot, "do again what")
    (entry,) = entries(window)
    assert (entry.action, entry.detail) == ("redo", "not possible now")
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert window.palette_.isVisible()


def test_the_arrows_walk_and_escape_goes_back(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    del shop
    window.go(Place.ORDERS)
    window.orders.table.setFocus()
    open_palette(window, qtbot)
    field = window.palette_.field
    for key, row in (
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_PageDown, 9),
        (Qt.Key.Key_PageUp, 1),
    ):
        qtbot.keyClick(field, key)
        assert window.palette_.list.currentIndex().row() == row
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window.palette_.isVisible()
    assert QApplication.focusWidget() is window.orders.table


def test_the_palette_stays_in_the_middle_and_goes_with_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_palette(window, qtbot)
    window.resize(1100, 720)
    palette = window.palette_
    middle = palette.geometry().center().x()
    over = palette.parentWidget()
    assert over is not None
    assert abs(middle - over.width() // 2) <= 1
    window.sidebar.focus_current()
    qtbot.waitUntil(lambda: not palette.isVisible())


def test_a_click_opens_a_line(window: MainWindow, qtbot: QtBot) -> None:
    open_palette(window, qtbot, "go to mail")
    listed = window.palette_.list
    place = listed.visualRect(listed.currentIndex()).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.place is Place.MAIL
