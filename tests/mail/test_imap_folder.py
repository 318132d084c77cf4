"""Single folders: a server that stumbles, and the names under which folders are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.message import FolderKind
from jeweler_desk.mail.imap_folder import FolderSession
from jeweler_desk.mail.imap_folders import (
    FolderToRead,
    ServerFolder,
    folders_to_read,
    unknown_folders,
)
from tests.fakes import MONDAY_MORNING


class StumblingServer:
    """Answers for every message but one; asked for that one it says no, or hangs up."""

    def __init__(self, *, bad: int, hangs_up: bool = False) -> None:
        self.bad = bad
        self.hangs_up = hangs_up

    def select_folder(self, _name: str, *, readonly: bool) -> dict[bytes, int]:
        assert readonly
        return {b"UIDVALIDITY": 7, b"UIDNEXT": 5}

    def search(self, _criteria: object) -> list[int]:
        return [1, 2, 3, 4]

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Any]]:
        if self.bad in uids:
            if self.hangs_up:
                raise IMAPClientAbortError("gone")
            raise IMAPClientError("cannot")
        key = b"BODY[TEXT]<0>" if "TEXT" in items[0] else b"BODY[HEADER.FIELDS (FROM)]"
        return {
            uid: {
                key: b"Message-ID: <%d@c.test>\r\n\r\n" % uid,
                b"INTERNALDATE": datetime(2026, 10, 5, 8, 0, tzinfo=UTC),
                b"RFC822.SIZE": 40,
                b"FLAGS": (),
            }
            for uid in uids
        }


def session(server: StumblingServer) -> FolderSession:
    folder = FolderToRead("INBOX", FolderKind.INBOX)
    return FolderSession(cast(IMAPClient, server), "maker@shop.test", folder, MONDAY_MORNING)


def test_a_message_the_server_stumbles_over_is_set_aside_and_no_other_is_lost() -> None:
    reading = session(StumblingServer(bad=3)).read(None, MONDAY_MORNING.date())
    assert [copy.uid for copy in reading.copies] == ["1", "2", "4"]
    assert [each.file for each in reading.set_aside] == ["INBOX, message 3"]
    assert reading.last_uid == 4


def test_a_server_that_hangs_up_is_not_taken_for_a_bad_message() -> None:
    with pytest.raises(IMAPClientAbortError):
        session(StumblingServer(bad=3, hangs_up=True)).read(None, MONDAY_MORNING.date())


def listed(name: str, *attributes: str, delimiter: str = "/") -> ServerFolder:
    return ServerFolder(attributes, delimiter, name)


def test_every_sent_is_read_first_and_the_inbox_last() -> None:
    folders = [
        listed("INBOX"),
        listed("[Gmail]", "\\Noselect"),
        listed("[Gmail]/All Mail", "\\All"),
        listed("[Gmail]/Spam", "\\Junk"),
        listed("[Gmail]/Trash", "\\Trash"),
        listed("[Gmail]/Drafts", "\\Drafts"),
        listed("Gesendete Objekte", "\\Sent"),
        listed("INBOX.Sent Items", delimiter="."),
        listed("Suppliers"),
    ]
    assert [(each.name, each.kind) for each in folders_to_read(folders)] == [
        ("Gesendete Objekte", "sent"),
        ("INBOX.Sent Items", "sent"),
        ("[Gmail]/All Mail", "archive"),
        ("[Gmail]/Spam", "junk"),
        ("INBOX", "inbox"),
    ]
    assert unknown_folders(folders) == ["Suppliers"]
