"""Listings: versions that stay, photos by their digest, and what each order keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.listing import (
    Listing,
    ListingError,
    ListingId,
    ListingKind,
    Matched,
    Measurement,
    PhotoView,
)
from jeweler_desk.domain.order import LineItem, Order
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.changes import NOTHING_CHANGED, Topic
from jeweler_desk.services.checking import Severity, Subject, is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.photo_folder import PhotoError
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports, the_order

MONDAY = date(2026, 10, 5)
RING = Listing(
    "RAIN",
    "Rain Ring",
    ListingKind.RING,
    measurements=(Measurement("band width", "2.5", "mm"),),
    processing_days=5,
)


@pytest.fixture
def desk(store: Store, clock: FixedClock, tmp_path: Path) -> Desk:
    """A desk in memory with a folder for photos, on Thursday 1 October 2026."""
    clock.moment = datetime(2026, 10, 1, 14, tzinfo=UTC)
    desk = build_desk(store, clock, folder=tmp_path / "desk")
    desk.settings.set("shop.timezone", "America/New_York")
    desk.settings.set("shop.currency", "USD")
    return desk


@pytest.fixture
def ring(desk: Desk, clock: FixedClock) -> ListingId:
    """The ring, shown since Thursday; today is Monday."""
    listing_id, _ = desk.listings.add(RING)
    clock.moment = datetime(2026, 10, 5, 14, tzinfo=UTC)
    return listing_id


def picture(folder: Path, name: str = "front.png", shade: str = "#E8E0D4") -> Path:
    path = folder / name
    Image.new("RGB", (1200, 1100), shade).save(path)
    return path


def bought(desk: Desk, *lines: LineItem, **cells: Any) -> Order:
    order_id, _ = desk.orders.add(an_order(*lines, **cells))
    return desk.orders.get(order_id)


def version_of(desk: Desk, order: Order, place: int = 0) -> int | None:
    shown = desk.listings.as_shown(order.line_items[place].id)
    return shown.version.number if shown else None


# ---- versions


def test_a_change_makes_a_version_and_rewrites_none(
    desk: Desk, ring: ListingId, clock: FixedClock
) -> None:
    changes = desk.listings.change(ring, replace(RING, title="Rain Ring, hammered"))
    assert changes == {Topic.LISTINGS}
    first, second = desk.listings.versions(ring)
    assert (first.listing, first.shown_since) == (RING, date(2026, 10, 1))
    assert (second.listing.title, second.shown_since) == ("Rain Ring, hammered", MONDAY)
    assert second.made_at == clock.moment
    assert [each.number for each in desk.listings.all()] == [2]


def test_what_is_the_same_makes_no_version(desk: Desk, ring: ListingId) -> None:
    assert desk.listings.change(ring, RING) == NOTHING_CHANGED
    assert len(desk.listings.versions(ring)) == 1


def test_undo_takes_a_version_back_and_redo_brings_it(desk: Desk, ring: ListingId) -> None:
    desk.listings.change(ring, replace(RING, care="Keep dry"))
    assert desk.history.undo_label() == "Change listing RAIN"
    desk.history.undo()
    assert desk.listings.get(ring).listing == RING
    desk.history.redo()
    assert desk.listings.get(ring).listing.care == "Keep dry"


def test_a_listing_without_a_sku_gets_the_next_number(desk: Desk) -> None:
    ids = [desk.listings.add(Listing("", title))[0] for title in ("Cuff", "Studs")]
    assert [desk.listings.get(each).listing.sku for each in ids] == ["L-1", "L-2"]
    desk.listings.change(ids[0], Listing("", "Tide Cuff"))
    assert desk.listings.get(ids[0]).listing.sku == "L-1"


def test_a_sku_belongs_to_one_listing(desk: Desk, ring: ListingId) -> None:
    with pytest.raises(ListingError, match="There is a listing RAIN already: “Rain Ring”"):
        desk.listings.add(Listing("rain", "Other ring"))
    desk.listings.retire(ring)
    assert desk.listings.all() == []
    desk.listings.add(Listing("rain", "Other ring"))


def test_a_day_to_come_or_before_the_last_version_is_refused(desk: Desk, ring: ListingId) -> None:
    with pytest.raises(ListingError, match="since Tue 6 Oct 2026, which is still to come"):
        desk.listings.change(ring, replace(RING, care="x"), date(2026, 10, 6))
    with pytest.raises(ListingError, match="since Thu 1 Oct 2026; this one cannot"):
        desk.listings.change(ring, replace(RING, care="x"), date(2026, 9, 30))


def test_a_clock_set_back_never_dates_a_version_before_the_last(
    desk: Desk, ring: ListingId, clock: FixedClock
) -> None:
    clock.moment = datetime(2026, 9, 1, 14, tzinfo=UTC)
    desk.listings.change(ring, replace(RING, care="x"))
    assert desk.listings.get(ring).shown_since == date(2026, 10, 1)


def test_a_listing_is_found_by_sku_or_exact_title(desk: Desk, ring: ListingId) -> None:
    desk.listings.add(Listing("RAIN-2", "Rain Ring"))
    assert desk.listings.find("rain").listing_id == ring
    with pytest.raises(ListingError, match="may be RAIN, RAIN-2: write the SKU"):
        desk.listings.find("rain ring")
    with pytest.raises(ListingError, match="There is no listing “Tide”"):
        desk.listings.find("Tide")
    with pytest.raises(ListingError, match="no such listing any more"):
        desk.listings.get(ListingId(99))


# ---- what an order keeps


def test_an_order_keeps_what_was_shown_on_its_day_though_it_was_changed_since(
    desk: Desk, ring: ListingId
) -> None:
    order = bought(desk, a_line("Rain Ring – 7", sku="rain"), placed_on=date(2026, 10, 4))
    desk.listings.change(ring, replace(RING, title="Storm Ring"))
    later = bought(desk, a_line("Storm Ring", sku="RAIN"), number="#2", placed_on=MONDAY)
    assert (version_of(desk, order), version_of(desk, later)) == (1, 2)
    older = bought(desk, a_line(sku="RAIN"), number="#3", placed_on=date(2026, 10, 3))
    assert version_of(desk, older) == 1


def test_an_order_of_the_morning_did_not_see_what_was_changed_at_ten(
    desk: Desk, ring: ListingId
) -> None:
    desk.listings.change(ring, replace(RING, title="Storm Ring"))
    early = datetime(2026, 10, 5, 12, tzinfo=UTC)
    assert version_of(desk, bought(desk, a_line(sku="RAIN"), placed_at=early)) == 1
    late = datetime(2026, 10, 5, 15, tzinfo=UTC)
    assert version_of(desk, bought(desk, a_line(sku="RAIN"), number="#2", placed_at=late)) == 2


def test_a_piece_without_a_sku_is_matched_by_its_exact_title(desk: Desk, ring: ListingId) -> None:
    by_title = bought(desk, a_line("rain  ring"))
    shown = desk.listings.as_shown(by_title.line_items[0].id)
    assert shown is not None and shown.matched is Matched.TITLE
    assert shown.version.listing_id == ring
    assert version_of(desk, bought(desk, a_line("Rain Ring, gold"), number="#2")) is None
    assert version_of(desk, bought(desk, a_line("Rain Ring", sku="OTHER"), number="#3")) is None


def test_of_two_listings_of_one_title_nobody_knows_which(desk: Desk, ring: ListingId) -> None:
    del ring
    desk.listings.add(Listing("RAIN-2", "Rain Ring"), date(2026, 10, 1))
    assert version_of(desk, bought(desk, a_line("Rain Ring"))) is None


def test_a_removed_listing_gives_way_to_the_one_in_use_and_still_explains_old_orders(
    desk: Desk, ring: ListingId
) -> None:
    desk.listings.retire(ring)
    assert version_of(desk, bought(desk, a_line(sku="RAIN"))) == 1
    fresh, _ = desk.listings.add(Listing("RAIN", "New Rain Ring"))
    order = bought(desk, a_line(sku="RAIN"), number="#2")
    shown = desk.listings.as_shown(order.line_items[0].id)
    assert shown is not None and shown.version.listing_id == fresh


def test_an_import_keeps_the_snapshot_of_each_order(desk: Desk, exports: Exports) -> None:
    desk.listings.add(Listing("SR-7", "Silver Ring", processing_days=4), date(2026, 1, 1))
    desk.order_import.import_files([exports.shopify({"Lineitem sku": "SR-7"})])
    order = the_order(desk)
    assert version_of(desk, order) == 1
    assert order.promise is not None and order.promise.processing_days == 4


# ---- the listing that was entered later


def test_a_listing_entered_later_is_attached_by_her_word_and_said_as_such(
    desk: Desk, ring: ListingId
) -> None:
    order = bought(desk, a_line(sku="RAIN"), placed_on=date(2026, 9, 20))
    line = order.line_items[0]
    assert version_of(desk, order) is None
    assert desk.listings.waiting(ring) == [(order, line)]
    changes = desk.listings.attach(order.id, line.id, ring)
    assert changes == {Topic.ORDERS}
    shown = desk.listings.as_shown(line.id)
    assert shown is not None
    assert (shown.matched, shown.is_later) == (Matched.BY_HAND, True)
    told = desk.orders.get(order.id).timeline[-1].what
    assert told == "listing RAIN attached by hand; it was entered after this order"
    assert desk.listings.waiting(ring) == []
    with pytest.raises(ListingError, match="keeps listing RAIN already"):
        desk.listings.attach(order.id, line.id, ring)


def test_her_word_may_name_another_listing(desk: Desk, ring: ListingId) -> None:
    order = bought(desk, a_line(sku="RAIN"))
    cuff, _ = desk.listings.add(Listing("CUFF", "Tide Cuff"), date(2026, 10, 1))
    desk.listings.attach(order.id, order.line_items[0].id, cuff)
    shown = desk.listings.as_shown(order.line_items[0].id)
    assert shown is not None and not shown.is_later
    assert shown.version.listing_id == cuff
    assert desk.listings.pieces_by_version(ring) == {}
    desk.history.undo()
    assert list(desk.listings.pieces_by_version(ring).values()) == [1]


def test_all_that_wait_are_attached_in_one_step(desk: Desk) -> None:
    for number in ("#1", "#2"):
        bought(desk, a_line(sku="CUFF"), number=number)
    gone = bought(desk, a_line(sku="CUFF"), number="#3", is_shipped=True)
    cuff, _ = desk.listings.add(Listing("CUFF", "Tide Cuff"))
    desk.listings.attach_waiting(cuff)
    assert desk.listings.waiting(cuff) == []
    assert list(desk.listings.pieces_by_version(cuff).values()) == [2]
    assert version_of(desk, gone) is None
    assert desk.history.undo_label() == "Listing CUFF for its orders"


# ---- days of making


def test_the_promise_counts_the_listings_own_days_and_no_later_change_moves_it(
    desk: Desk, ring: ListingId
) -> None:
    order = bought(desk, a_line(sku="RAIN"))
    assert order.promise is not None
    assert (order.promise.ship_by, order.promise.processing_days) == (date(2026, 10, 12), 5)
    desk.listings.change(ring, replace(RING, processing_days=30))
    desk.orders.hold(order.id, "her ring size")
    desk.orders.release(order.id)
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 12)
    assert desk.promises.moved() == ()


def test_an_order_waits_for_its_latest_piece(desk: Desk, ring: ListingId) -> None:
    del ring
    order = bought(desk, a_line("Studs"), a_line(sku="RAIN"))
    assert order.ship_by == date(2026, 10, 12)
    desk.settings.set("shop.processing_days", "8")
    other = bought(desk, a_line("Studs"), a_line(sku="RAIN"), number="#2")
    assert other.promise is not None and other.promise.processing_days == 8


def test_a_split_order_shows_the_earliest_day_of_what_is_left(
    desk: Desk, ring: ListingId, clock: FixedClock
) -> None:
    del ring
    desk.listings.add(Listing("CUFF", "Tide Cuff", processing_days=3), date(2026, 1, 1))
    lines = (a_line("Studs"), a_line(sku="RAIN"), a_line(sku="CUFF"))
    order = bought(desk, *lines)
    studs, _, cuff = (line.id for line in order.line_items)
    assert order.ship_by == date(2026, 10, 12)
    for piece, day in ((studs, date(2026, 10, 8)), (cuff, date(2026, 10, 12))):
        desk.fulfillment.pack_part(order.id, {piece: 1})
        desk.fulfillment.ship(order.id)
        assert desk.orders.get(order.id).ship_by == day
        (row,) = desk.orders.list(View.TO_MAKE)
        assert row.ship_by == day
        assert is_sound(desk.checking.check())
    desk.history.undo()
    desk.history.undo()
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 8)

    desk.orders.ask_customer(order.id, "Which stone?")
    clock.goes_on(days=2)
    desk.orders.customer_answered(order.id, "jade")
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 12), "her days pause for each piece"
    assert is_sound(desk.checking.check())


def test_a_listing_attached_later_moves_no_promise_but_offers_another(
    desk: Desk, ring: ListingId
) -> None:
    order = bought(desk, a_line(sku="RAIN"), placed_on=date(2026, 9, 30))
    assert order.ship_by == date(2026, 10, 1)
    desk.listings.attach(order.id, order.line_items[0].id, ring)
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 1)
    assert desk.promises.would_be(order.id).ship_by == date(2026, 10, 7)


def test_money_that_comes_later_counts_the_days_of_what_was_shown(
    desk: Desk, ring: ListingId
) -> None:
    order = bought(desk, a_line(sku="RAIN"), is_paid=False)
    assert order.ship_by is None
    desk.listings.change(ring, replace(RING, processing_days=30))
    desk.payments.record(order.id, order.total)
    paid = desk.orders.get(order.id)
    assert paid.promise is not None and paid.promise.processing_days == 5


# ---- photos


def test_a_photo_is_kept_by_its_digest_and_a_new_one_makes_a_version(
    desk: Desk, ring: ListingId, tmp_path: Path
) -> None:
    order = bought(desk, a_line(sku="RAIN"))
    assert desk.listings.photo_of(order.line_items[0]) is None
    desk.listings.add_photo(ring, PhotoView.FRONT, picture(tmp_path))
    first = desk.listings.get(ring).listing.photo(PhotoView.FRONT)
    assert first is not None and first.name == "front.png"
    desk.listings.add_photo(ring, PhotoView.FRONT, picture(tmp_path, "new.png", "#D0D8E0"))
    second = desk.listings.get(ring).listing.photo(PhotoView.FRONT)
    assert second is not None and second.digest != first.digest
    assert [each.path is not None for each in desk.listings.views(desk.listings.get(ring).listing)]
    assert desk.listings.photo_path(first) is not None
    assert len(desk.listings.versions(ring)) == 3
    fresh = bought(desk, a_line(sku="RAIN"), number="#2")
    assert desk.listings.photo_of(fresh.line_items[0]) == desk.listings.photo_path(second)
    desk.listings.drop_photo(ring, PhotoView.FRONT)
    assert desk.listings.get(ring).listing.photos == ()
    assert desk.listings.photo_of(fresh.line_items[0]) == desk.listings.photo_path(second)


def test_the_same_photo_twice_and_none_to_drop_are_refused(
    desk: Desk, ring: ListingId, tmp_path: Path
) -> None:
    desk.listings.add_photo(ring, PhotoView.SIDE, picture(tmp_path))
    with pytest.raises(ListingError, match="is the one of side already"):
        desk.listings.add_photo(ring, PhotoView.SIDE, picture(tmp_path))
    with pytest.raises(ListingError, match="There is no photo of back"):
        desk.listings.drop_photo(ring, PhotoView.BACK)
    with pytest.raises(PhotoError, match="cannot be read"):
        desk.listings.add_photo(ring, PhotoView.BACK, tmp_path / "none.jpg")


def test_without_a_folder_no_photo_is_kept(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    desk = build_desk(store, clock)
    ring, _ = desk.listings.add(RING)
    with pytest.raises(PhotoError, match="has no folder for photos"):
        desk.listings.add_photo(ring, PhotoView.FRONT, picture(tmp_path))
    order = bought(desk, a_line(sku="RAIN"))
    assert desk.listings.photo_of(order.line_items[0]) is None


@pytest.fixture
def on_disk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with opened_desk(tmp_path / "shop", clock, is_writing=True) as desk:
        desk.settings.set("shop.timezone", "America/New_York")
        ring, _ = desk.listings.add(RING)
        desk.listings.add_photo(ring, PhotoView.FRONT, picture(tmp_path))
        order = bought(desk, a_line(sku="RAIN"))
        desk.box_photos.add(order.id, picture(tmp_path, "box.png", "#AABBCC"))
        yield desk


def photo_faults(desk: Desk) -> list[tuple[str, str | None]]:
    return [
        (each.what, each.order)
        for each in desk.checking.check()
        if each.subject is Subject.PHOTOS and each.severity is Severity.FAILED
    ]


def test_check_proves_every_photo_by_its_digest(on_disk: Desk) -> None:
    assert photo_faults(on_disk) == []
    assert on_disk.folder is not None
    for path in (on_disk.folder / "photos").iterdir():
        if path.suffix == ".jpg":
            path.write_bytes(b"something else")
        else:
            path.unlink()
    changed = "was changed since it was kept; it is not shown. It belongs to listing RAIN."
    gone = "is not in the folder. It belongs to the open box of order #1041."
    assert photo_faults(on_disk) == [
        (f"The photo “front.png” {changed}", None),
        (f"The photo “box.png” {gone}", "#1041"),
    ]
    listing = on_disk.listings.find("RAIN").listing
    shown = on_disk.listings.views(listing)[0]
    assert shown.path is None and shown.trouble is not None
