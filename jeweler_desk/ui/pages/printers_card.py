"""The printers and papers in the settings: how each kind of paper is printed, and its setup."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.printer_drift import drift_text
from jeweler_desk.services.any_paper import NAMES
from jeweler_desk.services.printing import Printing
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.paper_setup import PaperSetup
from jeweler_desk.ui.paper_words import choice_text, kind_text
from jeweler_desk.ui.theme import SPACE_M, Type
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text

_ABOUT = (
    "What you print one key prints again the same way. A test page with rulers shows where a"
    " printer is off with a stock."
)


class PrintersCard(SettingsCard):
    """One row for each kind of paper: its printer, stock and copies, and its page setup."""

    def __init__(
        self, frame: Frame, printing: Printing, setup: PaperSetup, parent: QWidget | None = None
    ) -> None:
        super().__init__("Printers and paper", parent=parent)
        self._frame = frame
        self._printing = printing
        self._setup = setup
        self.rows: dict[str, ListRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_M)
        self.body.addWidget(Text(_ABOUT, Type.SMALL, soft=True, wrap=True))
        self.body.addLayout(self._rows)

    def refresh(self) -> None:
        """Read how each kind of paper is printed anew."""
        empty_out(self._rows)
        self.rows = {kind: self._row(kind) for kind in NAMES}
        for row in self.rows.values():
            add_shown(self._rows, row)

    def _row(self, kind: str) -> ListRow:
        choice, stock = self._setup.choice(kind)
        detail = choice_text(choice, stock.title)
        told = drift_text(self._printing.drift(choice.printer, stock.name))
        row = ListRow(self._frame.look, kind_text(kind), f"{detail} · {told}" if told else detail)
        row.add_button("Set up…").clicked.connect(lambda: self._setup.open(kind))
        return row
