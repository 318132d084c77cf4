"""Above a conversation: about what, who, since when; what was decided of it, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.her_orders import HerOrdersLine
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import Said


class LetterHead(QWidget):
    """Shows the head of one conversation."""

    def __init__(
        self,
        look: Appearance,
        actions: Callable[[str], QAction],
        orders: HerOrdersLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.subject = ElidedText("", Type.HEADING)
        self.who = ElidedText("", Type.SMALL, soft=True)
        self.state = StatusChip(look)
        self.put_off = StatusChip(look)
        self.why = Text("", Type.SMALL, soft=True, wrap=True)
        self.turn = Button("Not a question", "quiet", room="small")
        self.turn.follow(actions("mail.overrule"))
        first = QHBoxLayout()
        first.setSpacing(SPACE_S)
        first.addWidget(self.subject, 1)
        first.addWidget(self.put_off)
        first.addWidget(self.state)
        last = QHBoxLayout()
        last.setSpacing(SPACE_S)
        last.addWidget(self.why, 1)
        last.addWidget(self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(first)
        layout.addWidget(self.who)
        layout.addWidget(orders)
        layout.addLayout(last)

    def say(self, subject: str, who: str, why: str, turn: str) -> None:
        """Say what it is about; ``turn`` are the words that turn the decision about, if any."""
        self.subject.setText(subject)
        self.who.setText(who)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        if turn:
            self.turn.say(turn)
        self.turn.setVisible(bool(turn))

    def show_states(self, state: Said | None, tip: str, put_off: Said | None) -> None:
        """Show how it stands; the tooltip has the exact instant."""
        for chip, said in ((self.state, state), (self.put_off, put_off)):
            chip.setVisible(said is not None)
            if said is not None:
                chip.show_state(said.text, said.tone)
        self.state.setToolTip(tip)
