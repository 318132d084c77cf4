"""The palette: one field that finds orders, people, letters and every command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.services.search import HitKind, SearchHit
from jeweler_desk.ui.actions import ACTIONS, Actions, keys_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import (
    ICON,
    RADIUS_CONTROL,
    ROW_HEIGHT,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    Type,
)
from jeweler_desk.ui.widgets.painted_item import painted_rect, painted_state

PAUSE_MS: Final = 40
_MOST_HITS: Final = 8
_WIDEST: Final = 680
_ROWS_SHOWN: Final = 9
_ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_NO_PARENT: Final = QModelIndex()
_ICONS: Final = {HitKind.ORDER: "orders", HitKind.PERSON: "person", HitKind.MAIL: "mail"}
_WALK: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS_SHOWN - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS_SHOWN,
}

Index = QModelIndex | QPersistentModelIndex
Find = Callable[[str, int], Sequence[SearchHit]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette: a thing found (``link``) or a command (``action``)."""

    icon: str
    title: str
    detail: str
    keys: str = ""
    link: str = ""
    action: str = ""
    is_on: bool = True


class _Entries(QAbstractListModel):
    """The lines, in order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (entry.title, entry.detail, entry.keys) if part)
            case _ if role == _ENTRY_ROLE:
                return entry
            case _:
                return None


class _EntryDelegate(QStyledItemDelegate):
    """Paints a line: icon, title, detail, and the key at the right."""

    def __init__(self, look: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._look.px(ROW_HEIGHT), self._look.px(ROW_HEIGHT) - SPACE_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        look = self._look
        rect = QRectF(painted_rect(option)).adjusted(SPACE_S, 1, -SPACE_S, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if painted_state(option) & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(rect, RADIUS_CONTROL, RADIUS_CONTROL)
        side = float(look.px(ICON))
        room = QRectF(rect.left() + SPACE_S, rect.center().y() - side / 2, side, side)
        if entry.icon:
            paint_icon(painter, entry.icon, room, look.color("soft_ink"))
        left, right = room.right() + SPACE_M, rect.right() - SPACE_M
        right -= self._words(
            painter,
            QRectF(left, rect.top(), right - left, rect.height()),
            entry.keys,
            Type.CHIP,
            "soft_ink",
            is_right=True,
        )
        ink = "ink" if entry.is_on else "soft_ink"
        left += self._words(
            painter,
            QRectF(left, rect.top(), right - left, rect.height()),
            entry.title,
            Type.BODY,
            ink,
        )
        detail = QRectF(left + SPACE_M, rect.top(), right - left - SPACE_M, rect.height())
        self._words(painter, detail, entry.detail, Type.SMALL, "soft_ink")
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        kind: Type,
        token: str,
        *,
        is_right: bool = False,
    ) -> float:
        """Paint what fits and return its width."""
        if room.width() <= 0 or not text:
            return 0.0
        font = self._look.font(kind)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.setFont(font)
        painter.setPen(self._look.color(token))
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
        return float(metrics.horizontalAdvance(shown))


class SearchPalette(QFrame):
    """Opens over the window with Ctrl+K; Enter opens the line that is marked, Esc goes back."""

    link_chosen = Signal(str)

    def __init__(self, look: Appearance, find: Find, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._find = find
        self._actions = actions
        self._before: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName("Search")
        self.field = QLineEdit()
        self.field.setPlaceholderText("An order, a person, a letter, or what you want to do…")
        self.field.setAccessibleName("Search orders, people, mail and commands")
        self.entries = _Entries(self)
        self.list = QListView()
        self.list.setAccessibleName("What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.entries)
        self.list.setItemDelegate(_EntryDelegate(look, self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look_now)
        self.field.textChanged.connect(self._pause.start)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._open_index)
        parent.installEventFilter(self)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the palette; what had the focus gets it back afterwards."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.field.setText(text)
        self.field.selectAll()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.look_now()

    def look_now(self) -> None:
        """Find what is typed."""
        self._pause.stop()
        text = self.field.text().strip()
        found: list[Entry] = []
        if text:
            found = [
                Entry(_ICONS[hit.kind], hit.title, hit.detail, link=hit.link)
                for hit in self._find(text, _MOST_HITS)
            ]
        self.entries.show_entries([*found, *self._commands(text)])
        self.list.setCurrentIndex(self.entries.index(0))
        self._place()

    def _commands(self, text: str) -> list[Entry]:
        words = text.casefold().split()
        entries = []
        for spec in ACTIONS:
            action = self._actions[spec.id]
            said = f"{action.text()} {spec.tip} {spec.menu}".casefold()
            if spec.id != "search" and all(word in said for word in words):
                entries.append(
                    Entry(
                        spec.icon or "release",
                        action.text(),
                        spec.tip if action.isEnabled() else "not possible now",
                        keys_text(spec),
                        action=spec.id,
                        is_on=action.isEnabled(),
                    )
                )
        return entries

    def open_marked(self) -> None:
        """Open the marked line; what is still being typed is looked for first."""
        if self._pause.isActive():
            self.look_now()
        self._open_index(self.list.currentIndex())

    def close_up(self) -> None:
        """Put the palette away and give the focus back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def _open_index(self, index: QModelIndex) -> None:
        entry = self.entries.entry(index.row())
        if entry is None or not entry.is_on:
            return
        if entry.link.startswith("person:"):
            self.open(entry.link.partition(":")[2])
            return
        self.close_up()
        if entry.action:
            self._actions[entry.action].trigger()
        else:
            self.link_chosen.emit(entry.link)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list from the field; close when the focus goes; keep in place."""
        if watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._place()
        if watched is not self.field:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            if self.window().isActiveWindow() and not self.list.underMouse():
                self.hide()
        elif isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        ours = key in _WALK or key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not ours:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if key in _WALK:
            last = self.entries.rowCount() - 1
            row = max(0, min(last, self.list.currentIndex().row() + _WALK[key]))
            self.list.setCurrentIndex(self.entries.index(row))
        elif key is Qt.Key.Key_Escape:
            self.close_up()
        else:
            self.open_marked()
        return True

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        look = self._look
        width = min(look.px(_WIDEST), over.width() - 2 * SPACE_XL)
        rows = min(_ROWS_SHOWN, max(1, self.entries.rowCount()))
        row = look.px(ROW_HEIGHT) - SPACE_S
        height = self.field.sizeHint().height() + rows * row + 2 * SPACE_M + SPACE_S + SPACE_XS
        height = min(height, over.height() - 2 * SPACE_XL)
        self.setGeometry(QRect((over.width() - width) // 2, SPACE_XL * 2, width, height))
