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

    def strip(self, page: int, scale: float, top: int, rows: int) -> PagePicture:
        """Return so many rows of pixels of a page, from a row counted from above."""
        import pypdfium2  # noqa: PLC0415 - see above
        from pypdfium2 import raw  # noqa: PLC0415 - likewise

        sheet: Any = self._document[page]
        try:
            wide, high = (round(side * scale) for side in self.sizes[page])
            make: Any = pypdfium2.PdfBitmap.new_native
            bitmap = make(wide, rows, raw.FPDFBitmap_BGRx, rev_byteorder=True)
            try:
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, rows)
                flags = raw.FPDF_PRINTING | raw.FPDF_REVERSE_BYTE_ORDER
                raw.FPDF_RenderPageBitmap(bitmap.raw, sheet.raw, 0, -top, wide, high, 0, flags)
                return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            sheet.close()

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()
