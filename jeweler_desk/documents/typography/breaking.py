"""Where a line may break: between words, between Han and Kana, inside a word that is too wide."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from jeweler_desk.documents.typography.fonts import clusters

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
BLANKS: Final = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_VOWELS_BEFORE: Final = frozenset("เแโใไເແໂໃໄ")
_VOWELS_BEHIND: Final = frozenset("ะาำๅๆฯະາຳຽໆຯ")
_VIRAMA: Final = 9  # its canonical combining class


def tokens(text: str) -> list[str]:
    """Split a line into stretches that are never broken, and the blanks between them."""
    pattern = _PLAIN_TOKEN if text.isascii() else _TOKEN
    return pattern.findall(text)


def syllables(token: str) -> list[str]:
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
