"""Rebuilds the HTML of a mail from a short list of harmless tags: nothing in it can load or run.

Whatever is not on the list is left out, its words stay. No address of a picture, a style or a frame
survives: pictures come by the Content-ID of a part of the same letter only.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote

from jeweler_desk.domain.web_link import safe_link
from jeweler_desk.mail.html_text import tamed

LONGEST: Final = 400_000
_KEPT: Final = frozenset({
    "b", "blockquote", "br", "caption", "center", "code", "dd", "del", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "s", "small",
    "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "u", "ul",
})  # fmt: skip
_EMPTY: Final = frozenset({"br", "hr"})
_SILENT: Final = frozenset({
    "applet", "audio", "canvas", "embed", "frame", "frameset", "head", "iframe", "math", "noembed",
    "noframes", "object", "script", "select", "style", "svg", "template", "textarea", "title",
    "video",
})  # fmt: skip
_ENDLESS: Final = frozenset({"embed", "frame"})
"""Silent tags that have no end."""
_ALIGNMENTS: Final = frozenset({"left", "right", "center", "justify"})
_MOST_SPAN: Final = 20
_DEEPEST: Final = 60
_MOST_TAGS: Final = 20_000


class _Builder(HTMLParser):
    """Writes the harmless part of what it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.links: dict[str, None] = {}
        self.cids: dict[str, None] = {}
        self._silent: list[str] = []
        self._tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a tag of the list; count the others that hide what is within."""
        self._tags += 1
        if tag in _SILENT:
            if tag not in _ENDLESS:
                self._silent.append(tag)
            return
        if self._silent or self._tags > _MOST_TAGS:
            return
        known = {name: value or "" for name, value in reversed(attrs)}
        if tag == "img":
            self._picture(known)
        elif tag == "a":
            self._link(known)
        elif tag in _EMPTY:
            self.pieces.append(f"<{tag}>")
        elif tag in _KEPT and len(self.open) < _DEEPEST:
            self.open.append(tag)
            self.pieces.append(f"<{tag}{_harmless(tag, known)}>")

    def _picture(self, known: dict[str, str]) -> None:
        source = known.get("src", "").strip()
        words = " ".join(known.get("alt", "").split())[:200]
        if source[:4].casefold() == "cid:":
            cid = unquote(source[4:]).strip("<> ")
            if cid and all(each.isprintable() for each in cid):
                self.cids[cid] = None
                number = list(self.cids).index(cid)
                self.pieces.append(f'<img src="cid:{number}" alt="{escape(words)}">')
                return
        if words:
            self.pieces.append(f"<i>[{escape(words)}]</i>")

    def _link(self, known: dict[str, str]) -> None:
        link = safe_link(known.get("href", ""))
        if link is None or "a" in self.open or len(self.open) >= _DEEPEST:
            return
        self.links[link.url] = None
        self.open.append("a")
        self.pieces.append(f'<a href="{escape(link.url)}">')

    def handle_endtag(self, tag: str) -> None:
        """End a tag and all that stands open within it."""
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif not self._silent and tag in self.open:
            while self.open:
                last = self.open.pop()
                self.pieces.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._silent:
            self.pieces.append(escape(data))


def _harmless(tag: str, known: dict[str, str]) -> str:
    """Return the few attributes that are kept: how words stand, how cells span."""
    kept = ""
    align = known.get("align", "").strip().casefold()
    if align in _ALIGNMENTS:
        kept += f' align="{align}"'
    if tag in {"td", "th"}:
        for name in ("colspan", "rowspan"):
            value = known.get(name, "").strip()
            if value.isascii() and value.isdigit() and len(value) <= 2:  # noqa: PLR2004 - digits
                kept += f' {name}="{min(max(1, int(value)), _MOST_SPAN)}"'
    if tag == "ol" and known.get("start", "").isascii() and known.get("start", "").isdigit():
        kept += f' start="{int(known["start"][:6])}"'
    return kept


def clean_html(html: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a harmless form of a mail's HTML, the Content-IDs it shows, and where it links to.

    A picture is named ``cid:`` and its place among the Content-IDs.
    """
    builder = _Builder()
    builder.feed(tamed(html[:LONGEST]))
    builder.close()
    ends = "".join(f"</{tag}>" for tag in reversed(builder.open))
    return "".join(builder.pieces) + ends, tuple(builder.cids), tuple(builder.links)
