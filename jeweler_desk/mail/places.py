"""How folders that are files are remembered, so that reading one again is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILES: Final = "file"
"""The origin of folders that are files; those of accounts have the account's address."""


def folder_name(path: Path) -> str:
    """Return the name by which a path is remembered."""
    return str(path.resolve())
