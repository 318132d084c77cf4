"""The one text engine: a face per run, direction, shaping, line breaking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import uharfbuzz as hb

from jeweler_desk.documents.direction import has_right_to_left, levels_of, visual_order
from jeweler_desk.documents.fonts import Cut, Face, FontBook, clusters


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape; its text is what a reader copies, numbers are thousandths of an em."""

    number: int
    text: str
    advance: float
    dx: float
    dy: float
    is_outline: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Shapes that together stand for a text, from one up to but without another."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Shapes of one face in the order they are drawn.

    Where marks are stacked on letters, a reader that goes by places finds them in another order:
    ``spans`` tell what is meant. A run from right to left has none: readers turn its order around,
    within a span too.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    level: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its cut, its size in points and the distance of its base lines."""

    cut: Cut
    size: float
    leading: float
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to be drawn; the width is in points."""

    runs: tuple[Run, ...]
    style: Style
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    """A stretch that is never broken, or the blanks between two of them."""

    runs: tuple[Run, ...]
    width: float
    is_blank: bool


_PLAIN_TOKEN: Final = re.compile(r" +|(?:[^ \-/]|[-/](?=\d))+[-/]*|[-/]+")
_OPENING: Final = "（「『【〔〈《［｛“‘"
_NEVER_FIRST: Final = (
    "、。，．・：；？！）」』】〕〉》］｝ー々ゝゞ…‥〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ”’"
)
_IDEOGRAPH: Final = (
    r"[\u2e80-\u2fff\u3001-\u30ff\u3105-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
    r"\U00020000-\U0003ffff]"
)
_MARK: Final = r"[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]"
# Han and Kana break between any two characters, but no line begins with a closing mark or a
# small kana and none ends with an opening one (the common core of UAX #14's rules).
_TOKEN: Final = re.compile(
    rf"[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+"
    rf"|[{_OPENING}]*{_IDEOGRAPH}{_MARK}*(?:[{_NEVER_FIRST}]{_MARK}*)*"
    rf"|(?:(?!{_IDEOGRAPH})[^ \-/\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]|[-/](?=\d))+[-/]*"
    rf"|[-/]+"
)
_BLANKS: Final = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_FEATURES: Final = {"kern": True, "liga": True}
# Some faces draw ị or ģ from two parts; the whole letter is one shape and copies as one.
_WHOLE_LETTERS: Final = {**_FEATURES, "ccmp": False}
_WHOLE_LETTER: Final = re.compile(r"[\u0021-\u02ff\u0370-\u052f\u1e00-\u1fff]+")
_VOWELS_BEFORE: Final = frozenset("เแโใไເແໂໃໄ")
_VOWELS_BEHIND: Final = frozenset("ะาำๅๆฯະາຳຽໆຯ")
_VIRAMA: Final = 9  # its canonical combining class
_UNSPOKEN: Final = "\u200b"
_WITH_JOINERS: Final = re.compile("[\u200c\u200d]*[^\u200c\u200d][\u200c\u200d]*")


