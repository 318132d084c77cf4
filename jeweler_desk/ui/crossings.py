"""A supply that runs low is told once, at the moment its reorder point is crossed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from jeweler_desk.domain.supply import Supply, SupplyId
from jeweler_desk.domain.wording import supplies_crossed
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import Tone

_KEY: Final = "supplies"
Crossing = tuple[SupplyId, datetime | None]


class Crossings(QObject):
    """Tells each crossing above the page; what was low before the window opened is not news."""

    def __init__(
        self,
        supplies: Supplies,
        frame: Frame,
        show: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._supplies = supplies
        self._frame = frame
        self._show = show
        self._known = {_crossing(each) for each in supplies.notices()}
        self._told: tuple[Supply, ...] = ()
        frame.bus.changed.connect(self.look)

    @Slot(object)
    def look(self, changes: Changes) -> None:
        """Tell what has crossed since the last look; what was answered is told no longer."""
        if Topic.SUPPLIES not in changes:
            return
        low = self._supplies.notices()
        news = [each for each in low if _crossing(each) not in self._known]
        self._known.update(map(_crossing, news))
        if news:
            self._tell(news)
        elif not {_crossing(each) for each in low} & {_crossing(each) for each in self._told}:
            self._told = ()
            self._frame.notices.withdraw(_KEY)

    def _tell(self, news: Sequence[Supply]) -> None:
        self._told = tuple(news)
        act = partial(self._show, news[0].name)
        self._frame.notices.offer(_KEY, supplies_crossed(news), Tone.DUE, "Show", act)


def _crossing(supply: Supply) -> Crossing:
    return supply.id, supply.low_since
