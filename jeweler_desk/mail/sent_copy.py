"""Lays the copy of a letter into Sent: the only thing ever written into a mailbox."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_connection import hang_up, in_words, log_in, open_imap
from jeweler_desk.mail.imap_folders import ServerFolder, folders_to_read

_SEEN: Final = (b"\\Seen",)


def keep_copy(
    account: MailAccount, secret: str, raw: str, message_id: str, at: datetime, timeout: float
) -> str | None:
    """Lay a copy into Sent unless one with its Message-ID is there; return what hindered it."""
    client: IMAPClient | None = None
    try:
        client = open_imap(account, timeout)
        log_in(client, account, secret)
        folder = account.sent_folder or _sent_folder(client)
        if folder is None:
            return "no Sent folder was found; under “Folders…” in the settings, say which it is"
        client.select_folder(folder, readonly=True)
        if not client.search(["HEADER", "Message-ID", f"<{message_id}>"]):
            client.append(folder, raw.encode("ascii"), _SEEN, at)
        client.logout()
    except RefusedError as refused:
        return str(refused)
    except (OSError, IMAPClientError, ValueError) as error:
        return in_words(error, account)
    finally:
        if client is not None:
            hang_up(client)
    return None


def _sent_folder(client: IMAPClient) -> str | None:
    listed = [
        ServerFolder(
            tuple(_text(each) for each in attributes), _text(delimiter or b""), _text(name)
        )
        for attributes, delimiter, name in client.list_folders()
    ]
    found = [each.name for each in folders_to_read(listed) if each.kind is FolderKind.SENT]
    by_use = [each.name for each in listed if "\\sent" in {a.casefold() for a in each.attributes}]
    return next(iter([*by_use, *found]), None)


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
