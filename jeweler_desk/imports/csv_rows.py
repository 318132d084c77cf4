"""Delimited text as it really comes: encodings, delimiters, records with physical lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

ENCODING_WARNING: Final = (
    "The file is not UTF-8, so it was read as Windows text. Please look at names with accents; "
    "if they look wrong, the file was saved by a spreadsheet: download it again."
)
REPLACED_WARNING: Final = (
    "Some characters of the file cannot be read. It was probably saved by a spreadsheet: "
    "please download it again."
)
# UTF-8 once read as cp1252 and saved again, or characters already lost.
_MOJIBAKE: Final = re.compile("Ã[¼¶¤©¨±§£]|â€™|\ufffd")
_RESUME_WITHIN: Final = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first physical line (the file's first line is 1), its cells and its text."""

    line: int
    cells: tuple[str, ...]
    text: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and what a person should know about how it was read."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(content: bytes) -> Decoded:
    """Read bytes as UTF-8 (a byte order mark is dropped), else as cp1252 with a warning."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(content.decode("utf-16", errors="replace"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Decoded(content.decode("cp1252", errors="replace"), (ENCODING_WARNING,))
    if not text.isascii() and _MOJIBAKE.search(text):
        return Decoded(text, (REPLACED_WARNING,))
    return Decoded(text)


def physical_lines(text: str) -> list[str]:
    """Split at line ends of every system, keeping them; CRLF counts once."""
    return list(io.StringIO(text, newline=""))


def split_line(line: str, delimiter: str) -> list[str]:
    """Split one physical line as a header would be."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def records(
    lines: Sequence[str], *, after_line: int, delimiter: str, width: int
) -> Iterator[Record]:
    """Give the records after a header line; blank ones are left out.

    A record that has not ``width`` cells is not whole. Where a stray quote has swallowed the
    records below it, reading goes on at the first line that is a proper record again.
    """
    start = after_line
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter)
        before = 0
        for cells in _rows(reader):
            first, last = start + before, start + reader.line_num
            before = reader.line_num
            is_whole = len(cells) == width
            if not is_whole and last - first > 1:
                last = _resume_at(lines, first, last, delimiter, width)
            if not is_whole or any(cells):
                text = "".join(lines[first:last]).rstrip("\r\n")
                if text.strip(delimiter + " \t\r\n"):
                    yield Record(first + 1, tuple(cells), text, is_whole)
            if not is_whole and last != start + reader.line_num:
                start = last
                break
        else:
            return


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Go on after a record the csv module refuses (a cell beyond its limit); it has no cells."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def _resume_at(lines: Sequence[str], first: int, last: int, delimiter: str, width: int) -> int:
    """Find the line inside a broken record where proper records begin again, else its end."""
    for line in range(first + 1, min(last, first + _RESUME_WITHIN)):
        following = lines[line : line + _RESUME_WITHIN]
        candidate = next(_rows(csv.reader(following, delimiter=delimiter)), [])
        if len(candidate) == width:
            return line
    return last
