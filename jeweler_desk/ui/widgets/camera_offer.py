"""What a camera laid into its folder since the parcel was begun: seen at once, kept by one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jeweler_desk.domain.wording import count_text
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import (
    NO_SPACE,
    SPACE_M,
    SPACE_S,
    TOUCH_HEIGHT,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo in the camera's folder that nobody has taken yet, with a small picture of it."""

    name: str
    picture: QImage


class CameraOffer(QWidget):
    """A band that stands where it cannot be missed; hidden while nothing is offered."""

    def __init__(self, look: Appearance, take: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.names: list[str] = []
        self._band = QFrame()
        self._band.setObjectName("band")
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(SPACE_S)
        self.told = ElidedText("", Type.SMALL)
        self.button = Button("Keep it   K", room="large", name=take.text())
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.follow(take)
        row = QHBoxLayout(self._band)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addLayout(self._pictures)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self.trouble = Text("", Type.SMALL, wrap=True)
        self.trouble.set_tone(Tone.DUE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self._band)
        layout.addWidget(self.trouble)
        self.show_photos((), None)

    def show_photos(
        self, photos: Sequence[NewPhoto], trouble: str | None, *, count: int = 0
    ) -> None:
        """Show the newest of ``count`` photos, or why nothing can be seen."""
        self.trouble.setText(trouble or "")
        self.trouble.setVisible(bool(trouble))
        self._band.setVisible(bool(photos))
        self.setVisible(bool(photos or trouble))
        names = [each.name for each in photos]
        self.told.setText(count_text(count, "new photo") if names else "")
        self.told.setToolTip("\n".join(names))
        if names != self.names:
            self.names = names
            empty_out(self._pictures)
            for each in photos[:1]:
                add_shown(self._pictures, self._small(each))

    def _small(self, photo: NewPhoto) -> QWidget:
        label = QLabel()
        side = self._look.px(TOUCH_HEIGHT)
        picture = QPixmap.fromImage(photo.picture)
        if picture.isNull():
            label.setText(photo.name)
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            label.setPixmap(picture.scaledToHeight(side, smooth))
        label.setAccessibleName(f"New in the camera’s folder: {photo.name}")
        label.setToolTip(photo.name)
        return label
