"""A post office for tests: letters written as real files, read by the desk, judged as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from jeweler_desk.domain.mail_view import ListedMessage
from jeweler_desk.services.correspondence import MailRead
from jeweler_desk.services.desk import Desk

MAKER: Final = "maker@shop.test"
ANNA: Final = "Anna Berg <anna@c.test>"
ASKED_AT: Final = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
"""When Anna's question Q came: Monday 5 October 2026, 8:00 UTC."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as a file: where it lies, when it came, its headers and its words."""

    id: str
    folder: str = "inbox"
    hours: float = 0
    sender: str | None = ANNA
    to: str | None = MAKER
    subject: str = "Ring"
    text: str = "Hello, could you make this ring in my size?"
    flags: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain; charset=utf-8"

    @property
    def at(self) -> datetime:
        """When the server took it."""
        return ASKED_AT + timedelta(hours=self.hours)

    def raw(self) -> bytes:
        """Return the message's bytes; letters of ours carry no server's stamp."""
        headers: list[tuple[str, str]] = []
        if self.folder not in {"sent", "drafts"}:
            stamp = format_datetime(self.at)
            headers.append(("Received", f"from mx.test by mail.shop.test with ESMTP; {stamp}"))
        headers += [(name, value) for name, value in self.more.items()]
        if self.sender is not None:
            headers.append(("From", self.sender))
        if self.to is not None:
            headers.append(("To", self.to))
        headers.append(("Subject", self.subject))
        if "Date" not in self.more:
            headers.append(("Date", format_datetime(self.at)))
        headers.append(("Message-ID", f"<{self.id}>"))
        headers.append(("Content-Type", self.content_type))
        head = "".join(f"{name}: {value}\n" for name, value in headers)
        return f"{head}\n{self.text}\n".encode()


class Drawer:
    """A keyring that lasts as long as a test."""

    def __init__(self, *, is_usable: bool = True) -> None:
        self.passwords: dict[str, str] = {}
        self.is_usable = is_usable

    def password(self, address: str) -> str | None:
        return self.passwords.get(address)

    def keep(self, address: str, password: str) -> bool:
        if self.is_usable:
            self.passwords[address] = password
        return self.is_usable

    def forget(self, address: str) -> None:
        self.passwords.pop(address, None)

    def give_up(self) -> None:
        """It always answers."""


class Post:
    """Lays letters into Maildirs and lets the desk read them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder

    def lay(self, letter: Letter) -> Path:
        """Put a letter into its folder; the same id and flags again replace it."""
        for part in ("cur", "new", "tmp"):
            (self.folder / letter.folder / part).mkdir(parents=True, exist_ok=True)
        name = letter.id.replace("/", "_")
        file = self.folder / letter.folder / "cur" / f"{name}:2,{letter.flags}"
        file.write_bytes(letter.raw())
        moment = letter.at.timestamp()
        os.utime(file, (moment, moment))
        return file

    def read(self, *folders: str) -> list[MailRead]:
        """Let the desk read these folders, or all of them."""
        names = folders or sorted(each.name for each in self.folder.iterdir())
        return [self.desk.correspondence.read_files(self.folder / name, name) for name in names]

    def brings(self, letters: Iterable[Letter]) -> None:
        """Lay letters and read every folder."""
        for letter in letters:
            self.lay(letter)
        self.read()

    def listed(self) -> dict[str, ListedMessage]:
        """Return what the desk makes of each message, by id."""
        return {each.message_id: each for each in self.desk.correspondence.listed()}

    def decisions(self) -> dict[str, str]:
        """Return each message's decision, by id."""
        return {key: each.decision.value for key, each in self.listed().items()}

    def waiting(self) -> list[str]:
        """Return what waits now (soft ones too), the most urgent first."""
        now = self.desk.clock.now()
        return [each.message_id for each in self.desk.correspondence.waiting(now)]
