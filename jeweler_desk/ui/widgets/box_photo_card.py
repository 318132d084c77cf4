"""The photo of the open box: dropped here, chosen or taken from the camera; shown once proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jeweler_desk.services.box_photos import ShownPhoto
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import NO_SPACE, PICTURE_LARGE, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import ElidedText, Text

_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo in the camera's folder that nobody has taken yet, with a small picture of it."""

    name: str
    picture: QImage


class BoxPhotoCard(Card):
    """Takes photos that are dropped on it; ``dropped`` carries their paths.

    ``choose`` opens the files, ``take`` keeps the newest photo of the camera.
    """

    dropped = Signal(list)

    def __init__(
        self, look: Appearance, choose: QAction, take: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.told: list[str] = []
        self.offered: list[str] = []
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
        self._camera = QVBoxLayout()
        self._camera.setSpacing(SPACE_S)
        self.take_button = Button("Keep it   K", room="large", name=take.text())
        self.take_button.follow(take)
        self.take_button.hide()
        self.camera_trouble = Text("", Type.SMALL, wrap=True)
        self.camera_trouble.set_tone(Tone.DUE)
        self.camera_trouble.hide()
        self.body.addLayout(head)
        self.body.addLayout(self._kept)
        self.body.addLayout(self._camera)
        self.body.addWidget(self.take_button)
        self.body.addWidget(self.camera_trouble)

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

    def show_camera(
        self, photos: Sequence[NewPhoto], trouble: str | None, *, more: int = 0
    ) -> None:
        """Show what arrived since the parcel was begun, or why nothing can be seen."""
        names = [each.name for each in photos]
        self.camera_trouble.setText(trouble or "")
        self.camera_trouble.setVisible(bool(trouble))
        self.take_button.setVisible(bool(photos))
        if names == self.offered:
            return
        self.offered = names
        empty_out(self._camera)
        if not photos:
            return
        beyond = f", {more} more" if more else ""
        add_shown(self._camera, ElidedText(f"Newest: {names[0]}{beyond}", Type.SMALL, soft=True))
        add_shown(self._camera, _row_of([self._small(each) for each in photos]))

    def _small(self, photo: NewPhoto) -> QWidget:
        label = QLabel()
        side = self._look.px(PICTURE_LARGE)
        mode = Qt.TransformationMode.SmoothTransformation
        picture = QPixmap.fromImage(photo.picture)
        if picture.isNull():
            label.setText(photo.name)
        else:
            label.setPixmap(picture.scaledToHeight(side, mode))
        label.setAccessibleName(f"New in the camera’s folder: {photo.name}")
        label.setToolTip(photo.name)
        return label

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
