"""Shopify's Note Attributes: ``key: value`` lines, and what they say of a gift."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jeweler_desk.domain.order import Gift, Variation

_KEY: Final = re.compile(r"([^:\r\n]{1,60}):(?:[ \t](.*))?", re.DOTALL)
_CODE_KEY: Final = re.compile(r"[a-z][a-z0-9_-]*")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_FREE_TEXT: Final = ("message", "note", "text", "card", "engraving", "instruction", "comment")
_YES: Final = frozenset({"yes", "true", "1", "y", "on"})
_NO: Final = frozenset({"", "no", "false", "0", "n", "off"})


def split_attributes(cell: str) -> tuple[Variation, ...]:
    """Split a Note Attributes cell into its pairs; other lines go on with the value before.

    Inside a message only a key written as code (``gift_wrap``) or a known gift key begins a new
    pair, so that a line such as ``P.S.: …`` of a gift message is not torn off it.
    """
    pairs: list[tuple[str, list[str]]] = []
    for line in _lines_with_ends(cell):
        words = line.rstrip("\r\n")
        match = _KEY.fullmatch(words)
        if match and (not pairs or _begins_pair(match[1], pairs[-1][0])):
            pairs.append((match[1].strip(), [line[match.end(1) + 1 :].removeprefix(" ")]))
        elif pairs:
            pairs[-1][1].append(line)
        elif words.strip():
            pairs.append(("", [line]))
    return tuple(Variation(key or None, "".join(value).rstrip("\r\n")) for key, value in pairs)


def gift_of(attributes: Sequence[Variation]) -> tuple[Gift, str | None]:
    """Tell whether the attributes make the order a gift, and give the message verbatim."""
    by_key = {_folded(attribute.name or ""): attribute.value for attribute in attributes}
    message = by_key.get("gift_message", "")
    kept = message if message.strip() else None
    gift, wrap = by_key.get("gift"), by_key.get("gift_wrap", "")
    if kept or _says(gift or "", _YES) or _says(wrap, _YES):
        return Gift.YES, kept
    if gift is not None and _says(gift, _NO):
        return Gift.NO, None
    return Gift.UNKNOWN, None


def _begins_pair(key: str, previous: str) -> bool:
    if not any(word in previous.casefold() for word in _FREE_TEXT):
        return True
    return bool(_CODE_KEY.fullmatch(key)) or _folded(key) in {"gift", "gift_wrap", "gift_message"}


def _folded(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().casefold())


def _says(value: str, words: frozenset[str]) -> bool:
    return value.strip().casefold() in words


def _lines_with_ends(cell: str) -> list[str]:
    lines, start = [], 0
    for end in _LINE_END.finditer(cell):
        lines.append(cell[start : end.end()])
        start = end.end()
    return [*lines, cell[start:]] if cell[start:] else lines