class Typesetter:
    """Sets texts in the faces of one font book; remembers every word it has set."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts
        self._words: dict[tuple[str, Cut, tuple[int, ...] | None], _Word] = {}
        self._lines: dict[tuple[str, Style, float], tuple[Line, ...]] = {}

    def line(self, text: str, style: Style) -> Line:
        """Set a text on one line, however long; line ends in it become blanks."""
        lines = self.lines(" ".join(text.splitlines()), style, float("inf"))
        return lines[0] if lines else Line((), style, 0.0)

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Set a text in lines of at most that many points; a word too wide is broken inside.

        Line ends in the text are kept, blank lines too. No character is ever left out: one that
        no face has stands as its code in brackets.
        """
        key = (text, style, width)
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = tuple(self._set(text, style, width))
        return known

    def width(self, text: str, style: Style) -> float:
        """Return the width of one line in points."""
        return self.line(text, style).width

    def _set(self, text: str, style: Style, width: float) -> Iterator[Line]:
        for paragraph in text.splitlines():
            printable = self.fonts.printable(paragraph)
            if has_right_to_left(printable):
                base, levels = levels_of(printable)
            else:
                base, levels = 0, None
            for words in self._wrapped(printable, levels, style, width):
                yield _line(words, style, base, is_mixed=levels is not None)

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
        pattern = _PLAIN_TOKEN if text.isascii() else _TOKEN
        at = 0
        for token in pattern.findall(text):
            part = tuple(levels[at : at + len(token)]) if levels is not None else None
            at += len(token)
            yield token, part, style

    def _cut_to(
        self, limit: float, tokens: Iterator[tuple[str, tuple[int, ...] | None, Style]]
    ) -> Iterator[_Word]:
        for token, levels, style in tokens:
            word = self._word(token, levels, style)
            if word.width <= limit or word.is_blank:
                yield word
            else:
                yield from self._broken(token, levels, style, limit)

    def _broken(
        self, token: str, levels: tuple[int, ...] | None, style: Style, limit: float
    ) -> Iterator[_Word]:
        start = end = 0
        for cluster in _syllables(token):
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
            known = self._words[key] = _Word(runs, width, token[0] in _BLANKS)
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


def _syllables(token: str) -> list[str]:
    """Split a word where a line may break inside it.

    A vowel that is written before its letter stays with it, one written behind it too, and
    letters that a virama joins stay together.
    """
    found: list[str] = []
    for cluster in clusters(token):
        before = found[-1][-1] if found else ""
        joins = before in _VOWELS_BEFORE or (
            bool(before) and unicodedata.combining(before) == _VIRAMA
        )
        if found and (joins or cluster[0] in _VOWELS_BEHIND):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


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


def shaped(face: Face, text: str, level: int) -> Run:
    """Shape one run of one face and direction; every character of it stays copyable."""
    buffer: Any = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    # Not the computer's own language: the same order must give the same bytes everywhere.
    buffer.language = "en"
    hb.shape(face.font, buffer, _WHOLE_LETTERS if _WHOLE_LETTER.fullmatch(text) else _FEATURES)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    texts = _texts_of_glyphs(text, [info.cluster for info in infos], is_reversed=level % 2 == 1)
    scale = face.per_em
    # An Arabic letter's dots are shapes of their own: readers would find a blank between the two.
    is_reversed = level % 2 == 1
    glyphs = tuple(
        Glyph(
            info.codepoint,
            spoken,
            place.x_advance * scale,
            place.x_offset * scale,
            place.y_offset * scale,
            is_outline=is_reversed and spoken == _UNSPOKEN and not place.x_advance,
        )
        for info, place, spoken in zip(infos, places, texts, strict=True)
    )
    marks = [info.cluster for info in infos]
    is_stacked = len(set(marks)) < len(marks) or any(
        each.dx or each.dy or not each.advance for each in glyphs
    )
    spans = () if is_reversed or not is_stacked else (Span(0, len(glyphs), text),)
    return Run(face, glyphs, sum(glyph.advance for glyph in glyphs), level, spans)


def _texts_of_glyphs(text: str, marks: Sequence[int], *, is_reversed: bool) -> list[str]:
    """Give each glyph its share of its cluster's text, so that no reader sees a shape unnamed.

    A shape that stands for no character of its own (the dot of a letter drawn in two parts) gets a
    zero-width space: readers show the bare code of a shape that has no text.
    """
    starts = sorted(set(marks))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    texts: list[str] = []
    for mark, members in groupby(marks):
        count = len(list(members))
        spoken = text[mark : ends[mark]]
        units = _WITH_JOINERS.findall(spoken) or [spoken]
        shares = [*units[: count - 1], "".join(units[count - 1 :])][:count]
        shares = [share or _UNSPOKEN for share in shares]
        shares += [_UNSPOKEN] * (count - len(shares))
        texts += reversed(shares) if is_reversed else shares
    return texts
