"""Supplies in the window: the list, the one at hand, its acts, and the kit on the bench."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.supply import NewSupply, SupplyId, UsedPer
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.supply_form import SupplyForm, UnitsForm
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.pages.supplies import SuppliesPage
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.fakes import FixedClock
from tests.ui.conftest import Outside, Shop

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def boxes(desk: Desk) -> SupplyId:
    new = NewSupply("Boxes", 12, "Shelf 2", 50, "Nile", 10, 1, UsedPer.PIECE)
    return desk.supplies.add(new)[0]


@pytest.fixture
def cards(desk: Desk) -> SupplyId:
    return desk.supplies.add(NewSupply("Cards", 3, reorder_point=5, uses=1))[0]


@pytest.fixture
def page(window: MainWindow, boxes: SupplyId, cards: SupplyId) -> SuppliesPage:
    del boxes, cards
    window.go(Place.SUPPLIES)
    window.supplies.refresh()
    return window.supplies


def names(page: SuppliesPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def chosen(page: SuppliesPage) -> str:
    return page.chosen.name if page.chosen else ""


def words(page: SuppliesPage | BenchPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def asked(window: MainWindow, action: str) -> UnitsForm:
    window.actions_[action].trigger()
    form = dialog(window, UnitsForm)
    assert isinstance(form, UnitsForm)
    return form


def test_an_empty_page_offers_the_first_supply(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.go(Place.SUPPLIES)
    assert window.supplies.subtitle.text() == "Nothing is counted yet"
    assert "will be here" in words(window.supplies)
    for id_ in ("count", "receive", "use", "change", "remove", "print", "copy", "ordered"):
        assert not window.actions_[f"supply.{id_}"].isEnabled()
    window.actions_["supply.add"].trigger()
    form = dialog(window, SupplyForm)
    assert isinstance(form, SupplyForm)
    qtbot.mouseClick(form.verb, LEFT)
    assert "needs a name" in form.problem.text()
    form.name.setText("Tape")
    form.reorder_point.setText("few")
    qtbot.mouseClick(form.verb, LEFT)
    assert "not a whole number" in form.problem.text()
    form.reorder_point.setText("2")
    form.stock.setValue(6)
    form.uses.setValue(1)
    qtbot.mouseClick(form.used_per.buttons[2], LEFT)
    qtbot.mouseClick(form.verb, LEFT)
    (tape,) = desk.supplies.all()
    assert (tape.name, tape.stock, tape.reorder_point) == ("Tape", 6, 2)
    assert (tape.uses, tape.used_per) == (1, UsedPer.GIFT)
    assert names(window.supplies) == ["Tape"]
    assert window.notices.last_words == "Tape is in the list."


def test_the_list_says_what_is_low(page: SuppliesPage, window: MainWindow) -> None:
    assert names(page) == ["Boxes", "Cards"]
    assert page.subtitle.text() == "2 kinds · one low"
    assert page.model.index(1, 2).data() == "low"
    assert chosen(page) == "Boxes"
    told = words(page)
    for each in ("Shelf 2", "1 per piece", "Nile", "50 units", "+12 counted"):
        assert each in told
    page.show_supply("Cards")
    assert page.next_button.text() == "More is ordered"
    assert "never reminded" not in words(page)
    page.show_supply("nobody")
    assert chosen(page) == "Cards"
    assert window.place is Place.SUPPLIES


def test_any_column_sorts_the_list(page: SuppliesPage) -> None:
    page.model.sort(1)
    assert names(page) == ["Cards", "Boxes"]
    page.model.sort(5)
    assert names(page) == ["Boxes", "Cards"]
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(page) == ["Cards", "Boxes"]
    page.model.sort(4)
    assert names(page) == ["Cards", "Boxes"]


def test_counting_receiving_and_using_by_their_forms(
    page: SuppliesPage, desk: Desk, boxes: SupplyId, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_supply("Boxes")
    qtbot.mouseClick(page.next_button, LEFT)
    form = dialog(window, UnitsForm)
    assert isinstance(form, UnitsForm)
    assert form.units.value() == 12
    form.units.setValue(11)
    qtbot.mouseClick(form.verb, LEFT)
    assert window.notices.last_words == "11 of Boxes are there."
    form = asked(window, "supply.receive")
    assert form.units.value() == 50
    qtbot.mouseClick(form.verb, LEFT)
    form = asked(window, "supply.use")
    qtbot.mouseClick(form.verb, LEFT)
    assert desk.supplies.get(boxes).stock == 60
    qtbot.mouseClick(window.notices.undo_button, LEFT)
    assert desk.supplies.get(boxes).stock == 61


def test_a_supply_is_changed_ordered_and_removed(
    page: SuppliesPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_supply("Cards")
    qtbot.mouseClick(page.next_button, LEFT)
    assert window.notices.last_words == "More of Cards is ordered."
    assert page.next_button.text() == "Count…"
    assert page.model.index(1, 2).data() == "ordered"
    assert not window.actions_["supply.print"].isEnabled()
    window.actions_["supply.change"].trigger()
    form = dialog(window, SupplyForm)
    assert isinstance(form, SupplyForm)
    form.name.setText("Thank-you cards")
    form.reorder_point.clear()
    qtbot.mouseClick(form.verb, LEFT)
    assert names(page) == ["Boxes", "Thank-you cards"]
    assert "never reminded" in words(page)
    window.actions_["supply.remove"].trigger()
    assert names(page) == ["Boxes"]
    qtbot.mouseClick(window.notices.undo_button, LEFT)
    assert [each.name for each in desk.supplies.all()] == ["Boxes", "Thank-you cards"]


@pytest.mark.usefixtures("page")
def test_the_reorder_list_is_copied_and_printed(window: MainWindow, outside: Outside) -> None:
    window.actions_["supply.copy"].trigger()
    assert QGuiApplication.clipboard().text() == "No supplier named\n- 7 × Cards\n"
    window.actions_["supply.print"].trigger()
    (url,) = outside.urls
    assert url.endswith(".pdf") and "reorder-list-" in url
    assert "reorder-list" in window.notices.last_words


def test_without_anything_low_nothing_is_printed(window: MainWindow, outside: Outside) -> None:
    window.go(Place.SUPPLIES)
    window.supplies.print_list()
    window.supplies.copy_list()
    assert window.notices.last_words == "Nothing is low: there is nothing to order."
    for act in ("count", "change", "mark_ordered", "remove"):
        getattr(window.supplies, act)()
    assert outside.urls == []


def test_the_agenda_leads_to_the_supply(page: SuppliesPage, window: MainWindow) -> None:
    window.go(Place.TODAY)
    window.open_link("supply:Cards")
    assert window.place is Place.SUPPLIES
    assert chosen(page) == "Cards"


def bench(window: MainWindow, shop: Shop) -> BenchPage:
    window.bench.take(shop.ring)
    window.go(Place.BENCH)
    return window.bench


def test_the_bench_shows_the_kit_and_packing_draws_it_down(
    window: MainWindow, shop: Shop, desk: Desk, boxes: SupplyId, cards: SupplyId
) -> None:
    page = bench(window, shop)
    assert page.kit.titles == ["1 × Boxes", "1 × Cards"]
    assert [chip.text for chip in page.kit.chips] == ["12 there", "3 there"]
    for row in page.checklist.rows():
        row.click()
    window.actions_["bench.done"].trigger()
    assert (desk.supplies.get(boxes).stock, desk.supplies.get(cards).stock) == (11, 2)
    window.actions_["undo"].trigger()
    assert (desk.supplies.get(boxes).stock, desk.supplies.get(cards).stock) == (12, 3)


def test_an_incomplete_kit_stops_the_start_until_it_is_filled(
    window: MainWindow, shop: Shop, desk: Desk, cards: SupplyId, qtbot: QtBot
) -> None:
    desk.supplies.count(cards, 0)
    page = bench(window, shop)
    assert "The kit of order #2089 is not complete: Cards (0 of 1 there)." in words(page)
    assert not page.checklist.isVisible()
    assert not page.timer.is_running
    window.actions_["bench.pause"].trigger()
    assert not page.timer.is_running
    page.finish()
    assert desk.orders.get(shop.ring).fulfillment_status.value == "ready"
    assert page.panes() == (page.stopped.button,)
    qtbot.mouseClick(page.stopped.button, LEFT)
    assert window.place is Place.SUPPLIES
    desk.supplies.count(cards, 5)
    window.go(Place.BENCH)
    page.refresh()
    assert page.checklist.isVisible()
    assert page.timer.is_running


def test_a_parcel_that_was_begun_is_not_stopped(
    window: MainWindow, shop: Shop, desk: Desk, cards: SupplyId
) -> None:
    page = bench(window, shop)
    desk.supplies.count(cards, 0)
    page.refresh()
    assert page.checklist.isVisible()
    for row in page.checklist.rows():
        row.click()
    window.actions_["bench.done"].trigger()
    assert desk.orders.get(shop.ring).fulfillment_status.value == "packed"


def test_a_crossing_of_the_reorder_point_is_told_once_as_it_happens(
    window: MainWindow, desk: Desk, boxes: SupplyId, clock: FixedClock
) -> None:
    act = window.frame_.act
    act(lambda: desk.supplies.use(boxes, 1), "One taken.")
    assert "supplies" not in window.notices.banners()
    act(lambda: desk.supplies.use(boxes, 2), "Two taken.")
    told = "Boxes: 9 left. Time to order more; the reorder list has it."
    assert window.notices.banners()["supplies"] == told
    window.notices.withdraw("supplies")
    act(lambda: desk.supplies.use(boxes, 1), "One taken.")
    assert "supplies" not in window.notices.banners(), "one notice per crossing"
    act(lambda: desk.supplies.receive(boxes, 50), "They came in.")
    clock.goes_on(days=3)
    act(lambda: desk.supplies.use(boxes, 55), "A fair.")
    assert "3 left" in window.notices.banners()["supplies"]
    act(lambda: desk.supplies.mark_ordered(boxes), "Ordered.")
    assert "supplies" not in window.notices.banners(), "it is answered"


def test_a_crossing_that_was_taken_back_is_not_told_again(
    window: MainWindow, desk: Desk, boxes: SupplyId, cards: SupplyId, qtbot: QtBot
) -> None:
    desk.supplies.receive(cards, 9)
    window.frame_.act(lambda: desk.supplies.use(boxes, 4), "Four taken.")
    window.actions_["undo"].trigger()
    assert "supplies" not in window.notices.banners()
    window.actions_["redo"].trigger()
    assert "supplies" not in window.notices.banners()
    window.frame_.act(lambda: desk.supplies.use(cards, 9), "Nine taken.")
    banner = window.notices._banners["supplies"]
    show = next(each for each in banner.findChildren(Button) if each.text() == "Show")
    qtbot.mouseClick(show, LEFT)
    assert window.place is Place.SUPPLIES
    assert chosen(window.supplies) == "Cards"
