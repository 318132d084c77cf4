"""The queue of the bench: what waits, by its day, and which parcel is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from jeweler_desk.domain.wording import day_text
from jeweler_desk.services.combining import BoxToPack
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.rows import empty_out
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import sentence

_MOST: Final = 24
_LONGEST: Final = 20


@dataclass(frozen=True, slots=True)
class QueuedBox:
    """One box as the queue names it: a key, its numbers, its buyer, and the day's heading."""

    key: int
    numbers: str
    buyer: str
    day: str
    tone: Tone | None = None


def queued(boxes: Sequence[BoxToPack], today: date) -> list[QueuedBox]:
    """Return the boxes with the headings of their days.

    One that stands beside a more urgent one, to share its box, stands under that one's day.
    """
    days: list[date | None] = []
    soonest: date | None = None
    for box in reversed(boxes):
        due = box.orders[0].ship_by
        soonest = min((each for each in (due, soonest) if each), default=None)
        days.insert(0, soonest)
    return [_named(box, day, today) for box, day in zip(boxes, days, strict=True)]


def _named(box: BoxToPack, due: date | None, today: date) -> QueuedBox:
    first = box.orders[0]
    numbers = " + ".join(each.number for each in box.orders)
    day, tone = "Without a day", None
    if due is not None and due < today:
        day, tone = "Late", Tone.LATE
    elif due is not None:
        day, tone = sentence(day_text(due, today)), Tone.DUE if due == today else None
    return QueuedBox(int(first.id), numbers, first.customer or "nobody named", day, tone)


class ParcelQueue(QWidget):
    """One line of boxes in packing order; ``chosen`` carries the key of the one that is wanted."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parcels to pack, in order")
        self.buttons: dict[int, Button] = {}
        self._parts: list[QWidget] = []
        self._left_out = 0
        self._more = Text("", Type.SMALL, soft=True, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*NO_SPACE)
        self._row.setSpacing(SPACE_XS)
        self._row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_queue(self, boxes: Sequence[QueuedBox], here: int | None) -> None:
        """Show the boxes from the one at hand on, each day with its heading once."""
        had_focus = any(each.hasFocus() for each in self.buttons.values())
        empty_out(self._row)
        self.buttons, self._parts = {}, []
        keys = [box.key for box in boxes]
        start = max(0, keys.index(here) - 1) if here in keys else 0
        day = None
        for box in boxes[start : start + _MOST]:
            if box.day != day:
                if day is not None:
                    self._row.addSpacing(SPACE_M - SPACE_XS)
                day = box.day
                heading = Text(day, Type.SMALL, soft=box.tone is None)
                heading.set_tone(box.tone)
                self._add(heading)
            self._add(self._button(box, is_here=box.key == here))
        self._left_out = max(0, len(boxes) - start - _MOST)
        self._more = Text("", Type.SMALL, soft=True)
        self._row.addSpacing(SPACE_S)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._fit()
        if had_focus and here in self.buttons:
            self.buttons[here].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._row.addWidget(part)

    def _button(self, box: QueuedBox, *, is_here: bool) -> Button:
        buyer = box.buyer if len(box.buyer) <= _LONGEST else f"{box.buyer[:_LONGEST].rstrip()}…"
        # The end of a long number is what tells it from the next.
        is_long = len(box.numbers) > _LONGEST
        numbers = f"…{box.numbers[-_LONGEST:]}" if is_long else box.numbers
        told = f"{numbers}  {buyer}" if is_here else numbers
        button = Button(told, "tab", room="large", name=f"{box.numbers}, {box.buyer}, {box.day}")
        button.setToolTip(f"{box.numbers} · {box.buyer}")
        button.setCheckable(True)
        button.setChecked(is_here)
        button.clicked.connect(lambda: self.chosen.emit(box.key))
        self.buttons[box.key] = button
        return button

    def _fit(self) -> None:
        """Show what has room, and say how many more wait."""
        room = self.width() - self.fontMetrics().averageCharWidth() * SPACE_M
        used, hidden = 0, self._left_out if self._parts else 0
        is_full = False
        for place, part in enumerate(self._parts):
            used += part.sizeHint().width() + SPACE_S
            is_full = is_full or (used > room and place > 1)
            part.setVisible(not is_full)
            if is_full and isinstance(part, Button):
                hidden += 1
        self._more.setText(f"and {hidden} more" if hidden else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Fit when it is seen."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the room there is."""
        super().resizeEvent(event)
        self._fit()
