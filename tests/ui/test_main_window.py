from __future__ import annotations

from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import WINDOW_SMALLEST, Mode
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import ElidedText, Text
from tests.builders import an_order
from tests.fakes import FixedClock
from tests.post import Post
from tests.ui.conftest import Shop

TAB_STOPS = {
    Qt.FocusPolicy.TabFocus,
    Qt.FocusPolicy.StrongFocus,
    Qt.FocusPolicy.WheelFocus,
}
EVERY_PAGE = pytest.mark.parametrize("place", list(Place))


def focusable(window: MainWindow) -> list[QWidget]:
    shown = [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]
    stops = [each for each in shown if each.focusPolicy() in TAB_STOPS]
    return [each for each in stops if each.isEnabled()]


def _excludes_others(widget: QWidget) -> bool:
    """Of buttons that exclude each other the arrows walk on; Tab goes by."""
    if not isinstance(widget, QAbstractButton):
        return False
    group: QButtonGroup | None = widget.group()
    return widget.autoExclusive() or group is not None


@EVERY_PAGE
def test_everything_that_takes_the_focus_has_a_name(
    window: MainWindow, shop: Shop, post: Post, place: Place
) -> None:
    del shop, post
    window.go(place)
    window.grab()
    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in focusable(window)
        if not each.accessibleName()
    ]
    assert nameless == []


@EVERY_PAGE
def test_tab_reaches_everything_and_is_never_trapped(
    window: MainWindow, shop: Shop, post: Post, place: Place, qtbot: QtBot
) -> None:
    del shop, post
    window.activateWindow()
    window.go(place)
    window.grab()
    window.sidebar.focus_current()
    first = QApplication.focusWidget()
    assert first is not None
    reached = [first]
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now is first:
            break
        reached.append(now)
    assert QApplication.focusWidget() is first
    missed = [
        each.accessibleName()
        for each in focusable(window)
        if each not in reached and not _excludes_others(each)
    ]
    assert missed == []


def test_f6_walks_through_the_parts_of_the_window(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    del shop
    window.go(Place.ORDERS)
    window.orders.table.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(focused.accessibleName() if focused else "")
    assert seen[0] == "The chosen order"
    assert seen[1].startswith("Orders")
    assert seen[2] == "Orders"
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.sidebar.isAncestorOf(focused)


@EVERY_PAGE
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_no_words_are_cut_in_the_smallest_window(
    window: MainWindow, shop: Shop, post: Post, place: Place, mode: Mode
) -> None:
    del shop, post
    window.look.set_mode(mode)
    window.resize(*WINDOW_SMALLEST)
    window.go(place)
    QApplication.processEvents()
    cut = [
        label.text()
        for label in window.findChildren(Text)
        if label.isVisibleTo(window)
        and not isinstance(label, ElidedText)
        and not label.wordWrap()
        and label.width() < label.sizeHint().width() - 1
    ]
    squeezed = [
        button.text()
        for button in window.findChildren(Button)
        if button.isVisibleTo(window) and button.width() < button.minimumSizeHint().width()
    ]
    assert (cut, squeezed) == ([], [])


@EVERY_PAGE
def test_every_label_is_plain_text(
    window: MainWindow, shop: Shop, post: Post, place: Place
) -> None:
    del shop, post
    window.go(place)
    rich = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert rich == []


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_1, Place.TODAY),
        (Qt.Key.Key_2, Place.ORDERS),
        (Qt.Key.Key_3, Place.BENCH),
        (Qt.Key.Key_4, Place.MAIL),
        (Qt.Key.Key_7, Place.LISTINGS),
        (Qt.Key.Key_Comma, Place.SETTINGS),
    ],
)
def test_every_page_is_one_key_away(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, place: Place
) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.place is place
    assert window.page(place).isVisible()


@EVERY_PAGE
def test_a_page_is_built_without_anything_flashing_up(window: MainWindow, place: Place) -> None:
    window.page(place)
    QApplication.processEvents()
    assert QApplication.activeWindow() is window


def test_the_sidebar_tells_what_waits_on_each_page(
    window: MainWindow, shop: Shop, post: Post
) -> None:
    del shop, post
    window.show_state()
    names = {
        each.text(): each.accessibleName() for each in window.sidebar.findChildren(QAbstractButton)
    }
    assert names == {
        "Today": "Today",
        "Orders": "Orders, 3 to do",
        "Making": "Making, 1 to make",
        "Bench": "Bench, 2 to pack",
        "Mail": "Mail, 2 waiting",
        "Listings": "Listings",
        "Supplies": "Supplies",
        "Settings": "Settings",
    }


