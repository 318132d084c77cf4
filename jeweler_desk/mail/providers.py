"""The bundled table of mail providers: servers, the form of user names, how one logs in."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jeweler_desk.domain.mail_access import LoginKind, SignIn
from jeweler_desk.domain.mail_finding import MailServer, Provider, UserForm
from jeweler_desk.resources import resource


@cache
def bundled_providers() -> tuple[Provider, ...]:
    """Return the providers of `resources/mail_providers.json`, in its order."""
    table = json.loads(resource("mail_providers.json").read_text(encoding="utf-8"))
    return tuple(_provider(each) for each in table["providers"])


def _provider(row: dict[str, Any]) -> Provider:
    return Provider(
        key=row["key"],
        name=row["name"],
        imap=_server(row, "imap"),
        smtp=_server(row, "smtp"),
        login=LoginKind(row["login"]),
        domains=tuple(row.get("domains", ())),
        mx=tuple(row.get("mx", ())),
        hint=row["hint"],
        link=row.get("link"),
        sign_in=_sign_in(row.get("sign_in")),
        keeps_sent=row.get("keeps_sent", False),
    )


def _server(row: dict[str, Any], kind: str) -> MailServer:
    host, _, port = row[kind].rpartition(":")
    is_starttls = row.get(f"{kind}_starttls", int(port) in (143, 587))
    return MailServer(host, int(port), is_starttls, UserForm(row.get(f"{kind}_user", "address")))


def _sign_in(row: dict[str, Any] | None) -> SignIn | None:
    if row is None:
        return None
    return SignIn(
        client_id=row.get("client_id", ""),
        authorization_url=row["authorization_url"],
        token_url=row["token_url"],
        scope=row["scope"],
        is_microsoft=row.get("is_microsoft", False),
    )
