"""Mail in files, as the services see it; the code that reads it loads with the first reading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jeweler_desk.domain.mailbox import FolderReading
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.mail.places import FILES, folder_name


class LetterFiles:
    """Maildirs, mboxes and .eml files; nothing is ever written to them."""

    origin = FILES

    def name_of(self, path: Path) -> str:
        """Return the name by which a path is remembered."""
        return folder_name(path)

    def read(self, path: Path, kind: FolderKind, known: Mapping[str, str]) -> FolderReading:
        """Read a path as a folder of that kind; raises `RefusedError`."""
        from jeweler_desk.mail.mail_files import read_files  # noqa: PLC0415 - slow, rarely needed

        return read_files(path, kind, known)

    def letter(self, folder: str, uid: str) -> bytes | None:
        """Return the bytes of one letter read before; None where it is not there any more."""
        from jeweler_desk.mail.letter_again import letter_again  # noqa: PLC0415 - likewise

        return letter_again(folder, uid)
