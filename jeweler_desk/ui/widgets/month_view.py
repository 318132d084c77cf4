"""A month of the shop: arrows go about it, Enter or a click closes a day, a span closes many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from jeweler_desk.domain.shop_calendar import CalendarDay, DayKind
from jeweler_desk.domain.wording import long_day
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import ROW_HEIGHT, Tone

_WEEK: Final = 7
_ROWS: Final = 6
_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TONES: Final = {
    DayKind.HOLIDAY: Tone.INFO,
    DayKind.CLOSED: Tone.DUE,
    DayKind.VACATION: Tone.ACCENT,
}
_WORDS: Final = {
    DayKind.HOLIDAY: "holiday",
    DayKind.CLOSED: "closed",
    DayKind.VACATION: "away",
}


class MonthView(QTableWidget):
    """The days of one month, Monday first."""

    toggled = Signal(object, object)
    turned = Signal(int)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(_ROWS, _WEEK, parent)
        self._look = look
        self._first = date(2000, 1, 1)
        self.setObjectName("month")
        self.setAccessibleName("The month’s working and closed days")
        self.setHorizontalHeaderLabels(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_month(self, days: Sequence[CalendarDay], today: date) -> None:
        """Show these days; the chosen one stays chosen where the month has it."""
        at = self.day_at(self.currentRow(), self.currentColumn())
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect if self.selectedIndexes() else flags.Clear
        self.blockSignals(True)
        self.clearContents()
        self._first = days[0].day
        weeks = (self._first.weekday() + len(days) + _WEEK - 1) // _WEEK
        self.setRowCount(weeks)
        height = self._look.px(ROW_HEIGHT)
        for row in range(weeks):
            self.setRowHeight(row, height)
        for each in days:
            self.setItem(*self._place(each.day), self._item(each, is_today=each.day == today))
        self.setFixedHeight(weeks * height + self.horizontalHeader().sizeHint().height() + 2)
        is_here = at is not None and at.replace(day=1) == self._first
        chosen = at if at is not None and is_here else self._first
        self.setCurrentCell(*self._place(chosen), how)
        self.blockSignals(False)

    def _item(self, each: CalendarDay, *, is_today: bool) -> QTableWidgetItem:
        word = _WORDS.get(each.kind, "today" if is_today else "")
        item = QTableWidgetItem(f"{each.day.day}\n{word}" if word else str(each.day.day))
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        told = each.name or each.kind.value
        item.setToolTip(told)
        spoken = f"{long_day(each.day)}: {told}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        tone = _TONES.get(each.kind)
        if tone is not None:
            item.setForeground(QBrush(self._look.ink(tone)))
            item.setBackground(QBrush(self._look.ground(tone)))
        elif each.kind is DayKind.RESTING:
            item.setForeground(QBrush(self._look.color("soft_ink")))
            item.setBackground(QBrush(self._look.color("sunken")))
        if is_today:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item

    def _place(self, day: date) -> tuple[int, int]:
        return divmod(self._first.weekday() + day.day - 1, _WEEK)

    def day_at(self, row: int, column: int) -> date | None:
        """Return the day of a cell, or None where the month has none."""
        if row < 0 or column < 0 or self.item(row, column) is None:
            return None
        return self._first + timedelta(days=row * _WEEK + column - self._first.weekday())

    def toggle(self) -> None:
        """Close or open what is chosen: one day, or all from the first to the last."""
        cells = [(index.row(), index.column()) for index in self.selectedIndexes()]
        days = sorted(day for cell in cells if (day := self.day_at(*cell)) is not None)
        if days:
            self.toggled.emit(days[0], days[-1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the day at hand."""
        super().focusInEvent(event)
        if not self.selectedIndexes():
            here = (self.currentRow(), self.currentColumn())
            self.setCurrentCell(*here, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark nothing while the keys go elsewhere."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle with Enter or Space, turn the month with Page Up and Page Down."""
        if event.key() in _KEYS:
            self.toggle()
        elif event.key() == Qt.Key.Key_PageUp:
            self.turned.emit(-1)
        elif event.key() == Qt.Key.Key_PageDown:
            self.turned.emit(1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle what was clicked, or the span over which the mouse was drawn."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.itemAt(event.position().toPoint()):
            self.toggle()
