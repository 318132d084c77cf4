"""Sets texts in lines: a face for each run, its direction, where it breaks, where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from jeweler_desk.documents.typography.breaking import BLANKS, syllables, tokens
from jeweler_desk.documents.typography.direction import (
    ends_right,
    has_right_to_left,
    levels_of,
    visual_order,
)
from jeweler_desk.documents.typography.fonts import Cut, Face, FontBook, clusters
from jeweler_desk.documents.typography.line import Line, Run, Style
from jeweler_desk.documents.typography.shaping import shaped

_DOT: Final = "  ·  "


@dataclass(frozen=True, slots=True)
class _Word:
    """A stretch that is never broken, or the blanks between two of them."""

    runs: tuple[Run, ...]
    width: float
    is_blank: bool


class Typesetter:
    """Sets texts in the faces of one font book; remembers every word it has set."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts
        self._words: dict[tuple[str, Cut, tuple[int, ...] | None], _Word] = {}
        self._lines: dict[tuple[str, Style, float, bool | None], tuple[Line, ...]] = {}

    def line(self, text: str, style: Style) -> Line:
        """Set a text on one line, however long; line ends in it become blanks."""
        lines = self.lines(" ".join(text.splitlines()), style, float("inf"))
        return lines[0] if lines else Line((), style, 0.0)

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Set a text in lines of at most that many points; a word too wide is broken inside.

        Line ends in the text are kept, blank lines too. No character is ever left out: one that
        no face has stands as its code in brackets.
        """
        return self._known(text, style, width, turned=None)

    def address(self, texts: Sequence[str], style: Style, width: float) -> tuple[Line, ...]:
        """Set the lines of an address; those of a right-to-left one end at the right edge."""
        return tuple(
            line
            for text, is_turned in zip(texts, ends_right(texts), strict=True)
            for line in self._known(text, style, width, turned=is_turned)
        )

    def listed(self, texts: Sequence[str], style: Style, width: float) -> tuple[Line, ...]:
        """Set short texts beside each other with dots between; no line begins or ends with one."""
        rows: list[str] = []
        for text in texts:
            longer = f"{rows[-1]}{_DOT}{text}" if rows else text
            if rows and self.width(longer, style) <= width:
                rows[-1] = longer
            else:
                rows.append(text)
        return tuple(line for row in rows for line in self.lines(row, style, width))

    def width(self, text: str, style: Style) -> float:
        """Return the width of one line in points."""
        return self.line(text, style).width

    def _known(
        self, text: str, style: Style, width: float, *, turned: bool | None
    ) -> tuple[Line, ...]:
        key = (text, style, width, turned)
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = tuple(self._set(text, style, width, turned=turned))
        return known

    def _set(self, text: str, style: Style, width: float, *, turned: bool | None) -> Iterator[Line]:
        # Without being told, a text stands where its own script begins.
        for paragraph in text.splitlines():
            printable = self.fonts.printable(paragraph)
            if has_right_to_left(printable):
                base, levels = levels_of(printable, 1 if turned else None)
            else:
                base, levels = 0, None
            for words in self._wrapped(printable, levels, style, width):
                line = _line(words, style, base, is_mixed=levels is not None)
                is_right = base == 1 if turned is None else turned
                yield replace(line, ends_right=True) if is_right else line

    def _wrapped(
        self, text: str, levels: Sequence[int] | None, style: Style, width: float
    ) -> Iterator[list[_Word]]:
        limit = width * 1000 / style.size
        line: list[_Word] = []
        used = 0.0
        for word in self._cut_to(limit, self._words_of(text, levels, style)):
            if not word.is_blank and line and used + word.width > limit:
                yield line
                line, used = [], 0.0
            if word.is_blank and not line and used == 0 and width != float("inf"):
                continue
            line.append(word)
            used += word.width
        yield line

    def _words_of(
        self, text: str, levels: Sequence[int] | None, style: Style
    ) -> Iterator[tuple[str, tuple[int, ...] | None, Style]]:
        at = 0
        for token in tokens(text):
            part = tuple(levels[at : at + len(token)]) if levels is not None else None
            at += len(token)
            yield token, part, style

    def _cut_to(
        self, limit: float, stretches: Iterator[tuple[str, tuple[int, ...] | None, Style]]
    ) -> Iterator[_Word]:
        for token, levels, style in stretches:
            word = self._word(token, levels, style)
            if word.width <= limit or word.is_blank:
                yield word
            else:
                yield from self._broken(token, levels, style, limit)

    def _broken(
        self, token: str, levels: tuple[int, ...] | None, style: Style, limit: float
    ) -> Iterator[_Word]:
        start = end = 0
        for cluster in syllables(token):
            after = end + len(cluster)
            piece = self._word(token[start:after], levels and levels[start:after], style)
            if piece.width > limit and end > start:
                yield self._word(token[start:end], levels and levels[start:end], style)
                start = end
            end = after
        yield self._word(token[start:], levels and levels[start:], style)

    def _word(self, token: str, levels: tuple[int, ...] | None, style: Style) -> _Word:
        key = (token, style.cut, levels)
        known = self._words.get(key)
        if known is None:
            runs = tuple(self._runs(token, levels, style.cut))
            width = sum(run.width for run in runs)
            known = self._words[key] = _Word(runs, width, token[0] in BLANKS)
        return known

    def _runs(self, token: str, levels: tuple[int, ...] | None, cut: Cut) -> Iterator[Run]:
        primary = self.fonts.primary(cut)
        if levels is None and token.isascii():
            yield shaped(primary, token, 0)
            return
        at = 0
        faced: list[tuple[Face, int, str]] = []
        for cluster in clusters(token):
            level = levels[at] if levels is not None else 0
            faced.append((self.fonts.face_for(cluster, cut) or primary, level, cluster))
            at += len(cluster)
        for (face, level), members in groupby(faced, key=lambda each: (each[0], each[1])):
            yield shaped(face, "".join(cluster for _face, _level, cluster in members), level)


def _line(words: list[_Word], style: Style, base: int, *, is_mixed: bool) -> Line:
    while words and words[-1].is_blank:
        words = words[:-1]
    runs = tuple(run for word in words for run in word.runs)
    if is_mixed:
        order = visual_order([run.level for run in runs], base)
        runs = tuple(runs[index] for index in order)
    width = sum(run.width for run in runs)
    if style.tracking:
        width += style.tracking * max(0, sum(len(run.glyphs) for run in runs) - 1)
    return Line(runs, style, width * style.size / 1000)
