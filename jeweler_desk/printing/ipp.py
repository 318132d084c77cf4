"""One question of IPP (RFC 8011): how a job ended, which no command of CUPS says rightly."""

from __future__ import annotations

import http.client
import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_GET_JOB_ATTRIBUTES: Final = 0x0009
_CHARSET, _LANGUAGE, _URI, _KEYWORD = 0x47, 0x48, 0x45, 0x44
_OPERATION, _END = 0x01, 0x03
_FIRST_VALUE: Final = 0x10
_GOOD: Final = 0x0100
_WAIT_SECONDS: Final = 10
_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_PORT: Final = 631


class IppError(OSError):
    """The spooler answered with something else than the attributes of the job."""


@dataclass(frozen=True, slots=True)
class JobAttributes:
    """``state`` is the number of RFC 8011, section 5.3.7: 3 to 6 on its way, 7 to 9 ended."""

    state: int
    message: str


def job_attributes(server: str | None, job_id: int) -> JobAttributes:
    """Ask the spooler for a job. Raises `OSError` (`IppError`) if it does not tell."""
    connection = _connection(server)
    try:
        connection.request(
            "POST", "/jobs/", body=_question(job_id), headers={"Content-Type": "application/ipp"}
        )
        answer = connection.getresponse().read()
    except http.client.HTTPException as error:
        raise IppError(str(error)) from error
    finally:
        connection.close()
    return _read(answer)


def _read(answer: bytes) -> JobAttributes:
    try:
        status = struct.unpack_from(">H", answer, 2)[0]
        found = dict(_attributes(answer)) if status < _GOOD else {}
        state = struct.unpack(">i", found["job-state"])[0]
    except (struct.error, KeyError, IndexError) as error:
        raise IppError("the job is not known") from error
    message = found.get("job-printer-state-message", b"").decode("utf-8", "replace")
    return JobAttributes(state, message)


def _question(job_id: int) -> bytes:
    return b"".join((
        struct.pack(">BBHI", 2, 0, _GET_JOB_ATTRIBUTES, 1),
        bytes([_OPERATION]),
        _cell(_CHARSET, "attributes-charset", b"utf-8"),
        _cell(_LANGUAGE, "attributes-natural-language", b"en"),
        _cell(_URI, "job-uri", f"ipp://localhost/jobs/{job_id}".encode()),
        _cell(_KEYWORD, "requested-attributes", b"job-state"),
        _cell(_KEYWORD, "", b"job-printer-state-message"),
        bytes([_END]),
    ))  # fmt: skip


def _cell(tag: int, name: str, value: bytes) -> bytes:
    word = name.encode()
    return struct.pack(">BH", tag, len(word)) + word + struct.pack(">H", len(value)) + value


def _attributes(answer: bytes) -> Iterator[tuple[str, bytes]]:
    at = 8
    while at < len(answer):
        tag = answer[at]
        at += 1
        if tag < _FIRST_VALUE:
            continue
        length = struct.unpack_from(">H", answer, at)[0]
        name = answer[at + 2 : at + 2 + length].decode("ascii", "replace")
        at += 2 + length
        length = struct.unpack_from(">H", answer, at)[0]
        yield name, answer[at + 2 : at + 2 + length]
        at += 2 + length


class _SocketConnection(http.client.HTTPConnection):
    """HTTP through a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_WAIT_SECONDS)
        self._path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_WAIT_SECONDS)
        self.sock.connect(self._path)


def _connection(server: str | None) -> http.client.HTTPConnection:
    named = server or os.environ.get("CUPS_SERVER")
    path = named if named and named.startswith("/") else None
    if not named:
        path = next((each for each in _SOCKETS if Path(each).exists()), None)
    if path:
        return _SocketConnection(path)
    host, _, port = (named or "localhost").partition(":")
    return http.client.HTTPConnection(host, int(port or _PORT), timeout=_WAIT_SECONDS)
