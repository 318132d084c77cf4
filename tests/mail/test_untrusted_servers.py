"""Servers that are not what they say: refused before any byte of a password is sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from tests.dovecot import free_port, make_certificate
from tests.fakes import MONDAY_MORNING

SECRET = "canary-7f3a"


class Listener:
    """A server on loopback that notes every byte it is given."""

    def __init__(self, *, tls: ssl.SSLContext | None, offers_starttls: bool) -> None:
        self.heard = b""
        self._tls = tls
        self._offers_starttls = offers_starttls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            try:
                self._talk(connection)
            except OSError:
                return

    def _talk(self, connection: socket.socket) -> None:
        if self._tls is not None and not self._offers_starttls:
            connection = self._tls.wrap_socket(connection, server_side=True)
        capability = b"IMAP4rev1 STARTTLS" if self._offers_starttls else b"IMAP4rev1"
        connection.sendall(b"* OK ready\r\n")
        while line := connection.recv(4096):
            self.heard += line
            tag, _, command = line.strip().partition(b" ")
            if command.upper().startswith(b"CAPABILITY"):
                connection.sendall(b"* CAPABILITY " + capability + b"\r\n" + tag + b" OK done\r\n")
            elif command.upper().startswith(b"STARTTLS") and self._tls is not None:
                connection.sendall(tag + b" OK go\r\n")
                connection = self._tls.wrap_socket(connection, server_side=True)
            else:
                connection.sendall(tag + b" OK done\r\n")

    def close(self) -> None:
        self._thread.join(timeout=10)
        self._socket.close()


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    certificate, key = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


KINDS = {
    "tls": (False, True, "is not trusted"),
    "starttls": (True, True, "is not trusted"),
    "stripped": (True, False, "offers no STARTTLS"),
}


@pytest.fixture(params=list(KINDS))
def listener(
    request: pytest.FixtureRequest, self_signed: ssl.SSLContext
) -> Iterator[tuple[Listener, bool, str]]:
    """A listener, whether STARTTLS is asked of it, and what the refusal says."""
    is_starttls, has_tls, words = KINDS[str(request.param)]
    tls = self_signed if has_tls else None
    server = Listener(tls=tls, offers_starttls=is_starttls and has_tls)
    yield server, is_starttls, words
    server.close()


def test_no_byte_of_a_password_reaches_a_server_that_is_not_trusted(
    listener: tuple[Listener, bool, str],
) -> None:
    server, is_starttls, words = listener
    account = MailAccount(
        "seller@shop.test", "localhost", server.port, "seller", is_starttls=is_starttls
    )
    error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    server.close()
    assert error is not None
    assert words in error
    assert "no password was sent" in error
    assert SECRET.encode() not in server.heard
    assert b"LOGIN" not in server.heard.upper()


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    account = MailAccount("seller@shop.test", "127.0.0.1", free_port(), "seller")
    error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    assert error is not None
    assert "could not be reached" in error


def test_a_certificate_file_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "not.pem"
    file.write_text("no certificate", encoding="utf-8")
    account = MailAccount("seller@shop.test", "127.0.0.1", 993, "seller", ca_file=str(file))
    error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    assert error is not None
    assert "cannot be used; no password was sent" in error
