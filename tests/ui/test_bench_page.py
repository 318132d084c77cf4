from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import FulfillmentStatus, OrderId, Stage
from jeweler_desk.domain.supply import NewSupply
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.card_words import CardWords
from jeweler_desk.ui.dialogs.hold_order import HoldOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT, WORDS
from jeweler_desk.ui.theme import TOUCH_HEIGHT, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order
from tests.ui.conftest import Outside, Shop


@pytest.fixture
def bench(window: MainWindow, shop: Shop) -> BenchPage:
    del shop
    window.go(Place.BENCH)
    return window.bench


def at_hand(bench: BenchPage) -> OrderId | None:
    return bench.order.id if bench.order else None


def tick(bench: BenchPage, *keys: str) -> None:
    read = [row.item.key for row in bench.checklist.rows() if row.item.key.startswith(WORDS)]
    for key in (*keys, *(read if MADE_RIGHT in keys else ())):
        bench.checklist.row(key).setChecked(True)


def words(bench: BenchPage) -> list[str]:
    return [label.text() for label in bench.findChildren(Text) if label.isVisibleTo(bench)]


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def status(desk: Desk, order_id: OrderId) -> FulfillmentStatus:
    return desk.orders.get(order_id).fulfillment_status


def test_one_parcel_with_all_that_matters(bench: BenchPage, shop: Shop) -> None:
    assert at_hand(bench) == shop.ring
    assert bench.title.text() == "#2089 · Rosalind Achterberg"
    assert bench.subtitle.text() == "1 of 2 parcels to pack"
    told = words(bench)
    for part in ("Rain Ring", "Size US 7½ · hammered", "“for P.”", "Hannah Lindqvist"):
        assert part in told
    rows = {row.item.key: row for row in bench.checklist.rows()}
    (read,) = (row.text() for key, row in rows.items() if key.startswith(WORDS))
    assert read == "“for P.”"
    made, packed = rows[MADE_RIGHT], rows[PACKED_RIGHT]
    card, slip, sealed = rows["card"], rows["slip"], rows["sealed"]
    assert made.accessibleDescription() == "Size US 7½ · hammered"
    assert [each.text() for each in (made, packed, card, slip, sealed)] == [
        "Made right",
        "Packed right",
        "Card written",
        "Slip inside",
        "Mailer sealed",
    ]


def test_done_stays_off_until_both_checks_are_ticked(bench: BenchPage, window: MainWindow) -> None:
    done = window.actions_["bench.done"]
    assert not bench.done_button.isEnabled()
    tick(bench, "card", "slip", "sealed", MADE_RIGHT)
    assert not bench.done_button.isEnabled()
    assert not done.isEnabled()
    bench.finish()
    assert bench.subtitle.text() == "1 of 2 parcels to pack"
    tick(bench, PACKED_RIGHT)
    assert bench.done_button.isEnabled()
    bench.checklist.row(MADE_RIGHT).setChecked(False)
    assert not done.isEnabled()


