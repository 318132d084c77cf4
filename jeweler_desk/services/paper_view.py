"""A finished file to look at before it is printed."""

from __future__ import annotations

from typing import Final

from jeweler_desk.documents.page_picture import PagePicture, PdfPages

_KEPT: Final = 12


class PaperView:
    """The pages of a file as pictures; the last few are kept."""

    def __init__(self, pdf: bytes) -> None:
        self._pages = PdfPages(pdf)
        self._known: dict[tuple[int, float], PagePicture] = {}

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """The size of each page in points."""
        return self._pages.sizes

    def picture(self, page: int, scale: float) -> PagePicture:
        """Return a page at so many pixels a point; sharp at any scale."""
        key = (page, round(scale, 3))
        known = self._known.get(key)
        if known is None:
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)))
            known = self._known[key] = self._pages.picture(page, scale)
        return known

    def close(self) -> None:
        """Let go of the file."""
        self._pages.close()
