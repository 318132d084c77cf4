"""What came along with a letter: photos as small pictures, other files by name."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.enclosure import Attachment, Doubt, size_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, PICTURE_SHOWN, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import joined

DOUBTS_SAID: Final = {
    Doubt.RUNS: "It is a program and can do harm: no customer needs to send one.",
    Doubt.TWO_ENDINGS: "Its name pretends to be another kind of file.",
    Doubt.PAGE: "It is a web page; such pages often ask for passwords.",
    Doubt.NAME_CHANGED: "Its name held hidden signs; they are left out here.",
}


class _Photo(QWidget):
    """A photo as it came, already made small and clean beside the window."""

    def __init__(self, look: Appearance, data: bytes, name: str) -> None:
        super().__init__()
        self._look = look
        self._photo = QPixmap()
        self._photo.loadFromData(data, "JPEG")
        self.setAccessibleName(f"Photo: {name}")
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return its shape within the room of a shown photo."""
        side = self._look.px(PICTURE_SHOWN)
        return self._photo.size().scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)

    def minimumSizeHint(self) -> QSize:
        """Return the same: it is not squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it whole."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._photo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawPixmap(0, 0, size.width(), size.height(), self._photo)
        painter.end()


class AttachedFiles(QWidget):
    """Lists the files of one letter; none is ever opened. ``save_wanted`` carries its number."""

    save_wanted = Signal(int)

    def __init__(
        self, look: Appearance, files: tuple[Attachment, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons: list[Button] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_S)
        photos = [each for each in files if each.picture]
        if photos:
            row = FlowLayout()
            for each in photos:
                row.addWidget(self._photo(each))
            layout.addLayout(row)
        for each in files:
            if not each.picture:
                layout.addWidget(self._file(each))

    def _photo(self, file: Attachment) -> QWidget:
        tile = QFrame()
        tile.setObjectName("piece")
        column = QVBoxLayout(tile)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_XS)
        column.addWidget(
            _Photo(self._look, file.picture or b"", file.name), 0, Qt.AlignmentFlag.AlignHCenter
        )
        column.addWidget(ElidedText(file.name, Type.SMALL))
        column.addLayout(self._under(file))
        return tile

    def _under(self, file: Attachment) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(Text(size_text(file.size), Type.SMALL, soft=True))
        row.addStretch(1)
        row.addWidget(self._save(file))
        return row

    def _save(self, file: Attachment) -> Button:
        verb = "Save anyway…" if file.doubts else "Save…"
        button = Button(verb, room="small", name=f"{verb.rstrip('…')}: {file.name}")
        button.clicked.connect(partial(self.save_wanted.emit, file.number))
        self.buttons.append(button)
        return button

    def _file(self, file: Attachment) -> QWidget:
        tile = QFrame()
        tile.setObjectName("piece")
        column = QVBoxLayout(tile)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_XS)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(ElidedText(joined([file.name, size_text(file.size)])), 1)
        row.addWidget(self._save(file))
        column.addLayout(row)
        for doubt in file.doubts:
            words = Text(DOUBTS_SAID[doubt], Type.SMALL, wrap=True)
            words.set_tone(Tone.LATE)
            column.addWidget(words)
        return tile
