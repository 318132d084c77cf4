"""The strip above a list: how many orders are chosen, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import ElidedText

_ACTS = (("order.slip", "Print slips"), ("order.hold", "Hold…"), ("order.ship", "Hand over…"))


class SelectionStrip(QWidget):
    """Shown only while more than one order is chosen."""

    def __init__(self, action_of: Callable[[str], QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_S)
        self.words = ElidedText("", Type.STRONG)
        row.addWidget(self.words, 1)
        for id_, verb in _ACTS:
            button = Button(verb, name=f"{verb} of the chosen orders", room="small")
            button.clicked.connect(action_of(id_).trigger)
            button.setToolTip(action_of(id_).toolTip())
            row.addWidget(button)
        self.hide()

    def count(self, chosen: int) -> None:
        """Say how many are chosen."""
        self.words.setText(f"{chosen:,} orders chosen")
        self.setVisible(chosen > 1)
