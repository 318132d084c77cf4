"""Which face covers which character; a font file is opened when a text first needs it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb

from jeweler_desk.resources import resource


class Voice(StrEnum):
    """How a text speaks: plain, festive, or festive and slanted."""

    SANS = "sans"
    SERIF = "serif"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Cut:
    """A voice at a weight (400 regular … 700 bold)."""

    voice: Voice = Voice.SANS
    weight: int = 400


_REGULAR: Final = 400
_NOTO: Final = ("manimgx_fonts", "{}[wght].ttf")
_FILES: Final = {
    "NotoSans": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "Inter": ("fontpkg_inter", "files/Inter[opsz,wght].ttf"),
    "CormorantGaramond": (
        "fontpkg_cormorant_garamond",
        "files/CormorantGaramond[wght].ttf",
    ),
    "CormorantGaramond-Italic": (
        "fontpkg_cormorant_garamond",
        "files/CormorantGaramond-Italic[wght].ttf",
    ),
    "NotoEmoji": ("manimgx_fonts", "NotoEmoji[wght].ttf"),
    "NotoSansSymbols": ("manimgx_fonts", "NotoSansSymbols[wght].ttf"),
    "NotoSansSymbols2": (None, "fonts/NotoSansSymbols2-Regular.ttf"),
    "DroidSansFallback": (None, "fonts/DroidSansFallback.ttf"),
    "NotoSansCJKRare": (None, "fonts/NotoSansCJKRare-Regular.ttf"),
}
_PRIMARY: Final = {
    Voice.SANS: "NotoSans",
    Voice.SERIF: "CormorantGaramond",
    Voice.ITALIC: "CormorantGaramond-Italic",
}
# Blocks that have a face of their own: first, last, face. Sorted; asked before the primary face,
# whose few glyphs of another script would not join or stack.
_BLOCKS: Final = (
    (0x0530, 0x058F, "NotoSansArmenian"),
    (0x0590, 0x05FF, "NotoSansHebrew"),
    (0x0600, 0x08FF, "NotoSansArabic"),
    (0x0900, 0x097F, "NotoSansDevanagari"),
    (0x0980, 0x09FF, "NotoSansBengali"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi"),
    (0x0A80, 0x0AFF, "NotoSansGujarati"),
    (0x0B00, 0x0B7F, "NotoSansOriya"),
    (0x0B80, 0x0BFF, "NotoSansTamil"),
    (0x0C00, 0x0C7F, "NotoSansTelugu"),
    (0x0C80, 0x0CFF, "NotoSansKannada"),
    (0x0D00, 0x0D7F, "NotoSansMalayalam"),
    (0x0D80, 0x0DFF, "NotoSansSinhala"),
    (0x0E00, 0x0E7F, "NotoSansThai"),
    (0x0E80, 0x0EFF, "NotoSansLao"),
    (0x1000, 0x109F, "NotoSansMyanmar"),
    (0x10A0, 0x10FF, "NotoSansGeorgian"),
    (0x1100, 0x11FF, "DroidSansFallback"),
    (0x1200, 0x139F, "NotoSansEthiopic"),
    (0x1780, 0x17FF, "NotoSansKhmer"),
    (0x19E0, 0x19FF, "NotoSansKhmer"),
    (0x1C90, 0x1CBF, "NotoSansGeorgian"),
    (0x2D00, 0x2D2F, "NotoSansGeorgian"),
    (0x2D80, 0x2DDF, "NotoSansEthiopic"),
    (0x2E80, 0x9FFF, "DroidSansFallback"),
    (0xA8E0, 0xA8FF, "NotoSansDevanagari"),
    (0xAA60, 0xAA7F, "NotoSansMyanmar"),
    (0xAB00, 0xAB2F, "NotoSansEthiopic"),
    (0xAC00, 0xD7A3, "DroidSansFallback"),
    (0xF900, 0xFAFF, "DroidSansFallback"),
    (0xFB13, 0xFB17, "NotoSansArmenian"),
    (0xFB1D, 0xFB4F, "NotoSansHebrew"),
    (0xFB50, 0xFDFF, "NotoSansArabic"),
    (0xFE30, 0xFE4F, "DroidSansFallback"),
    (0xFE70, 0xFEFC, "NotoSansArabic"),
    (0xFF00, 0xFFEF, "DroidSansFallback"),
    (0x1F000, 0x1FBFF, "NotoEmoji"),
    (0x20000, 0x3FFFF, "NotoSansCJKRare"),
)
# What is rare in the first stands in the second: both draw Han, Kana and their signs.
_HAN: Final = "DroidSansFallback"
_RARE_HAN: Final = "NotoSansCJKRare"
_STARTS: Final = tuple(first for first, _last, _face in _BLOCKS)
_FIRST_BLOCK: Final = _STARTS[0]
_SYMBOLS: Final = ("NotoSansSymbols2", "NotoSansSymbols", "Inter", "NotoEmoji", "NotoSansCJKRare")
_EMOJI_STYLE: Final = "\ufe0f"
_KEY: Final = "\u20e3"
# Marks without a shape of their own: joiners, variation selectors, tags of flag sequences.
_SHAPELESS: Final = frozenset(
    map(
        chr,
        (
            0x034F,
            0x200C,
            0x200D,
            *range(0xFE00, 0xFE10),
            *range(0xE0020, 0xE0080),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
_JOINER: Final = "\u200d"


class Face:
    """One font file opened at one weight; widths are in thousandths of an em."""

    def __init__(self, name: str, path: Path, weight: int) -> None:
        self.face: Any = hb.Face(hb.Blob.from_file_path(str(path)))
        axes = {axis.tag: axis for axis in self.face.axis_infos}
        self.axes: dict[str, float] = {tag: axis.default_value for tag, axis in axes.items()}
        if "wght" in axes:
            asked = max(axes["wght"].min_value, min(weight, axes["wght"].max_value))
            self.axes["wght"] = asked
        self.name = f"{name}-{self.axes.get('wght', 400):.0f}"
        self.font: Any = hb.Font(self.face)
        self.font.set_variations(self.axes)
        self.per_em = 1000 / self.face.upem
        self._has: dict[str, bool] = {}

    def has(self, character: str) -> bool:
        """Whether the face draws this one character."""
        known = self._has.get(character)
        if known is None:
            # Noto faces map some control characters to blanks, Inter keeps marks of its own where
            # characters are of private use; those must show as codes.
            is_control = unicodedata.category(character) in {"Cc", "Cs", "Co"}
            glyph = None if is_control else self.font.get_nominal_glyph(ord(character))
            known = self._has[character] = bool(glyph)
        return known

    def covers(self, cluster: str) -> bool:
        """Whether the face draws a whole cluster, composed if need be."""
        if len(cluster) == 1:
            return self.has(cluster)
        shaped = [character for character in cluster if character not in _SHAPELESS]
        if all(map(self.has, shaped)):
            return True
        return all(map(self.has, unicodedata.normalize("NFC", "".join(shaped))))


class FontBook:
    """All faces of the desk, opened one by one as texts need them; one book per print job."""

    def __init__(self) -> None:
        self._opened: dict[tuple[str, int], Face] = {}
        self._chosen: dict[tuple[str, Cut], Face | None] = {}

    def primary(self, cut: Cut) -> Face:
        """Return the face that speaks in that voice."""
        return self._open(_PRIMARY[cut.voice], cut.weight)

    def face_for(self, cluster: str, cut: Cut) -> Face | None:
        """Return the face for one cluster (a character with its marks), or None if no face has it.

        The order: the script's own face, the voice's face, Noto Sans, the symbol faces.
        """
        key = (cluster, cut)
        if key not in self._chosen:
            self._chosen[key] = self._choose(cluster, cut)
        return self._chosen[key]

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that no face has, each once, in their order."""
        if text.isascii() and text.isprintable():
            return ()
        cut = Cut()
        lost: dict[str, None] = {}
        for line in text.splitlines():
            for cluster in clusters(without_invisible(line)):
                if self.face_for(cluster, cut) is None:
                    lost.update(dict.fromkeys(self._uncovered(cluster, cut)))
        return tuple(lost)

    def printable(self, text: str) -> str:
        """Return one line of text with what stands instead of every character that no face has."""
        if text.isascii() and text.isprintable():
            return text
        text = without_invisible(text)
        cut = Cut()
        if all(not _extends(each) and self.face_for(each, cut) for each in text):
            return text
        parts: list[str] = []
        for cluster in clusters(text):
            if self.face_for(cluster, cut) is not None:
                parts.append(cluster)
            else:
                lost = self._uncovered(cluster, cut)
                parts.extend(self.instead(each) if each in lost else each for each in cluster)
        return "".join(parts)

    def instead(self, character: str) -> str:
        """Return what is printed for a character that no face has.

        That of a fancy alphabet (𝓜) is its plain letter, any other its code in brackets.
        """
        plain = unicodedata.normalize("NFKC", character)
        is_letter = plain != character and plain.isalnum()
        if is_letter and all(self.face_for(each, Cut()) for each in plain):
            return plain
        return code_of(character)

    def _uncovered(self, cluster: str, cut: Cut) -> tuple[str, ...]:
        singles = [each for each in cluster if each not in _SHAPELESS]
        alone = tuple(each for each in singles if self.face_for(each, cut) is None)
        return alone or tuple(singles[1:]) or tuple(cluster)

    def _choose(self, cluster: str, cut: Cut) -> Face | None:
        primary = _PRIMARY[cut.voice]
        # A festive voice is light: another script beside it stays at its regular weight.
        weight = cut.weight if cut.voice is Voice.SANS else min(cut.weight, _REGULAR)
        for name in _candidates(cluster, cut):
            face = self._open(name, cut.weight if name == primary else weight)
            if face.covers(cluster):
                return face
        return None

    def _open(self, name: str, weight: int) -> Face:
        key = (name, weight)
        if key not in self._opened:
            face = Face(name, _path(name), weight)
            # A face without weights is one face, whatever weight was asked for.
            same = (one for one in self._opened.values() if one.name == face.name)
            self._opened[key] = next(same, face)
        return self._opened[key]


