"""Takes a letter's bytes apart: its formatted form, the pictures within, the files that came along.

Nothing is written, opened or fetched; files carried by carried letters are not gone into.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message as MimeMessage
from typing import Final

from jeweler_desk.domain.enclosure import Attachment, Enclosures, doubts_about, safe_name
from jeweler_desk.domain.web_link import links_in
from jeweler_desk.mail.clean_html import LONGEST, clean_html
from jeweler_desk.mail.headers import decoded
from jeweler_desk.mail.mime import parse_whole, words_of
from jeweler_desk.mail.parts import parts_of

_MOST_FILES: Final = 60
_MOST_INLINE: Final = 10 * 1024 * 1024
_MOST_INLINE_PICTURES: Final = 20
_PICTURE_KINDS: Final = frozenset(
    {"image/jpeg", "image/pjpeg", "image/jpg", "image/png", "image/x-png", "image/gif",
     "image/webp", "image/bmp", "image/tiff", "image/heic", "image/heif"}
)  # fmt: skip
_PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff")
_WORDS: Final = frozenset({"text/plain", "text/html"})
_ENDINGS: Final = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "application/pdf": "pdf", "message/rfc822": "eml", "text/calendar": "ics",
    "text/html": "html", "text/plain": "txt",
}  # fmt: skip

Shrink = Callable[[bytes], bytes | None]
"""Makes a small, clean picture of bytes, or None where they are no photo that may be shown."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    told: str
    cid: str
    data: bytes


def read_enclosures(
    message_id: str, raw: bytes, shrink: Shrink, shrink_inline: Shrink
) -> Enclosures:
    """Return what a letter holds beside its plain words; ``shrink`` makes pictures safe and small.

    Raises `UnreadableMessageError`.
    """
    mime = parse_whole(raw)
    html, links, files = "", dict[str, None](), list[_Part]()
    for part in parts_of(mime):
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            continue
        told = _told_name(part)
        is_file = _disposition(part) == "attachment" or bool(told)
        if kind in _WORDS and not is_file:
            words = words_of(part)
            if kind == "text/html":
                html += words[: max(0, LONGEST - len(html))]
            else:
                links |= dict.fromkeys(links_in(words))
            continue
        if len(files) < _MOST_FILES:
            files.append(_Part(kind, told, _cid(part), _bytes_of(part)))
    cleaned, cids, leads = clean_html(html)
    pictures = _pictures(cids, files, shrink_inline)
    shown = {cid for cid, _ in pictures}
    named = tuple((str(cids.index(cid)), data) for cid, data in pictures)
    attached = [each for each in files if not (each.cid in shown and each.cid)]
    return Enclosures(
        message_id,
        cleaned if html.strip() else "",
        named,
        tuple(_attachment(number, each, shrink) for number, each in enumerate(attached, start=1)),
        tuple(links | dict.fromkeys(leads)),
    )


def _pictures(
    cids: tuple[str, ...], files: list[_Part], shrink: Shrink
) -> tuple[tuple[str, bytes], ...]:
    by_cid = {each.cid: each for each in files if each.cid}
    found: list[tuple[str, bytes]] = []
    room = _MOST_INLINE
    for cid in cids[:_MOST_INLINE_PICTURES]:
        part = by_cid.get(cid)
        if part is None or len(part.data) > room:
            continue
        small = shrink(part.data)
        if small is not None:
            room -= len(part.data)
            found.append((cid, small))
    return tuple(found)


def _attachment(number: int, part: _Part, shrink: Shrink) -> Attachment:
    told = part.told or f"attachment {number}.{_ENDINGS.get(part.kind, 'bin')}"
    name = safe_name(told)
    is_picture = part.kind in _PICTURE_KINDS or name.casefold().endswith(_PICTURE_ENDINGS)
    doubts = doubts_about(told, part.kind)
    picture = shrink(part.data) if is_picture else None
    return Attachment(number, name, part.kind, part.data, doubts, picture)


def _disposition(part: MimeMessage) -> str:
    return str(part.get("content-disposition", "")).partition(";")[0].strip().casefold()


def _told_name(part: MimeMessage) -> str:
    """Return the name a part gives itself, its encoded words read."""
    try:
        told = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return decoded(str(told))[:2000] if told else ""


def _cid(part: MimeMessage) -> str:
    return str(part.get("content-id", "")).strip().strip("<> ")[:300]


def _bytes_of(part: MimeMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        try:
            return first.as_bytes() if isinstance(first, MimeMessage) else b""
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return b""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""
