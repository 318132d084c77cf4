"""One look into a mailbox over IMAP: verified TLS, and nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mailbox import AccountReading, FolderReading, KnownFolder, MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.host_names import no_control_characters
from jeweler_desk.mail.imap_connection import hang_up, in_words, log_in, open_imap
from jeweler_desk.mail.imap_folder import FolderSession
from jeweler_desk.mail.imap_folders import (
    FolderToRead,
    ServerFolder,
    folders_to_read,
    unknown_folders,
)

FIRST_LOOK_BACK: Final = timedelta(days=14)
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
        reading = replace(reading, error=in_words(error, account))
    return replace(reading, folders=tuple(readings))


@contextmanager
def _session(account: MailAccount, password: str, timeout: float) -> Iterator[IMAPClient]:
    """Connect, verify, log in; the password is sent over verified TLS or not at all."""
    no_control_characters(password)
    client = open_imap(account, timeout)
    try:
        log_in(client, account, password)
        if client.has_capability("CONDSTORE") and client.has_capability("ENABLE"):
            client.enable("CONDSTORE")
        yield client
        client.logout()
    finally:
        hang_up(client)


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
