"""Photos that strangers sent: measured by their header first, shown small, stripped of all else."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from jeweler_desk.photos import safe_picture

SIDE = 200


def photo(size: tuple[int, int] = (600, 400), kind: str = "JPEG", **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 60, 40)).save(out, kind, **more)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_photo_is_shown_small(kind: str) -> None:
    small = safe_picture(photo(kind=kind), SIDE)
    assert small is not None
    with Image.open(BytesIO(small)) as opened:
        assert opened.size == (200, 133)
        assert opened.format == "JPEG"


def test_place_time_and_camera_are_left_out_and_the_photo_stands_upright() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Camera of Anna"
    small = safe_picture(photo(exif=notes), SIDE)
    assert small is not None
    assert b"Anna" not in small
    with Image.open(BytesIO(small)) as opened:
        assert opened.size == (133, 200)
        assert not opened.getexif()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no photo",
        bomb(60_000, 60_000),
        bomb(10_000, 10_000),
        bomb(8_000, 8_000),
        photo()[:300],
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photo(kind="TIFF"),
        photo() + b"x" * (40 * 1024 * 1024),
    ],
    ids=["empty", "words", "huge", "big", "64 MP", "cut", "pdf", "svg", "tiff", "40 MB"],
)
def test_what_is_none_or_too_much_is_not_shown(data: bytes) -> None:
    assert safe_picture(data, SIDE) is None
