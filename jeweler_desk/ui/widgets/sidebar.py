"""The sidebar: the shop's name, the pages with what waits on each, and two quiet status lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import (
    FOCUS_LINE,
    ICON,
    RADIUS_CONTROL,
    SIDEBAR_NARROW,
    SIDEBAR_WIDTH,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.status_chip import chip_size, paint_chip
from jeweler_desk.ui.widgets.text import ElidedText, Text

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Place(StrEnum):
    """The pages of the window, in the order of the sidebar."""

    TODAY = "today"
    ORDERS = "orders"
    MAKING = "making"
    BENCH = "bench"
    MAIL = "mail"
    LISTINGS = "listings"
    SUPPLIES = "supplies"
    SETTINGS = "settings"
    SWEEP = "sweep"


_ICONS = {Place.MAKING: "make"}
WITHIN: Final = {Place.SWEEP: Place.MAIL}
"""A page without a row of its own, and the page it belongs to."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A count beside a page and what it means; ``what`` completes it for a screen reader."""

    count: int
    tone: Tone
    what: str


class _PlaceButton(QAbstractButton):
    """One page in the sidebar."""

    stepped = Signal(int)

    def __init__(self, look: Appearance, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._badge: Badge | None = None
        self._is_narrow = False
        self.place = place
        self.setText(place.value.capitalize())
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_badge(self, badge: Badge | None) -> None:
        """Show a count, or none."""
        self._badge = badge if badge and badge.count else None
        told = f", {self._badge.count} {self._badge.what}" if self._badge else ""
        self.setAccessibleName(self.text() + told)
        self.setToolTip(f"{self.text()}{told}" if told or self._is_narrow else "")
        self.update()

    def be_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Show only the icon, or the name too."""
        self._is_narrow = narrow
        self.show_badge(self._badge)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return one comfortable row."""
        metrics = QFontMetrics(self._look.font(Type.BODY))
        return QSize(self._look.px(SIDEBAR_NARROW) // 2, metrics.height() + 2 * SPACE_M)

    def event(self, event: QEvent) -> bool:
        """Keep Enter for this row while it has the focus."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, walk with the arrows."""
        if event.key() in _ENTER:
            self.click()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("surface" if self.isChecked() else "window"))
            painter.drawRoundedRect(room, RADIUS_CONTROL, RADIUS_CONTROL)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room, RADIUS_CONTROL, RADIUS_CONTROL)
        side = float(look.px(ICON))
        left = (self.width() - side) / 2 if self._is_narrow else float(SPACE_M)
        icon = QRectF(left, (self.height() - side) / 2, side, side)
        token = "accent" if self.isChecked() else "soft_ink"
        paint_icon(painter, _ICONS.get(self.place, self.place.value), icon, look.color(token))
        if self._is_narrow:
            self._paint_dot(painter, icon)
        else:
            self._paint_words(painter, icon.right() + SPACE_M)
        painter.end()

    def _paint_words(self, painter: QPainter, left: float) -> None:
        look = self._look
        right = self.width() - float(SPACE_S)
        if self._badge:
            size = chip_size(look, str(self._badge.count))
            room = QRectF(right - size.width(), 0, size.width(), self.height())
            paint_chip(painter, look, room, str(self._badge.count), self._badge.tone)
            right = room.left() - SPACE_S
        painter.setFont(look.font(Type.STRONG if self.isChecked() else Type.BODY))
        painter.setPen(look.color("ink" if self.isChecked() else "soft_ink"))
        name = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(right - left)
        )
        painter.drawText(
            QRectF(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, name
        )

    def _paint_dot(self, painter: QPainter, icon: QRectF) -> None:
        if self._badge is None:
            return
        look = self._look
        font = look.font(Type.CHIP)
        painter.setFont(font)
        text = str(self._badge.count)
        height = float(QFontMetrics(font).height())
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + float(SPACE_S))
        right = min(self.width() - 1.0, icon.right() + width / 2 + SPACE_XS)
        dot = QRectF(right - width, icon.top() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ground(self._badge.tone))
        painter.drawRoundedRect(dot, height / 2, height / 2)
        painter.setPen(look.ink(self._badge.tone))
        painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, text)


class Sidebar(QWidget):
    """The pages to choose from; Settings stands apart at the bottom."""

    chosen = Signal(Place)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_narrow = False
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self._shop = ElidedText("", Type.HEADING)
        self._buttons = {
            place: _PlaceButton(look, place, self) for place in Place if place not in WITHIN
        }
        self._lines = [Text("", Type.CHIP, soft=True, wrap=True) for _ in range(2)]
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(self._shop)
        layout.addSpacing(SPACE_L)
        for place, button in self._buttons.items():
            if place is Place.SETTINGS:
                layout.addStretch(1)
                for line in self._lines:
                    line.setContentsMargins(SPACE_M, 0, 0, 0)
                    layout.addWidget(line)
                layout.addSpacing(SPACE_S)
            layout.addWidget(button)
            button.clicked.connect(self._choose)
            button.stepped.connect(self._step)
        look.changed.connect(self._fit)
        self._fit()

    def show_shop(self, name: str) -> None:
        """Show the shop's name, or the product's where none was given."""
        self._shop.setText(name or "Jeweler Desk")

    def show_place(self, place: Place) -> None:
        """Mark the page that is shown."""
        self._buttons[WITHIN.get(place, place)].setChecked(True)

    def show_badge(self, place: Place, badge: Badge | None) -> None:
        """Show what waits on a page."""
        self._buttons[place].show_badge(badge)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the two status lines."""
        for label, line in zip(self._lines, lines, strict=True):
            label.setText(line)
            label.setVisible(bool(line) and not self._is_narrow)

    def lines(self) -> list[str]:
        """Return the two status lines."""
        return [label.text() for label in self._lines]

    def be_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a state, named by the method
        """Show icons only, or names too."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._shop.setVisible(not narrow)
        for label in self._lines:
            label.setVisible(bool(label.text()) and not narrow)
        for button in self._buttons.values():
            button.be_narrow(narrow)
        self._fit()

    def focus_current(self) -> None:
        """Put the focus on the page that is shown."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(SIDEBAR_NARROW if self._is_narrow else SIDEBAR_WIDTH))
        side = SPACE_S if self._is_narrow else SPACE_M
        top = SPACE_XL if self._is_narrow else SPACE_L
        self._layout.setContentsMargins(side, top, side, SPACE_L)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, _PlaceButton):
            self.chosen.emit(button.place)

    def _step(self, step: int) -> None:
        button = self.sender()
        if isinstance(button, _PlaceButton):
            buttons = list(self._buttons.values())
            goal = buttons[(buttons.index(button) + step) % len(buttons)]
            goal.setFocus(Qt.FocusReason.TabFocusReason)
