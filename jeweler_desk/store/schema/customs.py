"""The table of what customs ask of each kind of piece."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # `piece` is a SKU, or a title where a piece has none, its words in small letters.
    """CREATE TABLE customs_facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, piece TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL, material TEXT NOT NULL, hs_code TEXT NOT NULL,
    origin TEXT NOT NULL, net_grams INTEGER
)""",
)
