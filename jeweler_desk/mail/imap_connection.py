"""An IMAP connection that is encrypted and verified before anything secret is sent, and the login.

`open_imap` then `log_in`; ``secret`` is the password, or the access token of a signed-in account.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from functools import partial
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from jeweler_desk.domain.mail_access import Hindrance, LoginKind
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.certificates import TrustedTls, verified
from jeweler_desk.mail.hindrances import Protocol
from jeweler_desk.mail.host_names import ascii_host, no_control_characters
from jeweler_desk.mail.imap_client import MailClient

_PLAIN_PORT: Final = 143


def open_imap(account: MailAccount, timeout: float) -> MailClient:
    """Connect to an account's IMAP server; the connection is encrypted and its server verified.

    ``timeout`` is in seconds. Raises `UntrustedCertificateError` with the certificate, another
    `RefusedError`, or what `in_words` tells.
    """
    no_control_characters(account.imap_host, account.user_name)
    server = (account.imap_host, account.imap_port)
    connect = partial(_connect, account, timeout)
    client: MailClient = verified(account, server, connect, hang_up)
    return client


def _connect(account: MailAccount, timeout: float, context: ssl.SSLContext) -> MailClient:
    is_starttls = account.is_starttls or account.imap_port == _PLAIN_PORT
    client = MailClient(
        ascii_host(account.imap_host),
        account.imap_port,
        ssl=not is_starttls,
        ssl_context=context,
        timeout=timeout,
    )
    try:
        if is_starttls:
            if isinstance(context, TrustedTls):
                context.before = lambda: _has_unread_bytes(client)
            client.starttls(ssl_context=context)
    except BaseException:
        hang_up(client)
        raise
    if not isinstance(client.socket(), ssl.SSLSocket):
        hang_up(client)
        raise RefusedError("the connection is not encrypted; no password was sent")
    client.normalise_times = False
    client.hush()
    return client


def _has_unread_bytes(client: IMAPClient) -> bool:
    """Whether something was sent behind the answer to STARTTLS: that is not the server's word."""
    imap, sock = client._imap, client.socket()  # noqa: SLF001 - imaplib's buffer has no other door
    if getattr(imap, "_readbuf", None):
        return True
    file = getattr(imap, "_file", None) or getattr(imap, "file", None)
    peek = getattr(file, "peek", None)
    if peek is None:
        return False
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(peek(1))
    finally:
        sock.settimeout(timeout)


def log_in(client: IMAPClient, account: MailAccount, secret: str) -> None:
    """Log in with the password, or with the access token of a signed-in account."""
    no_control_characters(account.user_name, secret)
    if account.login is LoginKind.SIGN_IN:
        client.oauth2_login(account.user_name, secret)
    elif account.user_name.isascii() and secret.isascii():
        client.login(account.user_name, secret)
    else:
        client.plain_login(account.user_name, secret)


def hang_up(client: IMAPClient) -> None:
    """Close the connection, whatever state it is in."""
    with suppress(OSError, IMAPClientError):
        client.shutdown()


def in_words(error: Exception, account: MailAccount) -> str:
    """Say what hinders, in one sentence; never what was sent."""
    return _IMAP.in_words(error, account, account.imap_host, account.imap_port)


def kind_of_trouble(error: Exception) -> Hindrance:
    """Tell a refused login from all that waiting may mend."""
    return _IMAP.kind_of(error)


def _is_for_now(error: Exception) -> bool:
    """Whether the server says that it cannot look at the login now (RFC 5530)."""
    return any(code in str(error).upper() for code in _NOT_NOW)


_NOT_NOW: Final = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
_IMAP: Final = Protocol(
    LoginError,
    _is_for_now,
    ((CapabilityError, "{server} offers no STARTTLS; no password was sent"),),
)
