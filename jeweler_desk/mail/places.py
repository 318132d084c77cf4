"""How folders that are files are remembered, so that reading one again is noticed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FILES: Final = "file"
"""The origin of folders that are files; those of accounts have the account's address."""


def folder_name(path: Path) -> str:
    """Return the name by which a path is remembered."""
    return shown_path(path.resolve())


def shown_path(path: Path | str) -> str:
    """Return a path as text that can be kept and shown; bytes that are no UTF-8 as their codes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
