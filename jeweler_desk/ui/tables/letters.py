"""The list of letters: those that wait by age, then those without hurry, then the answered ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import (
    AVATAR,
    FOCUS_LINE,
    HAIRLINE,
    RADIUS_CONTROL,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.avatar import paint_avatar
from jeweler_desk.ui.widgets.painted_item import painted_rect, painted_state
from jeweler_desk.ui.widgets.status_chip import chip_size, paint_chip
from jeweler_desk.ui.words import Said

LETTER_ROLE: Final = int(Qt.ItemDataRole.UserRole)
HEADING_ROLE: Final = LETTER_ROLE + 1
"""Whether a row names a group; asking for it writes no row."""
_NO_PARENT: Final = QModelIndex()
_MOST_MARK: Final = 0.75
_NARROW: Final = 270

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of the list, or (without an id) the heading of a group.

    ``mark`` stands before what it is about: that it is snoozed, that its answer is begun.
    """

    message_id: str
    title: str
    name: str = ""
    detail: str = ""
    said: Said | None = None
    tip: str = ""
    mark: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it names a group."""
        return not self.message_id


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A letter whose row is written when it is looked at."""

    message_id: str
    write: Callable[[], LetterRow]


class LetterList(QAbstractListModel):
    """The rows; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LetterRow | Unwritten] = []

    def show_rows(self, rows: Sequence[LetterRow | Unwritten]) -> None:
        """Show these rows."""
        fresh = list(rows)
        if [row.message_id for row in fresh] == [row.message_id for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row(self, number: int) -> LetterRow | None:
        """Return a row, None beyond the end."""
        if not 0 <= number < len(self._rows):
            return None
        row = self._rows[number]
        if isinstance(row, Unwritten):
            row = self._rows[number] = row.write()
        return row

    def place_of(self, message_id: str) -> int:
        """Return where a letter stands, -1 if it is not in the list."""
        ids = [row.message_id for row in self._rows]
        return ids.index(message_id) if message_id and message_id in ids else -1

    def first(self) -> str:
        """Return the id of the first letter, empty without one."""
        return next((row.message_id for row in self._rows if row.message_id), "")

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only letters be chosen."""
        place = index.row()
        if not 0 <= place < len(self._rows) or not self._rows[place].message_id:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says in a role."""
        place = index.row()
        if not 0 <= place < len(self._rows):
            return None
        if role == HEADING_ROLE:
            return not self._rows[place].message_id
        if role not in ROLES:
            return None
        row = self.row(place)
        return None if row is None else said_in(row, role)


ROLES: Final = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        LETTER_ROLE,
    }
)
"""What a row says something in."""


def said_in(row: LetterRow, role: int) -> Any:
    """Return what a row says in a role, to the eye, to the ear, and whole."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.title
        case Qt.ItemDataRole.ToolTipRole:
            return row.tip or row.detail
        case Qt.ItemDataRole.AccessibleTextRole:
            state = row.said.text if row.said else ""
            parts = (row.title, row.mark, row.detail, state)
            return ", ".join(part for part in parts if part)
        case _ if role == LETTER_ROLE:
            return row
        case _:
            return None


