"""Asks which folders of a mailbox are read, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.mailbox import FolderChoice, ListedFolder
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.choice_box import ChoiceBox
from jeweler_desk.ui.widgets.text import Text

_ABOUT: Final = (
    "Letters that rules sort into a folder of their own are seen when it is read like the inbox."
    " A folder with your own letters counts as sent. Nothing in the mailbox is ever changed."
)
_NONE: Final = "No folder is known yet: mail must be read once first."
_KINDS: Final = (
    (None, "not read"),
    (FolderKind.INBOX, "read like the inbox"),
    (FolderKind.SENT, "your sent letters"),
    (FolderKind.ARCHIVE, "archive: read"),
    (FolderKind.JUNK, "junk: known customers only"),
    (FolderKind.DRAFTS, "drafts"),
)


class ChooseFolders(Form):
    """One row for each folder; the value is what differs from before."""

    def __init__(self, address: str, folders: Sequence[ListedFolder], parent: QWidget) -> None:
        super().__init__(f"Folders of {address}", "Keep", parent)
        self._folders = tuple(each for each in folders if each.name.upper() != "INBOX")
        self.boxes: dict[str, ChoiceBox] = {}
        for each in self._folders:
            box = self.boxes[each.name] = ChoiceBox()
            for kind, words in _KINDS:
                if kind is not FolderKind.DRAFTS or each.kind is kind:
                    box.addItem(words, kind.value if kind else "")
            box.setCurrentIndex(box.findData(_kept(each)))
            self.add_field(each.name, box)
        about = _ABOUT if self._folders else _NONE
        self.parts.addWidget(Text(about, Type.SMALL, soft=True, wrap=True))

    def value(self) -> tuple[FolderChoice, ...]:
        """Return the folders chosen otherwise than they were."""
        return tuple(
            FolderChoice(each.name, FolderKind(data) if data else None)
            for each in self._folders
            if (data := self.boxes[each.name].currentData()) != _kept(each)
        )


def _kept(folder: ListedFolder) -> str:
    return folder.kind.value if folder.is_read and folder.kind else ""
