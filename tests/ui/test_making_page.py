"""Making in the window: the board, the piece at hand, the words that are read, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, LineItem
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.making import MakingPage
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT, WORDS
from jeweler_desk.ui.widgets.piece_card import PieceCard
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order
from tests.fakes import FixedClock
from tests.ui.conftest import Outside, Shop


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> MakingPage:
    """The ring and the earrings of the small shop are ready, the cuff is to make."""
    del shop
    window.go(Place.MAKING)
    window.making.refresh()
    return window.making


def engraved(desk: Desk, words: str = "for Q.") -> None:
    desk.orders.add(
        an_order(a_line("Signet", personalization=words), number="#3001", customer="Ada Voss")
    )


def chosen(page: MakingPage) -> str:
    return page.chosen.line.title if page.chosen else ""


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def line(desk: Desk, number: str) -> LineItem:
    return desk.orders.find(number).line_items[0]


def test_the_board_shows_each_piece_with_its_words_and_day(page: MakingPage) -> None:
    ring = next(card for card in page.cards() if card.piece.line.title == "Rain Ring")
    told = [each.text() for each in ring.findChildren(Text)]
    assert "“for P.”" in told
    assert "for P." in ring.accessibleName()
    assert "by tomorrow" in ring.accessibleName()
    assert page.subtitle.text() == "3 pieces"


def test_the_arrows_go_about_the_board(page: MakingPage, qtbot: QtBot) -> None:
    page.focus_first()
    assert chosen(page) == "Tide Cuff"
    press(qtbot, Qt.Key.Key_Right)
    assert chosen(page) == "Rain Ring", "stages without a piece are passed by"
    press(qtbot, Qt.Key.Key_Down)
    assert chosen(page) == "Jade Drop Earrings"
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Right)
    assert chosen(page) == "Jade Drop Earrings", "there is nothing beyond"
    press(qtbot, Qt.Key.Key_Left)
    assert chosen(page) == "Tide Cuff"


def test_a_piece_goes_on_and_back_and_stays_at_hand(
    page: MakingPage, window: MainWindow, desk: Desk
) -> None:
    page.focus_first()
    assert page.on_button.text() == "On to making"
    window.actions_["making.on"].trigger()
    assert line(desk, "2091").stage_name == "making"
    assert (chosen(page), page.on_button.text()) == ("Tide Cuff", "On to setting")
    assert isinstance(QApplication.focusWidget(), PieceCard)
    window.actions_["making.back"].trigger()
    assert desk.orders.find("2091").fulfillment_status is FulfillmentStatus.TO_MAKE
    assert not window.actions_["making.back"].isEnabled()


def test_words_are_ticked_before_the_piece_is_begun(
    page: MakingPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    engraved(desk)
    order = desk.orders.find("3001")
    page.show_piece(str(order.id))
    assert (chosen(page), page.words.text()) == ("Signet", "“for Q.”")
    window.actions_["making.on"].trigger()
    assert desk.orders.find("3001").fulfillment_status is FulfillmentStatus.TO_MAKE
    assert "letter by letter" in "\n".join(
        each.text() for each in window.notices.findChildren(Text)
    )
    press(qtbot, Qt.Key.Key_Space)
    assert line(desk, "3001").personalization_read == "for Q."
    assert page.read_row.isChecked()
    window.actions_["making.on"].trigger()
    assert desk.orders.find("3001").fulfillment_status is FulfillmentStatus.MAKING
    page.read_row.click()
    assert line(desk, "3001").personalization_read is None


def test_begin_on_other_pages_leads_to_words_that_are_not_read(
    window: MainWindow, shop: Shop
) -> None:
    engraved(shop.desk)
    order = shop.desk.orders.find("3001")
    window.go(Place.ORDERS)
    window.orders.show_order(order.id)
    window.actions_["order.making"].trigger()
    assert window.place is Place.MAKING
    assert chosen(window.making) == "Signet"
    window.go(Place.TODAY)
    window.open_link(f"making:{order.id}")
    assert window.place is Place.MAKING
    shop.desk.making.mark_read(order.id, order.line_items[0].id, is_read=True)
    window.go(Place.ORDERS)
    window.orders.show_order(order.id)
    window.actions_["order.making"].trigger()
    assert shop.desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.MAKING


def test_the_ticket_is_printed_and_the_order_opened(
    page: MakingPage, window: MainWindow, outside: Outside
) -> None:
    page.focus_first()
    window.actions_["making.ticket"].trigger()
    assert len(outside.urls) == 1
    assert "tickets-" in outside.urls[0]
    window.actions_["making.open"].trigger()
    assert window.place is Place.ORDERS
    assert window.orders.chosen is not None
    assert window.orders.chosen.number == "#2091"


def test_an_empty_board_says_so_and_its_acts_are_off(window: MainWindow) -> None:
    window.go(Place.MAKING)
    assert window.making.subtitle.text() == "Nothing is to make"
    for name in ("making.on", "making.back", "making.read", "making.ticket", "making.open"):
        assert not window.actions_[name].isEnabled()
    page = window.making
    page.move_by(1)
    page.toggle_read()
    page.print_ticket()
    page.open_order()
    assert page.chosen is None


def test_late_and_waiting_pieces_say_so(shop: Shop, page: MakingPage, clock: FixedClock) -> None:
    shop.desk.orders.ask_customer(shop.cuff, "Which size?")
    for days, said in ((1, "by today"), (1, "late · yesterday")):
        clock.goes_on(days=days)
        page.refresh()
        told = {card.piece.line.title: card.accessibleName() for card in page.cards()}
        assert "waiting" in told["Tide Cuff"]
        assert said in told["Rain Ring"]
    assert page.subtitle.text() == "3 pieces · 2 late"


def test_many_pieces_are_counted_beyond_those_shown(page: MakingPage, desk: Desk) -> None:
    for number in range(62):
        desk.orders.add(an_order(a_line("Bead"), number=f"#4{number:03}"))
    page.refresh()
    assert "and 3 more" in [each.text() for each in page.findChildren(Text)]


def test_the_bench_reads_the_words_once_more(window: MainWindow, shop: Shop) -> None:
    window.pack(shop.ring)
    ring = shop.desk.orders.get(shop.ring).line_items[0]
    row = window.bench.checklist.row(f"{WORDS}{ring.id}")
    assert row.text() == "“for P.”"
    for key in (MADE_RIGHT, PACKED_RIGHT):
        window.bench.checklist.row(key).click()
    assert not window.actions_["bench.done"].isEnabled()
    row.click()
    assert window.actions_["bench.done"].isEnabled()
