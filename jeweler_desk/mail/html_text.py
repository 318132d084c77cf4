"""Turns the HTML of a mail into plain text; nothing is fetched, nothing is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_BREAKS: Final = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "td",
        "th",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "hr",
    }
)
_SILENT: Final = frozenset({"script", "style", "head", "title", "template"})
_QUOTE_MARKS: Final = (
    "divrplyfwdmsg",
    "appendonsend",
    "gmail_quote",
    "yahoo_quoted",
    "moz-cite-prefix",
)
_CITED: Final = "moz-cite-prefix"
_DEEPEST: Final = 200
_DIVIDER: Final = "\n-----Original Message-----\n"


class _Reader(HTMLParser):
    """Collects the words, with quotes marked so that they can be folded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where the eye sees one; begin a quote where a mail program marks one."""
        if tag in _SILENT:
            self._silent += 1
        if tag in _BREAKS:
            self._break()
        marks = " ".join(value or "" for name, value in attrs if name in {"class", "id"}).casefold()
        if any(mark in marks for mark in _QUOTE_MARKS) and _CITED not in marks:
            self.pieces.append(_DIVIDER)
        if tag == "blockquote" and self._quotes < _DEEPEST:
            self._quotes += 1
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """End what `handle_starttag` began."""
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag == "blockquote" and self._quotes:
            self._quotes -= 1
            self._break()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        self.pieces.append("\n" + "> " * min(self._quotes, 1))


# A tag that is not ended before the next one begins.
_OPEN_END: Final = re.compile(r"<(?=[^<>]*(?:<|\Z))")


def tamed(html: str) -> str:
    """Leave out comments and tags without an end, over which Python's parser takes minutes.

    It looks for each end anew. A comment that never ends hides the rest, as in a browser.
    """
    shown, *hidden = html.split("<!--")
    pieces = [shown]
    for each in hidden:
        _, end, after = each.partition("-->")
        if end:
            pieces.append(after)
    return _OPEN_END.sub("", "".join(pieces))


def html_to_text(html: str) -> str:
    """Return the words of an HTML mail, line by line, quotes marked with ``>``."""
    reader = _Reader()
    reader.feed(tamed(html))
    reader.close()
    lines = [line.strip() for line in "".join(reader.pieces).split("\n")]
    text = "\n".join(line for line in lines if line != ">")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
