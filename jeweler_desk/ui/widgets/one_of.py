"""One of a few answers, each a button; nothing is chosen until the seller chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout

Answer = TypeVar("Answer")
_LONGEST: Final = 38


class OneOf(QWidget, Generic[Answer]):
    """Offers answers beside each other; ``value`` is None before one is pressed."""

    def __init__(
        self,
        answers: Sequence[tuple[Answer, str]],
        chosen: Answer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._answers = [answer for answer, _ in answers]
        self._group = QButtonGroup(self)
        self.buttons: list[Button] = []
        row = FlowLayout(spacing=SPACE_XS)
        for place, (answer, words) in enumerate(answers):
            is_long = len(words) > _LONGEST
            shown = f"{words[:_LONGEST].rstrip()}…" if is_long else words
            button = Button(shown, "answer", name=words)
            button.setToolTip(words if is_long else "")
            button.setCheckable(True)
            button.setChecked(answer == chosen)
            self._group.addButton(button, place)
            row.addWidget(button)
            self.buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.addLayout(row)
        self.setFocusProxy(self.buttons[0])

    @property
    def value(self) -> Answer | None:
        """The answer that was chosen."""
        place = self._group.checkedId()
        return self._answers[place] if place >= 0 else None
