"""Pictures on paper: the shop's logo, and small photos of pieces, made once and kept."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.box_photo import digest_of
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.photo_folder import PhotoFolder, read_photo
from jeweler_desk.services.settings import Settings

if TYPE_CHECKING:
    from jeweler_desk.domain.paper_picture import PaperPicture

LOGO_SETTING: Final = "shop.logo"
PHOTOS_SETTING: Final = "shop.slip_photos"
_SMALL: Final = Path("papers") / "small"


class PaperPictures:
    """Reads and keeps what papers draw; ``folder`` is the desk's, None for a desk in memory."""

    def __init__(self, settings: Settings, folder: Path | None) -> None:
        self._settings = settings
        self._folder = PhotoFolder(folder)
        self._small = folder / _SMALL if folder else None

    @property
    def has_photos(self) -> bool:
        """Whether slips show the photos of their pieces."""
        return self._settings.get(PHOTOS_SETTING) == "yes"

    # ---- the logo

    def logo_path(self) -> Path | None:
        """Return the file of the shop's logo; None without one."""
        name = self._settings.get(LOGO_SETTING)
        return self._folder.shown(name) if name else None

    def logo_job(self, file: Path) -> Callable[[], str]:
        """Return the work that keeps a picture as a logo under its digest; it gives its name.

        It touches no store: hand the name to `take_logo`. It raises `RefusedError` for a file
        that cannot be read, or is no PNG or JPEG picture.
        """
        folder = self._folder

        def work() -> str:
            from jeweler_desk.photos import ready_logo  # noqa: PLC0415 - brings Pillow

            data, suffix = ready_logo(read_photo(file), file.name)
            name = f"{digest_of(data)}{suffix}"
            folder.keep(digest_of(data), name, data)
            return name

        return work

    def take_logo(self, name: str) -> Changes:
        """Print a kept picture as the shop's logo from now on; an empty name prints none."""
        return self._settings.set(LOGO_SETTING, name)

    # ---- what papers draw

    @staticmethod
    def logo(path: Path | None) -> PaperPicture | None:
        """Return a logo as paper draws it; None where its file is gone or broken."""
        return _picture(path) if path else None

    def thumbnail(self, path: Path) -> PaperPicture | None:
        """Return a piece's photo as paper draws it; what was made of its bytes once is kept.

        None where the photo is gone or cannot be read: a slip is right without it.
        """
        try:
            data = path.read_bytes()
        except OSError:
            return None
        kept = self._small / f"{digest_of(data)}.jpg" if self._small else None
        known = _picture(kept) if kept else None
        if known is not None:
            return known
        from jeweler_desk.photos import paper_picture, paper_thumbnail  # noqa: PLC0415 - see above

        small = paper_thumbnail(data)
        if small is None:
            return None
        if kept is not None:
            _keep(kept, small)
        return paper_picture(small)


def _picture(path: Path) -> PaperPicture | None:
    from jeweler_desk.photos import paper_picture  # noqa: PLC0415 - brings Pillow

    try:
        return paper_picture(path.read_bytes())
    except OSError:
        return None


def _keep(path: Path, data: bytes) -> None:
    """Keep a small photo whole or not at all; a full disk only makes the next slip slower."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as new:
            new.write(data)
        os.replace(new.name, path)  # noqa: PTH105 - replaces on every system
