"""What is slow or cannot be taken back, as the services see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from jeweler_desk.domain.mailbox import AccountReading, FolderReading, KnownFolder, MailAccount
from jeweler_desk.domain.message import FolderKind


class MailFiles(Protocol):
    """Mail that lies in files."""

    origin: str

    def name_of(self, path: Path) -> str:
        """Return the name by which a path is remembered."""

    def read(self, path: Path, kind: FolderKind, known: Mapping[str, str]) -> FolderReading:
        """Read a path as a folder of that kind; raises `RefusedError`."""


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


class CredentialStore(Protocol):
    """The system's keyring."""

    def password(self, address: str) -> str | None:
        """Return the password of an account, or None where none is kept."""

    def keep(self, address: str, password: str) -> bool:
        """Keep a password; False where the system has no keyring."""

    def forget(self, address: str) -> None:
        """Let a password go, if one is kept."""
