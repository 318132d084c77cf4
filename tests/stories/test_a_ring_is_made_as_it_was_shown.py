"""A ring is made against what its buyer saw, though the listing was changed since."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.order import Stage
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.listing_form import ListingForm
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.as_shown_card import AsShownPhotos
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports, the_order

LEFT = Qt.MouseButton.LeftButton
THE_RING = {
    "Lineitem name": "Rain Ring",
    "Lineitem sku": "RAIN",
    "Created at": "2026-10-05 09:30:00 -0400",
    "Paid at": "2026-10-05 09:31:00 -0400",
}


@pytest.fixture
def desk(store: Store, clock: FixedClock, tmp_path: Path) -> Desk:
    clock.moment = datetime(2026, 10, 1, 14, tzinfo=UTC)
    desk = build_desk(store, clock, folder=tmp_path / "desk")
    desk.settings.set("shop.timezone", "America/New_York")
    desk.settings.set("shop.currency", "USD")
    return desk


def a_photo(folder: Path, name: str, metal: str) -> Path:
    image = Image.new("RGB", (1200, 1200), "#EFE9DF")
    ImageDraw.Draw(image).ellipse((300, 300, 900, 900), outline=metal, width=60)
    path = folder / name
    image.save(path)
    return path


def words(window: MainWindow) -> str:
    page = window.page(window.place)
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def the_form(window: MainWindow) -> ListingForm:
    return next(each for each in window.findChildren(ListingForm) if each.isVisible())


def shown_photo(window: MainWindow) -> str:
    (photos,) = [each for each in window.bench.findChildren(AsShownPhotos) if each.isVisible()]
    return photos.picture.toolTip()


def test_a_ring_is_made_as_its_buyer_saw_it(  # noqa: PLR0915 - a story of five days
    desk: Desk,
    clock: FixedClock,
    exports: Exports,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
) -> None:
    window = MainWindow(desk, Appearance(qapp, Mode.LIGHT), InlineJobs())
    qtbot.addWidget(window)
    window.show()

    # Thursday: the ring is entered as it is, with its photo; the back is still missing.
    window.actions_["listing.add"].trigger()
    form = the_form(window)
    form.title.setText("Rain Ring")
    form.sku.setText("RAIN")
    form.materials.setText("sterling silver")
    form.treatments.setText("none")
    form.days.setText("4")
    form.measures.rows[0][1].setText("5 to 9")
    form.measures.rows[1][1].setText("2.5")
    qtbot.mouseClick(form.verb, LEFT)
    page = window.listings
    assert page.panel.missing[0] == "a photo from the front"
    page.panel.photos_dropped.emit(None, [a_photo(tmp_path, "silver.png", "#9AA0A6")])
    assert page.panel.missing[0] == "a photo from the side"

    # Monday: it is bought; four working days are promised, as the listing says.
    clock.moment = datetime(2026, 10, 5, 14, tzinfo=UTC)
    desk.order_import.import_files([exports.shopify(THE_RING)])
    order = the_order(desk)
    assert order.promise is not None
    assert (order.promise.processing_days, str(order.ship_by)) == (4, "2026-10-09")

    # Tuesday: she shows the next ring broader, in gold, and asks for three weeks.
    clock.moment = datetime(2026, 10, 6, 14, tzinfo=UTC)
    window.go(Place.LISTINGS)
    window.actions_["listing.change"].trigger()
    form = the_form(window)
    form.title.setText("Rain Ring, gold")
    form.materials.setText("14k gold")
    form.days.setText("15")
    form.measures.rows[1][1].setText("4")
    qtbot.mouseClick(form.verb, LEFT)
    page.panel.photos_dropped.emit(
        next(iter(page.panel.tiles)), [a_photo(tmp_path, "gold.png", "#C9A227")]
    )
    assert "kept with 1 piece" in words(window)
    assert desk.listings.find("RAIN").listing.materials == ("14k gold",)

    # Thursday: at the bench lies what Monday's buyer saw, and the promise is the old one.
    clock.moment = datetime(2026, 10, 8, 14, tzinfo=UTC)
    desk.fulfillment.set_stage(order.id, Stage.READY)
    window.bench.take(order.id)
    window.go(Place.BENCH)
    assert shown_photo(window) == "silver.png"
    told = words(window)
    assert "Band width 2.5 mm" in told and "Band width 4 mm" not in told
    assert "Sterling silver" in told and "gold" not in told
    assert "As shown since Thu 1 Oct 2026" in told
    assert desk.orders.get(order.id).ship_by == order.ship_by

    # The same file again, newer, rewrites nothing; and the next buyer gets the new ring.
    again = exports.shopify(
        {**THE_RING, "Notes": "for my sister"},
        {**THE_RING, "Name": "#1042", "Created at": "2026-10-08 09:00:00 -0400"},
    )
    desk.order_import.import_files([again])
    line = desk.orders.get(order.id).line_items[0]
    kept = desk.listings.as_shown(line.id)
    assert kept is not None and kept.version.listing.materials == ("sterling silver",)
    next_line = desk.orders.find("#1042").line_items[0]
    kept = desk.listings.as_shown(next_line.id)
    assert kept is not None and kept.version.listing.materials == ("14k gold",)
    window.close()
