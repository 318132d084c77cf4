"""The place of one photo of a listing: the photo, or an empty frame that takes one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from jeweler_desk.domain.listing import Photo, PhotoView
from jeweler_desk.domain.listing_wording import VIEW_NAMES, VIEW_WORDS, finding_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import (
    FOCUS_LINE,
    HAIRLINE,
    ICON,
    PICTURE_TILE,
    RADIUS_CONTROL,
    SPACE_S,
    SPACE_XS,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.piece_picture import paint_piece

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DROP: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def local_files(told: QMimeData) -> list[Path]:
    """Return the files of this computer that were dropped."""
    return [Path(url.toLocalFile()) for url in told.urls() if url.isLocalFile()]


class PhotoTile(QAbstractButton):
    """One view of a listing; Enter chooses a photo, Delete takes it out, a file may be dropped."""

    filled = Signal(object, list)
    """Files were dropped on the view."""
    emptied = Signal(object)

    def __init__(
        self,
        look: Appearance,
        view: PhotoView,
        photo: Photo | None,
        path: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._photo = photo
        self._path = path
        self.view = view
        self.setText(VIEW_WORDS[view].capitalize())
        told = photo.name if photo else "none yet"
        self.setAccessibleName(f"Photo, {VIEW_NAMES[view]}: {told}")
        weak = [finding_text(each) for each in photo.findings] if photo else []
        lines = [told, *weak, "Enter or a click chooses another, Delete takes it out"]
        empty = f"Choose or drop a photo: {VIEW_NAMES[view]}"
        self.setToolTip("\n".join(lines) if photo else empty)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptDrops(True)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def has_photo(self) -> bool:
        """Whether the view is shown."""
        return self._photo is not None

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the room of the photo and its name."""
        side = min(PICTURE_TILE, self._look.px(PICTURE_TILE))
        words = QFontMetrics(self._look.font(Type.SMALL)).height()
        return QSize(side, side + words + SPACE_XS)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Delete for the tile while it has the focus."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (*_ENTER, *_DROP)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, take out with Delete."""
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _DROP and self.has_photo:
            self.emptied.emit(self.view)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the files on."""
        files: Sequence[Path] = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.filled.emit(self.view, list(files))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the photo or the empty frame, and what it shows."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self.width())
        room = QRectF(0, 0, side, side)
        inner = room.adjusted(HAIRLINE, HAIRLINE, -HAIRLINE, -HAIRLINE)
        if self._path is not None:
            paint_piece(painter, look, inner, self.text(), self._path)
        else:
            missing = self._photo is not None
            token = look.ink(Tone.LATE) if missing else look.color("soft_ink")
            painter.setPen(QPen(token, HAIRLINE, Qt.PenStyle.DashLine))
            painter.setBrush(look.color("window"))
            painter.drawRoundedRect(inner, RADIUS_CONTROL, RADIUS_CONTROL)
            icon = float(look.px(ICON))
            mark = QRectF((side - icon) / 2, (side - icon) / 2, icon, icon)
            paint_icon(painter, "warning" if missing else "add", mark, token)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.color("ink" if self.has_photo else "soft_ink"))
        words = QRectF(0, side + SPACE_XS / 2, side, self.height() - side - SPACE_XS / 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._photo is not None and self._photo.findings:
            dot = float(SPACE_S)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ink(Tone.DUE))
            painter.drawEllipse(QRectF(side - dot - SPACE_XS, SPACE_XS, dot, dot))
        painter.end()
