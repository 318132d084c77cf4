"""What a domain's records say of its mail: who takes it in (MX), where it is read (SRV)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox, MailServer

if TYPE_CHECKING:
    from dns.rdata import Rdata
    from dns.resolver import Resolver

_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_READING: Final = (("_imaps._tcp", False), ("_imap._tcp", True))
_SENDING: Final = (("_submissions._tcp", False), ("_submission._tcp", True))


@dataclass(frozen=True, slots=True)
class Records:
    """The names of the network; ``server`` is a name server of its own (a test's)."""

    server: tuple[str, int] | None = None

    def mx(self, domain: str, seconds: float) -> list[str]:
        """Return the hosts that take in a domain's mail, the preferred first; empty if none."""
        found = [
            (int(each.preference), each.exchange.to_text(omit_final_dot=True))  # type: ignore[attr-defined]  # an MX record
            for each in self._ask(domain, "MX", seconds)
        ]
        return [host for _, host in sorted(found) if _HOST.fullmatch(host)]

    def servers(self, address: str, domain: str, seconds: float) -> FoundMailbox | None:
        """Return what the SRV records name (RFC 6186, RFC 8314), encrypted from the start first."""
        imap = self._first(domain, _READING, seconds)
        if imap is None:
            return None
        return FoundMailbox(address, FoundBy.SRV, imap, self._first(domain, _SENDING, seconds))

    def _first(
        self, domain: str, services: tuple[tuple[str, bool], ...], seconds: float
    ) -> MailServer | None:
        for service, is_starttls in services:
            found = [
                (int(each.priority), -int(each.weight), each.target.to_text(True), int(each.port))  # type: ignore[attr-defined]  # an SRV record
                for each in self._ask(f"{service}.{domain}", "SRV", seconds)
            ]
            for _, _, host, port in sorted(found):
                # A lone dot says that there is no such service.
                if _HOST.fullmatch(host) and port:
                    return MailServer(host, port, is_starttls)
        return None

    def _ask(self, name: str, kind: str, seconds: float) -> list[Rdata]:
        import dns.exception  # noqa: PLC0415 - slow to load; only finding a mailbox needs it
        import dns.resolver  # noqa: PLC0415

        try:
            answer = self._resolver().resolve(name, kind, lifetime=seconds, search=False)
        except (dns.exception.DNSException, OSError, ValueError):
            return []
        return list(answer)

    def _resolver(self) -> Resolver:
        import dns.resolver  # noqa: PLC0415 - slow to load; only finding a mailbox needs it

        if self.server is None:
            return dns.resolver.Resolver()
        resolver = dns.resolver.Resolver(configure=False)
        host, resolver.port = self.server
        resolver.nameservers = [host]
        return resolver
