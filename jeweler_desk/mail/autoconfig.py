"""A domain's page for mail programs (autoconfig, ISPDB): read with suspicion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat  # declarations, hence entities, are refused below

from jeweler_desk.domain.mail_access import LoginKind
from jeweler_desk.domain.mail_finding import FoundBy, FoundMailbox, MailServer

_MOST_ELEMENTS: Final = 2_000
_MOST_DEPTH: Final = 20
_LONGEST_TEXT: Final = 300
_HOST: Final = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?")
_HIGHEST_PORT: Final = 65535
_STARTTLS: Final = "STARTTLS"
_ENCRYPTED: Final = ("SSL", _STARTTLS)
_SIGNING_IN: Final = "OAuth2"


@dataclass(slots=True)
class _Server:
    kind: str
    is_incoming: bool
    facts: dict[str, str] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)

    def safe(self, address: str) -> MailServer | None:
        """Return the server, if it is encrypted and has the form of one."""
        host = _filled(self.facts.get("hostname", ""), address)
        port, security = self.facts.get("port", ""), self.facts.get("socketType", "")
        is_port = port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT
        if security not in _ENCRYPTED or not is_port or not _HOST.fullmatch(host):
            return None
        user = _filled(self.facts.get("username", "%EMAILADDRESS%"), address)
        is_line = user and not re.search(r"[\x00-\x1f\x7f]", user)
        return MailServer(
            host, int(port), security == _STARTTLS, user_name=user if is_line else address
        )


class _Page:
    """Collects the servers of a page; anything that is more than a page of servers is refused."""

    def __init__(self) -> None:
        self.servers: list[_Server] = []
        self.name = ""
        self._path: list[str] = []
        self._text = ""
        self._count = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._path.append(tag)
        if self._count > _MOST_ELEMENTS or len(self._path) > _MOST_DEPTH:
            raise ValueError("a page too large")
        self._text = ""
        if tag in {"incomingServer", "outgoingServer"}:
            self.servers.append(_Server(attributes.get("type", ""), tag == "incomingServer"))

    def end(self, tag: str) -> None:
        self._path.pop()
        text, parent = self._text.strip(), self._path[-1] if self._path else ""
        self._text = ""
        if parent in {"incomingServer", "outgoingServer"} and self.servers:
            if tag == "authentication":
                self.servers[-1].logins.append(text)
            else:
                self.servers[-1].facts.setdefault(tag, text)
        elif tag == "displayName" and parent == "emailProvider":
            self.name = self.name or text

    def words(self, text: str) -> None:
        self._text = (self._text + text)[:_LONGEST_TEXT]

    def refuse(self, *_: object) -> None:
        raise ValueError("a page with declarations")


def read_page(page: bytes, address: str, by: FoundBy) -> FoundMailbox | None:
    """Return the servers a page names for an address; None where it names no safe one.

    Documents with a declaration of types are refused, so nothing is ever expanded or fetched.
    """
    found = _Page()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.begin
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.words
    parser.StartDoctypeDeclHandler = found.refuse
    parser.EntityDeclHandler = found.refuse
    try:
        parser.Parse(page, True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    incoming = _best(found.servers, address, "imap", is_incoming=True)
    if incoming is None:
        return None
    imap, logins = incoming
    outgoing = _best(found.servers, address, "smtp", is_incoming=False)
    is_sign_in = bool(logins) and all(each == _SIGNING_IN for each in logins)
    return FoundMailbox(
        address,
        by,
        imap,
        outgoing[0] if outgoing else None,
        LoginKind.SIGN_IN if is_sign_in else LoginKind.PASSWORD,
        name=_plain(found.name),
    )


def _best(
    servers: list[_Server], address: str, kind: str, *, is_incoming: bool
) -> tuple[MailServer, list[str]] | None:
    """Return the first server encrypted from the first byte, else the first with STARTTLS."""
    safe = [
        (server, each.logins)
        for each in servers
        if each.kind == kind
        and each.is_incoming is is_incoming
        and (server := each.safe(address)) is not None
    ]
    return min(safe, key=lambda each: each[0].is_starttls, default=None)


def _filled(text: str, address: str) -> str:
    local, _, domain = address.partition("@")
    for name, value in (
        ("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain),
    ):  # fmt: skip
        text = text.replace(name, value)
    return text


def _plain(text: str) -> str:
    return " ".join("".join(each for each in text if each.isprintable()).split())[:60]
