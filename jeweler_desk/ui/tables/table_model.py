"""A table of any length: the ids in order, and the rows of only the pages that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from jeweler_desk.ui.theme import Tone

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)

PAGE: Final = 100
_PAGES_KEPT: Final = 40
NO_PARENT: Final = QModelIndex()
RowRole: Final = int(Qt.ItemDataRole.UserRole)
ToneRole: Final = RowRole + 1
SecondLineRole: Final = RowRole + 2

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, what it says of a row, and how.

    ``tone`` makes its words a chip; ``second`` is the quieter second line; ``sort`` is what the
    list is asked to be sorted by; ``usual`` is a usual word of it, for which it is made wide
    enough; a column without one takes what is left. ``is_spare`` goes first where room is short.
    """

    title: str
    text: Callable[[Row], str]
    usual: str = ""
    tone: Callable[[Row], Tone | None] | None = None
    second: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    sort: str | None = None
    is_wide_only: bool = False
    is_spare: bool = False


class TableModel(QAbstractTableModel, Generic[Key, Row]):
    """Rows by id, fetched in pages of a hundred when they are first painted."""

    sort_wanted = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Sequence[Key]], Sequence[Row]],
        key_of: Callable[[Row], Key],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._key_of = key_of
        self._ids: list[Key] = []
        self._pages: OrderedDict[int, dict[Key, Row]] = OrderedDict()
        self.is_compact = False

    def show_ids(self, ids: Sequence[Key]) -> None:
        """Show these rows in this order; what was fetched before is forgotten."""
        fresh = list(ids)
        if fresh == self._ids:
            self.refetch()
            return
        self.beginResetModel()
        self._ids = fresh
        self._pages.clear()
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def refetch(self) -> None:
        """Read the same rows anew."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, row: int) -> Key | None:
        """Return the id of a row, None beyond the end."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, key: Key) -> int:
        """Return where an id stands, -1 if it is not in the list."""
        try:
            return self._ids.index(key)
        except ValueError:
            return -1

    def rows_of(self, keys: Collection[Key]) -> list[int]:
        """Return where these ids stand, those that are in the list, in the list's order."""
        wanted = frozenset(keys)
        return [row for row, each in enumerate(self._ids) if each in wanted]

    def row_at(self, row: int) -> Row | None:
        """Return a row whole; None where it vanished in between."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            fetched = self._fetch(self._ids[number * PAGE : (number + 1) * PAGE])
            page = {self._key_of(each): each for each in fetched}
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says in a role."""
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        return self._say(self.columns[index.column()], row, role)

    def _say(self, column: Column[Row], row: Row, role: int) -> Any:
        answer: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                answer = column.tip(row) if column.tip else column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = f"{column.title}: {column.text(row) or 'nothing'}"
            case _ if role == RowRole:
                answer = row
            case _ if role == ToneRole and column.tone:
                answer = column.tone(row)
            case _ if role == SecondLineRole and column.second and self.is_compact:
                answer = column.second(row)
            case _:
                pass
        return answer

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the ids in another order; the list itself sorts nothing."""
        if 0 <= column < len(self.columns) and (by := self.columns[column].sort):
            self.sort_wanted.emit(by, order is Qt.SortOrder.DescendingOrder)
