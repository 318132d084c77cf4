"""All letters of a view, however many: the ids in order, and the rows of the pages looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from jeweler_desk.ui.tables.letters import ROLES, Index, LetterRow, said_in

_PAGE: Final = 100
_PAGES_KEPT: Final = 20
_NO_PARENT: Final = QModelIndex()

Fetch = Callable[[Sequence[str]], Sequence[LetterRow]]


class LetterPages(QAbstractListModel):
    """Rows by Message-ID, fetched a hundred at a time when they are first painted."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._pages: OrderedDict[int, dict[str, LetterRow]] = OrderedDict()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show these letters in this order; what was fetched before is forgotten."""
        self._pages.clear()
        if self._ids == ids:
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
            return
        self.beginResetModel()
        self._ids = list(ids)
        self._places = {each: place for place, each in enumerate(self._ids)}
        self.endResetModel()

    def row(self, number: int) -> LetterRow | None:
        """Return a row; None beyond the end, or where the letter vanished in between."""
        if not 0 <= number < len(self._ids):
            return None
        at = number // _PAGE
        page = self._pages.get(at)
        if page is None:
            fetched = self._fetch(self._ids[at * _PAGE : (at + 1) * _PAGE])
            page = self._pages[at] = {each.message_id: each for each in fetched}
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(at)
        return page.get(self._ids[number])

    def place_of(self, message_id: str) -> int:
        """Return where a letter stands, -1 if it is not in the list."""
        return self._places.get(message_id, -1)

    def first(self) -> str:
        """Return the id of the first letter, empty without one."""
        return self._ids[0] if self._ids else ""

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many letters there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says in a role."""
        if role not in ROLES:
            return None
        row = self.row(index.row())
        return None if row is None else said_in(row, role)
