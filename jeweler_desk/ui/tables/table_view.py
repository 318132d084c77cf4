"""How a table looks: calm rows of one height, chips, and no cell ever cut in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    QTimer,
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
from jeweler_desk.ui.tables.column_widths import WidthWish, shared
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
from jeweler_desk.ui.widgets.painted_item import painted_rect, painted_state
from jeweler_desk.ui.widgets.status_chip import chip_size, paint_chip

_NARROW: Final = 860
_FEWEST_LETTERS: Final = 14
_REST_MS: Final = 60
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


class DeskTable(QTableView):
    """A table whose rows are chosen one at a time; Enter opens, letters do not search.

    ``is_many`` lets several rows be chosen: Shift and Ctrl with arrows or the mouse, Space for the
    row at hand, Ctrl+A for all; ``several`` tells how many are. A column's edge can be drawn;
    ``are_movable`` lets its title be drawn to another place, which ``moved`` only asks for: from
    where to where. With ``has_own_order`` a third click on a title sorts by nothing.
    """

    chosen = Signal(object)
    opened = Signal(object)
    several = Signal(int)
    moved = Signal(int, int)
    drawn = Signal()

    def __init__(
        self,
        look: Appearance,
        model: TableModel[Any, Any],
        name: str,
        parent: QWidget | None = None,
        *,
        is_many: bool = False,
        are_movable: bool = False,
        has_own_order: bool = False,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._table = model
        self._sorted: tuple[str, bool] | None = None
        self._drawn: dict[str, int] = {}
        self._has_own_order = has_own_order
        self._is_sharing = False
        self._column = 0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._tell_at_rest)
        self._is_running = False
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
        self.setSortingEnabled(False)
        self._set_header(are_movable=are_movable)
        self.selectionModel().currentChanged.connect(self._keep_column)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.selectionModel().selectionChanged.connect(self._tell_several)
        self.doubleClicked.connect(self._tell_opened)
        model.modelReset.connect(self._share_width)
        # Qt lets go of a choice without a word when the model begins anew.
        model.modelReset.connect(self._tell_several)
        look.changed.connect(self._fit)
        self._fit()

    def _set_header(self, *, are_movable: bool) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(are_movable)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(SPACE_XL)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        # A title asks whether all of its column is chosen, row by row: with 100,000 rows and
        # Ctrl+A that takes a second. It is painted alike, so it looks at a choice of its own.
        header.setSelectionModel(QItemSelectionModel(self._table, header))
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._draw)
        header.sectionMoved.connect(self._ask_to_move)

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
        for row in self._table.rows_of(keys):
            chosen.select(self._table.index(row, 0), self._table.index(row, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def take_up(self, row: int, column: int, keys: Sequence[object]) -> None:
        """Go to a cell and choose these rows again, without telling that another is chosen."""
        current = self._table.index(row, column)
        self.selectionModel().blockSignals(True)
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.select_ids(keys)
        self._column = column
        self.selectionModel().blockSignals(False)
        self._tell_several()
        self.viewport().update()

    def choose(self, key: object) -> bool:
        """Choose the row of an id and bring it into view; False if it is not in the list."""
        row = self._table.row_of(key)
        if row < 0:
            return False
        column = min(self._column, len(self._table.columns) - 1)
        here = self._table.index(row, 0 if self.isColumnHidden(column) else column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(here)
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
        # While a key is held down, what is chosen is told where it comes to rest.
        self._is_running = event.isAutoRepeat()
        super().keyPressEvent(event)
        self._is_running = False

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell at once what is chosen when a key that was held down comes up."""
        if not event.isAutoRepeat():
            self.come_to_rest()
        super().keyReleaseEvent(event)

    def come_to_rest(self) -> None:
        """Tell now what is chosen, should that still wait for a key that is held down."""
        if self._resting.isActive():
            self._resting.stop()
            self._tell_at_rest()

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """Return a column's usual width, for a double click on its edge; no row is read for it."""
        return self._usual_width(
            self._table.columns[column], QFontMetrics(self._look.font(Type.BODY))
        )

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
        wishes = [
            WidthWish(
                usual=0
                if compact and column.second
                else self._usual_width(column, metrics)
                if column.usual
                else 0,
                drawn=self._look.px(self._drawn.get(column.title, 0)),
                is_spare=column.is_spare,
                is_hidden=compact and column.is_wide_only,
            )
            for column in columns
        ]
        sizes = shared(wishes, width, metrics.averageCharWidth() * _FEWEST_LETTERS)
        # Hiding a column may bring a scroll bar, and with it this very method, within.
        was_sharing, self._is_sharing = self._is_sharing, True
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in sizes)
            if place in sizes:
                self.setColumnWidth(place, sizes[place])
        self._is_sharing = was_sharing
        self.viewport().update()

    def _usual_width(self, column: Column[Any], metrics: QFontMetrics) -> int:
        words = metrics.horizontalAdvance(max(column.usual, column.title, key=len))
        is_chip = column.tone is not None
        chip = chip_size(self._look, column.usual).width() if is_chip else 0
        return max(words, chip) + 2 * SPACE_S + SPACE_XS

    @property
    def drawn_widths(self) -> dict[str, int]:
        """The widths drawn by hand, by the columns' titles, as they are at 100 % text."""
        return dict(self._drawn)

    def draw_widths(self, widths: Mapping[str, int]) -> None:
        """Give columns the widths that were drawn by hand; without any, the usual ones."""
        self._drawn = {title: width for title, width in widths.items() if width > 0}
        self._share_width()

    def widen(self, by: int) -> None:
        """Make the column at hand wider, or narrower, by so many pixels at 100 % text."""
        place = self.currentIndex().column()
        if 0 <= place < len(self._table.columns) and not self.isColumnHidden(place):
            self.setColumnWidth(place, self.columnWidth(place) + self._look.px(by))

    def move_column(self, by: int) -> None:
        """Ask for the column at hand to change places with the next shown one to a side."""
        header = self.horizontalHeader()
        place = self.currentIndex().column()
        goal = place + by
        while 0 <= goal < header.count() and header.isSectionHidden(goal):
            goal += by
        if place >= 0 and 0 <= goal < header.count():
            self.moved.emit(place, goal)

    def _draw(self, place: int, before: int, after: int) -> None:
        """Keep a width that was drawn by hand; the other columns take what is left."""
        is_hiding = not before or not after
        if self._is_sharing or is_hiding or not 0 <= place < len(self._table.columns):
            return
        self._drawn[self._table.columns[place].title] = round(after * 100 / self._look.scale)
        self._share_width()
        self.drawn.emit()

    def _ask_to_move(self, _place: int, before: int, after: int) -> None:
        """Ask for another order of the columns; the model's order is the only one that counts."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.moveSection(after, before)
        header.blockSignals(False)
        self.moved.emit(before, after)

    def show_sort(self, by: str | None, *, falling: bool = False) -> None:
        """Mark the column that the list is sorted by; None is the list's own order."""
        self._sorted = (by, falling) if by is not None else None
        places = [place for place, each in enumerate(self._table.columns) if each.sort == by]
        header = self.horizontalHeader()
        header.setSortIndicatorShown(by is not None and bool(places))
        if by is not None and places:
            order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(places[0], order)

    def sort_here(self) -> None:
        """Sort by the column at hand, as a click on its title does."""
        if self.currentIndex().isValid():
            self._sort_by(self.currentIndex().column())

    def _sort_by(self, section: int) -> None:
        """Sort rising, at the next click falling, then as the list is of itself, if it is."""
        by = self._table.columns[section].sort
        if by is None:
            return
        if self._has_own_order and self._sorted == (by, True):
            self.show_sort(None)
            self._table.sort_wanted.emit("", False)
            return
        # Qt turns a shown indicator before it tells of the click, so the order is kept here.
        falling = self._sorted == (by, False)
        self.show_sort(by, falling=falling)
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._table.sort(section, order)

    def _tell_several(self) -> None:
        self.several.emit(self.selected_count)

    def _keep_column(self, current: QModelIndex) -> None:
        if current.isValid():
            self._column = current.column()

    def _tell_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._is_running and previous.isValid():
            self._resting.start()
        else:
            self._resting.stop()
            self.chosen.emit(self._table.id_at(current.row()))

    def _tell_at_rest(self) -> None:
        self.chosen.emit(self.current_id)

    def _tell_opened(self, index: QModelIndex) -> None:
        key = self._table.id_at(index.row())
        if key is not None:
            self.opened.emit(key)
