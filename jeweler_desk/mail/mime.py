"""Bytes become a message: headers and words read with guards, so that no mail can make it fail."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.parser import BytesHeaderParser
from typing import Final

from jeweler_desk.domain.absence import named_return
from jeweler_desk.domain.mail_program import program_named
from jeweler_desk.domain.mailbox import ReceivedMessage
from jeweler_desk.domain.message import MOST_REFERENCES, Message, Sign
from jeweler_desk.domain.own_words import form_fields, own_text, signs_of_words
from jeweler_desk.domain.platforms import read_notice
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.headers import Headers, bytes_to_text
from jeweler_desk.mail.html_text import html_to_text
from jeweler_desk.mail.parts import parts_of
from jeweler_desk.mail.reports import read_report
from jeweler_desk.mail.sender_data import sender_table

_MOST_BYTES: Final = 4 * 1024 * 1024
_LONGEST_TEXT: Final = 60_000
_LONGEST_HTML: Final = 400_000
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_ZONES_DIFFER: Final = timedelta(hours=14)
_LAY_FOR: Final = timedelta(hours=6)
_LAY_AT_MOST: Final = timedelta(days=30)
_OPENING: Final = 240
_ABSENCES: Final = frozenset(
    {
        Sign.AUTO_REPLIED, Sign.AUTO_RESPONDER, Sign.EXCHANGE_ABSENCE, Sign.ABSENT_SUBJECT,
        Sign.AUTO_REPLY_PRECEDENCE,
    }
)  # fmt: skip
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
# What mail programs rewrite in place; it says nothing about which message this is.
_VOLATILE: Final = re.compile(
    rb"^(?:X-Mozilla-[\w-]+|X-Status|Status|X-Keywords|X-UID|Content-Length|Lines):[^\n]*\n?",
    re.MULTILINE | re.IGNORECASE,
)
# The library reads the parameters of such a field in a time that grows with their square.
_LONG_CONTENT_FIELD: Final = re.compile(
    rb"^(content-[a-z-]{1,40}:(?:[^\r\n]|\r?\n[ \t]){4096})(?:[^\r\n]|\r?\n[ \t])+",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD: Final = re.compile(rb"^[!-9;-~]{1,76}[ \t]*:", re.MULTILINE)


class UnreadableMessageError(RefusedError):
    """Bytes that are no message; the sentence says why."""


def read_message(
    raw: bytes,
    first_seen: datetime,
    *,
    received_at: datetime | None = None,
    size: int | None = None,
    zone_unknown: bool = False,
) -> ReceivedMessage:
    """Read a message's bytes.

    ``first_seen`` is the time of its file (or of the look), used where the message tells none;
    ``received_at`` is the server's own word (INTERNALDATE) and outweighs the headers; ``size`` is
    the whole size where ``raw`` is only its beginning; ``zone_unknown``: ``first_seen`` is some
    clock on a wall, so that a Date may lie ahead of it by as much as zones differ.
    Raises `UnreadableMessageError`, whatever the message holds: it must not stop the others.
    """
    try:
        return _read(raw, first_seen, received_at=received_at, size=size, zone_unknown=zone_unknown)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableMessageError("It is so broken that it cannot be read.") from error


def _read(
    raw: bytes,
    first_seen: datetime,
    *,
    received_at: datetime | None,
    size: int | None,
    zone_unknown: bool,
) -> ReceivedMessage:
    head = _head_of(raw)
    mime = _parse(raw)
    headers = Headers(mime)
    text = _text_of(mime)[:_LONGEST_TEXT].replace("\x00", "")
    ids = headers.ids("message-id")
    digest = fingerprint(head.replace(b"\r\n", b"\n"), _body_size(raw, head, size))
    sender = next(iter(headers.people("from")), None)
    subject = headers.words("subject")
    reply_to = headers.people("reply-to")
    taken_at = received_at or arrival(headers, first_seen, zone_unknown=zone_unknown)
    signs = header_signs(headers) | _part_signs(mime) | signs_of_words(subject, text)
    cc = headers.people("cc")
    message = Message(
        message_id=ids[0] if ids else f"no-id-{digest[:40]}",
        received_at=taken_at,
        sender=sender,
        subject=subject,
        to=headers.people("to"),
        cc=cc,
        bcc=headers.people("bcc"),
        reply_to=reply_to,
        in_reply_to=headers.ids("in-reply-to"),
        references=headers.ids("references")[-MOST_REFERENCES:],
        signs=signs,
        form=form_fields(text),
        report=read_report(mime, headers, sender, text),
        notice=read_notice(sender_table(), sender, reply_to, subject, text),
        gmail_thread=headers.first("x-gm-thrid")[:40],
        was_delivered=any(
            headers.has(name) for name in ("received", "delivered-to", "return-path")
        ),
        written_at=written_before(headers, taken_at),
        program=program_of(headers),
        opening=own_text(text)[:_OPENING] if cc else "",
        returns=named_return(text, taken_at.date()) if signs & _ABSENCES else None,
    )
    return ReceivedMessage(message, text, digest)


def _head_of(raw: bytes) -> bytes:
    if not raw.strip():
        raise UnreadableMessageError("The file is empty.")
    end = _HEADER_END.search(raw)
    head = raw[: end.start()] if end else raw
    if not _FIELD.search(head[:_MOST_BYTES]):
        raise UnreadableMessageError("It holds no email: there are no header lines.")
    return head


def _body_size(raw: bytes, head: bytes, size: int | None) -> int:
    """Return a body's size; of a whole message without line ends that each store writes its way."""
    if size is not None and size != len(raw):
        return size - len(head)
    start, end = len(head), len(raw)
    while start < end and raw[start] in b"\r\n":
        start += 1
    while start < end and raw[end - 1] in b"\r\n":
        end -= 1
    return end - start - raw.count(b"\r\n", start, end)


