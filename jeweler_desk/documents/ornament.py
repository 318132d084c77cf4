"""The cut stone that stands above the shop's name on every paper."""

from __future__ import annotations

from typing import Final

from jeweler_desk.documents.pdf_file import GARNET, path

# Seen from the side, on a field of 20 × 17 units around its middle: crown, girdle, facets.
_STONE: Final = (
    ((-10, 3.5), (-6, 8.5), (6, 8.5), (10, 3.5), (0, -8.5), (-10, 3.5), (10, 3.5)),
    ((-6, 8.5), (-3.4, 3.5), (0, 8.5), (3.4, 3.5), (6, 8.5)),
    ((-3.4, 3.5), (0, -8.5), (3.4, 3.5)),
)


def stone(x: float, y: float, size: float = 1.0) -> str:
    """Return the stone's drawing around a point; at size 1 it is 20 points wide."""
    lines = [[(x + across * size, y + up * size) for across, up in line] for line in _STONE]
    return path(lines, 0.65, GARNET)
