"""The photo of the open box: dropped here or chosen, shown once its bytes are proved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jeweler_desk.services.box_photos import ShownPhoto
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import PICTURE_LARGE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.text import Text

_MOST: Final = 4


class BoxPhotoCard(Card):
    """Takes photos that are dropped on it; ``dropped`` carries their paths."""

    dropped = Signal(list)

    def __init__(self, look: Appearance, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self._action = action
        self.told: list[str] = []
        self.setAcceptDrops(True)
        self.setAccessibleName("Photo of the open box")

    def show_photos(self, photos: Sequence[ShownPhoto]) -> None:
        """Show the photos of the parcel at hand, and what is wrong with any."""
        self.clear()
        self.told = []
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(Text("Open box", Type.SMALL, soft=True), 1)
        for each in [shown for shown in photos if shown.path is not None][-_MOST:]:
            picture = PiecePicture(self._look, PICTURE_LARGE, each.photo.name, each.path)
            picture.setAccessibleName(f"Photo of the open box: {each.photo.name}")
            picture.setToolTip(each.photo.name)
            self.told.append(each.photo.name)
            row.addWidget(picture)
        button = Button("Photo   F", room="large", name=self._action.text())
        button.follow(self._action)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(holder)
        for each in photos:
            if each.trouble:
                words = Text(each.trouble, Type.SMALL, wrap=True)
                words.set_tone(Tone.LATE)
                self.told.append(each.trouble)
                self.body.addWidget(words)

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
