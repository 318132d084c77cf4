"""Photos of pieces made ready to be kept: turned, without what the camera noted, and measured."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Final

from PIL import Image, ImageCms, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from jeweler_desk.domain.enclosure import MOST_PHOTO_BYTES, MOST_PIXELS
from jeweler_desk.domain.listing import FindingKind, PhotoFinding
from jeweler_desk.domain.paper_picture import PaperPicture
from jeweler_desk.domain.refusal import RefusedError

_LONGEST: Final = 2400
_QUALITY: Final = 92
_MOST_PIXELS: Final = 120_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_STRANGERS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_OPAQUE: Final = 255
_ON_PAPER: Final = 240  # three quarters of an inch at 320 dots
_PAPER_QUALITY: Final = 84
_NEARLY_SQUARE: Final = 1.5
_LOGO_SIDE: Final = 900

SMALLEST_SIDE: Final = 1000
"""A shorter side of fewer pixels is told as small."""
DARKEST: Final = 25
"""A mean brightness of fewer percent is told as dark."""
BLURRIEST: Final = 15
"""A sharpness below is told as blurred: how steep the steepest edges are, in percent."""
BUSIEST: Final = 50
"""More than so many percent of the fields along the edge that are not plain is told as busy."""

_MEASURED_SIDE: Final = 600
_BORDER: Final = 0.08
_RESTLESS: Final = 14
_OTHER: Final = 45
_MIDDLE: Final = 128
_LAPLACIAN: Final = ImageFilter.Kernel(
    (3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=_MIDDLE
)


class PhotoFileError(RefusedError):
    """A file that is no photo the desk can show; the sentence says why."""


@dataclass(frozen=True, slots=True)
class ReadyPhoto:
    """A photo to keep: its new bytes (JPEG, sRGB), sides in pixels, and what was measured."""

    data: bytes
    suffix: str
    width: int
    height: int
    findings: tuple[PhotoFinding, ...]


def ready_photo(data: bytes, name: str) -> ReadyPhoto:
    """Turn a photo upright and strip it of place, time and camera; say what is weak about it.

    The same bytes give the same photo. Raises `PhotoFileError`.
    """
    trouble = f"“{name}” is no JPEG, PNG or WebP photo. Nothing was changed."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow thinks of odd notes of a camera
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise PhotoFileError(
                        f"“{name}” has more than 120 million pixels. Nothing was changed."
                    )
                upright = _plain(ImageOps.exif_transpose(opened))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        raise PhotoFileError(trouble) from error
    found = findings(upright)
    upright.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return ReadyPhoto(out.getvalue(), ".jpg", upright.width, upright.height, found)


def safe_picture(data: bytes, side: int) -> bytes | None:
    """Return a small JPEG of a photo that came from a stranger, None where it is none to be shown.

    Its size is read from its header before anything is decoded: at most 50 million pixels and 40
    MB. The new bytes hold pixels alone. ``side`` is the longest side in pixels.
    """
    if len(data) > MOST_PHOTO_BYTES:
        return None
    try:
        with Image.open(BytesIO(data), formats=_STRANGERS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (side, side))
            opened.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=2.0)
            small = _plain(ImageOps.exif_transpose(opened))
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError,
        TypeError, AttributeError, OverflowError, MemoryError, struct.error, zlib.error, Warning,
        Image.DecompressionBombError,
    ):  # fmt: skip
        return None
    out = BytesIO()
    small.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels alone, in sRGB on white, so that colors look as they were taken."""
    profile = image.info.get("icc_profile")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, (_OPAQUE,) * 4)
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):  # a broken profile: the colors as they stand
            turned = None
        image = turned or image
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def findings(image: Image.Image) -> tuple[PhotoFinding, ...]:
    """Measure what may be weak about a photo, each with its number."""
    found = []
    shorter = min(image.size)
    if shorter < SMALLEST_SIDE:
        found.append(PhotoFinding(FindingKind.TOO_SMALL, shorter))
    gray = image.convert("L")
    gray.thumbnail((_MEASURED_SIDE, _MEASURED_SIDE), Image.Resampling.BOX)
    bright = round(ImageStat.Stat(gray).mean[0] * 100 / _OPAQUE)
    if bright < DARKEST:
        found.append(PhotoFinding(FindingKind.TOO_DARK, bright))
    sharpness = _sharpness(gray)
    if sharpness < BLURRIEST:
        found.append(PhotoFinding(FindingKind.BLURRED, sharpness))
    busy = _busy_border(gray)
    if busy > BUSIEST:
        found.append(PhotoFinding(FindingKind.CLUTTERED, busy))
    return tuple(found)


