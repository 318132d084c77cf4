from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog

from jeweler_desk.domain.order import FulfillmentStatus
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.bench import BenchPage
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.step_clock import StepClock
from jeweler_desk.ui.widgets.text import Text
from tests.builders import BUYER, an_order
from tests.ui.conftest import Shop


@pytest.fixture
def bench(window: MainWindow, shop: Shop) -> BenchPage:
    window.go(Place.BENCH)
    window.bench.take(shop.ring)
    return window.bench


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "box.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkRed)
    assert image.save(str(file))
    return file


def test_the_steps_at_the_bench_are_timed_from_tick_to_tick() -> None:
    clock = StepClock()
    clock.hear(["made"], 40)
    clock.hear(["made", "packed"], 100)
    assert clock.seconds == {"made": 40, "packed": 60}
    clock.hear(["made"], 110)
    clock.hear(["made", "packed"], 130)
    assert clock.seconds == {"made": 40, "packed": 90}, "the time of a tick taken back"
    clock.restart()
    assert clock.seconds == {}


def test_a_packing_keeps_its_steps_and_the_bench_tells_the_pace(
    bench: BenchPage, desk: Desk
) -> None:
    assert not bench.pace.isVisible()
    for row in bench.checklist.rows():
        row.click()
    bench.finish()
    assert bench.pace.text() == (
        "This week · Packing: median 0:00 · 1 of 1 under five minutes · slowest: Made right (0:00)"
    )
    assert desk.measures.packing().pace.parcels == 1
    desk.history.undo()
    assert desk.measures.packing().slowest is None


def test_the_slowest_step_is_named_over_several_parcels(desk: Desk, shop: Shop) -> None:
    desk.fulfillment.finish_packing(shop.ring, 200, {"made": 30, "card": 140, "slip": 30})
    desk.fulfillment.finish_packing(shop.gift, 310, {"made": 100, "card": 200})
    told = desk.measures.packing()
    assert told.slowest is not None
    assert (told.slowest.name, told.slowest.seconds) == ("Card", 170)
    assert (told.this_week.seconds, told.this_week.under_goal) == (255, 1)


def test_paper_out_of_date_is_told_at_the_bench(
    bench: BenchPage, window: MainWindow, desk: Desk, shop: Shop
) -> None:
    bench.print_papers()
    assert not bench.ship_to.stale.isVisible()
    ring = desk.orders.get(shop.ring)
    assert desk.printed_papers.stale(ring) == ()
    change_address(desk, shop)
    bench.refresh()
    assert (
        bench.ship_to.stale.text()
        == (
            "Card out of date, reprint: the address changed\n"
            "Packing slip out of date, reprint: the address changed"
        )
        or bench.ship_to.stale.text() == "Packing slip out of date, reprint: the address changed"
    )
    window.go(Place.ORDERS)
    desk.fulfillment.finish_packing(shop.ring)
    window.orders.refresh()
    window.orders.show_order(shop.ring)
    window.orders.ship()
    form = window.findChildren(ShipOrder)[-1]
    form.submit()
    assert form.problem.text() == ("Print the paper anew, or say why the parcel may go as it is.")
    form.why.setText("corrected by hand")
    form.submit()
    sent = desk.orders.get(shop.ring)
    assert sent.fulfillment_status is FulfillmentStatus.SHIPPED
    assert sent.timeline[-1].what == "handed over · papers out of date: corrected by hand"


def change_address(desk: Desk, shop: Shop) -> None:
    """Let the order's address be another one, as a newer export would."""
    book = desk.orders._book
    old = desk.orders.get(shop.ring)
    with desk.history._store.step("New address"):
        new = an_order(
            *old.line_items,
            number=old.number,
            customer=old.customer,
            gift=old.gift,
            email=old.email,
            notes=old.notes,
            address=replace(BUYER, address1="9 Harbor Street"),
        )
        book.writing.describe(shop.ring, new, old.paid_at)


def test_a_photo_of_the_open_box_is_dropped_on_the_bench(
    bench: BenchPage, window: MainWindow, photo: Path, desk: Desk, shop: Shop
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, mime, left, none)
    bench.box.dragEnterEvent(entering)
    assert entering.isAccepted()
    bench.box.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))
    assert bench.box.told == ["box.png"]
    kept = desk.box_photos.of(shop.ring)[0].path
    assert kept is not None
    window.grab()
    window.orders.show_order(shop.ring)
    named = [each.accessibleName() for each in window.orders.panel.findChildren(PiecePicture)]
    assert "Photo of the open box: box.png" in named
    kept.write_bytes(b"something else")
    bench.refresh()
    assert bench.box.told == ["The photo “box.png” was changed since it was kept; it is not shown."]
    window.orders.refresh()
    told = [text.text() for text in window.orders.panel.findChildren(Text)]
    assert "The photo “box.png” was changed since it was kept; it is not shown." in told
    window.deeds.undo()
    assert bench.box.told == []


def test_a_photo_is_chosen_with_a_key(bench: BenchPage, window: MainWindow, photo: Path) -> None:
    window.actions_["bench.photo"].trigger()
    chooser = window.findChildren(QFileDialog)[-1]
    chooser.filesSelected.emit([str(photo)])
    chooser.close()
    assert bench.box.told == ["box.png"]
