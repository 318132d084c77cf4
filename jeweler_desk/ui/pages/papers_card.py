"""Papers in the settings: the shop's logo above its name, photos and prices on packing slips."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from jeweler_desk.services.paper_pictures import PHOTOS_SETTING, PaperPictures
from jeweler_desk.services.papers import PRICES_SETTING
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import bare_row
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.theme import PAPER, SPACE_L, SPACE_M, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox

_HINT: Final = "A PNG or JPEG picture; it stands above the shop’s name on slips and cards"
_NONE: Final = "No logo yet: a cut stone stands in its place."
_HIGH: Final = 64
_WIDE: Final = 200


class PapersCard(SettingsCard):
    """The logo as it is printed, and how to change it."""

    def __init__(
        self,
        frame: Frame,
        pictures: PaperPictures,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Logo, photos and prices", parent=parent)
        self._frame = frame
        self._pictures = pictures
        self._settings = settings
        self.logo = QLabel()
        self.logo.setTextFormat(Qt.TextFormat.PlainText)
        self.logo.setObjectName("paper")
        self.logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told = Text("", soft=True, wrap=True)
        self.choose = Button("Choose a logo…")
        self.choose.clicked.connect(self._choose)
        self.remove = Button("Print no logo", "quiet")
        self.remove.clicked.connect(self._remove)
        self.photos = TickBox("Photos of the pieces on packing slips")
        self.photos.clicked.connect(self._take_photos)
        self.prices = TickBox("Prices on packing slips, never on a gift’s")
        self.prices.clicked.connect(self._take_prices)
        row = bare_row(SPACE_L)
        row.addWidget(self.logo)
        row.addWidget(self.told, 1)
        row.addStretch()
        buttons = bare_row()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(Text(_HINT, Type.SMALL, soft=True, wrap=True))
        self.body.addLayout(buttons)
        self.body.addWidget(self.photos)
        self.body.addWidget(self.prices)

    def refresh(self) -> None:
        """Show the logo that is printed now."""
        path = self._pictures.logo_path()
        picture = QPixmap(str(path)) if path else QPixmap()
        has_logo = not picture.isNull()
        if has_logo:
            ratio = self.devicePixelRatioF()
            look = self._frame.look
            picture = picture.scaled(
                round(look.px(_WIDE) * ratio),
                round(look.px(_HIGH) * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            picture.setDevicePixelRatio(ratio)
            self.logo.setPixmap(_on_paper(picture, look.px(SPACE_M)))
        self.logo.setVisible(has_logo)
        self.logo.setAccessibleName("The logo as it is printed" if has_logo else "")
        self.told.setText("" if has_logo else _NONE)
        self.told.setVisible(not has_logo)
        self.remove.setVisible(has_logo)
        self.photos.setChecked(self._pictures.has_photos)
        self.prices.setChecked(self._settings.get(PRICES_SETTING) == "yes")

    def _choose(self) -> None:
        chooser = QFileDialog(self.window(), "The shop’s logo")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter("Pictures (*.png *.jpg *.jpeg)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.take)
        chooser.open()

    def take(self, file: str) -> None:
        """Make a picture the shop's logo."""

        def keep(name: object) -> None:
            if isinstance(name, str):
                self._frame.act(
                    lambda: self._pictures.take_logo(name),
                    "The logo stands on your papers from now on.",
                )

        job = self._pictures.logo_job(Path(file))
        self._frame.work("logo", job, keep, "The logo was not taken in.")

    def _remove(self) -> None:
        self._frame.act(lambda: self._pictures.take_logo(""), "No logo is printed from now on.")

    def _take_photos(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._keep(PHOTOS_SETTING, is_wanted=is_wanted)

    def _take_prices(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._keep(PRICES_SETTING, is_wanted=is_wanted)

    def _keep(self, setting: str, *, is_wanted: bool) -> None:
        value = "yes" if is_wanted else "no"
        self._frame.bus.changed.emit(self._settings.set(setting, value))


def _on_paper(picture: QPixmap, margin: int) -> QPixmap:
    """Return a picture on white, as paper is by day and by night."""
    ratio = picture.devicePixelRatio()
    edge = round(2 * margin * ratio)
    paper = QPixmap(picture.width() + edge, picture.height() + edge)
    paper.setDevicePixelRatio(ratio)
    paper.fill(QColor(PAPER))
    painter = QPainter(paper)
    painter.drawPixmap(margin, margin, picture)
    painter.end()
    return paper
