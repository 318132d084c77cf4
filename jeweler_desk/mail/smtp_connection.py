"""An SMTP connection that is encrypted and verified before anything secret is sent, and the login.

`open_smtp` then `log_in`; ``secret`` is the password, or the access token of a signed-in account.
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from contextlib import suppress
from functools import partial
from typing import Final

from jeweler_desk.domain.mail_access import LoginKind
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.certificates import InjectedBytesError, verified
from jeweler_desk.mail.hindrances import Protocol
from jeweler_desk.mail.host_names import ascii_host, no_control_characters

_STARTTLS_PORTS: Final = (25, 587)
_READY: Final = 220
_LOGGED_IN: Final = 235
_FOR_GOOD: Final = 500


def open_smtp(account: MailAccount, timeout: float) -> smtplib.SMTP:
    """Connect to an account's SMTP server; the connection is encrypted and its server verified.

    Ports 25 and 587 begin in the clear and switch (STARTTLS, its answer checked); every other one
    is TLS from the first byte, unless the account says so. ``timeout`` is in seconds. Raises
    `UntrustedCertificateError` with the certificate, another `RefusedError`, or what `in_words`
    tells.
    """
    server = _server(account)
    connect = partial(_connect, account, timeout)
    return verified(account, server, connect, hang_up)


def _server(account: MailAccount) -> tuple[str, int]:
    if not account.smtp_host or not account.smtp_port:
        raise RefusedError(f"no server for sending is known for {account.address}")
    no_control_characters(account.smtp_host, account.user_name)
    return account.smtp_host, account.smtp_port


def _connect(account: MailAccount, timeout: float, context: ssl.SSLContext) -> smtplib.SMTP:
    host, port = _server(account)
    host = ascii_host(host)
    if account.smtp_is_starttls or port in _STARTTLS_PORTS:
        smtp = smtplib.SMTP(host, port, local_hostname="localhost", timeout=timeout)
        try:
            _switch(smtp, host, context)
        except BaseException:
            hang_up(smtp)
            raise
    else:
        smtp = smtplib.SMTP_SSL(
            host, port, local_hostname="localhost", timeout=timeout, context=context
        )
    return smtp


def _switch(smtp: smtplib.SMTP, host: str, context: ssl.SSLContext) -> None:
    """Do what `smtplib.SMTP.starttls` does, and look for words slipped in before the handshake."""
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("starttls"):
        raise smtplib.SMTPNotSupportedError("no STARTTLS")
    code, _ = smtp.docmd("STARTTLS")
    if code != _READY or smtp.sock is None:
        raise smtplib.SMTPNotSupportedError("STARTTLS refused")
    if _has_unread_bytes(smtp, smtp.sock):
        raise InjectedBytesError("bytes behind STARTTLS")
    smtp.sock = context.wrap_socket(smtp.sock, server_hostname=host)
    smtp.file = None
    smtp.helo_resp = smtp.ehlo_resp = None
    smtp.esmtp_features = {}
    smtp.does_esmtp = False


def _has_unread_bytes(smtp: smtplib.SMTP, sock: socket.socket) -> bool:
    peek = getattr(smtp.file, "peek", None)
    if peek is None:
        return False
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(peek(1))
    finally:
        sock.settimeout(timeout)


def log_in(smtp: smtplib.SMTP, account: MailAccount, secret: str) -> None:
    """Log in with the password, or with the access token of a signed-in account."""
    user = account.smtp_user_name or account.user_name
    no_control_characters(user, secret)
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise RefusedError("the connection is not encrypted; no password was sent")
    smtp.ehlo_or_helo_if_needed()
    if account.login is LoginKind.SIGN_IN:
        said = f"user={user}\x01auth=Bearer {secret}\x01\x01"
        smtp.user, smtp.password = user, ""
        smtp.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
    elif user.isascii() and secret.isascii():
        smtp.login(user, secret)
    else:
        _log_in_plain(smtp, user, secret)


def _log_in_plain(smtp: smtplib.SMTP, user: str, secret: str) -> None:
    """Log in with letters beyond ASCII, which smtplib cannot send (RFC 4616 has them in UTF-8)."""
    response = base64.b64encode(f"\0{user}\0{secret}".encode()).decode("ascii")
    code, reply = smtp.docmd("AUTH", f"PLAIN {response}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, reply)


def hang_up(smtp: smtplib.SMTP) -> None:
    """Close the connection, whatever state it is in."""
    with suppress(OSError, smtplib.SMTPException):
        smtp.close()


def in_words(error: Exception, account: MailAccount) -> str:
    """Say what hinders, in one sentence; never what was sent."""
    return _SMTP.in_words(error, account, account.smtp_host, account.smtp_port)


def _is_for_now(error: Exception) -> bool:
    """Whether the server says that it cannot look at the login now (RFC 4954: 454)."""
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code < _FOR_GOOD


_SMTP: Final = Protocol(
    smtplib.SMTPAuthenticationError,
    _is_for_now,
    (
        (
            smtplib.SMTPNotSupportedError,
            "{server} offers no safe way to log in; no password was sent",
        ),
        (smtplib.SMTPServerDisconnected, "{server} closed the connection; it will be tried again"),
        (
            smtplib.SMTPException,
            "{server} gave an answer that could not be read; it will be tried again",
        ),
    ),
)