class LetterDelegate(QStyledItemDelegate):
    """Paints a letter: initials, who, about what, and its state."""

    def __init__(self, look: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sizes: dict[tuple[bool, bool], QSize] = {}
        look.changed.connect(self._sizes.clear)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a letter or of a heading; a list asks for each of its rows."""
        kind = (bool(index.data(HEADING_ROLE)), self._is_narrow())
        size = self._sizes.get(kind)
        if size is None:
            size = self._sizes[kind] = self._size(*kind)
        return size

    def _size(self, is_heading: bool, is_narrow: bool) -> QSize:  # noqa: FBT001 - a key's parts
        small = QFontMetrics(self._look.font(Type.SMALL)).height()
        if is_heading:
            return QSize(0, small + 2 * SPACE_S)
        if is_narrow:
            name = QFontMetrics(self._look.font(Type.BODY)).height()
            chip = chip_size(self._look, "…").height()
            return QSize(0, name + small + chip + 2 * SPACE_S + 2 * SPACE_XS)
        return QSize(0, self._look.px(AVATAR) + 2 * SPACE_M)

    def _is_narrow(self) -> bool:
        """Whether the list is too narrow for initials and a state beside the words."""
        view = self.parent()
        if not isinstance(view, QAbstractItemView):
            return False
        return view.viewport().width() < self._look.px(_NARROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(LETTER_ROLE)
        if not isinstance(row, LetterRow):
            return
        rect = QRectF(painted_rect(option))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._line(painter, rect.adjusted(SPACE_M, SPACE_XS, 0, 0), row.title, Type.SMALL)
        else:
            self._letter(painter, rect, row, painted_state(option))
        painter.restore()

    def _letter(
        self, painter: QPainter, rect: QRectF, row: LetterRow, state: QStyle.StateFlag
    ) -> None:
        look = self._look
        ground = rect.adjusted(1, 1, -1, -2)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft" if chosen else "window"))
            painter.drawRoundedRect(ground, RADIUS_CONTROL, RADIUS_CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("accent"), FOCUS_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, RADIUS_CONTROL, RADIUS_CONTROL)
        hairline = QRectF(rect.left(), rect.bottom() - HAIRLINE, rect.width(), HAIRLINE)
        painter.fillRect(hairline, look.color("line"))
        if self._is_narrow():
            self._below_each_other(
                painter, rect.adjusted(SPACE_S, SPACE_S, -SPACE_S, -SPACE_S), row
            )
            return
        side = float(look.px(AVATAR))
        disk = QRectF(rect.left() + SPACE_M, rect.center().y() - side / 2, side, side)
        paint_avatar(painter, look, disk, row.name or row.title)
        right = rect.right() - SPACE_M
        if row.said is not None:
            size = chip_size(look, row.said.text)
            room = QRectF(right - size.width(), rect.top(), size.width(), rect.height())
            paint_chip(painter, look, room, row.said.text, row.said.tone)
            right = room.left() - SPACE_S
        left = disk.right() + SPACE_M
        middle = rect.center().y()
        upper = QRectF(left, rect.top() + SPACE_S, right - left, middle - rect.top() - SPACE_S)
        lower = QRectF(left, middle, right - left, rect.bottom() - middle - SPACE_S)
        self._line(painter, upper, row.title, Type.BODY, "ink")
        if row.mark:
            lower.setLeft(lower.left() + self._mark(painter, lower, row.mark))
        self._line(painter, lower, row.detail, Type.SMALL)

    def _below_each_other(self, painter: QPainter, room: QRectF, row: LetterRow) -> None:
        """Paint who, about what, and the state, each on a line of its own."""
        name = QFontMetrics(self._look.font(Type.BODY)).height()
        small = QFontMetrics(self._look.font(Type.SMALL)).height()
        upper = QRectF(room.left(), room.top(), room.width(), name)
        lower = QRectF(room.left(), upper.bottom() + SPACE_XS, room.width(), small)
        self._line(painter, upper, row.title, Type.BODY, "ink")
        self._line(painter, lower, row.detail, Type.SMALL)
        left, top = room.left(), lower.bottom() + SPACE_XS
        last = QRectF(left, top, room.width(), room.bottom() - top)
        if row.said is not None:
            paint_chip(painter, self._look, last, row.said.text, row.said.tone)
            last.setLeft(left + chip_size(self._look, row.said.text).width() + SPACE_S)
        if row.mark:
            self._mark(painter, last, row.mark)

    def _mark(self, painter: QPainter, room: QRectF, words: str) -> float:
        """Paint a small mark; return the room it took."""
        font = self._look.font(Type.CHIP)
        painter.setFont(font)
        painter.setPen(self._look.ink(Tone.INFO))
        metrics = QFontMetrics(font)
        most = round(room.width() * _MOST_MARK)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return float(metrics.horizontalAdvance(shown) + SPACE_S)

    def _line(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        kind: Type,
        color: str = "soft_ink",
    ) -> None:
        font = self._look.font(kind)
        painter.setFont(font)
        painter.setPen(self._look.color(color))
        shown = QFontMetrics(font).elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, max(0, round(room.width()))
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
