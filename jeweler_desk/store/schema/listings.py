"""The tables of listings, their versions and what a buyer was shown."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
