"""One look into a mailbox over IMAP: verified TLS, and nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from jeweler_desk.domain.mail_access import Hindrance, hindrance_of
from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderReading,
    KnownFolder,
    ListedFolder,
    MailAccount,
    WantedLetter,
)
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_client import MailClient
from jeweler_desk.mail.imap_connection import in_words, kind_of_trouble
from jeweler_desk.mail.imap_connections import Connections
from jeweler_desk.mail.imap_folder import FolderSession
from jeweler_desk.mail.imap_folders import (
    FolderToRead,
    ServerFolder,
    folders_to_read,
    kind_of,
    unknown_folders,
)

FIRST_LOOK_BACK: Final = timedelta(days=14)
_TROUBLE: Final = (OSError, IMAPClientError, ValueError, LookupError, TypeError, AssertionError)
_OURS_IN_SENT: Final = 0.8
_MOST_GUESSED: Final = 20
_MOST_SOUGHT: Final = 50
_CLOCKS_DIFFER: Final = timedelta(minutes=10)


def look(
    account: MailAccount,
    secret: str,
    known: Sequence[KnownFolder],
    now: datetime,
    connections: Connections,
) -> AccountReading:
    """Read what is new since the last look, and what became of what was known.

    The first look goes 14 days back. Trouble comes back as the reading's error, in words; what was
    read before it still counts.
    """
    one = _Look(account, known, now)
    error: str | None = None
    hindrance: Hindrance | None = None
    try:
        with connections.session(account, secret) as client:
            one.run(client)
    except RefusedError as refused:
        error, hindrance = str(refused), hindrance_of(refused)
    except (
        OSError,
        IMAPClientError,
        ValueError,
        LookupError,
        TypeError,
        AssertionError,
    ) as trouble:
        error, hindrance = in_words(trouble, account), kind_of_trouble(trouble)
    return replace(one.reading, error=error, hindrance=hindrance, folders=tuple(one.readings))


class _Look:
    """One look into one account, folder by folder."""

    def __init__(self, account: MailAccount, known: Sequence[KnownFolder], now: datetime) -> None:
        self._account = account
        self._known = {each.folder: each for each in known}
        self._now = now
        self.readings: list[FolderReading] = []
        self.reading = AccountReading(account.address, now)

    def run(self, client: MailClient) -> None:
        """Read every folder in which there is something to see; Sent first, INBOX last."""
        listed = _listed(client)
        folders = self._folders(client, listed)
        self.reading = replace(
            self.reading,
            listed=_told(listed, folders),
            capabilities=tuple(sorted(_text(each) for each in client.capabilities())),
        )
        for folder in folders:
            self._read(client, folder, self._known.get(folder.name))
        lost = self._lost()
        if lost:
            self._seek(client, listed, folders, lost)

    def _read(
        self, client: MailClient, folder: FolderToRead, known: KnownFolder | None
    ) -> FolderReading | None:
        if known is not None and self._is_as_it_was(client, known):
            return None
        client.leave()
        session = FolderSession(client, self._account.address, folder, self._now)
        reading = session.read(known, (self._now - FIRST_LOOK_BACK).date())
        self.readings.append(reading)
        is_of_arrivals = folder.kind in {FolderKind.INBOX, FolderKind.ARCHIVE}
        if is_of_arrivals and session.last_stamp is not None:
            ahead = session.last_stamp - self._now
            if ahead > _CLOCKS_DIFFER:
                self.reading = replace(self.reading, clock_slow_by=ahead)
        if session.broken is not None:
            raise session.broken
        return reading

    def _is_as_it_was(self, client: MailClient, known: KnownFolder) -> bool:
        """Ask for the counters; only a server that counts changes can say that there are none."""
        if known.uid_validity is None or known.exists is None or known.modseq is None:
            return False
        if any(each.needs_words for each in known.wanted):
            return False
        client.leave()
        try:
            state = client.state_of(known.folder)
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, ValueError):
            return False
        return (
            state.uid_validity == known.uid_validity
            and state.modseq == known.modseq
            and state.exists == known.exists
            and state.uid_next == (known.last_uid or 0) + 1
        )

    def _folders(self, client: MailClient, listed: Sequence[ServerFolder]) -> list[FolderToRead]:
        """Choose what is read; a Sent that nothing names is known by its senders."""
        has_gmail = bool(client.has_capability("X-GM-EXT-1"))
        found = {each.name: each for each in folders_to_read(listed, has_all_mail=has_gmail)}
        names = {each.name for each in listed}
        if self._account.sent_folder in names and not has_gmail:
            sent = str(self._account.sent_folder)
            found[sent] = FolderToRead(sent, FolderKind.SENT)
        open_ones = set(unknown_folders(listed))
        for known in self._known.values():
            if known.is_left:
                found.pop(known.folder, None)
            elif known.folder in names and (
                known.is_chosen or (known.folder in open_ones and _is_followed(known))
            ):
                found[known.folder] = FolderToRead(known.folder, known.kind)
        if not has_gmail and all(each.kind is not FolderKind.SENT for each in found.values()):
            for name in sorted(open_ones - found.keys())[:_MOST_GUESSED]:
                sent_folder = FolderToRead(name, FolderKind.SENT)
                client.leave()
                session = FolderSession(client, self._account.address, sent_folder, self._now)
                if session.share_from([self._account.address]) > _OURS_IN_SENT:
                    found[name] = sent_folder
                    break
        return in_order(found.values())

    def _lost(self) -> list[WantedLetter]:
        """Return letters that wait, vanished from where they lay, and were not seen elsewhere."""
        seen = {
            copy.received.message.message_id
            for reading in self.readings
            for copy in reading.copies
            if copy.received is not None
        }
        lost: dict[str, WantedLetter] = {}
        for reading in self.readings:
            known = self._known.get(reading.folder)
            if known is None or not reading.missing:
                continue
            missing = set(reading.missing)
            for each in known.wanted:
                if str(each.uid) in missing and each.message_id not in seen:
                    lost[each.message_id] = each
        held = {
            each.message_id
            for known in self._known.values()
            for each in known.wanted
            if not self._is_missing(known.folder, each.uid)
        }
        return [each for message_id, each in lost.items() if message_id not in held]

    def _is_missing(self, folder: str, uid: int) -> bool:
        return any(
            reading.folder == folder and str(uid) in reading.missing for reading in self.readings
        )

    def _seek(
        self,
        client: MailClient,
        listed: Sequence[ServerFolder],
        folders: Sequence[FolderToRead],
        lost: Sequence[WantedLetter],
    ) -> None:
        """Look for vanished letters: in folders read a moment ago, then in those never read."""
        sought = [each.message_id for each in lost][:_MOST_SOUGHT]
        others = [
            FolderToRead(name, FolderKind.ARCHIVE)
            for name in unknown_folders(listed)[:_MOST_GUESSED]
            if not any(each.name == name for each in folders)
        ]
        for folder in (*folders, *others):
            if not sought:
                return
            client.leave()
            session = FolderSession(client, self._account.address, folder, self._now)
            try:
                found = session.seek(sought, is_known=folder in folders)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                continue
            if found is not None:
                self.readings.append(found)
                there = {copy.received.message.message_id for copy in found.copies if copy.received}
                sought = [each for each in sought if each not in there]


def _is_followed(known: KnownFolder) -> bool:
    """Tell whether a folder of no known use is read since a letter was found there, or our own."""
    return bool(known.uid_validity) and known.kind in {FolderKind.ARCHIVE, FolderKind.SENT}


def in_order(folders: Iterable[FolderToRead]) -> list[FolderToRead]:
    """Put every Sent first and INBOX last, so that no alarm rests on stale knowledge."""
    order = (FolderKind.SENT, FolderKind.ARCHIVE, FolderKind.JUNK, FolderKind.INBOX)
    return sorted(folders, key=lambda each: (order.index(each.kind), each.name))


def _listed(client: MailClient) -> list[ServerFolder]:
    return [
        ServerFolder(
            tuple(_text(each) for each in attributes), _text(delimiter or b""), _text(name)
        )
        for attributes, delimiter, name in client.list_folders()
    ]


def _told(
    listed: Iterable[ServerFolder], folders: Sequence[FolderToRead]
) -> tuple[ListedFolder, ...]:
    read = {each.name: each.kind for each in folders}
    return tuple(
        ListedFolder(each.name, read.get(each.name, kind_of(each)), each.name in read)
        for each in listed
        if each.can_be_opened
    )


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
