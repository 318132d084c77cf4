"""Signing in at Microsoft through its own library, which speaks over our verified connections."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from jeweler_desk.domain.mail_access import SignIn
from jeweler_desk.mail.web import Web

if TYPE_CHECKING:
    from msal import PublicClientApplication

_SECONDS: Final = 20.0
_OWN_HOSTS: Final = ("login.microsoftonline.com", "login.microsoftonline.us")
_BAD_REQUEST: Final = 400


@dataclass(frozen=True, slots=True)
class _Response:
    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        if self.status_code >= _BAD_REQUEST:
            raise OSError(f"status {self.status_code}")


class _MsalWeb:
    """What msal asks of an http library, answered by `Web`."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> _Response:
        del headers
        query = f"?{urlencode(params)}" if params else ""
        answer = self._web.get(f"{url}{query}", _SECONDS)
        return _Response(answer.status, answer.body.decode("utf-8", "replace"), {})

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | str | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> _Response:
        query = f"?{urlencode(params)}" if params else ""
        form = data if isinstance(data, str) else urlencode(data or {})
        told = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        answer = self._web.post(f"{url}{query}", form.encode(), told, _SECONDS)
        return _Response(answer.status, answer.body.decode("utf-8", "replace"), {})

    def close(self) -> None:
        """Nothing is kept open."""


class MicrosoftSignIn:
    """One sign-in or renewal; state, PKCE and nonce are msal's. Its cache is never written down."""

    def __init__(self, facts: SignIn, web: Web) -> None:
        self._facts = facts
        self._web = web
        self._app: PublicClientApplication | None = None
        self._flow: dict[str, Any] = {}

    def begin(self, redirect: str, address: str) -> tuple[str, str]:
        """Return the page to open and the state by which its answer is known."""
        self._flow = self._program().initiate_auth_code_flow(
            self._facts.scope.split(),
            redirect_uri=redirect,
            login_hint=address,
            response_mode="form_post",
        )
        return str(self._flow["auth_uri"]), str(self._flow["state"])

    def exchange(self, fields: dict[str, str]) -> dict[str, Any]:
        """Turn the browser's answer into tokens."""
        return dict(self._program().acquire_token_by_auth_code_flow(self._flow, fields))

    def renew(self, refresh: str) -> dict[str, Any]:
        """Turn the lasting token into a new one for now."""
        scopes = self._facts.scope.split()
        return dict(self._program().acquire_token_by_refresh_token(refresh, scopes))

    def _program(self) -> PublicClientApplication:
        if self._app is None:
            import msal  # noqa: PLC0415 - slow to load; only Microsoft's accounts need it

            # What it notes while debugging holds the code of an answer.
            logging.getLogger("msal").setLevel(logging.CRITICAL)
            authority = self._facts.authorization_url
            is_own = urlsplit(authority).hostname in _OWN_HOSTS
            where = {"authority": authority} if is_own else {"oidc_authority": authority}
            self._app = msal.PublicClientApplication(
                self._facts.client_id,
                http_client=_MsalWeb(self._web),
                instance_discovery=False,
                **where,
            )
        return self._app
