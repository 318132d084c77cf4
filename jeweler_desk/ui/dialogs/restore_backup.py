"""Which backup is put back: the desk's own, newest first, or a file from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from jeweler_desk.domain.wording import moment_text
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.clock import Clock
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import SPACE_XS
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.text import Text

_FILE: Final = int(Qt.ItemDataRole.UserRole)
_WHAT_HAPPENS: Final = (
    "The backup is checked, the desk closes, a safety copy of today is made, and the desk opens"
    " again as it was then. What was entered since is not in it; the present desk is kept beside"
    " the backups. Mail on the server and photos in their folder stay as they are."
)
_NONE_YET: Final = "There is no backup among the desk’s own yet. Choose a file from elsewhere."


class RestoreBackup(Form):
    """Asks for a backup; ``answered`` carries its file."""

    def __init__(self, backups: Backups, clock: Clock, timezone: str, parent: QWidget) -> None:
        super().__init__("Restore a backup", "Check and restore", parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.setSpacing(SPACE_XS // 2)
        now = clock.now()
        for each in backups.kept():
            told = f"{moment_text(each.made_at, now, timezone)} · {backups.said(each)}"
            self._add(told, each.file)
        self.list.setCurrentRow(0)
        self.choose = Button("Choose another file…")
        self.choose.clicked.connect(self._choose)
        self.parts.addWidget(Text(_WHAT_HAPPENS, soft=True, wrap=True))
        self.parts.addWidget(self.list, 1)
        self.parts.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        if not self.list.count():
            self.complain(_NONE_YET)

    def take(self, file: Path) -> None:
        """Put a file from elsewhere at the top and choose it."""
        self._add(str(file), file, at=0)
        self.list.setCurrentRow(0)
        self.problem.hide()

    def _add(self, told: str, file: Path, at: int | None = None) -> None:
        item = QListWidgetItem(told)
        item.setData(_FILE, str(file))
        item.setToolTip(str(file))
        self.list.insertItem(self.list.count() if at is None else at, item)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Choose a backup", "", "Backups (*.db);;All files (*)"
        )
        if name:
            self.take(Path(name))

    def value(self) -> Path:
        """Return the chosen file."""
        item = self.list.currentItem()
        if item is None:
            raise FormError("Choose a backup of the list, or a file from elsewhere.")
        return Path(item.data(_FILE))
