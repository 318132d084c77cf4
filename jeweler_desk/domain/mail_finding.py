"""What is known of mail providers, and what was found for an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from jeweler_desk.domain.mail_access import LoginKind, SignIn
from jeweler_desk.domain.mailbox import MailAccount


class FoundBy(StrEnum):
    """Who told where the servers are, the surest first."""

    PROVIDER = "provider"
    MX = "mx"
    AUTOCONFIG = "autoconfig"
    ISPDB = "ispdb"
    SRV = "srv"
    GUESS = "guess"


class UserForm(StrEnum):
    """What a server takes as the user's name."""

    ADDRESS = "address"
    LOCAL_PART = "local-part"


@dataclass(frozen=True, slots=True)
class MailServer:
    """One server; ``is_starttls``: it begins in the clear and switches before the login."""

    host: str
    port: int
    is_starttls: bool = False
    user: UserForm = UserForm.ADDRESS
    user_name: str | None = None

    def user_of(self, address: str) -> str:
        """Return the user's name this server wants for an address."""
        if self.user_name is not None:
            return self.user_name
        return address.partition("@")[0] if self.user is UserForm.LOCAL_PART else address


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of the bundled table; ``hint`` is the key of its words."""

    key: str
    name: str
    imap: MailServer
    smtp: MailServer
    login: LoginKind
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    hint: str = ""
    link: str | None = None
    sign_in: SignIn | None = None
    keeps_sent: bool = False


@dataclass(frozen=True, slots=True)
class FoundMailbox:
    """The servers of an address, who told them, and the provider where it is a known one."""

    address: str
    by: FoundBy
    imap: MailServer
    smtp: MailServer | None
    login: LoginKind = LoginKind.PASSWORD
    provider: Provider | None = None
    name: str = ""

    def account(self) -> MailAccount:
        """Return the account as it would be added."""
        smtp, sign_in = self.smtp, self.provider.sign_in if self.provider else None
        user = self.imap.user_of(self.address)
        smtp_user = smtp.user_of(self.address) if smtp else user
        account = MailAccount(
            self.address,
            self.imap.host,
            self.imap.port,
            user,
            is_starttls=self.imap.is_starttls,
            login=self.login,
            sign_in=sign_in if self.login is LoginKind.SIGN_IN else None,
            provider=self.provider.key if self.provider else None,
        )
        if smtp is None:
            return account
        return replace(
            account,
            smtp_host=smtp.host,
            smtp_port=smtp.port,
            smtp_is_starttls=smtp.is_starttls,
            smtp_user_name=smtp_user if smtp_user != user else None,
        )


def provider_of(providers: tuple[Provider, ...], domain: str) -> Provider | None:
    """Return the provider that owns a domain of addresses, or None."""
    domain = domain.casefold()
    return next((each for each in providers if domain in each.domains), None)


def provider_by_mx(providers: tuple[Provider, ...], hosts: list[str]) -> Provider | None:
    """Return the provider that takes in a domain's mail, by the names of its MX hosts."""
    for host in hosts:
        name = host.rstrip(".").casefold()
        for each in providers:
            if any(name == mx or name.endswith(f".{mx}") for mx in each.mx):
                return each
    return None
