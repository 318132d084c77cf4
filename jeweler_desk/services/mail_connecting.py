"""Connecting a mailbox: finding its servers, signing in, trying both logins beside the window."""

from __future__ import annotations

from collections.abc import Callable

from jeweler_desk.domain.mail_access import (
    ImapTried,
    LoginKind,
    Trial,
    Tried,
    UntrustedCertificateError,
)
from jeweler_desk.domain.mail_finding import FoundMailbox, Provider
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import is_address
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.mail_reach import MailReach, Stopped, Tell
from jeweler_desk.services.mail_secrets import MailSecrets


class MailConnecting:
    """Every method returns the work as a callable that touches no store and no window."""

    def __init__(self, reach: MailReach | None, secrets: MailSecrets) -> None:
        self._reach = reach
        self._secrets = secrets

    def provider(self, key: str | None) -> Provider | None:
        """Return a provider of the bundled table by its key."""
        if key is None or self._reach is None:
            return None
        return next((each for each in self._reach.providers() if each.key == key), None)

    def find_job(
        self, address: str, tell: Tell, stopped: Stopped
    ) -> Callable[[], FoundMailbox | None]:
        """Return the work of finding an address's servers; None comes back where none are found.

        ``tell`` takes a sentence before each step. Raises `RefusedError` for what is no address.
        """
        if not is_address(address) or not address.isprintable():
            raise RefusedError(f"“{address}” is not an address such as hello@example.com.")
        reach = self._world()
        return lambda: reach.find(address, tell, stopped)

    def try_job(self, account: MailAccount, password: str | None = None) -> Callable[[], Tried]:
        """Return the work of trying both logins; ``password`` None takes the one that is known."""
        reach, secrets = self._world(), self._secrets

        def work() -> Tried:
            sending = None
            try:
                secret = password or secrets.of(account)
            except RefusedError as refused:
                return Tried(Trial(str(refused)), None)
            seen, reading = _tried_imap(reach, account, secret)
            if account.smtp_host:
                sending = _tried_smtp(reach, account, secret)
            return Tried(reading, sending, seen)

        return work

    def sign_in_job(
        self, account: MailAccount, client_secret: str | None, stopped: Stopped
    ) -> Callable[[], bool]:
        """Return the work of signing in; False: it lasts only until the desk is closed.

        Raises `RefusedError` where the account takes a password.
        """
        if account.login is not LoginKind.SIGN_IN:
            raise RefusedError(f"{account.address} takes a password; there is nothing to sign in.")
        if client_secret:
            self._secrets.keep_client_secret(account.address, client_secret)
        return lambda: self._secrets.sign_in(account, stopped)

    def _world(self) -> MailReach:
        if self._reach is None:
            raise RefusedError("this desk has no way to the network")
        return self._reach


def _tried_imap(reach: MailReach, account: MailAccount, secret: str) -> tuple[ImapTried, Trial]:
    try:
        return reach.try_imap(account, secret), Trial()
    except UntrustedCertificateError as untrusted:
        return ImapTried(), Trial(str(untrusted), untrusted.certificate)
    except RefusedError as refused:
        return ImapTried(), Trial(str(refused))


def _tried_smtp(reach: MailReach, account: MailAccount, secret: str) -> Trial:
    try:
        reach.try_smtp(account, secret)
    except UntrustedCertificateError as untrusted:
        return Trial(str(untrusted), untrusted.certificate)
    except RefusedError as refused:
        return Trial(str(refused))
    return Trial()
