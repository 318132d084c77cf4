"""A finished file's pages as pictures, sharp at any size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeweler_desk.documents.pdfium import TURN


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page in pixels: rows of red, green, blue and an unused byte, four bytes a pixel."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a page in pixels, from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


class PdfPages:
    """The pages of one file; sizes are in points. Close it, or use it as a context."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - the window starts without it

        with TURN:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(index) for index in range(len(self._document))
            )

    def picture(self, page: int, scale: float) -> PagePicture:
        """Return a page at so many pixels a point."""
        with self._sheet(page) as sheet:
            bitmap: Any = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            return _taken(bitmap)

    def part(
        self, page: int, scale: float, place: Part, *, is_printed: bool = False
    ) -> PagePicture:
        """Return a part of a page at so many pixels a point, as sharp as the whole would be.

        ``is_printed`` draws what a printer draws.
        """
        from pypdfium2 import PdfBitmap, raw  # noqa: PLC0415 - see above

        wide, high = (round(side * scale) for side in self.sizes[page])
        size = (place.width, place.height)
        with self._sheet(page) as sheet:
            make: Any = PdfBitmap.new_native
            bitmap = make(*size, raw.FPDFBitmap_BGRx, rev_byteorder=True)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
            flags = raw.FPDF_REVERSE_BYTE_ORDER | (raw.FPDF_PRINTING if is_printed else 0)
            whole = (-place.left, -place.top, wide, high)
            raw.FPDF_RenderPageBitmap(bitmap.raw, sheet.raw, *whole, 0, flags)
            return _taken(bitmap)

    @contextmanager
    def _sheet(self, page: int) -> Iterator[Any]:
        with TURN:
            sheet: Any = self._document[page]
            try:
                yield sheet
            finally:
                sheet.close()

    def close(self) -> None:
        """Let go of the file."""
        with TURN:
            self._document.close()


def _taken(bitmap: Any) -> PagePicture:
    try:
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