def test_enter_packs_the_parcel_and_goes_on_to_the_next(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    for row in bench.checklist.rows():
        if row.item.key in {MADE_RIGHT, PACKED_RIGHT} or row.item.key.startswith(WORDS):
            qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert status(shop.desk, shop.ring) is FulfillmentStatus.PACKED
    assert at_hand(bench) == shop.gift
    assert window.notices.last_words == "Order #2089 packed in 0:00."
    assert not any(row.isChecked() for row in bench.checklist.rows())
    assert not bench.done_button.isEnabled()
    told = [entry.what for entry in shop.desk.orders.get(shop.ring).timeline]
    assert any(what.startswith("packed in") for what in told)


def test_a_packed_parcel_comes_back_by_undo(
    bench: BenchPage, window: MainWindow, shop: Shop
) -> None:
    tick(bench, MADE_RIGHT, PACKED_RIGHT)
    window.actions_["bench.done"].trigger()
    window.actions_["undo"].trigger()
    assert status(shop.desk, shop.ring) is FulfillmentStatus.READY
    assert bench.subtitle.text() == "2 of 2 parcels to pack"


def test_after_the_last_parcel_the_bench_is_clear(
    bench: BenchPage, window: MainWindow, shop: Shop
) -> None:
    for _ in range(2):
        tick(bench, MADE_RIGHT, PACKED_RIGHT)
        window.actions_["bench.done"].trigger()
    assert at_hand(bench) is None
    assert "The bench is clear" in words(bench)
    assert not bench.timer.is_running
    for name in ("missing", "print", "card", "pause", "skip", "done"):
        assert not window.actions_[f"bench.{name}"].isEnabled()
    bench.finish()
    bench.miss()
    bench.skip()
    bench.print_papers()
    bench.show_card()
    assert status(shop.desk, shop.gift) is FulfillmentStatus.PACKED
    window.actions_["view.to-make"].trigger()
    assert window.place is Place.ORDERS


def test_something_missing_puts_the_order_on_hold(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    form = dialog(window, HoldOrder)
    assert isinstance(form, HoldOrder)
    qtbot.keyClicks(form.reason.line, "no box of this size")
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Return)
    hold = shop.desk.orders.get(shop.ring).hold
    assert hold is not None
    assert hold.reason == "no box of this size"
    assert at_hand(bench) == shop.gift


def test_the_papers_are_one_key_away(
    bench: BenchPage, window: MainWindow, shop: Shop, outside: Outside, qtbot: QtBot
) -> None:
    del bench
    qtbot.keyClick(window, Qt.Key.Key_P)
    folder = shop.desk.folder
    assert folder is not None
    kinds = sorted(path.name[:5] for path in (folder / "papers").iterdir())
    assert kinds == ["cards", "packi"]
    assert len(outside.urls) == 2
    assert all(url.startswith("file:") for url in outside.urls)
    for path in (folder / "papers").iterdir():
        assert path.read_bytes().startswith(b"%PDF")
    told = [entry.what for entry in shop.desk.orders.get(shop.ring).timeline]
    assert {"packing slip printed", "card printed"} <= set(told)


def test_the_card_is_shown_large_for_writing(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    bench.take(shop.gift)
    qtbot.keyClick(window, Qt.Key.Key_C)
    form = dialog(window, CardWords)
    assert isinstance(form, CardWords)
    assert form.words.text() == "For forty years\nof rain and shine."
    qtbot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert not form.isVisible()
    assert bench.checklist.is_ticked("card")
    assert shop.desk.card_facts.is_written(shop.gift)
    assert "card written by hand" in [
        each.what for each in shop.desk.orders.get(shop.gift).timeline
    ]


def test_the_timer_can_wait(bench: BenchPage, window: MainWindow, qtbot: QtBot) -> None:
    running = [bench.timer.is_running]
    qtbot.keyClick(window, Qt.Key.Key_T)
    running.append(bench.timer.is_running)
    assert "Go on   T" in [each.text() for each in bench.findChildren(Button)]
    qtbot.keyClick(window, Qt.Key.Key_T)
    running.append(bench.timer.is_running)
    assert running == [True, False, True]


def test_another_parcel_can_be_taken_first(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert at_hand(bench) == shop.gift
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert at_hand(bench) == shop.ring


def test_what_was_ticked_stays_while_one_looks_elsewhere(
    bench: BenchPage, window: MainWindow
) -> None:
    tick(bench, MADE_RIGHT)
    window.go(Place.TODAY)
    window.go(Place.BENCH)
    bench.refresh()
    assert bench.checklist.is_ticked(MADE_RIGHT)


def test_several_pieces_stand_below_each_other(
    bench: BenchPage, desk: Desk, window: MainWindow
) -> None:
    order_id, _ = desk.orders.add(
        an_order(
            a_line("Fern Studs", quantity=2), a_line("Polishing Cloth", "5.00"), number="#2095"
        )
    )
    desk.fulfillment.set_stage(order_id, Stage.READY)
    bench.take(order_id)
    told = words(bench)
    assert "Fern Studs" in told
    assert "2 pieces" in told
    assert "Polishing Cloth" in told
    assert bench.checklist.rows()[1].accessibleDescription() == "all 3 pieces on the slip"
    window.grab()


def test_the_buttons_can_be_hit_with_gloves(bench: BenchPage, window: MainWindow) -> None:
    window.grab()
    buttons = [
        each
        for each in bench.findChildren(Button)
        if each is not bench.search_button and each.isVisibleTo(bench)
    ]
    assert len(buttons) >= 9, "the queue, Pause, the photo and the five acts"
    assert {each.text(): each.height() for each in buttons if each.height() < 48} == {}
    assert all(row.height() >= TOUCH_HEIGHT for row in bench.checklist.rows())


def test_no_key_of_the_bench_works_on_another_page(
    bench: BenchPage, window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    tick(bench, MADE_RIGHT, PACKED_RIGHT)
    window.go(Place.TODAY)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert status(shop.desk, shop.ring) is FulfillmentStatus.READY


def test_papers_of_a_desk_in_memory_go_to_the_systems_folder(
    window: MainWindow,
    shop: Shop,
    outside: Outside,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from jeweler_desk.ui.paper_tray import PaperTray  # noqa: PLC0415 - only here

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    tray = PaperTray(window.frame_, replace(shop.desk, folder=None), window)
    tray.print_slips([shop.ring])
    (url,) = outside.urls
    assert "/papers/packing-slips-" in url
    tray.print_cards([])
    assert window.notices.last_words.startswith("There is nothing to print")
    tray.print_slips([shop.unpaid])
    assert "print.packing-slips" in window.notices.banners()


def test_little_room_keeps_words_whole_and_the_address_in_sight(
    bench: BenchPage, window: MainWindow, look: Appearance, qtbot: QtBot
) -> None:
    usual = bench.timer.height()
    look.set_scale(150)
    window.resize(1024, 700)
    window.grab()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    picture = bench.findChildren(PiecePicture)[-1]
    words = next(label for label in bench.findChildren(Text) if label.text() == "Rain Ring")
    qtbot.waitUntil(lambda: words.y() > picture.y() + picture.height() / 2)
    qtbot.waitUntil(lambda: bench.timer.height() < usual)


def test_a_small_window_still_shows_address_kit_and_pace(
    bench: BenchPage, window: MainWindow, desk: Desk, shop: Shop
) -> None:
    for name in ("Boxes", "Mailers", "Cards", "Tissue paper", "Tape"):
        desk.supplies.add(NewSupply(name, 30, "Shelf 2", 10, uses=1))
    desk.fulfillment.finish_packing(shop.gift, 200, {})
    window.resize(1024, 700)
    bench.refresh()
    for _ in range(3):
        QApplication.processEvents()
    scrolls = (each for each in bench.findChildren(Scroll) if each.isAncestorOf(bench.kit))
    room = next(scrolls).viewport()
    below = bench.kit.mapTo(room, bench.kit.rect().bottomLeft()).y()
    assert bench.kit.titles
    assert below <= room.height(), "nothing of the kit needs scrolling"
    assert "median" in bench.subtitle.text()
    assert bench.timer.isVisible()
    window.resize(1440, 900)
    QApplication.processEvents()
    assert bench.timer.isVisible()
    assert "median" not in bench.subtitle.text()


def test_a_very_long_title_leaves_room_for_the_checks(
    bench: BenchPage, desk: Desk, window: MainWindow
) -> None:
    title = "Hammered gold ring with a rose-cut diamond, " * 3
    order_id, _ = desk.orders.add(an_order(a_line(title), number="#" + "3" * 40))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    bench.take(order_id)
    large = [
        each.text()
        for each in bench.pieces.findChildren(Text)
        if each.property("type") == Type.BENCH_TITLE and each.isVisibleTo(bench)
    ]
    assert [len(each) <= 64 for each in large] == [True]
    here = bench.queue.buttons[int(order_id)]
    window.resize(1024, 700)
    QApplication.processEvents()
    assert here.isVisibleTo(bench), "the parcel at hand is always named"


def test_the_acts_of_the_bench_take_no_more_rows_than_they_must(
    bench: BenchPage, window: MainWindow, look: Appearance
) -> None:
    window.resize(1024, 700)
    named = {each.text(): each for each in bench.findChildren(Button)}
    later = next(each for words, each in named.items() if words.startswith("Later"))

    def rows(percent: int) -> int:
        look.set_scale(percent)
        for _ in range(3):
            QApplication.processEvents()
        papers = next(each for words, each in named.items() if words.startswith("Print papers"))
        return len({each.mapTo(bench, QPoint()).y() for each in (later, papers, bench.done_button)})

    assert [rows(percent) for percent in (100, 140)] == [1, 2]
