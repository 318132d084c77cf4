"""Papers in the window: looked at first, printed by one key, gone on with after a jam."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import PrintChoice, PrinterDrift, Sides
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.customs_form import CustomsForm
from jeweler_desk.ui.dialogs.latin_address import LatinAddress
from jeweler_desk.ui.dialogs.print_papers import PrintPapers
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.sidebar import Place
from tests.builders import BUYER, a_line, an_order
from tests.fakes import FakePrinter
from tests.ui.conftest import Outside, Shop

SLIPS = PaperKind.PACKING_SLIPS


@pytest.fixture
def printer(desk: Desk) -> FakePrinter:
    found = desk.printing._spooler
    assert isinstance(found, FakePrinter)
    return found


def look(window: MainWindow, shop: Shop) -> PrintPapers:
    window.tray.look([shop.ring])
    assert window.tray.looking is not None
    return window.tray.looking


def turns(window: MainWindow, count: int = 12) -> None:
    for _ in range(count):
        window.tray.queue.turn()


def copies(desk: Desk, shop: Shop) -> list[tuple[str, int]]:
    return [(each.kind, each.copy) for each in desk.printing.copies(shop.ring)]


def test_papers_are_seen_before_they_are_printed(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    papers = look(window, shop)
    assert papers.page.pages == 1
    assert papers.where.text() == "Page 1 of 1 · 1 paper"
    assert papers.printer.currentData() == "Laser"
    assert printer.out == [], "looking prints nothing"
    papers.print_button.click()
    turns(window)
    assert len(printer.out) == 1
    assert copies(desk, shop) == [("packing-slips", 1)]
    assert window.notices.last_words == "1 paper printed."


def test_the_printer_chosen_once_is_used_by_the_one_key(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter, outside: Outside
) -> None:
    papers = look(window, shop)
    papers.copies.setValue(2)
    papers.print_button.click()
    turns(window)
    window.tray.print_slips([shop.ring])
    turns(window)
    assert len(printer.out) == 2
    assert outside.urls == []
    assert desk.printing.choice(SLIPS).copies == 2
    assert copies(desk, shop) == [("packing-slips", 1), ("packing-slips", 2)]


def test_without_a_printer_the_paper_is_a_file_that_opens(
    window: MainWindow, shop: Shop, outside: Outside, printer: FakePrinter
) -> None:
    papers = look(window, shop)
    papers.save_button.click()
    (url,) = outside.urls
    assert "packing-slips" in url
    assert printer.out == []


def test_another_kind_of_paper_has_its_own_stocks_and_memory(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    desk.printing.keep_choice(PaperKind.LABELS, PrintChoice("Laser", "avery-5160", 3))
    papers = look(window, shop)
    assert not papers.start.isVisibleTo(papers)
    papers.kind.setCurrentIndex(papers.kind.findData("labels"))
    assert papers.stock.currentData() == "avery-5160"
    assert papers.copies.value() == 3
    assert papers.start.isVisibleTo(papers)
    papers.start.setValue(30)
    assert papers.page.pages == 1
    papers.stock.setCurrentIndex(papers.stock.findData("4x6"))
    assert not papers.start.isVisibleTo(papers)


def test_cards_have_the_sides_that_are_chosen_and_those_chosen_last(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    papers = look(window, shop)
    papers.kind.setCurrentIndex(papers.kind.findData("cards"))
    assert papers.page.pages == 1, "one side has no front"
    papers.sides.setCurrentIndex(2)
    assert papers.page.pages == 2
    assert papers.choice.sides is Sides.SHORT_EDGE
    assert papers.measures.text() == "4.25 × 5.5 in, 108 × 140 mm"
    papers.print_button.click()
    turns(window)
    assert desk.printing.choice("cards").sides is Sides.SHORT_EDGE
    again = look(window, shop)
    again.kind.setCurrentIndex(again.kind.findData("cards"))
    assert (again.sides.currentIndex(), again.page.pages) == (2, 2)
    again.reject()
    window.tray.setup.open("cards")
    form = window.tray.setup.open_one
    assert form is not None and form.value().choice.sides is Sides.SHORT_EDGE
    form.reject()


def test_what_cannot_be_printed_is_said_in_the_look(window: MainWindow, shop: Shop) -> None:
    papers = look(window, shop)
    papers.kind.setCurrentIndex(papers.kind.findData("customs"))
    assert papers.problem.isVisibleTo(papers)
    assert not papers.print_button.isEnabled()
    papers.kind.setCurrentIndex(papers.kind.findData("cards"))
    assert papers.print_button.isEnabled()
    assert not papers.problem.isVisibleTo(papers)


def test_pages_are_turned_and_enlarged_by_keys(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    window.tray.look([shop.ring, shop.cuff])
    papers = window.tray.looking
    assert papers is not None
    assert papers.page.pages == 2
    qtbot.keyClick(papers.page, Qt.Key.Key_PageDown)
    assert papers.page.page == 1
    assert papers.where.text().startswith("Page 2 of 2")
    qtbot.keyClick(papers.page, Qt.Key.Key_Plus)
    fitted = [papers.page.is_fitted]
    qtbot.keyClick(papers.page, Qt.Key.Key_0)
    fitted.append(papers.page.is_fitted)
    assert fitted == [False, True]
    qtbot.keyClick(papers.page, Qt.Key.Key_PageUp)
    assert papers.page.page == 0


def test_a_jam_is_told_with_a_way_on_and_nothing_comes_out_twice(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    printer.jams_at = {0}
    look(window, shop).print_button.click()
    turns(window)
    (key,) = [each for each in window.notices.banners() if each.startswith("print.run")]
    assert "Paper jam." in window.notices.banners()[key]
    assert copies(desk, shop) == []
    window.tray.queue.begin(int(key.rpartition(".")[2]))
    turns(window)
    assert copies(desk, shop) == [("packing-slips", 1)]
    assert len(printer.out) == 1
    assert key not in window.notices.banners()


def test_a_batch_that_an_earlier_day_left_is_offered_and_can_be_given_up(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    printer.is_gone = True
    look(window, shop).print_button.click()
    turns(window)
    (key,) = [each for each in window.notices.banners() if each.startswith("print.run")]
    window.notices.withdraw(key)
    window.tray.queue.offer_unfinished()
    assert "it is gone" in window.notices.banners()[key]
    window.tray.queue.give_up(int(key.rpartition(".")[2]))
    assert window.notices.last_words == "Stopped; 1 paper not printed."
    assert desk.printing.unfinished() == []


def test_a_paper_that_may_be_out_is_asked_about(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    printer.is_gone = True
    look(window, shop).print_button.click()
    turns(window)
    printer.is_gone = False
    (kept,) = desk.printing.unfinished()
    desk.printing.go_on_job(kept.id)  # and the power goes
    window.tray.queue.offer_unfinished()
    words = " ".join(window.notices.banners().values())
    assert "Look whether the packing slip of" in words
    window.tray.queue._settle(kept.id, is_printed=True)
    turns(window)
    assert copies(desk, shop) == [("packing-slips", 1)]
    assert printer.out == []


def test_labels_and_looks_are_reached_by_their_actions(
    window: MainWindow, shop: Shop, outside: Outside
) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(shop.ring)
    window.frame_.actions["order.address"].trigger()
    assert "labels" in outside.urls[-1]
    window.frame_.actions["order.customs"].trigger()
    assert "print.customs" in window.notices.banners()
    window.frame_.actions["order.look"].trigger()
    assert window.tray.looking is not None
    window.tray.looking.reject()


def panel_words(window: MainWindow) -> list[str]:
    return [each.text() for each in window.orders.panel.findChildren(QLabel)]


def test_the_order_shows_its_prints_the_newest_first_and_which_are_out_of_date(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    order = desk.orders.get(shop.ring)
    desk.printed_papers.note([replace(order, customer="Somebody Else")], SLIPS)
    desk.printed_papers.note([order], PaperKind.LABELS)
    moved = replace(order, address=replace(BUYER, address1="4 Harbor Street"))
    desk.printed_papers.note([moved], PaperKind.CUSTOMS)
    window.go(Place.ORDERS)
    window.orders.show_order(shop.ring)
    shown = [each for each in panel_words(window) if " printed " in each]
    assert [each.partition(" printed ")[0] for each in shown] == [
        "Customs paper",
        "Address label",
        "Packing slip",
    ]
    assert shown[0].endswith("out of date")
    assert not shown[1].endswith("out of date")


def test_an_address_in_other_letters_asks_for_latin_ones(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    window.go(Place.ORDERS)
    window.orders.show_order(shop.ring)
    assert "In Latin letters, for the label" not in panel_words(window)
    address = PostalAddress(name="山口 さくら", address1="神南1-5-6", city="渋谷区", country="JP")
    order_id, _ = desk.orders.add(an_order(number="#2190", address=address))
    window.orders.show_order(order_id)
    assert "Not written yet; some carriers ask for it." in panel_words(window)
    (button,) = [
        each
        for each in window.orders.panel.findChildren(Button)
        if each.accessibleName().startswith("Write… the Latin")
    ]
    button.click()
    (form,) = window.findChildren(LatinAddress)
    assert "山口 さくら" in form.own.text()
    form.lines.setPlainText("東京")
    form.submit()
    assert form.problem.text() == "“東” is no Latin letter."
    form.lines.setPlainText("Sakura Yamaguchi\n1-5-6 Jinnan")
    form.submit()
    assert "Sakura Yamaguchi\n1-5-6 Jinnan" in panel_words(window)
    assert desk.address_labels.lines(desk.orders.get(order_id))[-1] == "JAPAN"


def test_what_customs_ask_is_written_beside_the_order_with_codes_to_take(
    window: MainWindow, desk: Desk
) -> None:
    address = replace(BUYER, country="CA", region="ON")
    ring = a_line("Rain Ring, sterling silver", sku="RR-1")
    order_id, _ = desk.orders.add(an_order(ring, number="#2191", address=address))
    window.go(Place.ORDERS)
    window.orders.show_order(order_id)
    asked = "Rain Ring, sterling silver: HS code, country of origin, material, weight not known"
    assert asked in panel_words(window)
    (button,) = [
        each
        for each in window.orders.panel.findChildren(Button)
        if each.accessibleName().startswith("Write the customs facts")
    ]
    button.click()
    (form,) = window.findChildren(CustomsForm)
    form.what.setText("gift")
    assert "“gift”" in form.read.text()
    form.what.setText("Ring, sterling silver, set with garnet")
    assert form.read.text() == "Customs can read this."
    form.offered[0].click()
    assert form.code.text() == "7113.11"
    form.material.setText("sterling silver")
    form.origin.setText("usa")
    form.grams.setText("6.5")
    form.submit()
    assert form.problem.text() == "The weight: “6.5” is no whole number of grams."
    form.grams.setText("6 g")
    form.submit()
    assert "“usa” is no country of two letters" in form.problem.text()
    form.origin.setText("us")
    form.submit()
    facts = desk.customs.facts("RR-1")
    assert (facts.hs_code, facts.origin, facts.net_grams) == ("711311", "US", 6)
    assert "Rain Ring, sterling silver: all is known" in panel_words(window)


def test_customs_facts_are_written_from_the_listing_too(window: MainWindow, desk: Desk) -> None:
    window.go(Place.LISTINGS)
    window.listings.customs_button.click()
    assert window.findChildren(CustomsForm) == [], "no piece is chosen"
    window.listings.customs_wanted.emit("RR-1", "Rain Ring")
    (form,) = window.findChildren(CustomsForm)
    form.material.setText("sterling silver")
    form.submit()
    assert desk.customs.facts("rr-1").material == "sterling silver"


def test_a_printer_that_was_never_measured_is_offered_its_rulers_once(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    desk.printing.keep_choice(SLIPS, PrintChoice("Laser", "letter"))
    window.tray.print_slips([shop.ring])
    turns(window)
    told = window.notices.banners()
    assert told["print.measure.packing-slips"].startswith(
        "Laser was never measured with US Letter."
    )
    assert copies(desk, shop) == [("packing-slips", 1)], "the papers do not wait"
    window.tray.print_slips([shop.ring])
    turns(window)
    (offer,) = [each for each in window.notices.findChildren(Button) if each.text() == "Test page…"]
    offer.click()
    assert not any(each.startswith("print.measure") for each in window.notices.banners())
    form = window.tray.setup.open_one
    assert form is not None and form.printer.currentData() == "Laser"
    form.print_test.click()
    form.reject()
    turns(window)
    window.tray.print_slips([shop.ring])
    turns(window)
    assert not any(each.startswith("print.measure") for each in window.notices.banners())
    assert len(printer.out) == 4, "three slips and the test page"


def test_prices_are_asked_for_on_one_print_and_the_page_is_made_larger_and_smaller(
    window: MainWindow, shop: Shop, desk: Desk
) -> None:
    papers = look(window, shop)
    plain = papers._printed
    assert plain is not None and not papers.prices.isChecked()
    papers.prices.click()
    assert papers._printed is not None and papers._printed.has_prices
    assert papers._printed.pdf != plain.pdf
    papers.kind.setCurrentIndex(papers.kind.findData("cards"))
    assert not papers.prices.isVisible(), "no other paper has prices to choose"
    papers.reject()
    desk.settings.set("shop.slip_prices", "yes")
    papers = look(window, shop)
    assert papers.prices.isChecked(), "what the shop does is offered"
    before = papers.page._scale()
    acts = {each.text(): each for each in papers.findChildren(Button)}
    acts["Smaller"].click()
    assert papers.page._scale() < before
    acts["Larger"].click()
    assert abs(papers.page._scale() - before) < 0.01
    papers.reject()


def test_another_printers_drift_counts_as_soon_as_it_is_chosen(
    window: MainWindow, shop: Shop, desk: Desk, printer: FakePrinter
) -> None:
    desk.printing.keep_drift("Laser", "letter", PrinterDrift(2.0, -1.0))
    papers = look(window, shop)
    papers.stock.setCurrentIndex(papers.stock.findData("letter"))
    measured = papers._printed
    papers.printer.setCurrentIndex(papers.printer.findData(""))
    assert papers._printed is not None and measured is not None
    assert papers._printed.pdf != measured.pdf, "a file is not moved for a printer"
    papers.printer.setCurrentIndex(papers.printer.findData("Laser"))
    assert papers._printed.pdf == measured.pdf
    papers.print_button.click()
    turns(window)
    assert printer.out == [measured.pdf], "the pages that were seen are the pages that come out"


def test_a_size_added_in_the_page_setup_is_offered_in_the_look_at_once(
    window: MainWindow, shop: Shop
) -> None:
    papers = look(window, shop)
    papers.setup_button.click()
    form = window.tray.setup.open_one
    assert form is not None
    form.own.setText("5 × 7.5 in")
    form.keep.click()
    place = papers.stock.findText("Own size 5 × 7.5 (5 × 7.5 in, 127 × 190 mm)")
    papers.stock.setCurrentIndex(place)
    assert papers.choice.stock == "5x7.5in"
    assert papers.measures.text() == "5 × 7.5 in, 127 × 190 mm"
    assert papers.print_button.isEnabled()
    papers.setup_button.click()
    again = window.tray.setup.open_one
    assert again is not None
    again.stock.setCurrentIndex(again.stock.findData("5x7.5in"))
    again.remove_own.click()
    again.cancel.click()
    assert papers.stock.findData("5x7.5in") < 0, "it was taken away, kept setup or not"
    assert papers.print_button.isEnabled()
    papers.reject()
