"""A list and what is chosen of it: side by side, or below each other where the room is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_L

SIDE_BY_SIDE_FROM: Final = 760
STACKED_FROM: Final = 680


_WHOLE: Final = 1000
_BESIDE: Final = "beside"
_BELOW: Final = "below"


class Halves(QSplitter):
    """Two parts that share the room in a given proportion; the seam can be drawn.

    What the second part was drawn to is a share of a thousand, beside and below apart.
    """

    drawn = Signal()

    def __init__(
        self,
        look: Appearance,
        parts: tuple[QWidget, QWidget],
        shares: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._shares = shares
        self._shared_for: tuple[bool, bool] | None = None
        self._drawn: dict[str, int] = {}
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACE_L)
        for number, (part, share) in enumerate(zip(parts, shares, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(number, share)
        self.splitterMoved.connect(self._draw)

    @property
    def drawn_widths(self) -> dict[str, int]:
        """The shares that were drawn by hand."""
        return dict(self._drawn)

    def draw_widths(self, shares: Mapping[str, int]) -> None:
        """Share the room as it was drawn before."""
        self._drawn = {
            way: share
            for way, share in shares.items()
            if way in (_BESIDE, _BELOW) and 0 < share < _WHOLE
        }
        self._shared_for = None

    def _draw(self) -> None:
        sizes = self.sizes()
        self._drawn[self._way()] = sizes[1] * _WHOLE // max(1, sum(sizes))
        self.drawn.emit()

    def _way(self) -> str:
        return _BESIDE if self.orientation() is Qt.Orientation.Horizontal else _BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand up or lie down as the room asks for, and share it anew then."""
        has_width = self.width() >= self._look.px(SIDE_BY_SIDE_FROM)
        has_height = self.height() >= self._look.px(STACKED_FROM)
        is_stacked = has_height and not has_width
        wanted = Qt.Orientation.Vertical if is_stacked else Qt.Orientation.Horizontal
        key = (is_stacked, has_width)
        if key != self._shared_for:
            self._shared_for = key
            self.setOrientation(wanted)
            room = self.height() if is_stacked else self.width()
            # Where both are narrow, the smaller part would become too small to be of use.
            least = 0 if has_width else room * 2 // 5
            second = max(least, room * self._shares[1] // sum(self._shares))
            if share := self._drawn.get(self._way()):
                second = room * share // _WHOLE
            self.setSizes([room - second, second])
        super().resizeEvent(event)
