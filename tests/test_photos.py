"""Photos made ready: upright, without the camera's notes, measured honestly."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFilter

from jeweler_desk.domain.listing import FindingKind
from jeweler_desk.photos import PhotoFileError, ReadyPhoto, ready_photo
from jeweler_desk.resources import resource

ORIENTATION, CAMERA = 0x0112, 0x0110


def a_photo(size: tuple[int, int] = (1400, 1200)) -> Image.Image:
    """A ring on plain ground."""
    image = Image.new("RGB", size, "#F3EDE4")
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.ellipse((width * 0.3, height * 0.3, width * 0.7, height * 0.7), outline="#444", width=30)
    return image


def ready(image: Image.Image, kind: str = "JPEG", **options: object) -> ReadyPhoto:
    out = BytesIO()
    image.save(out, kind, **options)
    return ready_photo(out.getvalue(), "ring.jpg")


def kinds(photo: ReadyPhoto) -> list[FindingKind]:
    return [each.kind for each in photo.findings]


def test_a_good_photo_has_nothing_to_tell() -> None:
    photo = ready(a_photo())
    assert photo.findings == ()
    assert (photo.width, photo.height, photo.suffix) == (1400, 1200, ".jpg")


def test_it_is_turned_upright_and_tells_no_camera() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[CAMERA] = "Her Phone"
    photo = ready(a_photo(), exif=exif)
    assert (photo.width, photo.height) == (1200, 1400)
    with Image.open(BytesIO(photo.data)) as kept:
        assert dict(kept.getexif()) == {}
        assert "icc_profile" not in kept.info
    assert b"Her Phone" not in photo.data


def test_the_same_file_gives_the_same_photo() -> None:
    assert ready(a_photo()).data == ready(a_photo()).data


def test_a_large_photo_is_kept_at_2400_pixels_and_judged_as_it_was() -> None:
    photo = ready(a_photo((3600, 1800)))
    assert (photo.width, photo.height) == (2400, 1200)
    assert photo.findings == ()


def test_small_dark_blurred_and_busy_are_told_with_their_number() -> None:
    small = ready(a_photo((900, 700))).findings
    assert [(each.kind, each.number) for each in small] == [(FindingKind.TOO_SMALL, 700)]
    dark = ready(a_photo().point(lambda shade: shade // 6)).findings
    assert [each.kind for each in dark] == [FindingKind.TOO_DARK]
    assert dark[0].number == 15
    blurred = ready(a_photo().filter(ImageFilter.GaussianBlur(14))).findings
    assert [each.kind for each in blurred] == [FindingKind.BLURRED]
    assert blurred[0].number < 15
    busy = a_photo()
    pen = ImageDraw.Draw(busy)
    for at in range(0, 1400, 16):
        pen.line((at, 0, at, 1200), fill="#222", width=6)
    assert kinds(ready(busy)) == [FindingKind.CLUTTERED]


@pytest.mark.parametrize(
    "path", sorted(resource("demo/photos").glob("*.jpg")), ids=lambda p: p.stem
)
def test_the_sample_shops_photos_are_neither_dark_nor_blurred(path: Path) -> None:
    found = kinds(ready_photo(path.read_bytes(), path.name))
    assert not {FindingKind.TOO_DARK, FindingKind.BLURRED, FindingKind.CLUTTERED} & set(found)


def test_a_see_through_picture_stands_on_white() -> None:
    image = Image.new("RGBA", (1200, 1200), (0, 0, 0, 0))
    with Image.open(BytesIO(ready(image, "PNG").data)) as kept:
        assert kept.getpixel((600, 600)) == (255, 255, 255)


def test_a_profile_of_colors_is_taken_into_the_usual_one() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with Image.open(BytesIO(ready(a_photo(), icc_profile=profile).data)) as kept:
        red, green, blue = kept.convert("RGB").getpixel((20, 20))  # type: ignore[misc]  # RGB
        assert (abs(red - 0xF3), abs(green - 0xED), abs(blue - 0xE4)) <= (4, 4, 4)
    assert ready(a_photo(), icc_profile=b"no profile").findings == ()


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff broken", b"%PDF-1.7"])
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoFileError, match=r"“ring\.jpg” is no JPEG, PNG or WebP photo"):
        ready_photo(data, "ring.jpg")


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (12_000, 10_100)).save(out, "PNG")
    with pytest.raises(PhotoFileError, match="more than 120 million pixels"):
        ready_photo(out.getvalue(), "ring.jpg")


def test_a_picture_of_a_few_pixels_is_only_small() -> None:
    assert FindingKind.TOO_SMALL in kinds(ready(Image.new("RGB", (3, 2), "white")))
