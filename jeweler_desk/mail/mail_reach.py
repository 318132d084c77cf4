"""Finding, trying and signing in, as the services see it; each part loads when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.mail_access import ImapTried, Tokens
from jeweler_desk.domain.mail_finding import FoundMailbox, Provider
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.providers import bundled_providers

if TYPE_CHECKING:
    from jeweler_desk.mail.finding import World
    from jeweler_desk.mail.sign_in import SigningIn

_TRY_SECONDS: Final = 15.0


class NetworkReach:
    """The network as this computer has it; ``world`` and ``signing_in`` replace it in tests."""

    def __init__(self, world: World | None = None, signing_in: SigningIn | None = None) -> None:
        self._world = world
        self._signing_in = signing_in

    def providers(self) -> tuple[Provider, ...]:
        """Return the bundled providers."""
        return bundled_providers()

    def find(
        self, address: str, tell: Callable[[str], None], stopped: Callable[[], bool]
    ) -> FoundMailbox | None:
        """Find an address's servers; None where nothing was found."""
        from jeweler_desk.mail import finding  # noqa: PLC0415 - slow to load

        world = self._world or finding.World()
        return finding.Search(address, bundled_providers(), world, tell, stopped).run()

    def try_imap(self, account: MailAccount, secret: str) -> ImapTried:
        """Log in for reading and look where sent mail lies. Raises `RefusedError` in words."""
        from jeweler_desk.mail.login_trials import try_imap  # noqa: PLC0415 - slow to load

        return try_imap(account, secret, _TRY_SECONDS)

    def try_smtp(self, account: MailAccount, secret: str) -> None:
        """Log in for sending; nothing is sent. Raises `RefusedError` in words."""
        from jeweler_desk.mail.login_trials import try_smtp  # noqa: PLC0415 - slow to load

        try_smtp(account, secret, _TRY_SECONDS)

    def sign_in(
        self,
        account: MailAccount,
        client_secret: str | None,
        now: Callable[[], datetime],
        stopped: Callable[[], bool],
    ) -> Tokens:
        """Let the seller sign in with the system's browser. Raises `RefusedError` in words."""
        return self._dance().sign_in(account, client_secret, now, stopped)

    def renew(
        self,
        account: MailAccount,
        refresh: str,
        client_secret: str | None,
        now: Callable[[], datetime],
    ) -> Tokens:
        """Renew an access token. Raises `SignInNeededError` when it was revoked or has expired."""
        return self._dance().renew(account, refresh, client_secret, now)

    def _dance(self) -> SigningIn:
        from jeweler_desk.mail.sign_in import SigningIn  # noqa: PLC0415 - slow to load

        return self._signing_in or SigningIn()
