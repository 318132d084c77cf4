"""The pieces of a long order as one list: painted where they are seen, read out one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jeweler_desk.domain.order import LineItem
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.order_lines import fate_of
from jeweler_desk.ui.theme import PICTURE_LARGE, SPACE_M, SPACE_XS, Type
from jeweler_desk.ui.widgets.painted_item import painted_rect
from jeweler_desk.ui.widgets.piece_picture import paint_piece
from jeweler_desk.ui.words import joined, piece_details

_NO_PARENT: Final = QModelIndex()
_ROOM: Final = 10_000
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LINE_ROLE: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PieceWords:
    """One kind of words about a piece: what is said, how it looks."""

    text: str
    kind: Type = Type.BODY
    is_soft: bool = False


def words_of(line: LineItem) -> list[PieceWords]:
    """Return what is said of a piece, one below the other."""
    personal = f"“{line.personalization}”" if line.personalization else ""
    told = (
        PieceWords(line.title, Type.STRONG),
        PieceWords(piece_details(line), Type.SMALL, is_soft=True),
        PieceWords(personal),
        PieceWords(fate_of(line), Type.SMALL, is_soft=True),
    )
    return [each for each in told if each.text]


class _Pieces(QAbstractListModel):
    """The line items, in order."""

    def __init__(self, lines: Sequence[LineItem], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = lines

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = [each.text for each in words_of(line)]
            return joined([f"{line.quantity} × {told[0]}" if told else "", *told[1:]])
        return line if role == _LINE_ROLE else None


class _PieceDelegate(QStyledItemDelegate):
    """Paints a piece as the widgets of a short order show it: picture, words, count."""

    def __init__(
        self, look: Appearance, photo_of: Callable[[LineItem], Path | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._photo_of = photo_of
        self._photos: dict[int, Path | None] = {}
        self._high: dict[tuple[int, int], int] = {}
        self._gap = SPACE_M - SPACE_XS

    def height(self, line: LineItem, width: int) -> int:
        """Return how high a piece is where there is so much room."""
        high = self._high.get((line.id, width))
        if high is None:
            places = self._places(line, QRect(0, 0, width, _ROOM))
            words = places[-1].bottom() - self._gap if places else 0
            high = max(words, self._side) + 2 * self._gap + 1
            self._high[line.id, width] = high
        return high

    def forget(self) -> None:
        """Measure anew: the letters have another size."""
        self._high.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, view = index.data(_LINE_ROLE), option.widget
        if not isinstance(line, LineItem):
            return QSize()
        # Nothing is measured for the width that a view has before it stands in its place.
        is_set_out = view.testAttribute(Qt.WidgetAttribute.WA_WState_Visible)
        width = view.width()
        return QSize(width, self.height(line, width) if is_set_out else self._side)

    @property
    def _side(self) -> int:
        return min(PICTURE_LARGE, self._look.px(PICTURE_LARGE))

    def _places(self, line: LineItem, room: QRect) -> list[QRect]:
        left = room.left() + self._side + SPACE_M
        count = QFontMetrics(self._look.font(Type.BODY)).horizontalAdvance(f"×{line.quantity}")
        width = max(1, room.right() - left - count - SPACE_M)
        top, places = room.top() + self._gap, []
        for words in words_of(line):
            metrics = QFontMetrics(self._look.font(words.kind))
            place = metrics.boundingRect(QRect(left, top, width, _ROOM), _WRAPPED, words.text)
            places.append(place)
            top = place.bottom() + SPACE_XS
        return places

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE_ROLE)
        if not isinstance(line, LineItem):
            return
        look, room = self._look, painted_rect(option)
        painter.save()
        painter.setPen(look.color("line"))
        painter.drawLine(QPointF(room.topLeft()), QPointF(room.topRight()))
        if line.id not in self._photos:
            self._photos[line.id] = self._photo_of(line)
        side = self._side
        picture = QRectF(room.left(), room.top() + self._gap, side, side)
        paint_piece(painter, look, picture, line.title, self._photos[line.id])
        for words, place in zip(words_of(line), self._places(line, room), strict=True):
            painter.setFont(look.font(words.kind))
            painter.setPen(look.color("soft_ink" if words.is_soft else "ink"))
            painter.drawText(place, _WRAPPED, words.text)
        painter.setFont(look.font(Type.BODY))
        painter.setPen(look.color("ink"))
        above = QRect(room.left(), room.top() + self._gap, room.width(), side)
        painter.drawText(above, Qt.AlignmentFlag.AlignRight, f"×{line.quantity}")
        painter.restore()


class PieceList(QListView):
    """As high as its rows: what it stands in scrolls."""

    def __init__(
        self,
        look: Appearance,
        lines: Sequence[LineItem],
        photo_of: Callable[[LineItem], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._delegate = _PieceDelegate(look, photo_of, self)
        self.setObjectName("pieces")
        self.setAccessibleName("Pieces")
        self.setModel(_Pieces(lines, self))
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._fit)

    def _fit(self) -> None:
        self._delegate.forget()
        self.updateGeometry()
        self.scheduleDelayedItemsLayout()

    def hasHeightForWidth(self) -> bool:
        """Be higher where the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return sum(self._delegate.height(line, width) for line in self._lines)

    def sizeHint(self) -> QSize:
        """Leave the height to `heightForWidth`: only a width tells it."""
        return QSize(PICTURE_LARGE, 0)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as one likes."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rows out for the new width."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to what it stands in."""
        event.ignore()
