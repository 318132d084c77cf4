"""Finds what ships beside the code: fonts, icons, templates, the sample shop."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_IN_WHEEL: Final = _PACKAGE / "_resources"
_IN_CHECKOUT: Final = _PACKAGE.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of one resource, such as ``icons/order.svg``.

    A wheel carries them inside the package, a checkout beside it.
    """
    root = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return root / name