def fingerprint(head: bytes, body_size: int) -> str:
    """Return what tells copies of a message apart: its header fields and its body's size."""
    return hashlib.sha256(_VOLATILE.sub(b"", head) + str(body_size).encode()).hexdigest()


def message_id_of(raw: bytes) -> str:
    """Return the Message-ID under which a letter is known; raises `UnreadableMessageError`."""
    head = _head_of(raw)
    ids = Headers(BytesHeaderParser().parsebytes(head + b"\n\n")).ids("message-id")
    if ids:
        return ids[0]
    digest = fingerprint(head.replace(b"\r\n", b"\n"), _body_size(raw, head, None))
    return f"no-id-{digest[:40]}"


def parse_whole(raw: bytes) -> MimeMessage:
    """Parse a letter with all that came along; raises `UnreadableMessageError`."""
    _head_of(raw)
    return _parse(raw, len(raw))


def _parse(raw: bytes, most: int = _MOST_BYTES) -> MimeMessage:
    """Parse a message; one nested beyond reason is read by its header alone."""
    try:
        return message_from_bytes(_LONG_CONTENT_FIELD.sub(rb"\1", raw[:most]))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return BytesHeaderParser().parsebytes(_head_of(raw) + b"\n\n")


def arrival(headers: Headers, first_seen: datetime, *, zone_unknown: bool) -> datetime:
    """Return when the server took a message (design/cli.md, *mail read*).

    The topmost Received with a zone; else Date with a zone, unless it is later than the file's time
    and ten minutes; else the file's time.
    """
    for moment in headers.instants("received"):
        return moment
    latest = first_seen + (_ZONES_DIFFER if zone_unknown else _CLOCKS_DIFFER)
    for moment in headers.instants("date"):
        if moment <= latest:
            return moment
        break
    return first_seen


def written_before(headers: Headers, taken_at: datetime) -> datetime | None:
    """Return when a letter was written, where it lay for hours before a server took it."""
    for moment in headers.instants("date"):
        lay = taken_at - moment
        return moment if _LAY_FOR <= lay <= _LAY_AT_MOST else None
    return None


def program_of(headers: Headers) -> str:
    """Return where a letter was written, by its X-Mailer or User-Agent; empty if unknown."""
    for name in ("x-mailer", "user-agent"):
        if headers.has(name):
            return program_named(headers.first(name))
    return ""


_RESPONDERS: Final = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-amazon-auto-reply",
    "x-autoreply-from", "x-mail-autoreply",
)  # fmt: skip
_CAMPAIGNS: Final = ("feedback-id", "x-campaign", "x-campaign-id", "x-campaignid", "x-mailgun-tag")
_BULK: Final = frozenset({"bulk", "list", "junk"})
_SITE_MAILER: Final = re.compile(r"phpmailer|wordpress|wp ?forms|drupal|joomla", re.IGNORECASE)
NO_SENDER: Final = frozenset({"<>", "< >", '<"">'})
_AUTO_PRECEDENCE: Final = frozenset({"auto_reply", "auto-reply", "autoreply"})


