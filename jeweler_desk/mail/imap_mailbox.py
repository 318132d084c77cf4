"""Mailboxes on servers, as the services see them; the IMAP code loads with the first look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from jeweler_desk.domain.mailbox import AccountReading, KnownFolder, MailAccount

TIMEOUT_SECONDS: Final = 30


class ImapMailbox:
    """Looks into an account: EXAMINE and PEEK only, so the mailbox stays as it was."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout

    def look(
        self,
        account: MailAccount,
        password: str,
        known: Sequence[KnownFolder],
        now: datetime,
    ) -> AccountReading:
        """Look into an account; trouble comes back as the reading's error."""
        from jeweler_desk.mail.imap_session import look  # noqa: PLC0415 - slow to load, rarely needed

        return look(account, password, known, now, self._timeout)
