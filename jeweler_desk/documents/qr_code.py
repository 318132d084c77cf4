"""A QR code as filled squares: the order's number for the bench's scanner."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from jeweler_desk.documents.embedded_face import number

QUIET: Final = 4
"""The blank margin around the code, in modules (ISO/IEC 18004)."""


def qr_drawing(text: str, x: float, y: float, side: float) -> str:
    """Return the drawing of a code with its quiet margin in a square; ``x``, ``y`` lower left."""
    rows = _stretches_of(text)
    count = len(rows)
    module = side / (count + 2 * QUIET)
    bars: list[str] = []
    for row, stretches in enumerate(rows):
        top = y + side - (QUIET + row) * module
        for start, length in stretches:
            left = x + (QUIET + start) * module
            bars.append(
                f"{number(left)} {number(top - module)} {number(length * module)}"
                f" {number(module)} re"
            )
    return f"0 g {' '.join(bars)} f"


@lru_cache(maxsize=1024)
def _stretches_of(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the dark stretches of each row; slip, label and ticket of an order share them."""
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415 - only codes need it
        QRCode,
        QRErrorCorrectLevel,
    )

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count: int = code.getModuleCount()
    return tuple(
        tuple(_stretches([bool(code.isDark(row, at)) for at in range(count)]))
        for row in range(count)
    )


def _stretches(cells: list[bool]) -> list[tuple[int, int]]:
    """Return where the dark stretches of a row begin and how long they are."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for at, is_dark in enumerate([*cells, False]):
        if is_dark and start is None:
            start = at
        elif not is_dark and start is not None:
            found.append((start, at - start))
            start = None
    return found
