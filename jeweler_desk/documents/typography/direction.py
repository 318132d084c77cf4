"""Which way each character runs: levels of the bidirectional algorithm and the order on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from bidi import algorithm

_RIGHT_TO_LEFT: Final = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


# Each opening bracket with its closing one, as Unicode's BidiBrackets names them.
_BRACKETS: Final = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦋⦌⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩"
    "〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSING: Final = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_ENDS: Final = frozenset(_CLOSING.values())
_MOST_OPEN: Final = 63
_LIKE_RIGHT: Final = frozenset({"R", "AL", "EN", "AN"})


def has_right_to_left(text: str) -> bool:
    """Whether any character belongs to a script that runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def has_letters(text: str) -> bool:
    """Whether any character of a text has a direction of its own."""
    return any(unicodedata.bidirectional(each) in {"L", "R", "AL"} for each in text)


def ends_right(texts: Sequence[str]) -> tuple[bool, ...]:
    """Return which lines of an address stand at the right edge, as its readers expect them.

    From the first line to the last one in a right-to-left script all do, and a postcode or a house
    number below it; the Latin lines that follow for carriers do not. One such line among Latin
    ones (a name) makes no right-to-left address of them.
    """
    turned = [index for index, text in enumerate(texts) if has_right_to_left(text)]
    lettered = [index for index, text in enumerate(texts) if has_letters(text)]
    if not turned or (len(turned) == 1 and len(lettered) > 1):
        return (False,) * len(texts)
    last = next((each - 1 for each in lettered if each > turned[-1]), len(texts) - 1)
    return tuple(index <= last for index in range(len(texts)))


def levels_of(text: str, along: int | None = None) -> tuple[int, list[int]]:
    """Return the paragraph's level and the level of each character (UAX #9, without isolates).

    ``along`` is the level of what the text stands in; without it its first letter decides.
    The text holds no direction marks of its own; ``without_invisible`` took them out.
    """
    base = int(algorithm.get_base_level(text)) if along is None else along
    storage: Any = algorithm.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "R" if base else "L"
    # The library drops characters of the class BN (joiners): they follow their neighbor instead.
    kept = "".join(each for each in text if unicodedata.bidirectional(each) != "BN")
    algorithm.get_embedding_levels(kept, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "R" if base else "L")
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = iter(storage["chars"])
    levels: list[int] = []
    for each in text:
        if unicodedata.bidirectional(each) == "BN":
            levels.append(levels[-1] if levels else base)
        else:
            levels.append(int(next(found)["level"]))
    return base, levels


def _resolve_brackets(characters: list[dict[str, Any]], along: str) -> None:
    """Give both brackets of a pair one direction, by what stands in them (rule N0)."""
    for first, last in _pairs(characters):
        inside = {_strong(each["type"]) for each in characters[first + 1 : last]} - {""}
        if not inside:
            continue
        direction = along
        if along not in inside:
            before = (_strong(each["type"]) for each in reversed(characters[:first]))
            direction = next((each for each in before if each), along)
        for place in (first, last):
            characters[place]["type"] = direction
            for each in characters[place + 1 :]:
                if unicodedata.bidirectional(each["ch"]) != "NSM":
                    break
                each["type"] = direction


def _pairs(characters: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, each in enumerate(characters):
        if each["type"] != "ON":
            continue
        character = each["ch"]
        if character in _CLOSING:
            if len(opened) == _MOST_OPEN:
                break
            opened.append((_CLOSING[character], place))
        elif character in _ENDS:
            at = next((n for n in reversed(range(len(opened))) if opened[n][0] == character), None)
            if at is not None:
                found.append((opened[at][1], place))
                del opened[at:]
    return sorted(found)


def _strong(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in _LIKE_RIGHT else ""


def visual_order(levels: Sequence[int], base: int) -> list[int]:
    """Return the indices of runs in the order they stand on paper (rule L2 of UAX #9)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=base), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > start:
                order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
