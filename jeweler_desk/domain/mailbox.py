"""What one look into a folder of mail brings: messages, flags, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jeweler_desk.domain.mail_access import Hindrance, LoginKind, SignIn, TrustedCertificate
from jeweler_desk.domain.message import FolderKind, Message


class Extent(StrEnum):
    """How much of a message was read."""

    HEAD = "head"  # the chosen header fields
    BEGIN = "begin"  # … and the first words
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message as read: its facts, its words, and a fingerprint that tells copies apart."""

    message: Message
    text: str
    fingerprint: str
    extent: Extent = Extent.WHOLE


@dataclass(frozen=True, slots=True)
class Flags:
    """What other programs noted on one copy; ``is_expunged``: deleted, its bytes still there.

    ``label``: where a folder of all mail (Gmail's) says that this copy is shown.
    """

    is_answered: bool = False
    is_draft: bool = False
    is_junk: bool = False
    is_expunged: bool = False
    label: FolderKind | None = None


@dataclass(frozen=True, slots=True)
class SeenCopy:
    """One copy in a folder. ``received`` is None where it was read before and is the same."""

    uid: str
    flags: Flags = Flags()
    signature: str = ""
    received: ReceivedMessage | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be read, and why, in words.

    ``uid`` is its number in a server's folder, ``at`` when it came, where that is known.
    """

    file: str
    reason: str
    uid: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnreadableMessage:
    """A message set aside that lies there still: where, why, when it came and when it was found.

    ``origin`` is the account's address, or what stands for files.
    """

    id: int
    origin: str
    folder: str
    file: str
    reason: str
    came_at: datetime | None
    seen_at: datetime

    @property
    def is_on_a_server(self) -> bool:
        """Whether it lies in an account's folder, not in a file."""
        return "@" in self.origin


@dataclass(frozen=True, slots=True)
class FolderReading:
    """One look into one folder.

    ``is_whole``: a known copy that is not among ``copies`` is gone; otherwise only those whose uids
    stand in ``missing``. The counters are those of IMAP; files have none.
    """

    origin: str
    folder: str
    kind: FolderKind
    copies: tuple[SeenCopy, ...]
    set_aside: tuple[SetAside, ...] = ()
    is_whole: bool = True
    missing: tuple[str, ...] = ()
    uid_validity: int | None = None
    last_uid: int | None = None
    modseq: int | None = None
    exists: int | None = None


@dataclass(frozen=True, slots=True)
class WantedLetter:
    """A letter that waits for an answer: where it lay, and whether its words are still unread."""

    uid: int
    message_id: str
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class KnownFolder:
    """What is known of an IMAP folder from earlier looks; ``uid_set`` names the copies in it.

    ``set_aside``: what could not be read, to be tried again. ``is_chosen``, ``is_left``: the seller
    wants it read, or left alone, whatever its name says.
    """

    folder: str
    kind: FolderKind
    uid_validity: int | None
    last_uid: int | None
    modseq: int | None
    uid_set: str = ""
    exists: int | None = None
    wanted: tuple[WantedLetter, ...] = ()
    is_chosen: bool = False
    is_left: bool = False
    set_aside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A folder of an account: its name, what it is for (None: nobody can tell), whether read."""

    name: str
    kind: FolderKind | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """The seller's word on a folder: read it as that kind, or (None) leave it."""

    folder: str
    kind: FolderKind | None


@dataclass(frozen=True, slots=True)
class MailAccount:
    """How to reach a mailbox; the password is never part of it."""

    address: str
    imap_host: str
    imap_port: int
    user_name: str
    is_starttls: bool = False
    smtp_host: str | None = None
    smtp_port: int | None = None
    ca_file: str | None = None
    smtp_is_starttls: bool = False
    smtp_user_name: str | None = None
    login: LoginKind = LoginKind.PASSWORD
    sign_in: SignIn | None = None
    sent_folder: str | None = None
    provider: str | None = None
    trusted: tuple[TrustedCertificate, ...] = ()

    def trusted_at(self, host: str, port: int) -> str | None:
        """Return the SHA-256 of the certificate the seller trusts there, or None."""
        return next(
            (each.sha256 for each in self.trusted if (each.host, each.port) == (host, port)), None
        )


@dataclass(frozen=True, slots=True)
class AccountReading:
    """One look into one account; with an ``error`` what came before it still counts.

    ``hindrance`` is of what kind the error is.

    ``folders`` holds only those in which something was to be seen; ``listed`` all that the server
    has. ``clock_slow_by``: the server stamped new mail that much ahead of this computer's clock.
    """

    address: str
    looked_at: datetime
    folders: tuple[FolderReading, ...] = ()
    error: str | None = None
    listed: tuple[ListedFolder, ...] = ()
    capabilities: tuple[str, ...] = ()
    clock_slow_by: timedelta | None = None
    hindrance: Hindrance | None = None


@dataclass(frozen=True, slots=True)
class LetterPlace:
    """Where a letter lies whole: the account's folder and its number there."""

    account: MailAccount
    folder: str
    uid_validity: int
    uid: int
    message_id: str


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter read whole: its bytes as the server gave them, and what was read from them."""

    message_id: str
    raw: bytes
    received: ReceivedMessage
