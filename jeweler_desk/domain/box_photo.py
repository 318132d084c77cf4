"""The photo of an open box: what it is called by, and which files are photos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

_KINDS: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    (".jpg", lambda data: data.startswith(b"\xff\xd8\xff")),
    (".png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    (".webp", lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
)


@dataclass(frozen=True, slots=True)
class BoxPhoto:
    """A photo by the SHA-256 of its bytes; ``name`` is what its file was called."""

    digest: str
    suffix: str
    name: str
    added_at: datetime

    @property
    def file_name(self) -> str:
        """The name under which it is kept."""
        return f"{self.digest}{self.suffix}"


def photo_of(data: bytes, name: str, at: datetime) -> BoxPhoto | None:
    """Return what a file's bytes are as a photo; None when they are none (by their first bytes)."""
    suffix = next((suffix for suffix, is_kind in _KINDS if is_kind(data)), None)
    return BoxPhoto(digest_of(data), suffix, name, at) if suffix else None


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return sha256(data).hexdigest()
