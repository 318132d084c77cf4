from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from jeweler_desk.domain.order import OrderId
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.photo_folder import PhotoError
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.fakes import FixedClock

PNG = b"\x89PNG\r\n\x1a\n" + b"the open box of order 1041"


@pytest.fixture
def desk(store: Store, clock: FixedClock, tmp_path: Path) -> Desk:
    desk = build_desk(store, clock, folder=tmp_path / "desk")
    desk.settings.set("shop.timezone", "America/New_York")
    return desk


@pytest.fixture
def order(desk: Desk) -> OrderId:
    return desk.orders.add(an_order())[0]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_0042.PNG"
    file.write_bytes(PNG)
    return file


def test_a_photo_is_kept_by_its_digest(
    desk: Desk, order: OrderId, photo: Path, tmp_path: Path
) -> None:
    assert desk.box_photos.of(order) == []
    desk.box_photos.add(order, photo)
    (shown,) = desk.box_photos.of(order)
    kept = tmp_path / "desk" / "photos" / f"{sha256(PNG).hexdigest()}.png"
    assert (shown.path, shown.trouble, shown.photo.name) == (kept, None, "IMG_0042.PNG")
    assert kept.read_bytes() == PNG
    assert desk.orders.get(order).timeline[-1].what == "photo of the open box: IMG_0042.PNG"
    assert [each.name for each in kept.parent.iterdir()] == [kept.name], "nothing is left over"


def test_undo_takes_the_fact_back_and_leaves_the_file(
    desk: Desk, order: OrderId, photo: Path
) -> None:
    desk.box_photos.add(order, photo)
    kept = desk.box_photos.of(order)[0].path
    desk.history.undo()
    assert desk.box_photos.of(order) == []
    assert kept is not None and kept.read_bytes() == PNG
    desk.history.redo()
    assert desk.box_photos.of(order)[0].path == kept


def test_a_photo_that_changed_or_is_gone_is_not_shown(
    desk: Desk, order: OrderId, photo: Path
) -> None:
    desk.box_photos.add(order, photo)
    kept = desk.box_photos.of(order)[0].path
    assert kept is not None
    kept.write_bytes(PNG + b"!")
    (changed,) = desk.box_photos.of(order)
    assert changed.path is None
    assert changed.trouble == (
        "The photo “IMG_0042.PNG” was changed since it was kept; it is not shown."
    )
    other, _ = desk.orders.add(an_order(number="#1042"))
    with pytest.raises(PhotoError, match="holds something else; it was left as it is"):
        desk.box_photos.add(other, photo)
    assert kept.read_bytes() == PNG + b"!"
    kept.unlink()
    assert desk.box_photos.of(order)[0].trouble == (
        "The photo “IMG_0042.PNG” is not in the folder."
    )


def test_one_photo_may_show_two_orders_but_not_one_twice(
    desk: Desk, order: OrderId, photo: Path
) -> None:
    other, _ = desk.orders.add(an_order(number="#1042"))
    desk.box_photos.add(order, photo)
    desk.box_photos.add(other, photo)
    assert desk.box_photos.of(other)[0].path == desk.box_photos.of(order)[0].path
    with pytest.raises(PhotoError, match="has this photo already"):
        desk.box_photos.add(order, photo)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"\xff\xd8\xff\xe0rest", ".jpg"), (b"RIFF\x00\x00\x00\x00WEBPrest", ".webp")],
)
def test_jpeg_and_webp_are_photos_too(
    desk: Desk, order: OrderId, tmp_path: Path, data: bytes, suffix: str
) -> None:
    file = tmp_path / "photo"
    file.write_bytes(data)
    desk.box_photos.add(order, file)
    path = desk.box_photos.of(order)[0].path
    assert path is not None and path.suffix == suffix


def test_what_is_no_photo_or_not_there_is_refused(
    desk: Desk, order: OrderId, tmp_path: Path
) -> None:
    text = tmp_path / "notes.jpg"
    text.write_text("not a photo", encoding="utf-8")
    with pytest.raises(PhotoError, match="is no JPEG, PNG or WebP photo"):
        desk.box_photos.add(order, text)
    with pytest.raises(PhotoError, match="cannot be read"):
        desk.box_photos.add(order, tmp_path / "nowhere.jpg")
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(60_000_001)
    with pytest.raises(PhotoError, match="larger than 60 MB"):
        desk.box_photos.add(order, large)
    assert desk.box_photos.of(order) == []


def test_a_folder_that_cannot_be_written_is_named(
    desk: Desk, order: OrderId, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "photos").write_text("in the way", encoding="utf-8")
    with pytest.raises(PhotoError, match="The photo cannot be kept"):
        desk.box_photos.add(order, photo)


def test_a_desk_in_memory_keeps_no_photos(store: Store, clock: FixedClock, photo: Path) -> None:
    desk = build_desk(store, clock)
    order_id, _ = desk.orders.add(an_order())
    with pytest.raises(PhotoError, match="no folder for photos"):
        desk.box_photos.add(order_id, photo)
