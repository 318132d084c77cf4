"""Mailboxes on servers, as the services see them; the IMAP code loads with the first look."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.mailbox import (
    AccountReading,
    KnownFolder,
    LetterPlace,
    MailAccount,
    WholeLetter,
)

if TYPE_CHECKING:
    from jeweler_desk.mail.imap_connections import Connections
    from jeweler_desk.mail.imap_idle import InboxWatch

TIMEOUT_SECONDS: Final = 30


class ImapMailbox:
    """Looks into an account: EXAMINE and PEEK only, so the mailbox stays as it was.

    ``keeps``: a connection for each account stays open between looks, until `close`.
    """

    def __init__(self, timeout: float = TIMEOUT_SECONDS, *, keeps: bool = False) -> None:
        self._timeout = timeout
        self._keeps = keeps
        self._lock = threading.Lock()
        self._connections: Connections | None = None

    def look(
        self,
        account: MailAccount,
        password: str,
        known: Sequence[KnownFolder],
        now: datetime,
    ) -> AccountReading:
        """Look into an account; trouble comes back as the reading's error."""
        from jeweler_desk.mail.imap_session import look  # noqa: PLC0415 - slow to load, rarely needed

        return look(account, password, known, now, self._opened())

    def read_whole(self, place: LetterPlace, password: str, now: datetime) -> WholeLetter | None:
        """Read one letter whole; None when it is not there any more. Raises `RefusedError`."""
        from jeweler_desk.mail.imap_letter import read_whole  # noqa: PLC0415 - as above

        return read_whole(place, password, now, self._opened())

    def keep(self) -> None:
        """Keep connections from now on: a window looks every five minutes."""
        self._keeps = True

    def close(self) -> None:
        """Hang up what is kept."""
        with self._lock:
            connections, self._connections = self._connections, None
        if connections is not None:
            connections.close()

    def watch(self, account: MailAccount) -> InboxWatch:
        """Return what waits for an account's server to say that something changed."""
        from jeweler_desk.mail.imap_idle import InboxWatch  # noqa: PLC0415 - as above

        return InboxWatch(account, self._timeout)

    def _opened(self) -> Connections:
        from jeweler_desk.mail.imap_connections import Connections  # noqa: PLC0415 - as above

        with self._lock:
            if self._connections is None:
                self._connections = Connections(self._timeout, keeps=self._keeps)
            return self._connections
