"""Full-text questions: what the seller typed becomes a safe FTS5 expression."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 12


def match_expression(text: str) -> str | None:
    """Return an FTS5 expression in which every word must begin a word; None when there is none.

    Quotes and operators that people type are words' borders, never syntax.
    """
    words = _WORD.findall(text.replace("_", " "))[:_MOST_WORDS]
    return " ".join(f'"{word}"*' for word in words) or None


def number_suffixes(number: str) -> str:
    """Return the tails of an order number, so that its last digits alone find it."""
    digits = number.lstrip("#")
    return " ".join(digits[start:] for start in range(1, len(digits) - 2))
