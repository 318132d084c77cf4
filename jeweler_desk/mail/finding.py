"""Finds the servers of an address: the table, MX, autoconfig, ISPDB, SRV, and the usual names."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mail_access_wording import found_text, step_text
from jeweler_desk.domain.mail_finding import (
    FoundBy,
    FoundMailbox,
    MailServer,
    Provider,
    provider_by_mx,
    provider_of,
)
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.autoconfig import read_page
from jeweler_desk.mail.domain_records import Records
from jeweler_desk.mail.host_names import ascii_host
from jeweler_desk.mail.imap_connection import hang_up as hang_up_imap
from jeweler_desk.mail.imap_connection import open_imap
from jeweler_desk.mail.smtp_connection import hang_up as hang_up_smtp
from jeweler_desk.mail.smtp_connection import open_smtp
from jeweler_desk.mail.web import Web

_STEP_SECONDS: Final = 4.0
_ALL_SECONDS: Final = 40.0
_FOUND: Final = 200
_ISPDB: Final = "https://autoconfig.thunderbird.net/v1.1/{domain}"
_PAGES: Final = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)
_READING: Final = (("imap.", 993), ("mail.", 993), ("imap.", 143), ("mail.", 143))
_SENDING: Final = (("smtp.", 465), ("mail.", 465), ("smtp.", 587), ("mail.", 587))
_STARTTLS_PORTS: Final = (143, 587)


def knock(kind: str, server: MailServer, seconds: float, ca_file: str | None = None) -> bool:
    """Tell whether a server is there and shows a certificate made out to its name; no login."""
    account = MailAccount(
        "", server.host, server.port, "", server.is_starttls,
        server.host, server.port, ca_file, server.is_starttls,
    )  # fmt: skip
    try:
        if kind == "imap":
            hang_up_imap(open_imap(account, seconds))
        else:
            hang_up_smtp(open_smtp(account, seconds))
    except (OSError, RefusedError, IMAPClientError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class World:
    """The network as this computer sees it; tests put servers of their own there."""

    web: Web = field(default_factory=Web)
    records: Records = field(default_factory=Records)
    knock: Callable[[str, MailServer, float], bool] = knock
    step_seconds: float = _STEP_SECONDS


class Search:
    """One search for one address; every step is short, and told before it is taken."""

    def __init__(
        self,
        address: str,
        providers: tuple[Provider, ...],
        world: World,
        tell: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._address = address
        self._shown_domain = address.rpartition("@")[2]
        self._domain = ascii_host(self._shown_domain).casefold()
        self._providers = providers
        self._world = world
        self._tell = tell
        self._stopped = stopped
        self._ends_at = time.monotonic() + _ALL_SECONDS
        self._mx: list[str] = []

    def run(self) -> FoundMailbox | None:
        """Go from the surest to the least sure; None when given up or nothing was found."""
        steps = (
            (FoundBy.PROVIDER, self._in_table),
            (FoundBy.MX, self._by_mx),
            (FoundBy.AUTOCONFIG, self._by_pages),
            (FoundBy.ISPDB, self._in_ispdb),
            (FoundBy.SRV, self._by_records),
            (FoundBy.GUESS, self._by_usual_names),
        )
        for by, step in steps:
            if self._is_over():
                return None
            self._tell(step_text(by, self._shown_domain))
            found = step()
            if found is not None:
                found = self._recognized(found)
                self._tell(found_text(found))
                return found
        return None

    def _is_over(self) -> bool:
        return self._stopped() or time.monotonic() >= self._ends_at

    def _seconds(self) -> float:
        return max(0.1, min(self._world.step_seconds, self._ends_at - time.monotonic()))

    def _in_table(self) -> FoundMailbox | None:
        provider = provider_of(self._providers, self._domain)
        return self._at(provider, FoundBy.PROVIDER) if provider else None

    def _by_mx(self) -> FoundMailbox | None:
        self._mx = self._world.records.mx(self._domain, self._seconds())
        provider = provider_by_mx(self._providers, self._mx)
        return self._at(provider, FoundBy.MX) if provider else None

    def _at(self, provider: Provider, by: FoundBy) -> FoundMailbox:
        return FoundMailbox(
            self._address, by, provider.imap, provider.smtp, provider.login, provider
        )

    def _by_pages(self) -> FoundMailbox | None:
        return self._first_page([each.format(domain=self._domain) for each in _PAGES])

    def _in_ispdb(self) -> FoundMailbox | None:
        domains = dict.fromkeys([self._domain, *(_registered(each) for each in self._mx[:1])])
        return self._first_page(
            [_ISPDB.format(domain=each) for each in domains if each], FoundBy.ISPDB
        )

    def _first_page(self, urls: list[str], by: FoundBy = FoundBy.AUTOCONFIG) -> FoundMailbox | None:
        for url in urls:
            if self._is_over():
                return None
            with suppress(OSError):
                answer = self._world.web.get(url, self._seconds())
                found = (
                    read_page(answer.body, self._address, by) if answer.status == _FOUND else None
                )
                if found is not None:
                    return found
        return None

    def _by_records(self) -> FoundMailbox | None:
        return self._world.records.servers(self._address, self._domain, self._seconds())

    def _by_usual_names(self) -> FoundMailbox | None:
        """Take the first of the usual names that answers with a certificate made out to it."""
        names = [*(("imap", each) for each in _READING), *(("smtp", each) for each in _SENDING)]
        servers = [
            (kind, MailServer(f"{prefix}{self._domain}", port, port in _STARTTLS_PORTS))
            for kind, (prefix, port) in names
        ]
        with ThreadPoolExecutor(len(servers)) as pool:
            answered = list(pool.map(lambda each: self._answers(*each), servers))
        there = [each for each, is_there in zip(servers, answered, strict=True) if is_there]
        imap = next((server for kind, server in there if kind == "imap"), None)
        smtp = next((server for kind, server in there if kind == "smtp"), None)
        return FoundMailbox(self._address, FoundBy.GUESS, imap, smtp) if imap else None

    def _answers(self, kind: str, server: MailServer) -> bool:
        return self._world.knock(kind, server, self._seconds())

    def _recognized(self, found: FoundMailbox) -> FoundMailbox:
        """Know a provider of the table by its server, whoever told of it."""
        if found.provider is not None:
            return found
        known: Iterator[Provider] = (
            each for each in self._providers if each.imap.host == found.imap.host.casefold()
        )
        provider = next(known, None)
        return replace(found, provider=provider, login=provider.login) if provider else found


def _registered(host: str) -> str:
    """Return the last two labels of a host's name, by which ISPDB knows many providers."""
    return ".".join(host.rsplit(".", 2)[-2:]).casefold()
