"""How a table's columns share its width: what was drawn stands, what is left goes to the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WidthWish:
    """What one column asks for, in pixels; ``usual`` is 0 where it takes what is left.

    ``drawn`` is the width it was given by hand; ``is_spare`` goes first where room is short.
    """

    usual: int
    drawn: int = 0
    is_spare: bool = False
    is_hidden: bool = False


def shared(wishes: Sequence[WidthWish], width: int, least: int) -> Mapping[int, int]:
    """Return the width of every column that is shown, by its place; together they fill ``width``.

    ``least`` is what a column without a usual width must have before a spare one may stay.
    """
    fixed = {
        place: wish.drawn or wish.usual
        for place, wish in enumerate(wishes)
        if not wish.is_hidden and (wish.drawn or wish.usual)
    }
    gone = {place for place, wish in enumerate(wishes) if wish.is_hidden}
    rest = [place for place in range(len(wishes)) if place not in gone and place not in fixed]
    room_for_rest = least * max(1, len(rest))
    for place, wish in enumerate(wishes):
        if wish.is_spare and place in fixed and width - sum(fixed.values()) < room_for_rest:
            gone.add(place)
            del fixed[place]
    _shrink(fixed, wishes, width - least * len(rest), least)
    left = max(0, width - sum(fixed.values()))
    for number, place in enumerate(rest, start=1):
        share = left // (len(rest) - number + 1)
        fixed[place] = share
        left -= share
    if left and fixed:
        fixed[max(fixed)] += left
    return fixed


def _shrink(sizes: dict[int, int], wishes: Sequence[WidthWish], room: int, least: int) -> None:
    """Take from what was drawn by hand, the widest first, until all of it has room."""
    drawn = [place for place in sizes if wishes[place].drawn]
    while (over := sum(sizes.values()) - room) > 0 and drawn:
        widest = max(drawn, key=lambda place: sizes[place])
        sizes[widest] = max(least, sizes[widest] - over)
        drawn.remove(widest)