def test_the_sidebar_leads_to_a_page(window: MainWindow, qtbot: QtBot) -> None:
    (mail,) = [
        each for each in window.sidebar.findChildren(QAbstractButton) if each.text() == "Mail"
    ]
    qtbot.mouseClick(mail, Qt.MouseButton.LeftButton)
    assert window.place is Place.MAIL


def test_undo_names_the_act_and_redo_does_it_again(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    window.show_state()
    undo, redo = window.actions_["undo"], window.actions_["redo"]
    assert not redo.isEnabled()
    desk.orders.hold(shop.ring, "waiting")
    window.show_state()
    assert undo.text() == "Undo “Hold order #2089”"
    undo.trigger()
    assert desk.orders.get(shop.ring).hold is None
    assert redo.text() == "Redo “Hold order #2089”"
    redo.trigger()
    assert desk.orders.get(shop.ring).hold is not None
    assert window.notices.last_words == "Done again: Hold order #2089."


def test_undo_of_nothing_says_so(window: MainWindow, desk: Desk) -> None:
    while desk.history.undo():
        pass
    window.deeds.undo()
    assert window.notices.last_words == "There is nothing to take back."


def test_a_link_opens_what_it_names(window: MainWindow, shop: Shop, post: Post) -> None:
    del post
    window.open_link("order:#2091")
    places = [window.place]
    assert window.orders.chosen is not None
    assert window.orders.chosen.id == shop.cuff
    window.open_link("mail:bo@c.test")
    assert [*places, window.place] == [Place.ORDERS, Place.MAIL]
    window.open_link("order:#9999")
    assert window.notices.banners()["act"] == "There is no order #9999."


def test_a_narrow_window_keeps_only_the_icons_of_the_sidebar(window: MainWindow) -> None:
    window.resize(1440, 900)
    wide = window.sidebar.width()
    window.resize(1024, 700)
    assert window.sidebar.width() < wide / 2


def test_a_sample_shop_says_that_it_is_one(qtbot: QtBot, desk: Desk, look: Appearance) -> None:
    window = MainWindow(desk, look, InlineJobs(), demo_note="This is a sample shop.")
    qtbot.addWidget(window)
    assert window.notices.banners() == {"demo": "This is a sample shop."}
    window.close()


def test_all_slips_to_pack_are_printed_at_once(window: MainWindow, shop: Shop) -> None:
    del shop
    window.actions_["slips"].trigger()
    assert window.notices.last_words.startswith("2 packing slips saved as packing-slips-")


def test_the_chosen_orders_papers_are_printed(window: MainWindow, shop: Shop) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(shop.gift)
    window.actions_["order.slip"].trigger()
    assert window.notices.last_words.startswith("1 packing slip saved")
    window.actions_["order.card"].trigger()
    assert window.notices.last_words.startswith("1 card saved")


def test_what_a_paper_cannot_show_is_said_before_it_is_used(window: MainWindow, desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(number="#2096", notes="A rare sign: \U00020bb7"))
    desk.settings.set("shop.address", "")
    desk.settings.set("shop.name", "")
    window.tray.print_slips([order_id])
    told = window.notices.banners()["print.packing-slips"]
    assert told.startswith("Before you use it: ")
    assert "shop.name" in told


def test_closing_stops_the_chores(window: MainWindow) -> None:
    window.chores.start()
    window.actions_["quit"].trigger()
    assert not window.isVisible()


def test_a_handed_over_file_is_looked_at(window: MainWindow, clock: FixedClock) -> None:
    from pathlib import Path  # noqa: PLC0415 - only here

    from jeweler_desk.ui.dialogs.import_orders import ImportOrders  # noqa: PLC0415 - likewise

    del clock
    window.come_forward([Path("no such file.csv")])
    form = next(each for each in window.findChildren(ImportOrders) if each.isVisible())
    assert form.verb.text() == "Nothing to take in"
    form.reject()
    window.come_forward([])


def test_the_theme_is_changed_within_a_blink(
    window: MainWindow, shop: Shop, post: Post, qtbot: QtBot
) -> None:
    del shop, post
    for place in Place:
        window.go(place)
    spans = []
    for mode in (Mode.DARK, Mode.LIGHT, Mode.DARK):
        began = process_time()
        window.look.set_mode(mode)
        QApplication.processEvents()
        spans.append(process_time() - began)
    del qtbot
    # The target is 300 ms; a slow machine gets thrice that before the test calls it broken.
    assert min(spans) < 0.9
