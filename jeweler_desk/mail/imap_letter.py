"""One letter read whole over IMAP, when the seller opens it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.mailbox import LetterPlace, WholeLetter
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_client import MailClient
from jeweler_desk.mail.imap_connection import in_words
from jeweler_desk.mail.imap_connections import Connections
from jeweler_desk.mail.mime import read_message

_MOST_BYTES: Final = 25 * 1024 * 1024
"""The limit of nearly every provider; what is longer is read to here."""


def read_whole(
    place: LetterPlace, secret: str, now: datetime, connections: Connections
) -> WholeLetter | None:
    """Read a letter whole, without marking it seen; None when it is not there any more.

    Raises `RefusedError` with a sentence when the server cannot be reached or the letter not read.
    """
    try:
        with connections.session(place.account, secret) as client:
            raw = _raw(client, place)
    except (OSError, IMAPClientError, ValueError) as error:
        raise RefusedError(in_words(error, place.account)) from error
    if raw is None:
        return None
    received = read_message(raw, now)
    return WholeLetter(place.message_id, raw, received)


def _raw(client: MailClient, place: LetterPlace) -> bytes | None:
    client.leave()
    try:
        state = client.examine(place.folder).state
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return None
    uids = [place.uid] if state.uid_validity == place.uid_validity else []
    found = client.fetched(uids, "(UID RFC822.SIZE)") if uids else []
    if not found and client.can_name(place.message_id):
        uids = client.found_by_id(place.message_id)[-1:]
        found = client.fetched(uids, "(UID RFC822.SIZE)") if uids else []
    if not found:
        return None
    part = f"<0.{_MOST_BYTES}>" if (found[0].size or 0) > _MOST_BYTES else ""
    bodies = client.fetched(uids, f"(UID BODY.PEEK[]{part})")
    return bodies[0].whole if bodies else None
