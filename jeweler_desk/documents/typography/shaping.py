"""From characters to shapes: one run of one face and direction, every character copyable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import uharfbuzz as hb

from jeweler_desk.documents.typography.fonts import Face
from jeweler_desk.documents.typography.line import Glyph, Run, Span

_FEATURES: Final = {"kern": True, "liga": True}
# Some faces draw ị or ģ from two parts; the whole letter is one shape and copies as one.
_WHOLE_LETTERS: Final = {**_FEATURES, "ccmp": False}
_WHOLE_LETTER: Final = re.compile(r"[\u0021-\u02ff\u0370-\u052f\u1e00-\u1fff]+")
_RIGHT_TO_LEFT_MARK: Final = "\u200f"
_UNSPOKEN: Final = "\u200b"
_WITH_JOINERS: Final = re.compile("[\u200c\u200d]*[^\u200c\u200d][\u200c\u200d]*")


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
    if is_reversed:
        glyphs = _marks_told_by_letters(glyphs)
    marks = [info.cluster for info in infos]
    is_stacked = len(set(marks)) < len(marks) or any(
        each.dx or each.dy or not each.advance for each in glyphs
    )
    spans = () if is_reversed or not is_stacked else (Span(0, len(glyphs), text),)
    return Run(face, glyphs, sum(glyph.advance for glyph in glyphs), level, spans)


def _marks_told_by_letters(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Let a letter say its vowel signs too, which are drawn as outlines beside it.

    Readers sort what runs from right to left by its places and would find a sign, which stands on
    its letter, before it or in a line of its own. They turn the text of one shape around too, so
    it is written turned around. The glyphs come in the order they are drawn: a sign before its
    letter.
    """
    told: list[Glyph] = []
    signs = ""
    for index, glyph in enumerate(glyphs):
        is_sign = glyph.text != _UNSPOKEN and all(map(unicodedata.combining, glyph.text))
        if is_sign and not glyph.advance and index + 1 < len(glyphs):
            signs = glyph.text + signs
            told.append(replace(glyph, text=_UNSPOKEN, is_outline=True))
        elif signs and not glyph.is_outline:
            told.append(replace(glyph, text=glyph.text + signs))
            signs = ""
        else:
            told.append(glyph)
    turned = [replace(each, text=each.text[::-1]) for each in told]
    first = next((at for at, each in enumerate(turned) if not each.is_outline), None)
    if first is not None and unicodedata.combining(turned[first].text[0]):
        # A sign at the left end of a line is else taken out of it.
        turned[first] = replace(turned[first], text=_RIGHT_TO_LEFT_MARK + turned[first].text)
    return tuple(turned)


def _texts_of_glyphs(text: str, marks: Sequence[int], *, is_reversed: bool) -> list[str]:
    """Give each glyph its share of its cluster's text, so that no reader sees a shape unnamed.

    A shape that stands for no character of its own (the dot of a letter drawn in two parts) gets a
    zero-width space: readers show the bare code of a shape that has no text.
    """
    starts = sorted(set(marks))
    ends = dict(zip(starts, [*starts[1:], len(text)][: len(starts)], strict=True))
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
