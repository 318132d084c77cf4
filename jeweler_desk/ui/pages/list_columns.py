"""The columns of the list of orders: chosen in a menu, drawn or sent to another place, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import USUAL_COLUMNS, OrderColumn
from jeweler_desk.services.order_lists import COLUMNS_SETTING, OrderLists
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.tables.orders import order_columns
from jeweler_desk.ui.tables.table_model import TableModel
from jeweler_desk.ui.tables.table_view import DeskTable
from jeweler_desk.ui.widgets.column_menu import ColumnMenu


class ListColumns(QObject):
    """Keeps the table's columns and the setting of them alike; ``today`` is the shop's day."""

    def __init__(
        self,
        frame: Frame,
        lists: OrderLists,
        settings: Settings,
        table: DeskTable,
        model: TableModel[OrderId, OrderSummary],
        today: Callable[[], date],
    ) -> None:
        super().__init__(table)
        self._frame = frame
        self._lists = lists
        self._settings = settings
        self._table = table
        self._model = model
        self._today = today
        self._shown: tuple[OrderColumn, ...] = USUAL_COLUMNS
        self.menu = ColumnMenu(table)
        self.menu.chosen.connect(self._keep)
        self.menu.usual.triggered.connect(self._forget_widths)
        table.moved.connect(self._move)

    def show(self) -> None:
        """Show the columns that are kept."""
        shown = self._lists.columns()
        self.menu.show_columns(shown)
        if shown != self._shown:
            at, first = self._table.currentIndex(), self._table.verticalScrollBar().value()
            kept = self._table.selected_ids()
            self._shown = shown
            self._model.show_columns(order_columns(self._today, shown))
            if at.isValid():
                self._table.take_up(at.row(), min(at.column(), len(shown) - 1), kept)
                self._table.verticalScrollBar().setValue(first)

    def _keep(self, ticked: Sequence[OrderColumn]) -> None:
        """Keep what is ticked; what stays keeps its place, what is new comes to the end."""
        stays = [column for column in self._shown if column in ticked]
        comes = [column for column in ticked if column not in stays]
        is_usual = tuple(ticked) == USUAL_COLUMNS
        self._write(USUAL_COLUMNS if is_usual else [*stays, *comes])

    def _move(self, before: int, after: int) -> None:
        order = list(self._shown)
        order.insert(after, order.pop(before))
        self._write(order)
        index = self._model.index(self._table.currentIndex().row(), after)
        if index.isValid():
            self._table.take_up(index.row(), after, self._table.selected_ids())

    def _write(self, shown: Sequence[OrderColumn]) -> None:
        self._frame.act(
            lambda: self._settings.set(COLUMNS_SETTING, ",".join(shown)), "The columns are kept."
        )

    def _forget_widths(self) -> None:
        self._table.draw_widths({})
        self._table.drawn.emit()
