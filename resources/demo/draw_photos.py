#!/usr/bin/env python3
"""Draws the photos of the sample shop's pieces: ``python resources/demo/draw_photos.py``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIDE = 1000
FINE = 3  # drawn three times as large and scaled down, for smooth edges
UNIT = SIDE * FINE / 100  # drawings are in hundredths of the side
PHOTOS = Path(__file__).resolve().parent / "photos"
QUALITY = 68

SILVER, SILVER_LIGHT, SILVER_DARK = "#C3C7CC", "#E9ECEF", "#8E949B"
GOLD, GOLD_LIGHT, GOLD_DARK = "#D2A863", "#EED3A0", "#A37B3B"

Point = tuple[float, float]
Pen = ImageDraw.ImageDraw


def box(x: float, y: float, across: float, down: float | None = None) -> list[float]:
    """Give the box around a center, in hundredths."""
    half, tall = across / 2, (across if down is None else down) / 2
    return [(x - half) * UNIT, (y - tall) * UNIT, (x + half) * UNIT, (y + tall) * UNIT]


def oval(pen: Pen, x: float, y: float, across: float, down: float, fill: str) -> None:
    """Fill an oval."""
    pen.ellipse(box(x, y, across, down), fill=fill)


def stroke(pen: Pen, points: list[Point], width: float, color: str) -> None:
    """Draw a round-ended line through points."""
    scaled = [(x * UNIT, y * UNIT) for x, y in points]
    pen.line(scaled, fill=color, width=round(width * UNIT), joint="curve")
    for x, y in (scaled[0], scaled[-1]):
        half = width * UNIT / 2
        pen.ellipse([x - half, y - half, x + half, y + half], fill=color)


def shape(pen: Pen, points: list[Point], fill: str) -> None:
    """Fill a polygon."""
    pen.polygon([(x * UNIT, y * UNIT) for x, y in points], fill=fill)


def arc(x: float, y: float, radius: Point, start: float, end: float) -> list[Point]:
    """Give the points of an arc; degrees clockwise from the right."""
    steps = 120
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(x + radius[0] * math.cos(a), y + radius[1] * math.sin(a)) for a in angles]


def ring_band(pen: Pen, x: float, y: float, radius: float, width: float) -> None:
    """Draw a silver band seen from the front, with light on its left."""
    stroke(pen, arc(x, y, (radius, radius), 0, 360), width, SILVER)
    stroke(pen, arc(x, y, (radius + width * 0.22,) * 2, 150, 290), width * 0.22, SILVER_LIGHT)
    stroke(pen, arc(x, y, (radius - width * 0.3,) * 2, -30, 110), width * 0.18, SILVER_DARK)


def chain(pen: Pen, color: str, depth: float = 58) -> None:
    """Draw a chain hanging from the upper edge."""
    for x, y in arc(50, 2, (33, depth), 8, 172)[::2]:
        oval(pen, x, y, 1.9, 1.5, color)


def between(start: Point, end: Point, share: float) -> Point:
    """Give the point at a share of the way."""
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def drops(y: float) -> Iterator[tuple[float, float]]:
    """Give the places of a pair of earrings."""
    yield from ((33, y), (67, y))


def rain(pen: Pen) -> None:
    """Draw a ring with a gray-blue stone."""
    ring_band(pen, 50, 60, 25, 5.4)
    oval(pen, 50, 32, 27, 21, SILVER_DARK)
    oval(pen, 50, 31.5, 25, 19, SILVER)
    oval(pen, 50, 31.5, 21.5, 16, "#55707F")
    oval(pen, 47, 29.5, 14, 9.5, "#7F9FAE")
    stroke(pen, [(43, 34), (50, 30), (57, 33)], 1.1, "#B9D2DA")


def tide(pen: Pen) -> None:
    """Draw an open hammered cuff."""
    stroke(pen, arc(50, 47, (31, 24), 112, 428), 11, SILVER_DARK)
    stroke(pen, arc(50, 46, (31, 24), 112, 428), 10, SILVER)
    for angle in range(118, 425, 17):
        a = math.radians(angle)
        oval(pen, 50 + 31 * math.cos(a), 46 + 24 * math.sin(a), 4.2, 3.4, SILVER_LIGHT)


def moon(pen: Pen) -> None:
    """Draw a round moonstone on a chain."""
    chain(pen, SILVER_DARK)
    oval(pen, 50, 62, 3.6, 5, SILVER_DARK)
    oval(pen, 50, 74, 25, 25, SILVER_DARK)
    oval(pen, 50, 73.6, 23.5, 23.5, SILVER)
    oval(pen, 50, 73.6, 20, 20, "#E4EAF1")
    oval(pen, 46.5, 70.5, 11, 9, "#F8FBFE")
    shape(
        pen,
        [*arc(50, 73.6, (9.4, 9.4), -40, 110), *arc(46, 71.6, (10.4, 10.4), 95, -28)],
        "#AFC6E4",
    )


def jade(pen: Pen) -> None:
    """Draw a pair of green drops."""
    for x, y in drops(63):
        stroke(pen, arc(x, 24, (5, 7), 180, 380), 1.5, GOLD_DARK)
        stroke(pen, [(x + 4.6, 26), (x, 44)], 1.5, GOLD_DARK)
        oval(pen, x, 45.5, 4.4, 4.4, GOLD)
        tip = [(x, 45.5), *arc(x, y + 4, (9.5, 11.5), -28, 208)]
        shape(pen, tip, "#4D8267")
        shape(pen, [(x - 1, 53), *arc(x - 3, y + 3, (3, 8), 230, 120)], "#7FB096")


def fern(pen: Pen) -> None:
    """Draw a pair of small silver leaves."""
    for (x, y), lean in zip(drops(76), (-1, 1), strict=True):
        stem = [(x - lean * 5 + lean * 12 * t * t, y - 50 * t) for t in (n / 20 for n in range(21))]
        for index in range(2, 20, 2):
            sx, sy = stem[index]
            size = 11 - index * 0.42
            for side in (-1, 1):
                end = (sx + side * size, sy - size * 0.62)
                middle = ((sx + end[0]) / 2, (sy + end[1]) / 2 - 1.6)
                stroke(pen, [(sx, sy), middle, end], 2.7, SILVER_DARK)
                stroke(pen, [(sx, sy - 0.5), (middle[0], middle[1] - 0.5), end], 1.5, SILVER_LIGHT)
        stroke(pen, stem, 1.8, SILVER_DARK)


def bands(pen: Pen) -> None:
    """Draw three thin bands lying over one another."""
    for x, y, light, dark in (
        (37, 56, SILVER_LIGHT, SILVER_DARK),
        (62, 58, GOLD_LIGHT, GOLD_DARK),
        (50, 42, "#EBC9BB", "#B5806A"),
    ):
        stroke(pen, arc(x, y, (22, 22), 0, 360), 3.6, dark)
        stroke(pen, arc(x, y, (22.4, 22.4), 0, 360), 2.2, light)


def pearl(pen: Pen) -> None:
    """Draw a pair of hoops with one pearl each."""
    for x, y in drops(44):
        stroke(pen, arc(x, y, (12.5, 15), 0, 360), 2.2, GOLD_DARK)
        stroke(pen, arc(x, y, (12.7, 15.2), 120, 300), 1.1, GOLD_LIGHT)
        oval(pen, x, y + 20.5, 14, 14, "#D9CCBE")
        oval(pen, x - 0.6, y + 20, 12.6, 12.6, "#F5EEE5")
        oval(pen, x - 2.6, y + 17.6, 4.4, 3.6, "#FFFFFF")


def juniper(pen: Pen) -> None:
    """Draw dark red beads on a chain."""
    chain(pen, GOLD_DARK)
    for x, y in arc(50, 2, (33, 58), 42, 138)[::11]:
        oval(pen, x, y + 1.2, 8.4, 8.4, "#5B1F2B")
        oval(pen, x - 0.4, y + 0.8, 7, 7, "#7E2D3D")
        oval(pen, x - 1.5, y - 0.8, 2.4, 2, "#C98391")
    oval(pen, 50, 74, 13, 15, "#5B1F2B")
    oval(pen, 49.6, 73.4, 11, 13, "#8A3345")
    oval(pen, 47.4, 70.4, 3.6, 3.4, "#D092A0")


def signet(pen: Pen) -> None:
    """Draw a gold signet ring with a blank face."""
    stroke(pen, arc(50, 60, (25, 25), 0, 360), 6, GOLD)
    stroke(pen, arc(50, 60, (26.4, 26.4), 150, 215), 1.4, GOLD_LIGHT)
    stroke(pen, arc(50, 60, (23, 23), -30, 110), 1.2, GOLD_DARK)
    shape(pen, [(29, 47), (35, 26), (65, 26), (71, 47)], GOLD)
    oval(pen, 50, 30, 36, 25, GOLD_DARK)
    oval(pen, 50, 29.3, 34, 23, GOLD_LIGHT)
    oval(pen, 50, 29.3, 29, 18.5, GOLD)
    stroke(pen, [(45, 34), (50, 24), (55, 34)], 1.3, GOLD_DARK)
    stroke(pen, [(46.8, 30.8), (53.2, 30.8)], 1.1, GOLD_DARK)


def cloth(pen: Pen) -> None:
    """Draw a folded polishing cloth with a stitched hem."""
    for down, fill in ((5, "#A9C0C4"), (2.4, "#93AEB3"), (0, "#BFD2D4")):
        stroke(pen, [(26, 40 + down), (60, 28 + down), (76, 58 + down), (40, 72 + down)], 6, fill)
        corners = [(26, 40 + down), (60, 28 + down), (76, 58 + down), (40, 72 + down)]
        shape(pen, corners, fill)
        stroke(pen, [corners[3], corners[0]], 6, fill)
    hem = [(27.5, 41), (59.5, 30), (73.5, 57), (40.5, 69.5), (27.5, 41)]
    for start, end in pairwise(hem):
        for step in range(12):
            near, far = step / 12, (step + 0.55) / 12
            stroke(pen, [between(start, end, near), between(start, end, far)], 0.55, "#F2F7F7")
    shape(pen, [(60, 25.2), (78.6, 58), (55, 49)], "#D6E3E4")
    stroke(pen, [(60, 26), (55, 49), (77.6, 57.6)], 0.8, "#93AEB3")


PIECES: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "JT-RAIN": ("#E8D9C6", rain),
    "JT-TIDE": ("#D5DEDC", tide),
    "JT-MOON": ("#D8DDE8", moon),
    "JT-JADE": ("#EBE1D3", jade),
    "JT-FERN": ("#D3DBCB", fern),
    "JT-BAND": ("#E6DCE3", bands),
    "JT-PEARL": ("#DCE1D6", pearl),
    "JT-JUNI": ("#EADDD0", juniper),
    "JT-SIGN": ("#D9D5DF", signet),
    "JT-CARE": ("#DDE3E5", cloth),
}


WHOLE = ("JT-RAIN", "JT-JADE", "JT-FERN", "JT-SIGN")
"""The pieces that are shown in every view; the cloth is laid beside a scale."""


def drawn(draw: Callable[[Pen], None]) -> Image.Image:
    """Draw one piece on nothing."""
    piece = Image.new("RGBA", (SIDE * FINE, SIDE * FINE), (0, 0, 0, 0))
    draw(ImageDraw.Draw(piece))
    return piece


def from_side(piece: Image.Image) -> Image.Image:
    """Turn a piece so far that it looks narrow."""
    turned = Image.new("RGBA", piece.size, (0, 0, 0, 0))
    narrow = piece.resize((piece.width * 11 // 25, piece.height))
    turned.alpha_composite(narrow, ((piece.width - narrow.width) // 2, 0))
    return turned


def from_behind(piece: Image.Image) -> Image.Image:
    """Mirror a piece; its back is plainer and darker."""
    back = piece.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    shade = Image.new("RGBA", piece.size, (70, 74, 80, 0))
    shade.putalpha(back.getchannel("A").point(lambda alpha: alpha * 80 // 255))
    back.alpha_composite(shade)
    return back


def beside_scale(piece: Image.Image) -> Image.Image:
    """Set a piece above a ruler."""
    scene = Image.new("RGBA", piece.size, (0, 0, 0, 0))
    small = piece.resize((piece.width * 13 // 20, piece.height * 13 // 20))
    scene.alpha_composite(small, (piece.width * 7 // 40, round(4 * UNIT)))
    pen = ImageDraw.Draw(scene)
    pen.rounded_rectangle(box(50, 82, 76, 13), radius=UNIT, fill="#F4EEDD", outline="#B9A983")
    for step in range(71):
        long = 5.2 if step % 10 == 0 else 3.6 if step % 5 == 0 else 2.2
        stroke(pen, [(15 + step, 75.6), (15 + step, 75.6 + long)], 0.22, "#4A4236")
    return scene


VIEWS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "side": from_side,
    "back": from_behind,
    "worn": beside_scale,
}


def photo(ground: str, piece: Image.Image) -> Image.Image:
    """Lay a drawn piece on its ground, with a soft shadow under it."""
    side = SIDE * FINE
    shadow = Image.new("RGBA", (side, side), (60, 45, 30, 0))
    shadow.putalpha(piece.getchannel("A").point(lambda alpha: alpha * 70 // 255))
    shadow = shadow.filter(ImageFilter.GaussianBlur(1.6 * UNIT))
    sheet = Image.new("RGBA", (side, side), ground)
    light = Image.new("L", (side, side), 0)
    ImageDraw.Draw(light).ellipse(box(42, 34, 110), fill=60)
    light = light.resize((240, 240)).filter(ImageFilter.GaussianBlur(44)).resize((side, side))
    sheet.paste("#FFFFFF", mask=light)
    sheet.alpha_composite(shadow, (round(1.2 * UNIT), round(2.2 * UNIT)))
    sheet.alpha_composite(piece)
    return sheet.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def main() -> None:
    """Draw all pieces into the photos folder, further views of some into one below it."""
    views = PHOTOS / "views"
    views.mkdir(parents=True, exist_ok=True)
    for sku, (ground, draw) in PIECES.items():
        piece = drawn(draw)
        photo(ground, piece).save(PHOTOS / f"{sku}.jpg", quality=QUALITY, optimize=True)
        wanted = VIEWS if sku in WHOLE else ("worn",) if sku == "JT-CARE" else ()
        for name in wanted:
            path = views / f"{sku}-{name}.jpg"
            photo(ground, VIEWS[name](piece)).save(path, quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
