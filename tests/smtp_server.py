"""A real SMTP server on loopback for tests: TLS or STARTTLS, a login, and ways to misbehave."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER: Final = "seller@shop.test"
PASSWORD: Final = "bench-1"
TOKEN: Final = "ya29.access"
_OK: Final = "250 OK"


@dataclass
class Received:
    """One letter as the server took it."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.content)


@dataclass
class Postmaster:
    """What the server says, and what it was given."""

    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    breaks_after_data: bool = False
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    tokens: list[bytes] = field(default_factory=list)

    def says(self, command: str, *answers: str) -> None:
        """Let the server answer a command so, once each."""
        self.answers.setdefault(command, []).extend(answers)

    def _answer(self, command: str) -> str:
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else _OK

    def check(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:  # noqa: N802
        """Take an access token as Gmail and Microsoft do; a wrong one is told in a challenge."""
        said = base64.b64decode(words[1]) if len(words) > 1 else b""
        self.tokens.append(said)
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01".encode():
            return AuthResult(success=True, handled=False)
        await server.push("334 " + base64.b64encode(b'{"status":"401"}').decode("ascii"))
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802 - the names are aiosmtpd's
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 log in first"
        answer = self._answer("MAIL")
        if answer == _OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self._answer("RCPT")
        if answer == _OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self._answer("DATA")
        if answer == _OK:
            assert isinstance(envelope.content, bytes)
            self.received.append(
                Received(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content)
            )
        if self.breaks_after_data and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return answer


class _TlsFromTheStart(Controller):
    """aiosmtpd's own check of a TLS port knows no name for our certificate."""

    certificate: Path

    def _trigger_server(self) -> None:
        context = ssl.create_default_context(cafile=str(self.certificate))
        with (
            socket.create_connection((self.hostname, self.port), 5) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            connection.recv(200)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A running server."""

    port: int
    certificate: Path
    postmaster: Postmaster
    is_starttls: bool = False


@contextmanager
def running_smtp(
    certificate: Path, key: Path, port: int, *, starttls: bool = False, offers_tls: bool = True
) -> Iterator[SmtpServer]:
    """Run a server until the block ends; without ``starttls`` it is TLS from the first byte."""
    postmaster = Postmaster()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    options: dict[str, Any] = {"authenticator": postmaster.check}
    if starttls:
        if offers_tls:
            options |= {"tls_context": tls, "require_starttls": True, "auth_required": True}
        controller: Controller = Controller(postmaster, hostname="127.0.0.1", port=port, **options)
    else:
        options |= {"auth_require_tls": False}
        controller = of_tls = _TlsFromTheStart(
            postmaster, hostname="127.0.0.1", port=port, ssl_context=tls, **options
        )
        of_tls.certificate = certificate
    controller.start()
    try:
        yield SmtpServer(port, certificate, postmaster, starttls)
    finally:
        controller.stop()
