"""Reads what a server answers to FETCH: numbers, flags, its time, header fields, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

Answer = bytes | tuple[bytes, bytes] | None
"""A piece of an answer as imaplib gives it: a line, or a line and the literal after it."""

_START: Final = re.compile(rb"\d+ \(")
_UID: Final = re.compile(rb"\bUID (\d+)")
_FLAGS: Final = re.compile(rb"\bFLAGS \(([^)]*)\)")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE: Final = re.compile(
    rb'\bINTERNALDATE "\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})"'
)
_GMAIL_THREAD: Final = re.compile(rb"\bX-GM-THRID (\d+)")
_GMAIL_MESSAGE: Final = re.compile(rb"\bX-GM-MSGID (\d+)")
_LABELS: Final = re.compile(rb"\bX-GM-LABELS \(((?:\"(?:[^\"\\]|\\.)*\"|[^)\"])*)\)")
_SHORT: Final = re.compile(rb'BODY\[([^\]]*)\](?:<\d+>)? "((?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(rb"\\(.)")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
         b"dec"), 1,
    )
}  # fmt: skip


# One answer as most servers write it, in the order in which it was asked for.
_USUAL: Final = re.compile(
    rb"\d+ \(UID (\d+) FLAGS \(([^)]*)\) INTERNALDATE "
    rb'"\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})"'
    rb" RFC822\.SIZE (\d+) BODY\[HEADER"
)


@dataclass(slots=True)
class Fetched:
    """What one answer tells of one message; what the server left out is None or empty."""

    uid: int
    flags: frozenset[bytes] | None = None
    received_at: datetime | None = None
    size: int | None = None
    gmail_thread: str = ""
    gmail_message: str = ""
    labels: frozenset[bytes] | None = None
    head: bytes | None = None
    encoding: bytes = b""
    text: bytes | None = None
    whole: bytes | None = None


@dataclass(slots=True)
class _Record:
    line: bytes = b""
    literals: list[tuple[bytes, bytes]] = field(default_factory=list)
    done: bool = False


def read_answers(answers: Iterable[Answer]) -> list[Fetched]:
    """Read answers message by message, each UID once; one that names no UID is passed over."""
    found: dict[int, Fetched] = {}
    record: _Record | None = None
    for answer in answers:
        if answer is None:
            continue
        line, literal = answer if isinstance(answer, tuple) else (answer, None)
        if literal is None and line == b")" and record is not None and record.done:
            record = None
            continue
        if record is None or _START.match(line):
            if record is not None:
                _finish(record, found)
            record = _Record()
            if literal is not None and _is_usual(record, line, literal, found):
                continue
        _add(record, line, literal)
    if record is not None:
        _finish(record, found)
    return list(found.values())


def _is_usual(record: _Record, line: bytes, literal: bytes, found: dict[int, Fetched]) -> bool:
    """Read the usual answer at once; False for one that must be taken apart."""
    usual = _USUAL.match(line)
    if usual is None:
        return False
    uid, flags, *date, size = usual.groups()
    number = int(uid)
    record.line, record.literals = line, [(b"HEADER", literal)]
    if number not in found:
        at = _instant(*date)
        found[number] = Fetched(number, flags_of(flags), at, int(size), head=literal)
        record.done = True
    return True


def _add(record: _Record, line: bytes, literal: bytes | None) -> None:
    if literal is None:
        record.line += b" " + line
    else:
        before, _, section = line.rpartition(b"BODY[")
        record.line += b" " + before
        record.literals.append((section, literal))


def _finish(record: _Record, found: dict[int, Fetched]) -> None:
    line = record.line
    if b"BODY[" in line:
        line, shorts = _without_short(line)
        record.literals += shorts
    uid = _UID.search(line)
    if uid is None:
        return
    number = int(uid[1])
    fetched = found.get(number)
    if fetched is None:
        fetched = found[number] = Fetched(number)
    flags = _FLAGS.search(line)
    if flags is not None:
        fetched.flags = flags_of(flags[1])
    date = _DATE.search(line)
    if date is not None:
        fetched.received_at = _instant(*date.groups())
    size = _SIZE.search(line)
    if size is not None:
        fetched.size = int(size[1])
    if b"X-GM-" in line:
        _read_gmail(line, fetched)
    for section, literal in record.literals:
        _keep(fetched, section, literal)


def _without_short(line: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Take out bodies that stand in quotes: servers may send what is short that way."""
    shorts = [(each[1] + b"]", _ESCAPED.sub(rb"\1", each[2])) for each in _SHORT.finditer(line)]
    return _SHORT.sub(b"", line), shorts


def _read_gmail(line: bytes, fetched: Fetched) -> None:
    thread, message = _GMAIL_THREAD.search(line), _GMAIL_MESSAGE.search(line)
    fetched.gmail_thread = thread[1].decode("ascii") if thread else ""
    fetched.gmail_message = message[1].decode("ascii") if message else ""
    labels = _LABELS.search(line)
    if labels is not None:
        fetched.labels = frozenset(
            each.strip(b'"').replace(b"\\\\", b"\\").lower() for each in labels[1].split()
        )


def _keep(fetched: Fetched, section: bytes, literal: bytes) -> None:
    name = section[:40].upper()
    if name.startswith((b"HEADER.FIELDS (CONTENT-TR", b'HEADER.FIELDS ("CONTENT-TR')):
        fetched.encoding = literal
    elif name.startswith(b"HEADER"):
        fetched.head = literal
    elif name.startswith(b"TEXT"):
        fetched.text = literal
    elif name.startswith(b"]"):
        fetched.whole = literal


@lru_cache(maxsize=1024)
def flags_of(text: bytes) -> frozenset[bytes]:
    """Read a list of flags, folded."""
    return frozenset(text.lower().split())


def _instant(
    day: bytes, month: bytes, year: bytes, hour: bytes, minute: bytes, second: bytes, zone: bytes
) -> datetime | None:
    """Read the server's own time in UTC; None for a day that no calendar has."""
    try:
        moment = datetime(
            int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second),
            tzinfo=UTC,
        )  # fmt: skip
        return moment - _offset(zone) if zone != b"+0000" else moment
    except (KeyError, ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _offset(zone: bytes) -> timedelta:
    span = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    return -span if zone.startswith(b"-") else span


def numbers_in(answers: Sequence[Answer]) -> list[int]:
    """Read the numbers that SEARCH found, rising, each once."""
    found: set[int] = set()
    for answer in answers:
        if isinstance(answer, bytes):
            found.update(int(each) for each in answer.split() if each.isdigit())
    return sorted(found)
