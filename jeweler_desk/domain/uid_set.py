"""Sets of message numbers as IMAP writes them: ``1:5,7``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

_HIGHEST: Final = 4294967295


def uid_set(uids: Iterable[int]) -> str:
    """Write numbers as a set, neighbors joined to ranges; none gives nothing."""
    pieces: list[str] = []
    first = last = 0
    for uid in [*sorted(uids), 0]:
        if last and uid == last + 1:
            last = uid
            continue
        if last:
            pieces.append(str(first) if first == last else f"{first}:{last}")
        first = last = uid
    return ",".join(pieces)


def uids_in(text: str) -> list[int]:
    """Read a set that we wrote ourselves, rising."""
    found: list[int] = []
    for low, high in _ranges(text):
        found.extend(range(low, high + 1))
    return found


def within(uids: Iterable[int], text: str) -> list[int]:
    """Return those of some numbers that a set from outside names, whatever else it names."""
    ranges = sorted(_ranges(text))
    lows = [low for low, _ in ranges]
    found = []
    for uid in uids:
        place = bisect_right(lows, uid) - 1
        if place >= 0 and uid <= ranges[place][1]:
            found.append(uid)
    return found


def _ranges(text: str) -> list[tuple[int, int]]:
    """Read ranges; what is no number is passed over."""
    found: list[tuple[int, int]] = []
    for piece in text.split(","):
        one, colon, other = piece.strip().partition(":")
        other = other if colon else one
        if one.isascii() and one.isdigit() and other.isascii() and other.isdigit():
            low, high = sorted((min(int(one), _HIGHEST), min(int(other), _HIGHEST)))
            found.append((low, high))
    return found
