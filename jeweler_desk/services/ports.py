"""What is slow or cannot be taken back, as the services see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from jeweler_desk.domain.mailbox import (
    AccountReading,
    FolderReading,
    KnownFolder,
    LetterPlace,
    MailAccount,
    WholeLetter,
)
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.outgoing import Envelope, Outgoing, Result
from jeweler_desk.domain.print_job import Printer, PrintOrder, Spooled


class MailFiles(Protocol):
    """Mail that lies in files."""

    origin: str

    def name_of(self, path: Path) -> str:
        """Return the name by which a path is remembered."""

    def read(self, path: Path, kind: FolderKind, known: Mapping[str, str]) -> FolderReading:
        """Read a path as a folder of that kind; raises `RefusedError`."""

    def letter(self, folder: str, uid: str) -> bytes | None:
        """Return the bytes of one letter read before; None where it is not there any more."""


class MailWatch(Protocol):
    """Waits for a server's word that something changed in an inbox; blocks its thread."""

    def wait(self, secret: str, seconds: float) -> bool | None:
        """Wait at most so long: True something may be new, False not, None the server tells none.

        Raises `RefusedError` when the connection broke.
        """

    def close(self) -> None:
        """Hang up, also while a thread waits."""


class Mailbox(Protocol):
    """Mail that lies on a server."""

    def look(
        self,
        account: MailAccount,
        password: str,
        known: Sequence[KnownFolder],
        now: datetime,
    ) -> AccountReading:
        """Look into an account without changing anything in it; trouble comes back as its error."""

    def read_whole(self, place: LetterPlace, password: str, now: datetime) -> WholeLetter | None:
        """Read one letter whole; None when it is not there any more. Raises `RefusedError`."""

    def keep(self) -> None:
        """Keep connections between looks from now on."""

    def close(self) -> None:
        """Hang up what is kept."""

    def watch(self, account: MailAccount) -> MailWatch:
        """Return what waits for an account's server to say that something changed."""


class CredentialStore(Protocol):
    """The system's keyring."""

    def password(self, address: str) -> str | None:
        """Return the password of an account, or None. Raises `KeyringSilentError`."""

    def keep(self, address: str, password: str) -> bool:
        """Keep a password; False where the system has no keyring, or it does not answer."""

    def forget(self, address: str) -> None:
        """Let a password go, if one is kept. Raises `KeyringSilentError`."""

    def give_up(self) -> None:
        """Wait no longer for what is being asked; who waits gets a `KeyringSilentError`."""


class Delivery(Protocol):
    """A server that has taken sender and recipient and waits for a letter's words."""

    def hand_over(self, raw: str) -> Result:
        """Give the letter's words and close."""

    def give_up(self) -> None:
        """Close; the letter is not sent."""


class MailSender(Protocol):
    """A way to send letters; every method but the first works on the network, in a worker."""

    def write_down(self, letter: Outgoing) -> str:
        """Return a letter's bytes, ASCII all through. Raises `RefusedError`."""

    def begin(
        self, account: MailAccount, secret: str, envelope: Envelope
    ) -> tuple[Delivery | None, Result]:
        """Connect, log in, name sender and recipient; no word of the letter is given away yet."""

    def keep_copy(
        self, account: MailAccount, secret: str, raw: str, message_id: str, at: datetime
    ) -> str | None:
        """Lay a copy into Sent unless it is there; return what hindered it, in words."""


class Spooler(Protocol):
    """The system's printers; every method may take seconds and raise `RefusedError`."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the usual one first."""

    def send(self, pdf: bytes, order: PrintOrder) -> str:
        """Give a paper to a printer, at full size; return the spooler's name for it.

        Raises `MaybePrintedError` where it is not known whether it was taken.
        """

    def state(self, job: str) -> Spooled:
        """Return where a paper is."""

    def cancel(self, job: str) -> None:
        """Take a paper back, if it is still there."""
