"""Links in letters: which may be opened at all, and where they really lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

_BARE_NUMBER: Final = re.compile(r"[\d.]+|[0-9a-f]*:[0-9a-f:.]+|0x[0-9a-f]+")
_LONGEST: Final = 2000
_IN_TEXT: Final = re.compile(r"\bhttps?://[^\s<>\"'“”‘’«»\\^`{|}]+", re.IGNORECASE)
_MOST: Final = 200
_CLOSERS: Final = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be opened: its address and the host (or mailbox) it really leads to.

    ``is_odd``: it looks made to be mistaken for another.
    """

    url: str
    host: str
    is_odd: bool = False


def safe_link(told: str) -> Link | None:
    """Return a link that may be opened after its host was shown; None for all other kinds.

    Only http, https and mailto: no file, no script, no data, no share of a Windows network.
    """
    text = told.strip()
    is_shown = bool(text) and len(text) <= _LONGEST and all(each.isprintable() for each in text)
    if not is_shown or "\\" in text or text.startswith("/"):
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
        plain = host.encode("idna").decode("ascii") if host else ""
    except ValueError:
        return None
    scheme = parts.scheme.casefold()
    if scheme == "mailto":
        address = unquote(parts.path)
        is_plain = "@" in address and not re.search(r"[\r\n,;<>\s]", address)
        return Link(text, address) if is_plain and not parts.netloc else None
    if scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.:_-]+", plain):
        return None
    is_odd = plain != host or plain.startswith("xn--") or ".xn--" in plain
    is_odd = is_odd or parts.username is not None
    return Link(text, plain, is_odd or bool(_BARE_NUMBER.fullmatch(plain)))


def links_in(text: str) -> tuple[str, ...]:
    """Return the web links that stand in plain words, each once, in their order."""
    found: dict[str, None] = {}
    for match in _IN_TEXT.finditer(text):
        url = match[0].rstrip(".,;:!?…")
        while url and url[-1] in _CLOSERS and url.count(_CLOSERS[url[-1]]) < url.count(url[-1]):
            url = url[:-1]
        if safe_link(url) is not None:
            found[url] = None
        if len(found) >= _MOST:
            break
    return tuple(found)
