"""What mail programs note of a message in its own header: answered, draft, junk, deleted."""

from __future__ import annotations

import re
from email.header import decode_header
from typing import Final

from jeweler_desk.domain.mailbox import Flags

_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_MOZILLA_STATUS: Final = re.compile(rb"^X-Mozilla-Status:\s*([0-9A-Fa-f]{1,8})", re.MULTILINE)
_STATUS: Final = re.compile(rb"^X-Status:[ \t]*([A-Z]*)", re.MULTILINE)
_KEYS: Final = re.compile(rb"^X-Mozilla-Keys:[^\n]*(?<!Non)\bJunk\b", re.MULTILINE)
_LABELS: Final = re.compile(
    rb"^X-Gmail-Labels:[ \t]*((?:[^\r\n]|\r?\n[ \t]){1,2000})", re.MULTILINE
)
_REPLIED: Final = 0x0002
_EXPUNGED: Final = 0x0008
_DRAFTS: Final = frozenset(
    {
        "draft", "drafts", "entwurf", "entwürfe", "brouillon", "brouillons", "borrador",
        "borradores", "bozza", "bozze", "concept", "concepten", "rascunho", "rascunhos", "utkast",
        "kladde", "kladder", "luonnos", "luonnokset", "szkic", "wersje robocze", "下書き", "草稿",
        "черновик", "черновики", "piszkozatok",
    }
)  # fmt: skip
_JUNK: Final = frozenset({"spam", "junk", "спам", "迷惑メール", "垃圾邮件"})


def flags_in_head(raw: bytes) -> Flags:
    """Read the marks of Thunderbird, of older Unix programs and of Google's export."""
    end = _HEADER_END.search(raw)
    head = raw[: end.start()] if end else raw
    status = _MOZILLA_STATUS.search(head)
    bits = int(status[1], 16) if status else 0
    other = _STATUS.search(head)
    letters = other[1] if other else b""
    labels = _labels(head)
    return Flags(
        is_answered=bool(bits & _REPLIED) or b"A" in letters,
        is_draft=b"T" in letters or not labels.isdisjoint(_DRAFTS),
        is_junk=_KEYS.search(head) is not None or not labels.isdisjoint(_JUNK),
        is_expunged=bool(bits & _EXPUNGED),
    )


def _labels(head: bytes) -> set[str]:
    found = _LABELS.search(head)
    if found is None:
        return set()
    try:
        pieces = decode_header(re.sub(r"\r?\n[ \t]+", " ", found[1].decode("utf-8", "replace")))
        text = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in pieces
        )
    except (ValueError, LookupError):
        return set()
    return {label.strip(' "').casefold() for label in text.split(",")}
