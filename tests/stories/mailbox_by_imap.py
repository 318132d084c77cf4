"""A shop whose one mailbox lies on a real server, as the stories of letters tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, running_dovecot
from tests.keyrings import MemoryKeyring, using
from tests.post import Letter

ASKED: Final = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
"""Monday at ten in New York, where the shop stands."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The desk by its commands, and the mailbox by another program."""

    desk: CommandLine
    server: Dovecot

    def at(self, hours: float) -> CommandLine:
        """The desk so many hours after ten on Monday."""
        moment = ASKED + timedelta(hours=hours)
        return CommandLine(self.desk.folder, moment.isoformat().replace("+00:00", "Z"))

    def put(self, letter: Letter, hours: float, folder: str = "INBOX") -> None:
        """Lay a letter into a folder, taken by the server at that hour."""
        at = ASKED + timedelta(hours=hours)
        raw = replace(letter, hours=(at - replace(letter, hours=0).at) / timedelta(hours=1)).raw()
        client = self.server.client()
        client.append(folder, raw.replace(b"\n", b"\r\n"), (), at)
        client.logout()

    def looks(self, hours: float) -> None:
        """Read the mailbox at that hour."""
        (told,) = self.at(hours).done("mail", "fetch")
        assert told["error"] is None

    def waiting(self, hours: float) -> list[Any]:
        """What waits at that hour."""
        return [each["message_id"] for each in self.at(hours).done("mail", "waiting")]

    def letters(self) -> dict[str, Any]:
        """What the desk makes of each letter."""
        return {each["message_id"]: each for each in self.desk.done("mail", "list")}


@contextmanager
def running_shop(folder: Path) -> Iterator[Shop]:
    """Run a shop with its mailbox connected and its password in the keyring."""
    if not is_installed():
        pytest.skip("Dovecot is not installed (dovecot-imapd)")
    keyring = MemoryKeyring()
    with running_dovecot(folder / "imap") as server, using(keyring):
        desk = a_shop(folder / "desk")
        imap = f"localhost:{server.tls_port}"
        words = ("--imap", imap, "--ca-file", str(server.certificate))
        assert desk.run("mail", "account", "add", SELLER, *words).status == 0
        keyring.set_password("Jeweler Desk", SELLER, PASSWORD)
        yield Shop(desk, server)
