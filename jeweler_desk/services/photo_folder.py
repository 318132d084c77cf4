"""The folder of photos: each under its digest, written whole or not at all, never overwritten."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from jeweler_desk.domain.box_photo import digest_of
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.piece_photos import FOLDER

_MOST_BYTES: Final = 60_000_000


class PhotoError(RefusedError):
    """A photo that cannot be taken in; the sentence says why."""


class PhotoFolder:
    """``photos/`` of the desk's folder; None for a desk in memory keeps none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / FOLDER if folder else None

    def path(self, file_name: str) -> Path:
        """Return where a photo is kept. Raises `PhotoError` where there is no folder."""
        if self._folder is None:
            raise PhotoError("This desk has no folder for photos. Nothing was changed.")
        return self._folder / file_name

    def shown(self, file_name: str) -> Path | None:
        """Return a kept photo's file for a quick look, None when it is not there."""
        if self._folder is None:
            return None
        path = self._folder / file_name
        return path if path.is_file() else None

    def trouble(self, digest: str, file_name: str, name: str) -> str | None:
        """Return why a photo must not be shown as what was kept; None when its bytes are proved."""
        try:
            data = self.path(file_name).read_bytes()
        except OSError:
            return f"The photo “{name}” is not in the folder."
        if digest_of(data) != digest:
            return f"The photo “{name}” was changed since it was kept; it is not shown."
        return None

    def keep(self, digest: str, file_name: str, data: bytes) -> None:
        """Write the file whole or not at all; one that is there already stays as it is."""
        path = self.path(file_name)
        try:
            if path.exists():
                if digest_of(path.read_bytes()) != digest:
                    raise PhotoError(
                        f"“{path.name}” in the folder photos holds something else; it was left as"
                        " it is. Move it away and add the photo again. Nothing was changed."
                    )
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())
            try:
                Path(new.name).rename(path)
            except OSError:
                with contextlib.suppress(OSError):
                    Path(new.name).unlink()
                raise
        except OSError as error:
            raise PhotoError(
                f"The photo cannot be kept: {error.strerror}. Nothing was changed."
            ) from error


def read_photo(file: Path) -> bytes:
    """Return the bytes of a file that may be a photo. Raises `PhotoError`."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise PhotoError(f"“{file.name}” is larger than 60 MB. Nothing was changed.")
        return file.read_bytes()
    except OSError as error:
        raise PhotoError(
            f"“{file.name}” cannot be read: {error.strerror}. Nothing was changed."
        ) from error