def _sharpness(gray: Image.Image) -> int:
    """Return how steep the steepest edges are, in percent of the photo's own contrast.

    Not the mean of all: a piece on plain ground has few edges, and they may be sharp.
    """
    lines = _inner(gray.filter(_LAPLACIAN)).histogram()
    steep = [lines[_MIDDLE]] + [
        (lines[_MIDDLE + by] if _MIDDLE + by <= _OPAQUE else 0) + lines[_MIDDLE - by]
        for by in range(1, _MIDDLE + 1)
    ]
    shades = gray.histogram()
    contrast = _level(shades, 0.995) - _level(shades, 0.005)
    return round(_level(steep, 0.995) * 100 / max(1, contrast))


def _level(histogram: list[int], share: float) -> int:
    """Return the level below which that share of a histogram lies."""
    wanted, seen = sum(histogram) * share, 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return level
    return len(histogram) - 1


def _inner(image: Image.Image) -> Image.Image:
    """Leave out the outermost pixels, which a filter cannot judge."""
    if min(image.size) < 4:  # noqa: PLR2004 - nothing would be left
        return image
    return image.crop((1, 1, image.width - 1, image.height - 1))


def _busy_border(gray: Image.Image) -> int:
    """Return which percent of the fields along the edge are not plain: clutter around the piece.

    A field is not plain when its shades differ within it, or from the usual one of the edge.
    """
    side = max(2, round(min(gray.size) * _BORDER))
    across, down = range(0, gray.width - side + 1, side), range(0, gray.height - side + 1, side)
    corners = [(x, y) for x in across for y in (0, gray.height - side)]
    corners += [(x, y) for y in down[1:-1] for x in (0, gray.width - side)]
    fields = [ImageStat.Stat(gray.crop((x, y, x + side, y + side))) for x, y in corners]
    if not fields:
        return 0
    usual = median(each.mean[0] for each in fields)
    busy = [
        each for each in fields if each.stddev[0] > _RESTLESS or abs(each.mean[0] - usual) > _OTHER
    ]
    return round(len(busy) * 100 / len(fields))


def paper_thumbnail(data: bytes) -> bytes | None:
    """Return a small JPEG (sRGB, at most 60 kB, pixels alone) for paper; None where none is seen.

    A photo that is nearly square is cut to a square around its middle; a long one stays whole.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    return None
                opened.draft("RGB", (2 * _ON_PAPER, 2 * _ON_PAPER))
                small = _plain(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if max(small.size) <= min(small.size) * _NEARLY_SQUARE:
        side = min(small.size)
        small = ImageOps.fit(small, (min(side, _ON_PAPER),) * 2, Image.Resampling.LANCZOS)
    small.thumbnail((_ON_PAPER, _ON_PAPER), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=_PAPER_QUALITY, optimize=True)
    return out.getvalue()


def ready_logo(data: bytes, name: str) -> tuple[bytes, str]:
    """Return a shop's logo to keep and its suffix: its own pixels, without its empty margins.

    A PNG keeps what is seen through. Raises `PhotoFileError`.
    """
    trouble = f"“{name}” is no PNG or JPEG picture. Nothing was changed."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise PhotoFileError(
                        f"“{name}” has more than 120 million pixels. Nothing was changed."
                    )
                is_jpeg = opened.format == "JPEG"
                upright = ImageOps.exif_transpose(opened)
                clear = is_jpeg or not _is_seen_through(upright)
                logo = _plain(upright) if clear else _on_nothing(upright)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        raise PhotoFileError(trouble) from error
    logo.thumbnail((_LOGO_SIDE, _LOGO_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    if is_jpeg:
        logo.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        return out.getvalue(), ".jpg"
    logo.save(out, "PNG", optimize=True)
    return out.getvalue(), ".png"


def paper_picture(data: bytes) -> PaperPicture | None:
    """Return a kept thumbnail or logo as paper draws it; None where it is none any more."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.format == "JPEG" and opened.mode == "RGB":
                return PaperPicture(opened.width, opened.height, data)
            if _is_seen_through(opened):
                whole = opened.convert("RGBA")
                pixels = whole.convert("RGB").tobytes()
                mask = whole.getchannel("A").tobytes()
                return PaperPicture(*whole.size, pixels, is_jpeg=False, mask=mask)
            return PaperPicture(*opened.size, opened.convert("RGB").tobytes(), is_jpeg=False)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _is_seen_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _on_nothing(image: Image.Image) -> Image.Image:
    """Return the pixels alone with their opacity, in the smallest frame that holds them."""
    whole = image.convert("RGBA")
    plain = Image.new("RGBA", whole.size)
    plain.paste(whole)
    seen = plain.getchannel("A").getbbox()
    return plain.crop(seen) if seen else plain
