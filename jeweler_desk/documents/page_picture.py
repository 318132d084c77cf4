"""A finished file's pages as pictures, sharp at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page in pixels: rows of red, green, blue and an unused byte, four bytes a pixel."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """The pages of one file; sizes are in points. Close it, or use it as a context."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - the window starts without it

        self._document: Any = pypdfium2.PdfDocument(pdf)
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            self._document.get_page_size(index) for index in range(len(self._document))
        )

    def picture(self, page: int, scale: float) -> PagePicture:
        """Return a page at so many pixels a point."""
        sheet: Any = self._document[page]
        try:
            bitmap: Any = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            try:
                return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            sheet.close()

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()
