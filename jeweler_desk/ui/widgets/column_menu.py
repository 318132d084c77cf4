"""The menu that says which columns the list of orders has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from jeweler_desk.domain.order_listing import HEADINGS
from jeweler_desk.domain.order_view import USUAL_COLUMNS, OrderColumn


class ColumnMenu(QMenu):
    """One tick for each column; the order's number always stays. ``chosen`` carries the columns."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[OrderColumn, QAction] = {}
        for column in OrderColumn:
            tick = self.addAction(HEADINGS[column])
            tick.setCheckable(True)
            tick.setEnabled(column is not OrderColumn.ORDER)
            tick.triggered.connect(self._tell)
            self.ticks[column] = tick
        self.addSeparator()
        self.usual = self.addAction("The usual columns")
        self.usual.triggered.connect(self._tell_usual)

    def show_columns(self, shown: Sequence[OrderColumn]) -> None:
        """Tick the columns that are shown."""
        for column, tick in self.ticks.items():
            tick.setChecked(column in shown)

    def _tell(self) -> None:
        self.chosen.emit([column for column, tick in self.ticks.items() if tick.isChecked()])

    def _tell_usual(self) -> None:
        self.chosen.emit(list(USUAL_COLUMNS))
