"""A server on loopback that speaks a little IMAP or SMTP and notes every byte it is given."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

IMAP: Final = "imap"
SMTP: Final = "smtp"


@dataclass(frozen=True)
class Manners:
    """How it behaves; ``slips_in``: bytes it sends behind its answer to STARTTLS."""

    kind: str = IMAP
    is_starttls: bool = False
    offers_starttls: bool = True
    slips_in: bytes = b""
    greeting: bytes = b""


class Listener:
    """Serves one connection after the other until it is closed."""

    def __init__(self, tls: ssl.SSLContext | None, manners: Manners) -> None:
        self.tls = tls
        self.heard = b""
        self.heard_in_the_clear = b""
        self.connections = 0
        self._manners = manners
        self._is_open = True
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._is_open = False
        self._thread.join(timeout=15)
        self._socket.close()

    def _serve(self) -> None:
        while self._is_open:
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            self.connections += 1
            connection.settimeout(5)
            with contextlib.suppress(OSError):
                self._talk(connection)
            connection.close()

    def _talk(self, connection: socket.socket) -> None:
        manners = self._manners
        is_safe = False
        if not manners.is_starttls and self.tls is not None:
            connection, is_safe = self.tls.wrap_socket(connection, server_side=True), True
        try:
            is_imap = manners.kind == IMAP
            greeting = b"* OK ready\r\n" if is_imap else b"220 ready\r\n"
            connection.sendall(manners.greeting or greeting)
            while line := connection.recv(4096):
                self.heard += line
                if not is_safe:
                    self.heard_in_the_clear += line
                if b"STARTTLS" in line.upper() and self.tls is not None:
                    tag = line.split(b" ")[0]
                    yes = tag + b" OK go\r\n" if is_imap else b"220 go\r\n"
                    connection.sendall(yes + manners.slips_in)
                    connection, is_safe = self.tls.wrap_socket(connection, server_side=True), True
                    continue
                answer = self._imap_answer(line) if is_imap else self._smtp_answer(line)
                connection.sendall(answer)
        finally:
            connection.close()

    def _offers(self) -> bool:
        return self._manners.is_starttls and self._manners.offers_starttls

    def _imap_answer(self, line: bytes) -> bytes:
        tag, _, command = line.strip().partition(b" ")
        if command.upper().startswith(b"CAPABILITY"):
            more = b" STARTTLS" if self._offers() else b""
            return b"* CAPABILITY IMAP4rev1" + more + b"\r\n" + tag + b" OK done\r\n"
        return tag + b" OK done\r\n"

    def _smtp_answer(self, line: bytes) -> bytes:
        if line.upper().startswith(b"EHLO"):
            more = b"250-STARTTLS\r\n" if self._offers() else b""
            return b"250-here\r\n" + more + b"250 AUTH PLAIN LOGIN\r\n"
        return b"235 welcome\r\n" if line.upper().startswith(b"AUTH") else b"250 fine\r\n"


@contextlib.contextmanager
def listening(tls: ssl.SSLContext | None, manners: Manners) -> Iterator[Listener]:
    server = Listener(tls, manners)
    try:
        yield server
    finally:
        server.close()
