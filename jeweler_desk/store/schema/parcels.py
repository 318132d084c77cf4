"""The tables of labels bought, scans and what an order waits for."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
