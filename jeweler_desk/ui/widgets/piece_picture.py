"""The picture of a piece: its photo, or a line drawing by the kind of piece its title names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.icons import paint_icon
from jeweler_desk.ui.theme import RADIUS_CONTROL

_KINDS: Final = (
    ("piece-earrings", ("earring", "stud", "hoop", "drop", "dangle", "ear cuff", "ear climber")),
    ("piece-bracelet", ("bracelet", "cuff", "bangle", "anklet")),
    ("piece-necklace", ("necklace", "pendant", "chain", "locket", "choker", "charm")),
    ("piece-brooch", ("brooch", "pin", "hair")),
    ("piece-ring", ("ring", "band", "signet")),
)
_OF_ITS_SIDE: Final = 0.14


def piece_kind(title: str) -> str:
    """Return which drawing stands for a piece with that title."""
    lowered = title.casefold()
    return next(
        (kind for kind, words in _KINDS if any(word in lowered for word in words)), "piece-other"
    )


@cache
def _photo(path: Path, side: int) -> QPixmap:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        size.scale(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(size)
    return QPixmap.fromImage(reader.read())


def paint_piece(
    painter: QPainter, look: Appearance, room: QRectF, title: str, photo: Path | None = None
) -> None:
    """Paint a piece into a square with rounded corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    corner = max(float(RADIUS_CONTROL), room.width() * _OF_ITS_SIDE)
    frame = QPainterPath()
    frame.addRoundedRect(room, corner, corner)
    picture = _photo(photo, round(room.width()) * 2) if photo is not None else QPixmap()
    if picture.isNull():
        pair = look.tint(crc32(title.encode()))
        painter.fillPath(frame, QColor(pair.ground))
        inset = room.width() * _OF_ITS_SIDE
        inner = room.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, piece_kind(title), inner, QColor(pair.ink))
    else:
        painter.setClipPath(frame)
        side = float(min(picture.width(), picture.height()))
        source = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        painter.drawPixmap(room, picture, source)
    painter.restore()


class PiecePicture(QWidget):
    """The picture as a widget of a given side (at 100 %)."""

    def __init__(
        self,
        look: Appearance,
        side: int,
        title: str = "",
        photo: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._side = side
        self._title = title
        self._photo = photo
        look.changed.connect(self._fit)
        self._fit()

    def show_piece(self, title: str, photo: Path | None = None) -> None:
        """Show another piece."""
        self._title, self._photo = title, photo
        self.update()

    def _fit(self) -> None:
        # A photo need not grow with the text: beyond the usual size it would take the words' room.
        side = min(self._side, self._look.px(self._side))
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the piece."""
        painter = QPainter(self)
        paint_piece(painter, self._look, QRectF(self.rect()), self._title, self._photo)
        painter.end()
