"""The photo of the open box: dropped here or chosen, shown once its bytes are proved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.services.box_photos import ShownPhoto
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, PICTURE_LARGE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text

_MOST: Final = 4


class BoxPhotoCard(Card):
    """Takes photos that are dropped on it; ``dropped`` carries their paths."""

    dropped = Signal(list)

    def __init__(self, look: Appearance, choose: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.told: list[str] = []
        self.setAcceptDrops(True)
        self.setAccessibleName("Photo of the open box")
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(Text("Open box", Type.SMALL, soft=True), 1)
        button = Button("Photo   F", room="large", name=choose.text())
        button.follow(choose)
        head.addWidget(button)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(SPACE_S)
        self.body.addLayout(head)
        self.body.addLayout(self._kept)

    def show_photos(self, photos: Sequence[ShownPhoto]) -> None:
        """Show the photos of the parcel at hand, and what is wrong with any."""
        empty_out(self._kept)
        self.told = []
        pictures: list[QWidget] = []
        for each in [shown for shown in photos if shown.path is not None][-_MOST:]:
            picture = PiecePicture(self._look, PICTURE_LARGE, each.photo.name, each.path)
            picture.setAccessibleName(f"Photo of the open box: {each.photo.name}")
            picture.setToolTip(each.photo.name)
            self.told.append(each.photo.name)
            pictures.append(picture)
        if pictures:
            add_shown(self._kept, _row_of(pictures))
        for each in photos:
            if each.trouble:
                words = Text(each.trouble, Type.SMALL, wrap=True)
                words.set_tone(Tone.LATE)
                self.told.append(each.trouble)
                add_shown(self._kept, words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the files on."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)


def _row_of(pictures: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, SPACE_S)
    row.setContentsMargins(*NO_SPACE)
    for picture in pictures:
        row.addWidget(picture)
    return holder
