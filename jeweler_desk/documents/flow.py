"""Rows of a page: drawings with a height, flowing from one page to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jeweler_desk.documents.embedded_face import number


@dataclass(frozen=True, slots=True)
class Row:
    """One strip of a page; its drawing counts from its own upper left corner, downwards negative.

    ``keeps`` asks that the next row stands on the same page. ``is_space`` rows vanish at a page's
    top.
    """

    height: float
    drawing: str = ""
    keeps: bool = False
    is_space: bool = False


def space(height: float, *, keeps: bool = False) -> Row:
    """Return an empty strip."""
    return Row(height, keeps=keeps, is_space=True)


def pages_of(rows: Sequence[Row], first_height: float, height: float) -> list[list[Row]]:
    """Spread rows over pages; rows that keep together move on together where they fit one page."""
    pages: list[list[Row]] = [[]]
    left = first_height
    for block in _blocks(rows):
        needed = sum(row.height for row in block)
        if needed <= left or (not pages[-1] and needed > height):
            pending = block
        else:
            pending = [] if all(row.is_space for row in block) else block
            if pending and needed <= height:
                pages.append([])
                left = height
        for row in pending:
            if row.height > left and pages[-1]:
                pages.append([])
                left = height
            if row.is_space and not pages[-1]:
                continue
            pages[-1].append(row)
            left -= row.height
    return pages


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if not row.keeps:
            yield block
            block = []
    if block:
        yield block


def drawn(rows: Sequence[Row], x: float, top: float) -> list[str]:
    """Return the drawings of rows set below one another from a point."""
    drawings: list[str] = []
    for row in rows:
        if row.drawing:
            drawings.append(f"q 1 0 0 1 {number(x)} {number(top)} cm {row.drawing} Q")
        top -= row.height
    return drawings
