"""A stock as a drawing: its page with its measures, its labels, which edge goes in first."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from jeweler_desk.domain.print_job import PrinterDrift
from jeweler_desk.services.paper_stocks import Place, SheetShape
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.paper_words import size_text
from jeweler_desk.ui.theme import PAPER, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type

_LEAST: Final = QSize(200, 240)
_WANTED: Final = QSize(300, 380)
_CORNER: Final = 2.5
_ARROW: Final = 5.0
_LARGER: Final = 4
"""A millimeter is hardly seen in so small a drawing: a printer's drift is drawn so much larger."""
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class SheetDrawing(QWidget):
    """Draws a stock. On a sheet of labels a click or the arrows choose where printing begins."""

    chosen = Signal(int)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sheet: SheetShape | None = None
        self._drift = PrinterDrift()
        self._wanted = 0
        self.start = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(_LEAST.width()), look.px(_LEAST.height()))
        self.setMouseTracking(True)
        self._hovered = 0

    def sizeHint(self) -> QSize:
        """Return a size at which every label is easily hit."""
        return QSize(self._look.px(_WANTED.width()), self._look.px(_WANTED.height()))

    # What is drawn

    def show_sheet(self, sheet: SheetShape) -> None:
        """Draw a stock; on a sheet of labels printing begins at its first one."""
        self._sheet = sheet
        self.start = min(self.start, max(1, len(sheet.labels)))
        is_labels = sheet.is_sheet_of_labels
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_labels else Qt.FocusPolicy.NoFocus)
        self._name()
        self.update()

    def show_start(self, start: int, wanted: int = 0) -> None:
        """Mark the first free label, and how many of them will be printed."""
        self.start, self._wanted = start, wanted
        self._name()
        self.update()

    def show_drift(self, drift: PrinterDrift) -> None:
        """Draw where the printer is told to print, in dashes beside where the paper has it."""
        self._drift = drift
        self.update()

    def _name(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        name = f"Drawing of {sheet.title}; the upper edge goes into the printer first"
        if sheet.is_sheet_of_labels:
            name += f". First free label {self.start} of {len(sheet.labels)}; arrows choose another"
        self.setAccessibleName(name)

    # Where things lie

    @property
    def _room(self) -> QRectF:
        """The room for the sheet: the feed's words above, measures below and at the right."""
        line = QFontMetricsF(self._font()).height()
        left = top = SPACE_XS
        return QRectF(
            left + line + SPACE_S,
            top + line + SPACE_L,
            max(1.0, self.width() - 2 * (left + line + SPACE_S)),
            max(1.0, self.height() - 2 * top - 2 * line - SPACE_L - SPACE_M),
        )

    def _font(self) -> QFont:
        return self._look.font(Type.CHIP)

    def page_rect(self) -> QRectF:
        """Return where the sheet is drawn."""
        sheet, room = self._sheet, self._room
        if sheet is None:
            return room
        scale = min(room.width() / sheet.width, room.height() / sheet.height)
        wide, high = sheet.width * scale, sheet.height * scale
        left = room.x() + (room.width() - wide) / 2
        return QRectF(left, room.y() + (room.height() - high) / 2, wide, high)

    def label_rect(self, number: int) -> QRectF:
        """Return where a label is drawn; they are counted from 1, by rows."""
        return self._rect(self._sheet.labels[number - 1]) if self._sheet else QRectF()

    def _rect(self, place: Place) -> QRectF:
        page = self.page_rect()
        scale = page.width() / (self._sheet.width if self._sheet else 1.0)
        return QRectF(
            page.x() + place.x * scale,
            page.y() + place.y * scale,
            place.width * scale,
            place.height * scale,
        )

    def moved_rect(self, place: Place) -> QRectF:
        """Return where the printer is told to print a place, its drift drawn larger."""
        sheet = self._sheet
        if sheet is None:
            return QRectF()
        drift, points = self._drift, 72 / 25.4
        sx, sy = ((each - 1) * _LARGER + 1 for each in (drift.sx, drift.sy))
        bottom = sheet.height - place.y - place.height
        return self._rect(
            Place(
                place.x * sx + drift.dx * points * _LARGER,
                sheet.height - (bottom * sy + drift.dy * points * _LARGER) - place.height * sy,
                place.width * sx,
                place.height * sy,
            )
        )

    def label_at(self, point: QPointF) -> int:
        """Return the number of the label at a point, 0 where there is none."""
        sheet = self._sheet
        if sheet is None or not sheet.is_sheet_of_labels:
            return 0
        found = (
            number
            for number in range(1, len(sheet.labels) + 1)
            if self.label_rect(number).contains(point)
        )
        return next(found, 0)

    # Choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin at the label that was clicked."""
        number = self.label_at(event.position())
        if number and event.button() is Qt.MouseButton.LeftButton:
            self._choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which label a click would choose."""
        number = self.label_at(event.position())
        if number != self._hovered:
            self._hovered = number
            cursor = Qt.CursorShape.PointingHandCursor if number else Qt.CursorShape.ArrowCursor
            self.setCursor(cursor)
            self.setToolTip(f"Begin at label {number}" if number else "")
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about the labels by the arrows, Home and End."""
        sheet, key = self._sheet, Qt.Key(event.key())
        if sheet is None or not sheet.is_sheet_of_labels:
            super().keyPressEvent(event)
            return
        count = len(sheet.labels)
        if key in _STEPS:
            down, right = _STEPS[key]
            wanted = self.start + down * sheet.columns + right
            if 1 <= wanted <= count:
                self._choose(wanted)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(1 if key == Qt.Key.Key_Home else count)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        if number == self.start:
            return
        self.show_start(number, self._wanted)
        self.chosen.emit(number)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, number))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet, its labels, its measures."""
        sheet = self._sheet
        if sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        page = self.page_rect()
        self._paint_page(painter, page)
        if sheet.is_sheet_of_labels:
            for number in range(1, len(sheet.labels) + 1):
                self._paint_label(painter, number)
        else:
            self._paint_margin(painter, page, sheet)
        self._paint_drift(painter, sheet)
        self._paint_feed(painter, page)
        self._paint_measures(painter, page, sheet)
        painter.end()

    def _color(self, token: str, alpha: float = 1.0) -> QColor:
        color = QColor(self._look.color(token))
        color.setAlphaF(alpha)
        return color

    def _paint_page(self, painter: QPainter, page: QRectF) -> None:
        shadow = self._color("ink", 0.07)
        for grow in (3.0, 1.5):
            painter.fillRect(page.adjusted(-grow + 1, 1, grow - 1, grow + 1), shadow)
        # Paper is light in either mode, as it is on the bench; a little dimmed in the dark.
        paper = QColor(PAPER) if not self._look.is_dark else self._color("surface")
        painter.fillRect(page, paper)
        painter.setPen(QPen(self._color("line"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page)

    def _paint_label(self, painter: QPainter, number: int) -> None:
        rect = self.label_rect(number)
        inner = rect.adjusted(0.75, 0.75, -0.75, -0.75)
        is_start = number == self.start
        is_used = number < self.start
        is_wanted = self.start <= number < self.start + self._wanted
        path = QPainterPath()
        path.addRoundedRect(inner, _CORNER, _CORNER)
        accent = self._color("accent")
        if is_start:
            painter.fillPath(path, accent)
        elif is_wanted:
            painter.fillPath(path, self._color("accent_soft"))
        elif is_used:
            painter.fillPath(path, self._color("sunken" if not self._look.is_dark else "line"))
        elif number == self._hovered:
            painter.fillPath(path, self._color("accent_soft"))
        strong = is_start or is_wanted or number == self._hovered
        painter.setPen(QPen(accent if strong else self._color("soft_ink", 0.45), 1.0))
        painter.drawPath(path)
        if is_used:
            painter.setPen(QPen(self._color("soft_ink", 0.5), 1.0))
            middle, arm = inner.center(), min(inner.width(), inner.height()) * 0.14
            painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
            painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
            return
        if inner.height() >= QFontMetricsF(painter.font()).height() * 0.9:
            painter.setPen(self._color("on_accent" if is_start else "soft_ink"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(number))
        if is_start and self.hasFocus():
            painter.setPen(QPen(self._color("on_accent"), 1.5))
            painter.drawRoundedRect(inner.adjusted(2.5, 2.5, -2.5, -2.5), _CORNER, _CORNER)

    def _paint_margin(self, painter: QPainter, page: QRectF, sheet: SheetShape) -> None:
        inset = sheet.inset * page.width() / sheet.width
        inner = page.adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(self._color("soft_ink", 0.4), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner)
        painter.setPen(QPen(self._color("accent", 0.7), 1.2, Qt.PenStyle.DashLine))
        for fold in sheet.folds:
            x = page.x() + fold * page.width() / sheet.width
            painter.drawLine(QPointF(x, page.y()), QPointF(x, page.bottom()))
            inner.setLeft(x + inset)
        # A few lines of text stand for what is printed.
        line = max(6.0, page.height() / 34)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("soft_ink", 0.16))
        y = inner.y() + line
        for share in (0.42, 0.0, 0.86, 0.93, 0.7, 0.0, 0.9, 0.8, 0.55):
            if y + line * 0.42 > inner.bottom() - line:
                break
            if share:
                width = (inner.width() - 2 * line) * share
                painter.drawRoundedRect(QRectF(inner.x() + line, y, width, line * 0.42), 1.5, 1.5)
            y += line
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_drift(self, painter: QPainter, sheet: SheetShape) -> None:
        if self._drift == PrinterDrift():
            return
        pen = QPen(self._look.ink(Tone.DUE), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        whole = Place(
            sheet.inset, sheet.inset, sheet.width - 2 * sheet.inset, sheet.height - 2 * sheet.inset
        )
        painter.save()
        painter.setClipRect(self.page_rect().adjusted(-1, -1, 1, 1))
        for place in sheet.labels if sheet.is_sheet_of_labels else (whole,):
            painter.drawRoundedRect(self.moved_rect(place), _CORNER, _CORNER)
        painter.restore()

    def _paint_feed(self, painter: QPainter, page: QRectF) -> None:
        """Say that the upper edge goes in first, with an arrow that goes there."""
        metrics = QFontMetricsF(painter.font())
        words = "goes in first"
        wide = metrics.horizontalAdvance(words)
        y = page.y() - SPACE_S - metrics.height() / 2
        left = page.center().x() - (wide + SPACE_S + 2 * _ARROW) / 2
        ink = self._color("accent")
        painter.setPen(QPen(ink, 1.5))
        at = QPointF(left + _ARROW, y)
        painter.drawLine(at + QPointF(0, 6), at + QPointF(0, -6))
        painter.drawLine(at + QPointF(0, -6), at + QPointF(-_ARROW + 1, -2))
        painter.drawLine(at + QPointF(0, -6), at + QPointF(_ARROW - 1, -2))
        place = QRectF(left + 2 * _ARROW + SPACE_S, y - metrics.height() / 2, wide + 2, 99)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(QPen(ink, 2.0))
        painter.drawLine(page.topLeft(), page.topRight())

    def _paint_measures(self, painter: QPainter, page: QRectF, sheet: SheetShape) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(self._color("soft_ink"))
        below = QRectF(0, page.bottom() + SPACE_S, self.width(), metrics.height() + 2)
        across = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        words = size_text(sheet.width)
        middle = page.center().x() - self.width() / 2
        painter.drawText(below.translated(middle, 0), across, words)
        painter.save()
        painter.translate(page.right() + SPACE_S + metrics.ascent(), page.center().y())
        painter.rotate(-90)
        high = size_text(sheet.height)
        painter.drawText(QPointF(-metrics.horizontalAdvance(high) / 2, 0), high)
        painter.restore()