def header_signs(headers: Headers) -> frozenset[Sign]:
    """Return what the header fields show (facts/mail.md section 2.1)."""
    return frozenset(sign for sign, shows in _SIGNS.items() if shows(headers))


def _submitted(headers: Headers) -> set[str]:
    """Return the words of Auto-Submitted without parameters and comments (RFC 3834)."""
    words = (re.sub(r"\([^)]*\)", " ", value) for value in headers.all("auto-submitted"))
    return {word.partition(";")[0].strip().casefold() for word in words} - {"", "no"}


def _precedence(headers: Headers) -> str:
    return headers.first("precedence").casefold()


def _has_responder(headers: Headers) -> bool:
    return any(headers.has(name) and headers.first(name).casefold() != "no" for name in _RESPONDERS)


def _is_campaign(headers: Headers) -> bool:
    return any(headers.has(name) for name in _CAMPAIGNS) or any(
        name.startswith("x-mailgun") and name.endswith("-tag") for name in headers.names()
    )


def _is_exchange_absence(headers: Headers) -> bool:
    suppressed = headers.first("x-auto-response-suppress").casefold().split(",")
    return "all" in [word.strip() for word in suppressed] and headers.has(
        "x-ms-exchange-inbox-rules-loop"
    )


def _is_spam(headers: Headers) -> bool:
    return headers.first("x-spam-flag").casefold() == "yes" or headers.first(
        "x-spam-status"
    ).casefold().startswith("yes")


_SIGNS: Final[dict[Sign, Callable[[Headers], bool]]] = {
    Sign.AUTO_REPLIED: lambda headers: "auto-replied" in _submitted(headers),
    Sign.AUTO_GENERATED: lambda headers: bool(_submitted(headers) - {"auto-replied"}),
    Sign.BULK: lambda headers: _precedence(headers) in _BULK,
    Sign.AUTO_REPLY_PRECEDENCE: lambda headers: _precedence(headers) in _AUTO_PRECEDENCE,
    Sign.AUTO_RESPONDER: _has_responder,
    Sign.LIST: lambda headers: headers.has("list-id"),
    Sign.UNSUBSCRIBE: lambda headers: headers.has("list-unsubscribe"),
    Sign.CAMPAIGN: _is_campaign,
    Sign.NULL_SENDER: lambda headers: headers.first("return-path") in NO_SENDER,
    Sign.EXCHANGE_ABSENCE: _is_exchange_absence,
    Sign.SPAM: _is_spam,
    Sign.SITE_MAILER: lambda headers: _SITE_MAILER.search(headers.first("x-mailer")) is not None,
}


def _part_signs(mime: MimeMessage) -> frozenset[Sign]:
    """Return what the kinds of parts show: a calendar's answer, a reaction."""
    signs: set[Sign] = set()
    for part in parts_of(mime):
        kind = part.get_content_type()
        if kind in {"text/calendar", "application/ics"}:
            method = str(part.get_param("method") or "").casefold()
            body = words_of(part)[:20_000] if not method else ""
            if method == "reply" or re.search(
                r"^METHOD:\s*REPLY\b", body, re.MULTILINE | re.IGNORECASE
            ):
                signs.add(Sign.CALENDAR_REPLY)
        elif kind.startswith("text/vnd.google.email-reaction"):
            signs.add(Sign.REACTION)
    return frozenset(signs)


def _text_of(mime: MimeMessage) -> str:
    """Return the words of a message: its plain parts, else its HTML parts as text."""
    plain: list[str] = []
    html: list[str] = []
    for part in parts_of(mime):
        kind = part.get_content_type()
        if part.is_multipart() or kind not in {"text/plain", "text/html"}:
            continue
        if str(part.get("content-disposition", "")).strip().casefold().startswith("attachment"):
            continue
        words = words_of(part)
        if kind == "text/plain":
            plain.append(words)
        else:
            html.append(words)
    text = "\n".join(plain).strip()
    return text or "\n".join(html_to_text(each[:_LONGEST_HTML]) for each in html).strip()


def words_of(part: MimeMessage) -> str:
    """Return the words of a part, whatever charset it claims."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return ""
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset", "utf-8")
    return bytes_to_text(payload, charset if isinstance(charset, str) else "utf-8").replace(
        "\r\n", "\n"
    )
