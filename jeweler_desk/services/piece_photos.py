"""Photos of pieces in the desk's folder, found by the piece's SKU."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

FOLDER: Final = "photos"
_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp")
# A SKU comes from a file somebody else wrote; it must not lead out of the folder.
_SAFE: Final = re.compile(r"\w[\w .+-]{0,79}")


class PiecePhotos:
    """Finds the photo of a piece; ``folder`` is the desk's, None for a desk in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / FOLDER if folder else None

    def of(self, sku: str | None) -> Path | None:
        """Return the photo named like the SKU, or None."""
        if self._folder is None or not sku or not _SAFE.fullmatch(sku):
            return None
        paths = (self._folder / f"{sku}{suffix}" for suffix in _SUFFIXES)
        return next((path for path in paths if path.is_file()), None)
