"""What reaching a mailbox needs of the world outside, as the services see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from jeweler_desk.domain.mail_access import ImapTried, Tokens
from jeweler_desk.domain.mail_finding import FoundMailbox, Provider
from jeweler_desk.domain.mailbox import MailAccount

Tell = Callable[[str], None]
"""Takes a sentence about the step at work; called in the worker's thread."""

Stopped = Callable[[], bool]
"""Whether the seller has given up; asked between steps and while waiting."""


class MailReach(Protocol):
    """Finds servers, tries logins, signs in. All of it waits for the network: never the window."""

    def providers(self) -> tuple[Provider, ...]:
        """Return the bundled providers."""

    def find(self, address: str, tell: Tell, stopped: Stopped) -> FoundMailbox | None:
        """Find an address's servers; None where nothing was found."""

    def try_imap(self, account: MailAccount, secret: str) -> ImapTried:
        """Log in for reading and look where sent mail lies. Raises `RefusedError` in words."""

    def try_smtp(self, account: MailAccount, secret: str) -> None:
        """Log in for sending; nothing is sent. Raises `RefusedError` in words."""

    def sign_in(
        self,
        account: MailAccount,
        client_secret: str | None,
        now: Callable[[], datetime],
        stopped: Stopped,
    ) -> Tokens:
        """Let the seller sign in with the system's browser. Raises `RefusedError` in words."""

    def renew(
        self,
        account: MailAccount,
        refresh: str,
        client_secret: str | None,
        now: Callable[[], datetime],
    ) -> Tokens:
        """Renew an access token. Raises `SignInNeededError` when it was revoked or has expired."""
