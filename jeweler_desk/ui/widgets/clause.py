"""The clause of a policy as it stood: which version, its words, whether its window runs."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from jeweler_desk.services.policies import Terms
from jeweler_desk.ui.theme import SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.text import Text

_LONGEST: Final = 420
_NONE: Final = "No policy was in force when this order was placed."


class Clause(QFrame):
    """Quotes a clause. A window that is over is a warning, and locks nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quote")
        self.heading = Text("", Type.STRONG, wrap=True)
        self.words = Text("", wrap=True)
        self.window_told = Text("", Type.SMALL, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_XS)
        for part in (self.heading, self.words, self.window_told):
            layout.addWidget(part)

    def show_terms(self, terms: Terms | None) -> None:
        """Show the clause that an order keeps; a very long one is shortened, the tooltip has it."""
        words = terms.clause if terms else _NONE
        self.heading.setText(terms.heading if terms else "")
        self.heading.setVisible(terms is not None)
        is_long = len(words) > _LONGEST
        self.words.setText(f"{words[:_LONGEST].rstrip()}…" if is_long else words)
        self.words.setToolTip(words if is_long else "")
        self.window_told.setText(terms.told if terms else "")
        self.window_told.setVisible(terms is not None)
        self.window_told.set_tone(Tone.DUE if terms and terms.is_over else None)