def _candidates(cluster: str, cut: Cut) -> list[str]:
    names: list[str] = []
    if _KEY in cluster or (_EMOJI_STYLE in cluster and not cluster[0].isascii()):
        names.append("NotoEmoji")
    code = ord(cluster[0])
    if code >= _FIRST_BLOCK:
        _first, last, name = _BLOCKS[bisect_right(_STARTS, code) - 1]
        if code <= last:
            names.append(name)
            if name == _HAN:
                names.append(_RARE_HAN)
    names += [_PRIMARY[cut.voice], _PRIMARY[Voice.SANS]]
    if not cluster[0].isalnum() or code > ord("\u2000"):
        names += _SYMBOLS
    return list(dict.fromkeys(names))


def _path(name: str) -> Path:
    package, file = _FILES.get(name, (_NOTO[0], _NOTO[1].format(name)))
    return resource(file) if package is None else Path(str(files(package))) / file


def code_of(character: str) -> str:
    """Return a character's code as it is printed: ``[U+20BB6]``."""
    return f"[U+{ord(character):04X}]"


# Direction marks, soft hyphens, zero-width spaces and byte order marks: nothing to see.
_INVISIBLE: Final = dict.fromkeys(
    (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070),
     0xFEFF)
)  # fmt: skip
_INVISIBLE_OR_TAB: Final = {**_INVISIBLE, 0x09: " "}


def without_invisible(text: str) -> str:
    """Return a line without the characters that are meant to be unseen; a tab becomes a blank."""
    return text.translate(_INVISIBLE_OR_TAB)


def _extends(character: str) -> bool:
    return (
        character in _SHAPELESS
        or unicodedata.category(character)[0] == "M"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1160" <= character <= "\u11ff"
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def clusters(text: str) -> list[str]:
    """Split a text into characters with their marks, joined emoji and flags kept whole.

    A light form of the grapheme rules of UAX #29, enough to choose faces and to break lines.
    """
    found: list[str] = []
    flag_open = False
    for character in text:
        pairs = flag_open and _is_flag_letter(character)
        joined = bool(found) and found[-1].endswith(_JOINER) and not character.isascii()
        if found and (pairs or joined or _extends(character)):
            found[-1] += character
            flag_open = flag_open and not pairs
        else:
            found.append(character)
            flag_open = _is_flag_letter(character)
    return found
