"""Listings in the window: the list, the photos, what is missing, versions, and the bench."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.domain.listing import (
    GemstoneNote,
    Listing,
    ListingId,
    ListingKind,
    Measurement,
    PhotoView,
)
from jeweler_desk.domain.order import OrderId, Stage
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.choose_listing import ChooseListing
from jeweler_desk.ui.dialogs.listing_form import ListingForm
from jeweler_desk.ui.dialogs.shown_version import ShownVersion
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.listings import ListingsPage
from jeweler_desk.ui.widgets.as_shown_card import AsShownPhotos
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.photo_tile import PhotoTile
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text
from tests.builders import a_line, an_order
from tests.ui.conftest import Shop

LEFT = Qt.MouseButton.LeftButton
RING = Listing(
    "RAIN",
    "Rain Ring",
    ListingKind.RING,
    measurements=(Measurement("ring size", "5 to 9", "US"), Measurement("band width", "2.5", "mm")),
    materials=("sterling silver",),
    treatments="none",
    stones=(GemstoneNote("moonstone"),),
)


@pytest.fixture
def ring(desk: Desk) -> ListingId:
    return desk.listings.add(RING)[0]


@pytest.fixture
def page(window: MainWindow, ring: ListingId) -> ListingsPage:
    del ring
    window.go(Place.LISTINGS)
    window.listings.refresh()
    return window.listings


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def picture(folder: Path, name: str, shade: str = "#E8E0D4") -> Path:
    path = folder / name
    Image.new("RGB", (1200, 1100), shade).save(path)
    return path


def dropped_on(widget: QWidget, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    widget.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), copy, data, LEFT, none))
    widget.dropEvent(QDropEvent(QPointF(5, 5), copy, data, LEFT, none))


def test_an_empty_page_offers_the_first_listing(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.go(Place.LISTINGS)
    assert window.listings.subtitle.text() == "Nothing is shown yet"
    assert "will be here" in words(window.listings)
    assert next(iter(window.listings.panes())).accessibleName() == "Add a listing…"
    for id_ in ("change", "photo", "drop_photo", "attach", "remove"):
        assert not window.actions_[f"listing.{id_}"].isEnabled()
    window.actions_["listing.add"].trigger()
    form = dialog(window, ListingForm)
    assert isinstance(form, ListingForm)
    qtbot.mouseClick(form.verb, LEFT)
    assert "needs a title" in form.problem.text()
    form.title.setText("Rain Ring")
    form.days.setText("soon")
    qtbot.mouseClick(form.verb, LEFT)
    assert "not a whole number of working days" in form.problem.text()
    form.days.setText("5")
    form.since.setText("soon")
    qtbot.mouseClick(form.verb, LEFT)
    assert "not a day such as" in form.problem.text()
    form.since.setText("")
    form.materials.setText("sterling silver, moonstone")
    assert [row[0].text() for row in form.measures.rows] == ["ring size", "band width"]
    form.measures.rows[0][1].setText("5 to 9")
    qtbot.mouseClick(form.stones.more, LEFT)
    stone = form.stones.rows[0]
    stone.name.setText("moonstone")
    none_seen = next(each for each in form.findChildren(Button) if each.text() == "None seen")
    qtbot.mouseClick(none_seen, LEFT)
    qtbot.mouseClick(form.verb, LEFT)
    (added,) = desk.listings.all()
    assert added.listing == Listing(
        "L-1",
        "Rain Ring",
        ListingKind.RING,
        measurements=(Measurement("ring size", "5 to 9", "US"),),
        materials=("sterling silver", "moonstone"),
        stones=(GemstoneNote("moonstone", variation="none seen"),),
        processing_days=5,
    )
    assert window.listings.subtitle.text() == "1 piece · none ready"


def test_another_kind_asks_for_its_own_measures(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["listing.add"].trigger()
    form = dialog(window, ListingForm)
    assert isinstance(form, ListingForm)
    form.measures.rows[1][1].setText("2.5")
    qtbot.mouseClick(form.kind.buttons[2], LEFT)
    assert [row[0].text() for row in form.measures.rows] == ["band width", "chain length", "width"]
    qtbot.mouseClick(form.measures.more, LEFT)
    assert len(form.measures.rows) == 4
    qtbot.mouseClick(form.cancel, LEFT)


def test_what_is_missing_is_a_clear_list(page: ListingsPage) -> None:
    assert page.panel.missing == [
        "a photo from the front",
        "a photo from the side",
        "a photo of the back",
        "a photo worn, or beside a scale",
        "how the moonstone varies, or “none seen”",
    ]
    assert page.next_button.text() == "Add a photo: front…"
    assert page.model.index(0, 1).data() == "5 missing"


def test_a_change_makes_a_version_that_can_be_looked_at(
    window: MainWindow, page: ListingsPage, desk: Desk, ring: ListingId, qtbot: QtBot
) -> None:
    window.actions_["listing.change"].trigger()
    form = dialog(window, ListingForm)
    assert isinstance(form, ListingForm)
    form.title.setText("Storm Ring")
    form.stones.rows[0].variation.setText("the blue differs")
    qtbot.mouseClick(form.verb, LEFT)
    assert "title and stones" in words(page)
    assert "first entered" in words(page)
    assert [each.number for each in desk.listings.versions(ring)] == [1, 2]
    look = next(
        each
        for each in page.findChildren(Button)
        if each.accessibleName() == "Look at version 1" and each.isVisible()
    )
    qtbot.mouseClick(look, LEFT)
    shown = dialog(window, ShownVersion)
    assert isinstance(shown, ShownVersion)
    assert "Version 1, shown since" in words(shown)
    assert "Band width 2.5 mm" in words(shown)
    qtbot.mouseClick(shown.verb, LEFT)


def test_photos_are_dropped_on_their_place_or_on_the_listing(
    page: ListingsPage, tmp_path: Path, desk: Desk, ring: ListingId
) -> None:
    dropped_on(page.panel.tiles[PhotoView.SIDE], picture(tmp_path, "side.png"))
    assert page.panel.tiles[PhotoView.SIDE].has_photo
    many = [picture(tmp_path, f"{name}.png", f"#{name}0") for name in ("AABBC", "BBCCD", "CCDDE")]
    dropped_on(page.panel, *many)
    names = {each.view: each.name for each in desk.listings.get(ring).listing.photos}
    assert names == {
        PhotoView.FRONT: "AABBC.png",
        PhotoView.SIDE: "side.png",
        PhotoView.BACK: "BBCCD.png",
        PhotoView.WORN: "CCDDE.png",
    }
    assert "Front: blurred: sharpness 0" in words(page)
    dropped_on(page.panel, picture(tmp_path, "more.png"))
    assert desk.listings.get(ring).number == 5


def test_what_is_no_photo_is_told_and_nothing_is_changed(
    page: ListingsPage, window: MainWindow, tmp_path: Path, desk: Desk, ring: ListingId
) -> None:
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    dropped_on(page.panel.tiles[PhotoView.FRONT], tmp_path / "notes.txt")
    assert "is no JPEG, PNG or WebP photo" in words(window.notices)
    assert desk.listings.get(ring).number == 1


def test_a_photo_is_chosen_with_enter_and_taken_out_with_delete(
    page: ListingsPage,
    window: MainWindow,
    tmp_path: Path,
    desk: Desk,
    ring: ListingId,
    qtbot: QtBot,
) -> None:
    tile = page.panel.tiles[PhotoView.FRONT]
    assert isinstance(tile, PhotoTile)
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    chooser = dialog(window, QFileDialog)
    assert isinstance(chooser, QFileDialog)
    assert chooser.windowTitle() == "Photo of Rain Ring: front"
    chooser.filesSelected.emit([str(picture(tmp_path, "front.png"))])
    chooser.reject()
    tile = page.panel.tiles[PhotoView.FRONT]
    assert tile.accessibleName() == "Photo, front: front.png"
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Delete)
    assert desk.listings.get(ring).listing.photos == ()
    window.actions_["undo"].trigger()
    assert page.panel.tiles[PhotoView.FRONT].has_photo
    window.actions_["listing.drop_photo"].trigger()
    assert not page.panel.tiles[PhotoView.FRONT].has_photo


def test_orders_that_came_before_are_kept_with_it_by_one_press(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.orders.add(an_order(a_line("Cuff", sku="CUFF"), number="#7"))
    window.go(Place.LISTINGS)
    desk.listings.add(Listing("CUFF", "Cuff"))
    window.listings.refresh()
    assert "1 piece still to send keep no picture of it: #7" in words(window.listings)
    qtbot.mouseClick(window.listings.buttons["listing.attach"], LEFT)
    assert "kept with 1 piece" in words(window.listings)
    assert not window.listings.buttons["listing.attach"].isVisible()


def test_the_list_is_sorted_and_a_listing_removed_comes_back(
    window: MainWindow, page: ListingsPage, desk: Desk
) -> None:
    desk.listings.add(Listing("AAA", "Zebra Pin", processing_days=3))
    page.refresh()

    def titles() -> list[str]:
        return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]

    assert titles() == ["Rain Ring", "Zebra Pin"]
    for by, first in (("sku", "Zebra Pin"), ("state", "Rain Ring"), ("days", "Rain Ring")):
        page.model.sort_wanted.emit(by, False)
        assert titles()[0] == first
    page.model.sort_wanted.emit("kind", True)
    assert titles()[0] == "Rain Ring"
    window.open_link("listing:AAA")
    assert page.chosen is not None and page.chosen.listing.title == "Zebra Pin"
    window.actions_["listing.remove"].trigger()
    assert titles() == ["Rain Ring"]
    window.actions_["undo"].trigger()
    assert len(titles()) == 2


def test_f6_goes_to_the_list_the_photos_and_the_listing(page: ListingsPage) -> None:
    panes = list(page.panes())
    assert panes[0] is page.table
    assert panes[1] is page.panel.tiles[PhotoView.FRONT]
    assert panes[2] is page.panel.pane


@pytest.fixture
def bought(desk: Desk, ring: ListingId, tmp_path: Path) -> OrderId:
    for view, shade in ((PhotoView.FRONT, "#E8E0D4"), (PhotoView.BACK, "#D0D8E0")):
        desk.listings.add_photo(ring, view, picture(tmp_path, f"{view}.png", shade))
    order_id, _ = desk.orders.add(
        an_order(a_line("Ring 7", sku="RAIN"), placed_on=desk.settings.today())
    )
    desk.fulfillment.set_stage(order_id, Stage.READY)
    return order_id


def test_the_bench_shows_photo_and_measures_as_they_were_shown(
    window: MainWindow, desk: Desk, bought: OrderId, ring: ListingId, qtbot: QtBot
) -> None:
    listing = desk.listings.get(ring).listing
    desk.listings.change(ring, Listing("RAIN", "Other", listing.kind))
    window.go(Place.BENCH)
    assert window.bench.order is not None and window.bench.order.id == bought
    assert "Band width 2.5 mm" in words(window.bench)
    assert "As shown since" in words(window.bench)
    (photos,) = [each for each in window.bench.findChildren(AsShownPhotos) if each.isVisible()]
    assert photos.picture.accessibleName() == "Photo as shown, front: front.png"
    qtbot.mouseClick(photos.buttons[1], LEFT)
    assert photos.picture.accessibleName() == "Photo as shown, back: back.png"


def test_a_photo_that_was_changed_is_not_shown_as_what_the_buyer_saw(
    window: MainWindow, desk: Desk, bought: OrderId, ring: ListingId
) -> None:
    del bought
    photo = desk.listings.get(ring).listing.photos[0]
    path = desk.listings.photo_path(photo)
    assert path is not None
    path.write_bytes(b"another")
    window.go(Place.BENCH)
    assert "was changed since it was kept; it is not shown" in words(window.bench)


def test_without_a_listing_the_bench_says_so_and_l_chooses_it(
    window: MainWindow, desk: Desk, shop: Shop, qtbot: QtBot
) -> None:
    window.bench.take(shop.ring)
    window.go(Place.BENCH)
    assert "No listing is kept with this piece" in words(window.bench)
    window.actions_["bench.listing"].trigger()
    assert window.notices.last_words == "There are no listings yet: enter one first."
    desk.listings.add(Listing("AAA", "Amber Pin"))
    desk.listings.add(RING)
    window.actions_["bench.listing"].trigger()
    form = dialog(window, ChooseListing)
    assert isinstance(form, ChooseListing)
    assert form.list.currentItem().text() == "Rain Ring · RAIN"
    form.filter.setText("nothing of that name")
    qtbot.mouseClick(form.verb, LEFT)
    assert "Choose a listing" in form.problem.text()
    form.filter.setText("rain")
    qtbot.mouseClick(form.verb, LEFT)
    line = desk.orders.get(shop.ring).line_items[0]
    kept = desk.listings.as_shown(line.id)
    assert kept is not None and kept.version.listing.sku == "RAIN"
    assert "attached by your word" in words(window.bench)


def test_the_orders_panel_shows_the_photo_as_it_was_shown(
    window: MainWindow, desk: Desk, bought: OrderId
) -> None:
    line = desk.orders.get(bought).line_items[0]
    path = window.frame_.photo_of(line)
    assert path is not None and path.parent.name == "photos"
    window.open_link(f"order:{desk.orders.get(bought).number}")
    window.actions_["order.listing"].trigger()
    form = dialog(window, ChooseListing)
    assert isinstance(form, ChooseListing)
    form.submit()
    assert "keeps listing RAIN already" in words(window.notices)
