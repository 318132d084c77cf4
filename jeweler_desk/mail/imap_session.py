"""One look into a mailbox over IMAP: verified TLS, and nothing in it is ever changed."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from jeweler_desk.domain.mailbox import AccountReading, FolderReading, KnownFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_folder import FolderSession
from jeweler_desk.mail.imap_folders import (
    FolderToRead,
    ServerFolder,
    folders_to_read,
    unknown_folders,
)

FIRST_LOOK_BACK: Final = timedelta(days=14)
_PLAIN_PORT: Final = 143
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_OURS_IN_SENT: Final = 0.8
_MOST_GUESSED: Final = 20


def look(
    account: MailAccount,
    password: str,
    known: Sequence[KnownFolder],
    now: datetime,
    timeout: float,
) -> AccountReading:
    """Read what is new since the last look, and what became of what was known.

    The first look goes 14 days back. Trouble comes back as the reading's error, in words; what was
    read before it still counts. ``timeout`` is in seconds.
    """
    readings: list[FolderReading] = []
    reading = AccountReading(account.address, now)
    try:
        with _session(account, password, timeout) as client:
            by_name = {each.folder: each for each in known}
            for folder in _folders(client, account, now):
                session = FolderSession(client, account.address, folder, now)
                since = (now - FIRST_LOOK_BACK).date()
                readings.append(session.read(by_name.get(folder.name), since))
    except RefusedError as error:
        reading = replace(reading, error=str(error))
    except (OSError, IMAPClientError, ValueError) as error:
        reading = replace(reading, error=_in_words(error, account))
    return replace(reading, folders=tuple(readings))


@contextmanager
def _session(account: MailAccount, password: str, timeout: float) -> Iterator[IMAPClient]:
    """Connect, verify, log in; the password is sent over verified TLS or not at all."""
    for text in (account.imap_host, account.user_name, password):
        if _CONTROL.search(text):
            raise RefusedError("a server name, user name or password holds a control character")
    context = _context(account)
    is_starttls = account.is_starttls or account.imap_port == _PLAIN_PORT
    client = IMAPClient(
        account.imap_host,
        account.imap_port,
        ssl=not is_starttls,
        ssl_context=context,
        timeout=timeout,
    )
    try:
        if is_starttls:
            client.starttls(ssl_context=context)
        if not isinstance(client.socket(), ssl.SSLSocket):
            raise RefusedError("the connection is not encrypted; no password was sent")
        client.normalise_times = False
        _log_in(client, account.user_name, password)
        if client.has_capability("CONDSTORE") and client.has_capability("ENABLE"):
            client.enable("CONDSTORE")
        yield client
        client.logout()
    finally:
        _hang_up(client)


def _context(account: MailAccount) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if account.ca_file:
        try:
            context.load_verify_locations(cafile=account.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise RefusedError(
                f"the certificate file “{account.ca_file}” cannot be used; no password was sent"
            ) from error
    return context


def _log_in(client: IMAPClient, user_name: str, password: str) -> None:
    if user_name.isascii() and password.isascii():
        client.login(user_name, password)
    else:
        client.plain_login(user_name, password)


def _hang_up(client: IMAPClient) -> None:
    """Close the connection, whatever state it is in."""
    try:
        client.shutdown()
    except (OSError, IMAPClientError):
        return


def _folders(client: IMAPClient, account: MailAccount, now: datetime) -> list[FolderToRead]:
    """Return the folders to read, Sent first; a Sent that nothing names is known by its senders."""
    listed = [
        ServerFolder(
            tuple(_text(each) for each in attributes), _text(delimiter or b""), _text(name)
        )
        for attributes, delimiter, name in client.list_folders()
    ]
    found = folders_to_read(listed)
    if not any(each.kind is FolderKind.SENT for each in found):
        for name in unknown_folders(listed)[:_MOST_GUESSED]:
            session = FolderSession(
                client, account.address, FolderToRead(name, FolderKind.SENT), now
            )
            if session.share_from(account.address) > _OURS_IN_SENT:
                return [FolderToRead(name, FolderKind.SENT), *found]
    return found


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _in_words(error: Exception, account: MailAccount) -> str:
    """Say what hinders, in one sentence; never what was sent."""
    server = f"{account.imap_host}:{account.imap_port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"is not trusted ({error.verify_message}); no password was sent"
        return f"the certificate of {server} {why}"
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words.format(server=server, host=account.imap_host, address=account.address)
    if isinstance(error, OSError):
        return f"{server} could not be reached: {error.strerror or type(error).__name__}"
    return f"{server} gave an answer that could not be read; it will be tried again"


_WORDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLError, "no safe connection to {server} could be made; no password was sent"),
    (socket.gaierror, "the server {host} was not found; is this computer online?"),
    (TimeoutError, "{server} did not answer in time; it will be tried again"),
    (CapabilityError, "{server} offers no STARTTLS; no password was sent"),
    (LoginError, "{server} refused the user name or password of {address}"),
)
