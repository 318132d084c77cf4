"""The bench in the settings: the folder into which her camera lays its photos."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from jeweler_desk.services.camera_folder import CAMERA_SETTING
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.pages.settings_card import SettingsCard
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.setting_row import SettingRow

_HINT = "Where your camera or phone lays its photos; the bench offers those of the parcel at hand"


class BenchCard(SettingsCard):
    """One folder, typed or chosen."""

    def __init__(self, frame: Frame, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("Bench", parent=parent)
        self._frame = frame
        self._settings = settings
        self.camera = SettingRow("Camera folder", _HINT, self._take)
        self.choose = Button("Choose the folder…")
        self.choose.clicked.connect(self._choose)
        self.body.addWidget(self.camera)
        self.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignRight)

    def refresh(self) -> None:
        """Read the setting anew."""
        self.camera.show_value(self._settings.get(CAMERA_SETTING))

    def _take(self, text: str) -> str | None:
        try:
            changes: Changes = self._settings.set(CAMERA_SETTING, text)
        except Exception as error:
            if not has_words(error):
                raise
            return str(error)
        self._frame.bus.changed.emit(changes)
        return None

    def _choose(self) -> None:
        chooser = QFileDialog(self.window(), "The camera’s folder")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    def _chosen(self, folder: str) -> None:
        trouble = self._take(folder)
        if trouble:
            self._frame.notices.warn("act", trouble)
