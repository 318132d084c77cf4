"""How a table looks: calm rows of one height, chips, and no cell ever cut in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.tables.table_model import Column, SecondLineRole, TableModel, ToneRole
from jeweler_desk.ui.theme import (
    FOCUS_LINE,
    HAIRLINE,
    ROW_HEIGHT,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    Type,
)
from jeweler_desk.ui.widgets.status_chip import chip_size, paint_chip

_NARROW: Final = 860
_FEWEST_LETTERS: Final = 14
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints words or a chip, each shortened with an ellipsis where the column is narrow."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look = self._look
        rect = painted_rect(option)
        state = painted_state(option)
        painter.save()
        ground = "surface"
        if state & QStyle.StateFlag.State_Selected:
            ground = "accent_soft"
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = "window"
        painter.fillRect(rect, look.color(ground))
        painter.setPen(QPen(look.color("line"), HAIRLINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = QRectF(rect).adjusted(SPACE_S, 0, -SPACE_S, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = index.data(ToneRole)
        if tone is not None and text:
            paint_chip(painter, look, room, text, tone)
        else:
            self._paint_words(painter, room, text, index.data(SecondLineRole))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(
                QRect(rect.left(), rect.top(), FOCUS_LINE, rect.height()), look.color("accent")
            )
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, text: str, second: str | None) -> None:
        look = self._look
        first = QRectF(room)
        if second:
            first.setBottom(room.center().y() + SPACE_S / 4)
            first.setTop(first.bottom() - QFontMetrics(look.font(Type.BODY)).height())
            below = QRectF(room)
            below.setTop(first.bottom())
            below.setBottom(below.top() + QFontMetrics(look.font(Type.SMALL)).height())
            self._paint_line(painter, below, second, Type.SMALL, "soft_ink")
        self._paint_line(painter, first, text, Type.BODY, "ink")

    def _paint_line(
        self, painter: QPainter, room: QRectF, text: str, kind: Type, token: str
    ) -> None:
        font = self._look.font(kind)
        painter.setFont(font)
        painter.setPen(self._look.color(token))
        line = text.replace("\n", " ")
        shown = QFontMetrics(font).elidedText(
            line, Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, _LEFT, shown)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the one height of all rows."""
        return QSize(self._look.px(ROW_HEIGHT), self._look.px(ROW_HEIGHT))


def painted_rect(option: QStyleOptionViewItem) -> QRect:
    """Return where an item is painted."""
    rect: QRect = getattr(option, "rect")  # noqa: B009 - the stubs do not know QStyleOption's fields
    return rect


def painted_state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Return whether an item is chosen, under the mouse, in focus."""
    state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009 - likewise
    return state


class DeskTable(QTableView):
    """A table whose rows are chosen one at a time; Enter opens, letters do not search.

    ``is_many`` lets several rows be chosen: Shift and Ctrl with arrows or the mouse, Space for the
    row at hand, Ctrl+A for all; ``several`` tells how many are.
    """

    chosen = Signal(object)
    opened = Signal(object)
    several = Signal(int)

    def __init__(
        self,
        look: Appearance,
        model: TableModel[Any, Any],
        name: str,
        parent: QWidget | None = None,
        *,
        is_many: bool = False,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._table = model
        self._sorted: tuple[int, bool] | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if is_many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(SPACE_XL)
        self.setSortingEnabled(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._sort_by)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.selectionModel().selectionChanged.connect(self._tell_several)
        self.doubleClicked.connect(self._tell_opened)
        model.modelReset.connect(self._share_width)
        # Qt lets go of a choice without a word when the model begins anew.
        model.modelReset.connect(self._tell_several)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def current_id(self) -> object:
        """The id of the chosen row, None without one."""
        return self._table.id_at(self.currentIndex().row())

    @property
    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def selected_ids(self) -> list[object]:
        """Return the ids of the chosen rows, in the order of the list."""
        rows = (row for top, bottom in self._spans() for row in range(top, bottom + 1))
        return [key for row in rows if (key := self._table.id_at(row)) is not None]

    def _spans(self) -> list[tuple[int, int]]:
        # The stubs do not know that a selection is a list of ranges.
        ranges = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        return sorted({(each.top(), each.bottom()) for each in ranges})

    def select_ids(self, keys: Sequence[object]) -> None:
        """Choose these rows again, where they are still in the list; the row at hand stays."""
        chosen = QItemSelection()
        last = len(self._table.columns) - 1
        for key in keys:
            row = self._table.row_of(key)
            if row >= 0:
                chosen.select(self._table.index(row, 0), self._table.index(row, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose(self, key: object) -> bool:
        """Choose the row of an id and bring it into view; False if it is not in the list."""
        row = self._table.row_of(key)
        if row < 0:
            return False
        self.selectRow(row)
        self.scrollTo(self._table.index(row, 0))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; leave letters to the shortcuts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell_opened(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            many = self.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection
            how = flags.Toggle if many else flags.Select
            self.selectionModel().select(self.currentIndex(), how | flags.Rows)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Search nothing: walking 100,000 rows letter by letter would freeze the window."""

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.px(ROW_HEIGHT))
        self._share_width()

    def _share_width(self) -> None:
        columns = self._table.columns
        width = self.viewport().width()
        compact = width < self._look.px(_NARROW)
        self._table.is_compact = compact
        metrics = QFontMetrics(self._look.font(Type.BODY))
        hidden = {place for place, each in enumerate(columns) if compact and each.is_wide_only}
        sizes = {
            place: self._usual_width(column, metrics)
            for place, column in enumerate(columns)
            if place not in hidden and column.usual and not (compact and column.second)
        }
        least = metrics.averageCharWidth() * _FEWEST_LETTERS
        for place, column in enumerate(columns):
            if column.is_spare and place in sizes and width - sum(sizes.values()) < least:
                hidden.add(place)
                del sizes[place]
        stretching = [
            place for place in range(len(columns)) if place not in hidden and place not in sizes
        ]
        rest = max(SPACE_XL, width - sum(sizes.values()))
        if not stretching and sizes:
            sizes[max(sizes)] += max(0, width - sum(sizes.values()))
        for number, place in enumerate(stretching, start=1):
            share = rest // (len(stretching) - number + 1)
            sizes[place] = share
            rest -= share
        for place in range(len(columns)):
            self.setColumnHidden(place, place in hidden)
            if place in sizes:
                self.setColumnWidth(place, sizes[place])
        self.viewport().update()

    def _usual_width(self, column: Column[Any], metrics: QFontMetrics) -> int:
        words = metrics.horizontalAdvance(max(column.usual, column.title, key=len))
        is_chip = column.tone is not None
        chip = chip_size(self._look, column.usual).width() if is_chip else 0
        return max(words, chip) + 2 * SPACE_S + SPACE_XS

    def forget_sort(self) -> None:
        """Show that the list is in its own order again."""
        self._sorted = None
        self.horizontalHeader().setSortIndicatorShown(False)

    def _sort_by(self, section: int) -> None:
        if self._table.columns[section].sort is None:
            return
        # Qt turns a shown indicator before it tells of the click, so the order is kept here.
        falling = self._sorted == (section, False)
        self._sorted = (section, falling)
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self._table.sort(section, order)

    def _tell_several(self) -> None:
        self.several.emit(self.selected_count)

    def _tell_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self._table.id_at(current.row()))

    def _tell_opened(self, index: QModelIndex) -> None:
        key = self._table.id_at(index.row())
        if key is not None:
            self.opened.emit(key)
