"""Pictures on paper: thumbnails of what the buyer saw, and the shop's own logo."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image, ImageDraw

from jeweler_desk.domain.listing import GemstoneNote, Listing, PhotoView
from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.photos import paper_picture, paper_thumbnail
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.paper_pictures import LOGO_SETTING
from jeweler_desk.store.database import Store
from jeweler_desk.store.photos import PhotoRows
from jeweler_desk.wiring import build_desk
from tests.builders import a_line, an_order
from tests.fakes import FixedClock
from tests.paper_orders import ink_of, words_of

GPS = 0x8825


@pytest.fixture
def shop(store: Store, clock: FixedClock, tmp_path: Path) -> Desk:
    return build_desk(store, clock, folder=tmp_path)


def a_photo(place: Path, color: str = "#7a2e3b", size: tuple[int, int] = (1600, 1200)) -> Path:
    picture = Image.new("RGB", size, "#eceff4")
    ImageDraw.Draw(picture).ellipse((500, 300, 1100, 900), fill=color)
    told = picture.getexif()
    told[0x010F] = "A camera"
    told.get_ifd(GPS)[1] = "N"
    picture.save(place, exif=told)
    return place


def a_shown_ring(desk: Desk, tmp_path: Path) -> OrderId:
    ring = Listing(
        "R-1",
        "Moon Ring",
        care="Polish with a soft cloth.",
        stones=(GemstoneNote("Labradorite", variation="blue in one, gold in the next"),),
    )
    listing_id, _ = desk.listings.add(ring)
    desk.listings.add_photo(listing_id, PhotoView.FRONT, a_photo(tmp_path / "ring.jpg"))
    line = replace(a_line("Moon Ring"), sku="R-1")
    return desk.orders.add(replace(an_order(line), number="#5", gift=Gift.NO))[0]


def pictures_of(pdf: bytes) -> list[Any]:
    resources: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    return [each.get_object() for each in resources.get("/XObject", {}).values()]


def test_a_slip_shows_the_piece_as_its_buyer_saw_it_with_its_care(
    shop: Desk, tmp_path: Path
) -> None:
    order_id = a_shown_ring(shop, tmp_path)
    changed = shop.listings.find("R-1")
    shop.listings.change(changed.listing_id, replace(changed.listing, care="Do nothing at all."))
    pdf = shop.papers.packing_slips_job([order_id])().pdf
    (photo,) = pictures_of(pdf)
    assert (photo["/Width"], photo["/Height"]) == (240, 240)
    assert "Labradorite: blue in one, gold in the next" in words_of(pdf)
    assert "CARE Polish with a soft cloth." in words_of(pdf)
    assert len(pdf) <= 60_000


def test_a_thumbnail_is_small_srgb_and_says_nothing_of_place_or_camera(tmp_path: Path) -> None:
    data = a_photo(tmp_path / "ring.jpg").read_bytes()
    small = paper_thumbnail(data)
    assert small is not None
    assert len(small) <= 60_000
    with Image.open(io.BytesIO(small)) as opened:
        assert (opened.mode, opened.size, dict(opened.getexif())) == ("RGB", (240, 240), {})
    assert paper_thumbnail(data) == small


def test_a_noisy_photo_stays_below_sixty_thousand_bytes() -> None:
    out = io.BytesIO()
    Image.effect_noise((2000, 2000), 120).convert("RGB").save(out, "JPEG")
    small = paper_thumbnail(out.getvalue())
    assert small is not None and len(small) <= 60_000


def test_a_long_photo_stays_whole(tmp_path: Path) -> None:
    small = paper_thumbnail(a_photo(tmp_path / "x.jpg", size=(2400, 1200)).read_bytes())
    picture = paper_picture(small or b"")
    assert picture is not None and (picture.width, picture.height) == (240, 120)
    assert paper_thumbnail(b"no photo") is None
    assert paper_picture(b"no photo") is None


def test_a_thumbnail_is_made_once_and_then_read(shop: Desk, tmp_path: Path) -> None:
    photo = a_photo(tmp_path / "ring.jpg", size=(3000, 2400))
    first = shop.paper_pictures.thumbnail(photo)
    (kept,) = (tmp_path / "papers" / "small").iterdir()
    another = paper_thumbnail(a_photo(tmp_path / "bead.jpg", size=(900, 450)).read_bytes())
    kept.write_bytes(another or b"")
    again = shop.paper_pictures.thumbnail(photo)
    assert again == paper_picture(another or b"") != first  # what is kept was read
    kept.write_bytes(b"broken")
    assert shop.paper_pictures.thumbnail(photo) == first
    assert shop.paper_pictures.thumbnail(tmp_path / "gone.jpg") is None
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"nothing")
    assert shop.paper_pictures.thumbnail(broken) is None


def test_slips_without_photos_where_she_wants_none(shop: Desk, tmp_path: Path) -> None:
    order_id = a_shown_ring(shop, tmp_path)
    shop.settings.set("shop.slip_photos", "no")
    assert pictures_of(shop.papers.packing_slips_job([order_id])().pdf) == []


def test_one_photo_on_many_slips_is_in_the_file_once(shop: Desk, tmp_path: Path) -> None:
    first = a_shown_ring(shop, tmp_path)
    line = replace(a_line("Moon Ring"), sku="R-1")
    ids = [shop.orders.add(replace(an_order(line), number=f"#{each}"))[0] for each in range(20, 30)]
    one = len(shop.papers.packing_slips_job([first])().pdf)
    printed = shop.papers.packing_slips_job([first, *ids])()
    assert len(pictures_of(printed.pdf)) == 1
    assert len(printed.pdf) < 2.5 * one


def test_the_logo_stands_on_slips_and_keeps_what_is_seen_through(
    shop: Desk, tmp_path: Path
) -> None:
    order_id = a_shown_ring(shop, tmp_path)
    shop.settings.set("shop.slip_photos", "no")
    logo = Image.new("RGBA", (2000, 1000))
    ImageDraw.Draw(logo).rectangle((400, 200, 1600, 800), fill=(20, 20, 20, 255))
    logo.save(tmp_path / "logo.png")
    before = ink_of(shop.papers.packing_slips_job([order_id])().pdf)
    name = shop.paper_pictures.logo_job(tmp_path / "logo.png")()
    shop.paper_pictures.take_logo(name)
    pdf = shop.papers.packing_slips_job([order_id])().pdf
    (drawn,) = pictures_of(pdf)
    assert (drawn["/Width"], drawn["/Height"]) == (900, 450)
    assert "/SMask" in drawn
    assert ink_of(pdf) > before + 1000
    assert shop.papers.packing_slips_job([order_id])().pdf == pdf
    assert len(pdf) <= 60_000
    assert [each.of for each in PhotoRows(shop.settings._store).all()] == [
        "listing R-1",
        "the shop",
    ]
    shop.history.undo()
    assert shop.paper_pictures.logo_path() is None


def test_a_jpeg_logo_is_drawn_as_it_is(shop: Desk, tmp_path: Path) -> None:
    Image.new("RGB", (600, 300), "#123456").save(tmp_path / "logo.jpg", quality=95)
    shop.paper_pictures.take_logo(shop.paper_pictures.logo_job(tmp_path / "logo.jpg")())
    drawn = shop.paper_pictures.logo(shop.paper_pictures.logo_path())
    assert drawn is not None and (drawn.is_jpeg, drawn.width) == (True, 600)
    Image.new("L", (30, 30), 9).save(tmp_path / "gray.png")
    shop.paper_pictures.take_logo(shop.paper_pictures.logo_job(tmp_path / "gray.png")())
    drawn = shop.paper_pictures.logo(shop.paper_pictures.logo_path())
    assert drawn is not None and drawn.mask is None


def test_a_logo_that_is_no_picture_is_refused_and_one_that_is_gone_leaves_the_stone(
    shop: Desk, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(b"%PDF")
    with pytest.raises(RefusedError, match="is no PNG or JPEG picture"):
        shop.paper_pictures.logo_job(tmp_path / "logo.png")()
    with pytest.raises(RefusedError, match="is not the name of a picture"):
        shop.settings.set(LOGO_SETTING, "logo.png")
    shop.settings.set(LOGO_SETTING, f"{'0' * 64}.png")
    order_id = a_shown_ring(shop, tmp_path)
    assert "#5" in words_of(shop.papers.packing_slips_job([order_id])().pdf)
    assert shop.paper_pictures.logo(tmp_path / "gone.png") is None
