"""Page setup in the window: remembered for each kind, drawn, measured on a test page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.print_job import PrintChoice, PrinterDrift, Sides
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.paper_stocks import sheet_shape
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.page_setup import PageSetup
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.printers_card import PrintersCard
from jeweler_desk.ui.paper_words import inches_text, sheet_text, size_text
from jeweler_desk.ui.widgets.sheet_drawing import SheetDrawing
from jeweler_desk.ui.widgets.sidebar import Place
from tests.fakes import FakePrinter
from tests.ui.conftest import Outside, Shop


@pytest.fixture
def card(window: MainWindow) -> PrintersCard:
    window.go(Place.SETTINGS)
    return next(each for each in window.settings.more if isinstance(each, PrintersCard))


def opened(window: MainWindow) -> PageSetup:
    form = window.tray.setup.open_one
    assert form is not None
    return form


def set_up(card: PrintersCard, window: MainWindow, kind: str) -> PageSetup:
    button = card.rows[kind].button
    assert button is not None
    button.click()
    return opened(window)


def test_every_kind_of_paper_has_its_row_with_printer_and_stock(
    card: PrintersCard, desk: Desk
) -> None:
    desk.printing.keep_choice("cards", PrintChoice("Laser", "us-a7", 2, Sides.LONG_EDGE))
    desk.printing.keep_drift("Laser", "us-a7", PrinterDrift(-1.5, 0.0, 1.01, 1.0))
    card.refresh()
    assert {"packing-slips", "cards", "labels", "customs", "letters", "tickets"} <= set(card.rows)
    assert card.rows["cards"].detail.text() == (
        "Laser · US A7 card · 2 copies · both sides · 1.5 mm left, 101.0 % wide, 100.0 % high"
    )
    assert card.rows["labels"].detail.text() == "saved as a PDF · Label printer 4 × 6"


def test_what_is_set_up_is_remembered_and_shown(
    card: PrintersCard, window: MainWindow, desk: Desk
) -> None:
    form = set_up(card, window, "labels")
    form.printer.setCurrentIndex(form.printer.findData("Laser"))
    form.stock.setCurrentIndex(form.stock.findData("avery-5160"))
    form.copies.setValue(2)
    form.right.setText("1,5")
    form.up.setText("-0.5 mm")
    form.bar_across.setText("49.5")
    form.keep.click()
    assert desk.printing.choice("labels") == PrintChoice("Laser", "avery-5160", 2)
    drift = desk.printing.drift("Laser", "avery-5160")
    assert (drift.dx, drift.dy, drift.sy) == (1.5, -0.5, 1.0)
    assert drift.sx == pytest.approx(50 / 49.5)
    assert card.rows["labels"].detail.text().startswith("Laser · Avery 5160")
    again = set_up(card, window, "labels")
    assert (again.right.text(), again.up.text()) == ("1.5", "-0.5")
    assert (again.bar_across.text(), again.bar_upright.text()) == ("49.5", "")
    again.stock.setCurrentIndex(again.stock.findData("l7160"))
    assert again.right.text() == "", "another stock was not measured"
    again.reject()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("right", "a little", "Move right: “a little” is no measure in millimeters"),
        ("up", "11", "Up: a printer is at most 10 mm off, not 11 mm."),
        ("bar_across", "45", "Bar across: a bar of 50 mm measures between 47.6 and 52.6 mm"),
        ("bar_upright", "0", "Upright bar: a bar of 50 mm measures"),
        ("bar_upright", "nan", "Upright bar: “nan” is no measure"),
    ],
)
def test_a_measure_that_cannot_be_right_is_answered_by_a_sentence(
    card: PrintersCard, window: MainWindow, desk: Desk, field: str, typed: str, said: str
) -> None:
    form = set_up(card, window, "labels")
    getattr(form, field).setText(typed)
    form.keep.click()
    assert form.isVisible(), "nothing was kept"
    assert said in form.problem.text()
    assert desk.printing.drift("", "4x6") == PrinterDrift()
    getattr(form, field).setText("")
    assert not form.problem.isVisibleTo(form)
    form.reject()


def test_a_size_of_her_own_is_added_chosen_and_taken_away(
    card: PrintersCard, window: MainWindow, desk: Desk
) -> None:
    form = set_up(card, window, "labels")
    form.own.setText("10 × 10 mm")
    form.add_own.click()
    assert "each side is from 25 to 450 mm" in form.problem.text()
    form.own.setText("54 × 25 mm")
    assert not form.problem.isVisibleTo(form)
    form.add_own.click()
    assert form.stock.currentText() == "Own size 54 × 25 (54 × 25 mm, 2.13 × 0.98 in)"
    form.own.setText("3,5 x 2 in")
    form.keep.click()
    assert desk.settings.get("paper.custom_sizes") == "54x25mm, 3.5x2in"
    assert desk.printing.choice("labels").stock == "3.5x2in"
    assert "Own size 3.5 × 2" in card.rows["labels"].detail.text()
    again = set_up(card, window, "labels")
    assert again.stock.currentData() == "3.5x2in"
    again.remove_own.click()
    assert not again.remove_own.isVisibleTo(again)
    assert desk.settings.get("paper.custom_sizes") == "54x25mm"
    assert again.stock.findData("3.5x2in") < 0
    again.reject()


def test_the_drawing_moves_while_she_types(card: PrintersCard, window: MainWindow) -> None:
    form = set_up(card, window, "labels")
    form.stock.setCurrentIndex(form.stock.findData("l7160"))
    place = sheet_shape("labels", "l7160").labels[0]
    before = form.drawing.moved_rect(place)
    assert before == form.drawing.label_rect(1)
    form.right.setText("2")
    assert form.drawing.moved_rect(place).x() > before.x()
    form.right.setText("-")
    assert form.drawing.moved_rect(place).x() > before.x(), "half a number moves nothing"
    form.right.setText("")
    form.up.setText("2")
    assert form.drawing.moved_rect(place).y() < before.y()
    form.up.setText("")
    form.bar_across.setText("49")
    assert form.drawing.moved_rect(place).width() > before.width()
    form.reject()


def test_the_test_page_is_printed_and_saved_from_there(
    card: PrintersCard, window: MainWindow, desk: Desk, outside: Outside
) -> None:
    printer = desk.printing._spooler
    assert isinstance(printer, FakePrinter)
    form = set_up(card, window, "labels")
    form.printer.setCurrentIndex(form.printer.findData("Laser"))
    form.print_test.click()
    window.tray.queue.turn()
    assert len(printer.out) == 1
    assert window.notices.last_words == "1 paper printed."
    form.save_test.click()
    assert "test-page" in outside.urls[-1]
    form.printer.setCurrentIndex(form.printer.findData(""))
    assert not form.print_test.isEnabled()
    form.right.setText("far")
    form.save_test.click()
    assert len(outside.urls) == 1
    form.reject()


def test_a_test_page_that_jams_is_told(card: PrintersCard, window: MainWindow, desk: Desk) -> None:
    printer = desk.printing._spooler
    assert isinstance(printer, FakePrinter)
    printer.is_gone = True
    form = set_up(card, window, "cards")
    form.printer.setCurrentIndex(form.printer.findData("Laser"))
    form.print_test.click()
    window.tray.queue.turn()
    assert "before the test page. 0 of 1 paper out." in " ".join(window.notices.banners().values())
    form.reject()


def test_a_printer_that_is_gone_stays_chosen_and_is_named_so(
    card: PrintersCard, window: MainWindow, desk: Desk
) -> None:
    desk.printing.keep_choice("cards", PrintChoice("Attic_Printer", "us-a2"))
    form = set_up(card, window, "cards")
    assert form.printer.currentText() == "Attic Printer – not there now"
    form.reject()


def test_printing_begins_at_the_label_that_was_clicked(
    window: MainWindow, shop: Shop, desk: Desk, qtbot: QtBot
) -> None:
    desk.printing.keep_choice("labels", PrintChoice("Laser", "avery-5160"))
    window.tray.look([shop.ring], "labels")
    papers = window.tray.looking
    assert papers is not None
    qtbot.waitUntil(papers.drawing.isVisible)
    middle = papers.drawing.label_rect(5).center().toPoint()
    qtbot.mouseClick(papers.drawing, Qt.MouseButton.LeftButton, pos=middle)
    assert papers.start.value() == 5
    papers.start.setValue(7)
    assert papers.drawing.start == 7
    qtbot.keyClick(papers.drawing, Qt.Key.Key_Down)
    assert papers.start.value() == 10
    qtbot.keyClick(papers.drawing, Qt.Key.Key_End)
    assert papers.start.value() == 30
    qtbot.keyClick(papers.drawing, Qt.Key.Key_Right)
    assert papers.start.value() == 30
    papers.setup_button.click()
    form = opened(window)
    form.copies.setValue(3)
    form.keep.click()
    assert desk.printing.choice("labels").copies == 3
    papers.reject()


def test_a_drawing_tells_its_labels_apart(look: Appearance, qtbot: QtBot) -> None:
    drawing = SheetDrawing(look)
    qtbot.addWidget(drawing)
    drawing.resize(360, 460)
    drawing.show_sheet(sheet_shape("labels", "l7163"))
    drawing.show_start(3, 4)
    drawing.show_drift(PrinterDrift(1.0, 1.0, 1.01, 0.99))
    for number in (1, 7, 14):
        assert drawing.label_at(drawing.label_rect(number).center()) == number
    assert drawing.label_at(drawing.page_rect().topLeft()) == 0
    assert "First free label 3 of 14" in drawing.accessibleName()
    qtbot.mouseMove(drawing, drawing.label_rect(9).center().toPoint())
    colors = set()
    for mode_number in (1, 3, 5, 9):
        image = drawing.grab().toImage()
        at = drawing.label_rect(mode_number).topLeft() + QPoint(5, 5)
        colors.add(image.pixelColor(at.toPoint()).name())
    assert len(colors) >= 3
    drawing.show_sheet(sheet_shape("cards", "us-a2"))
    assert drawing.label_at(drawing.page_rect().center()) == 0
    qtbot.keyClick(drawing, Qt.Key.Key_Down)
    assert drawing.start == 1


def test_sizes_are_told_in_both_measures() -> None:
    assert size_text(612) == "215.9 mm · 8½ in"
    assert size_text(351) == "123.8 mm · 4⅞ in"
    assert inches_text(595.276) == "8.27 in"
    assert inches_text(0) == "0 in"
    told = sheet_text(sheet_shape("labels", "avery-5160"))
    assert told.startswith("3 labels across and 10 down, each 66.7 mm × 25.4 mm (2⅝ in × 1 in)")
    assert "stays 12.4 mm" in sheet_text(sheet_shape("cards", "us-a2"))
