"""Reads an mbox: many messages in one file, told apart by lines that begin with ``From``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from jeweler_desk.domain.mailbox import SeenCopy, SetAside
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.head_flags import flags_in_head
from jeweler_desk.mail.mime import UnreadableMessageError, read_message
from jeweler_desk.mail.places import shown_path

_TAIL: Final = re.compile(
    rb"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+(?:(?P<month>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})"
    rb"|(?P<day2>\d{1,2})\s+(?P<month2>[A-Z][a-z]{2}))\s+(?:(?P<year2>\d{4})\s+)?"
    rb"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    rb"(?:\s+(?P<zone>[+-]\d{4}|[A-Z]{1,5}))?(?:\s+(?P<year>\d{4}))?(?:\s+(?P<zone2>[+-]\d{4}))?"
)
_MONTHS: Final = (
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
)  # fmt: skip
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_TRIES: Final = 3


def looks_like_mbox(start: bytes) -> bool:
    """Tell whether a file that begins so is an mbox."""
    return start.lstrip(b"\r\n").startswith(b"From ")


def read_mbox(path: Path) -> tuple[list[SeenCopy], list[SetAside]]:
    """Read every message of an mbox; a file that another program is writing is read again.

    Raises `RefusedError` when it will not stand still.
    """
    for _ in range(_TRIES):
        before = path.stat()
        found = _read_once(path)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return found
    raise RefusedError(
        f"Another program is writing to “{shown_path(path)}”."
        " Nothing was read; try again when it is done."
    )


def _read_once(path: Path) -> tuple[list[SeenCopy], list[SetAside]]:
    file_time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    copies: list[SeenCopy] = []
    aside: list[SetAside] = []
    seen: Counter[str] = Counter()
    for number, (separator, raw) in enumerate(_messages(path), start=1):
        try:
            # Thunderbird writes the wall clock's time there, and "From -" gives it away.
            first_seen = separator_time(separator) or file_time
            is_wall_clock = separator.startswith(b"From - ")
            received = read_message(raw, first_seen, zone_unknown=is_wall_clock)
        except UnreadableMessageError as error:
            aside.append(SetAside(f"{shown_path(path)}, message {number}", str(error)))
            continue
        message_id = received.message.message_id
        seen[message_id] += 1
        flags = flags_in_head(raw)
        copies.append(
            SeenCopy(f"{message_id}#{seen[message_id]}", flags, received.fingerprint, received)
        )
    return copies, aside


def mbox_letters(path: Path) -> Iterator[bytes]:
    """Return the bytes of each letter of an mbox, in its order."""
    return (raw for _, raw in _messages(path))


def _messages(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Return each message with its separator line.

    A line that begins with ``From`` divides only after a blank line and with a date at its end, or
    with X-Mozilla-Status below it: letters hold such lines too.
    """
    separator = b""
    lines: list[bytes] = []
    pending: bytes | None = None
    is_blank = True
    with path.open("rb") as file:
        for line in file:
            if pending is not None:
                if line.startswith(b"X-Mozilla-Status"):
                    yield from _finished(separator, lines)
                    separator, lines = pending, []
                else:
                    lines.append(pending)
                pending = None
            if is_blank and line.startswith(b"From "):
                if _TAIL.search(line) or not separator:
                    yield from _finished(separator, lines)
                    separator, lines = line, []
                else:
                    pending = line
            else:
                lines.append(line)
            is_blank = not line.strip()
    if pending is not None:
        lines.append(pending)
    yield from _finished(separator, lines)


def _finished(separator: bytes, lines: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    if separator:
        yield separator, _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def separator_time(line: bytes) -> datetime | None:
    """Return the instant of a separator line; without a zone it is in UTC (RFC 4155)."""
    match = _TAIL.search(line)
    if match is None or not (year := match["year"] or match["year2"]):
        return None
    zone = match["zone"] or match["zone2"] or b"+0000"
    offset = timedelta()
    if zone[:1] in b"+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        offset = -offset if zone[:1] == b"-" else offset
    try:
        return datetime(
            int(year),
            _MONTHS.index(match["month"] or match["month2"]) + 1,
            int(match["day"] or match["day2"]),
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            tzinfo=timezone(offset),
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
