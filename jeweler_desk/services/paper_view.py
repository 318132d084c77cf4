"""A finished file to look at before it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jeweler_desk.documents.page_picture import PagePicture, Part, PdfPages

_KEPT: Final = 12
_BAND: Final = 480


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

    def part(self, page: int, scale: float, place: tuple[int, int, int, int]) -> PagePicture:
        """Return a part of a page at so many pixels a point: left, top, width, height in pixels.

        However large the page is shown, only what is seen of it is drawn.
        """
        return self._pages.part(page, scale, Part(*place))

    def close(self) -> None:
        """Let go of the file."""
        self._pages.close()


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page as a printer draws it: how many of its dots lie above, and its picture."""

    top: int
    picture: PagePicture


def bands_of(pdf: bytes, dots: int) -> Iterator[tuple[tuple[float, float], Iterator[Band]]]:
    """Yield each page's size in points and its strips at so many dots an inch.

    Strip by strip a page of 600 dots an inch takes a few megabytes, not a hundred.
    """
    pages = PdfPages(pdf)
    try:
        for index, (width, height) in enumerate(pages.sizes):
            yield (width, height), _bands(pages, index, dots)
    finally:
        pages.close()


def _bands(pages: PdfPages, index: int, dots: int) -> Iterator[Band]:
    wide, high = (round(side * dots / 72) for side in pages.sizes[index])
    for top in range(0, high, _BAND):
        place = Part(0, top, wide, min(_BAND, high - top))
        yield Band(top, pages.part(index, dots / 72, place, is_printed=True))
