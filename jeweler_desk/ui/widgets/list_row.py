"""One row of a short list: a picture, two lines, a state, and at most one button."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText
from jeweler_desk.ui.words import Said

_NARROW: Final = 440
_TIGHT: Final = 280


class ListRow(QWidget):
    """A row of a card. The words shrink first; the state and the button stay whole.

    Where the row is narrow, a state that has a short form says only that; where the button leaves
    no room beside the words, it takes the place of the second line.
    """

    def __init__(
        self,
        look: Appearance,
        title: str,
        detail: str,
        leading: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.title = ElidedText(title)
        self.detail = ElidedText(detail, Type.SMALL, soft=True)
        self.chip: StatusChip | None = None
        self.button: Button | None = None
        self._said: tuple[Said, Said] | None = None
        self._detail, self._stands_in = detail, ""
        words = QVBoxLayout()
        words.setSpacing(SPACE_XS // 2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*NO_SPACE)
        self._row.setSpacing(SPACE_M)
        if leading is not None:
            self._row.addWidget(leading, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)

    def show_state(self, said: Said | None, tip: str = "", *, short: Said | None = None) -> None:
        """Show what state it is in; the tooltip has the exact instant."""
        if said is None:
            return
        if self.chip is None:
            self.chip = StatusChip(self._look)
            self._row.insertWidget(self._row.count() - (self.button is not None), self.chip)
        self._said = (said, short or said)
        self.chip.setToolTip(tip or (said.text if short else ""))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the form of the state that leaves room for the words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.chip is None or self._said is None:
            return
        has_short = self._said[0] is not self._said[1]
        is_tight = self.button is not None and self.width() < self._look.px(_TIGHT)
        self._stand_in(self._said[0].text if is_tight and has_short else "")
        said = self._said[self.width() < self._look.px(_NARROW)]
        if (said.text, said.tone) != (self.chip.text, self.chip.tone):
            self.chip.show_state(said.text, said.tone)
            # Whoever hears the row hears all of it.
            self.chip.setAccessibleName(self._said[0].text)

    def _stand_in(self, state: str) -> None:
        """Let the state stand for the second line, or give that line back."""
        if self.chip is None or self._stands_in == state:
            return
        self._stands_in = state
        self.chip.setVisible(not state)
        self.detail.setText(state or self._detail)

    def add_button(self, verb: str) -> Button:
        """Put a button at the end; it is named with the row it belongs to."""
        self.button = Button(verb, name=f"{verb}: {self.title.text()}")
        self._row.addWidget(self.button)
        return self.button
