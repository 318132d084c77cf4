"""A picture as paper draws it: its pixels ready for the file, nothing of the camera in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A JPEG, or three bytes (sRGB) for each pixel; ``mask`` has one byte each for its opacity."""

    width: int
    height: int
    data: bytes
    is_jpeg: bool = True
    mask: bytes | None = None
