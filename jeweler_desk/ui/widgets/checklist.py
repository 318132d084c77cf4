"""A list to tick off: large rows, readable and reachable at arm's length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import (
    CHECK_BOX,
    FOCUS_LINE,
    RADIUS_CONTROL,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TOUCH_HEIGHT,
    Tone,
    Type,
)

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WIDE_ENOUGH = 10_000


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to tick: its key, what it says, and a quieter second line."""

    key: str
    text: str
    detail: str = ""


class CheckRow(QAbstractButton):
    """One row: a large box, the words, the second line; Space or a click ticks it."""

    def __init__(self, look: Appearance, item: CheckItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.item = item
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(item.text)
        self.setAccessibleName(item.text)
        self.setAccessibleDescription(item.detail)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._measured: dict[int, tuple[QRect, QRect]] = {}
        look.changed.connect(self._measure_anew)

    def _measure_anew(self) -> None:
        self._measured.clear()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room on one line."""
        words = QFontMetrics(self._look.font(Type.BENCH)).horizontalAdvance(self.item.text)
        width = self._text_left() + words + SPACE_M
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: wrapped to half of it."""
        width = min(self.sizeHint().width(), self._look.px(CHECK_BOX) * SPACE_M)
        return QSize(width, self._look.px(TOUCH_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Become higher where the words are wrapped."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of both lines, never less than a glove needs."""
        words, detail = self._places(width)
        bottom = detail.bottom() if self.item.detail else words.bottom()
        return max(self._look.px(TOUCH_HEIGHT), bottom + SPACE_S)

    def _text_left(self) -> int:
        return SPACE_S + self._look.px(CHECK_BOX) + self._look.px(SPACE_L)

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Return where words and detail stand; a layout asks for the same width many times."""
        if width not in self._measured:
            self._measured[width] = self._measure(width)
        return self._measured[width]

    def _measure(self, width: int) -> tuple[QRect, QRect]:
        left = self._text_left()
        room = QRect(left, SPACE_S, max(1, width - left - SPACE_S), _WIDE_ENOUGH)
        words = QFontMetrics(self._look.font(Type.BENCH)).boundingRect(
            room, _WRAPPED, self.item.text
        )
        below = QRect(left, words.bottom() + SPACE_XS, room.width(), _WIDE_ENOUGH)
        detail = QFontMetrics(self._look.font(Type.BENCH_SMALL)).boundingRect(
            below, _WRAPPED, self.item.detail
        )
        return words, detail

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, the tick and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        words, detail = self._places(self.width())
        side = float(look.px(CHECK_BOX))
        top = max(float(SPACE_XS), words.top() + (look.px(CHECK_BOX) * 1.2 - side) / 2)
        box = QRectF(SPACE_S, top, side, side)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)
        ticked = self.isChecked()
        ink, ground = look.ink(Tone.GOOD), look.ground(Tone.GOOD)
        painter.setPen(QPen(ink if ticked else look.color("soft_ink"), FOCUS_LINE))
        painter.setBrush(ground if ticked else look.color("surface"))
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if ticked:
            paint_icon(painter, "check", box.adjusted(3, 3, -3, -3), ink)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(Type.BENCH))
        painter.drawText(words, _WRAPPED, self.item.text)
        if self.item.detail:
            painter.setPen(look.color("soft_ink"))
            painter.setFont(look.font(Type.BENCH_SMALL))
            painter.drawText(detail, _WRAPPED, self.item.detail)
        painter.end()


class Checklist(QWidget):
    """Rows to tick, in order."""

    changed = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: dict[str, CheckRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_XS)

    def show_items(self, items: Sequence[CheckItem]) -> None:
        """Show these rows, none of them ticked."""
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for item in items:
            row = CheckRow(self._look, item, self)
            row.toggled.connect(self._tell)
            self._rows[item.key] = row
            self._layout.addWidget(row)
            row.show()  # so that it can take the focus before the next event

    def row(self, key: str) -> CheckRow:
        """Return the row of a key."""
        return self._rows[key]

    def rows(self) -> list[CheckRow]:
        """Return all rows in order."""
        return list(self._rows.values())

    def is_ticked(self, key: str) -> bool:
        """Whether that row is there and ticked."""
        row = self._rows.get(key)
        return row is not None and row.isChecked()

    def _tell(self, _ticked: bool) -> None:  # noqa: FBT001 - the signature of Qt's signal
        self.changed.emit()
