"""One piece on the board: what it is, whose, the words for it, when it must leave."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from jeweler_desk.services.making import Piece
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import Said, joined, piece_details

_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PieceCard(QFrame):
    """A card of the board; the arrow keys go to its neighbors."""

    chosen = Signal(object)
    stepped = Signal(int, int)
    ticked = Signal()

    def __init__(
        self, look: Appearance, piece: Piece, due: Said | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.piece = piece
        self.setObjectName("piece")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("chosen", "false")
        line = piece.line
        units = line.units_to_send - line.units_closed
        title = f"{units} × {line.title}" if units > 1 else line.title
        who = joined([piece.number, piece.customer or "nobody named"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(Text(title, Type.STRONG, wrap=True))
        layout.addWidget(ElidedText(who, Type.SMALL, soft=True))
        details = piece_details(line)
        if details:
            layout.addWidget(Text(details, Type.SMALL, soft=True, wrap=True))
        if line.personalization:
            words = Text(f"“{line.personalization}”", Type.BENCH_SMALL, wrap=True)
            words.set_tone(Tone.ACCENT)
            layout.addWidget(words)
        if due is not None:
            chip = StatusChip(look)
            chip.show_state(due.text, due.tone)
            layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(
            ", ".join(
                part
                for part in (title, who, line.personalization, due.text if due else None)
                if part
            )
        )

    def be_chosen(self, *, is_chosen: bool) -> None:
        """Show whether this is the piece at hand."""
        chosen = "true" if is_chosen else "false"
        if self.property("chosen") == chosen:
            return
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the piece at hand."""
        super().focusInEvent(event)
        self.chosen.emit(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Become the piece at hand, also where it has the focus already."""
        super().mousePressEvent(event)
        self.chosen.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbor with the arrows; Space ticks the words."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.stepped.emit(*step)
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)
