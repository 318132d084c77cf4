"""What stands above the shop's name on every paper: its own logo, else a cut stone."""

from __future__ import annotations

from typing import Final

from jeweler_desk.documents.pdf_file import GARNET, PdfFile, path
from jeweler_desk.domain.paper_picture import PaperPicture

# Seen from the side, on a field of 20 × 17 units around its middle: crown, girdle, facets.
_STONE: Final = (
    ((-10, 3.5), (-6, 8.5), (6, 8.5), (10, 3.5), (0, -8.5), (-10, 3.5), (10, 3.5)),
    ((-6, 8.5), (-3.4, 3.5), (0, 8.5), (3.4, 3.5), (6, 8.5)),
    ((-3.4, 3.5), (0, -8.5), (3.4, 3.5)),
)

_LOGO_HEIGHT: Final = 40.0
_LOGO_WIDTH: Final = 130.0
_BELOW_LOGO: Final = 9.0
_BELOW_STONE: Final = 24.0


def mark(
    file: PdfFile, logo: PaperPicture | None, x: float, scale: float = 1.0
) -> tuple[str, float]:
    """Return the drawing of a card's mark, its top at 0 and its middle at x, and its height."""
    if logo is None:
        return stone(x, -9 * scale, scale), _BELOW_STONE * scale
    width = min(_LOGO_WIDTH, _LOGO_HEIGHT * logo.width / logo.height) * scale
    height = width * logo.height / logo.width
    return file.picture(logo, x - width / 2, -height, width), height + _BELOW_LOGO * scale


def stone(x: float, y: float, size: float = 1.0) -> str:
    """Return the stone's drawing around a point; at size 1 it is 20 points wide."""
    lines = [[(x + across * size, y + up * size) for across, up in line] for line in _STONE]
    return path(lines, 0.65, GARNET)
