"""The folder into which a camera or phone lays its photos: looked at, never written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from jeweler_desk.services.settings import Settings

CAMERA_SETTING: Final = "bench.camera_folder"
_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_OF_PHONES: Final = frozenset({".heic", ".heif"})
_MOST_SHOWN: Final = 24


@dataclass(frozen=True, slots=True)
class CameraPhoto:
    """A photo in the folder; ``written_at`` is what its file says, ``size`` its bytes."""

    path: Path
    written_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class CameraLook:
    """What a look found, the newest first, or one sentence of why nothing could be seen."""

    photos: tuple[CameraPhoto, ...] = ()
    trouble: str | None = None


class CameraFolder:
    """Knows which folder it is and looks into it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def is_set(self) -> bool:
        """Whether the seller named a folder."""
        return bool(self._settings.get(CAMERA_SETTING))

    def look_job(self) -> Callable[[], CameraLook]:
        """Return the work that looks into the folder and those right below it; runs anywhere."""
        folder = Path(self._settings.get(CAMERA_SETTING)).expanduser()

        def work() -> CameraLook:
            return looked(folder)

        return work


def looked(folder: Path) -> CameraLook:
    """Look into a folder. One that is not there or cannot be read is told in a sentence."""
    try:
        files = sorted(_files(folder), key=lambda each: (each.written_at, each.path), reverse=True)
    except FileNotFoundError:
        return CameraLook(trouble=f"The camera folder “{folder}” is not there. {_ADVICE}")
    except NotADirectoryError:
        return CameraLook(trouble=f"“{folder}” is a file, not a camera folder. {_ADVICE}")
    except OSError as error:
        return CameraLook(
            trouble=f"The camera folder “{folder}” cannot be read: {error.strerror}. {_ADVICE}"
        )
    photos = [each for each in files if each.path.suffix.casefold() in _SUFFIXES]
    if files and not photos:
        return CameraLook(
            trouble=f"“{files[0].path.name}” is a HEIC photo, which cannot be kept: let the camera"
            " take JPEG photos."
        )
    return CameraLook(tuple(photos[:_MOST_SHOWN]))


_ADVICE: Final = "Connect the camera, or choose a photo with F; Settings names the folder."


def _files(folder: Path) -> Iterator[CameraPhoto]:
    """Yield the photos of a folder and of those right below it, as cameras lay them."""
    yield from _photos_in(folder)
    with os.scandir(folder) as entries:
        below = [Path(each) for each in entries if each.is_dir() and not each.name.startswith(".")]
    for each in below:
        with suppress(OSError):  # the others can still be read
            yield from _photos_in(each)


def _photos_in(folder: Path) -> Iterator[CameraPhoto]:
    with os.scandir(folder) as entries:
        for entry in entries:
            suffix = Path(entry.name).suffix.casefold()
            if entry.name.startswith(".") or suffix not in _SUFFIXES | _OF_PHONES:
                continue
            try:
                facts = entry.stat()
            except FileNotFoundError:  # gone since it was listed
                continue
            written_at = datetime.fromtimestamp(facts.st_mtime, UTC)
            yield CameraPhoto(Path(entry.path), written_at, facts.st_size)
