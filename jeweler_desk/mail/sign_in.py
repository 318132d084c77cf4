"""Signing in (OAuth2): the system's browser, an answer on loopback, PKCE; tokens stay in memory."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jeweler_desk.domain.mail_access import SignIn, SignInNeededError, Tokens
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.loopback import Answered, LoopbackAnswer
from jeweler_desk.mail.microsoft import MicrosoftSignIn
from jeweler_desk.mail.web import Web

Now = Callable[[], datetime]
_SECONDS: Final = 20.0
_PATIENCE_SECONDS: Final = 300.0
_SHORTEST: Final = timedelta(minutes=1)
_DEFAULT_LIFE: Final = 3600
_LONGEST_LIFE: Final = 86_400
_OK: Final = 200
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_OVER: Final = {"invalid_grant", "interaction_required", "consent_required", "login_required"}


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Does the whole dance; ``open_browser`` shows the seller the provider's own page."""

    web: Web = field(default_factory=Web)
    open_browser: Callable[[str], bool] = webbrowser.open
    patience: float = _PATIENCE_SECONDS

    def sign_in(
        self, account: MailAccount, client_secret: str | None, now: Now, stopped: Callable[[], bool]
    ) -> Tokens:
        """Open the browser, wait for its answer, exchange it. Raises `RefusedError` in words."""
        facts = _facts(account)
        with LoopbackAnswer(is_by_name=facts.is_microsoft) as loopback:
            if facts.is_microsoft:
                microsoft = MicrosoftSignIn(facts, self.web)
                url, state = self._asked(
                    lambda: microsoft.begin(loopback.address, account.address), account
                )
                answer = self._wait(loopback, url, state, stopped)
                said = self._asked(lambda: microsoft.exchange(answer.fields), account)
            else:
                said = self._plainly(facts, account, client_secret, loopback, stopped)
        tokens = _tokens(said, account, now(), None)
        if tokens.refresh is None:
            raise RefusedError(
                "the provider gave no key that lasts, so you would be asked again every hour;"
                " nothing was changed"
            )
        return tokens

    def renew(
        self, account: MailAccount, refresh: str, client_secret: str | None, now: Now
    ) -> Tokens:
        """Renew an access token. Raises `SignInNeededError` when the sign-in is over."""
        facts = _facts(account)
        if facts.is_microsoft:
            said = self._asked(lambda: MicrosoftSignIn(facts, self.web).renew(refresh), account)
        else:
            form = {"grant_type": "refresh_token", "refresh_token": refresh}
            said = self._asked(lambda: self._post(facts, form, client_secret), account)
        return _tokens(said, account, now(), refresh)

    def _plainly(
        self,
        facts: SignIn,
        account: MailAccount,
        client_secret: str | None,
        loopback: LoopbackAnswer,
        stopped: Callable[[], bool],
    ) -> dict[str, Any]:
        """Ask as RFC 8252 and RFC 7636 say: a state to know the answer by, a proof to own it."""
        verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        query = {
            "client_id": facts.client_id,
            "redirect_uri": loopback.address,
            "response_type": "code",
            "scope": facts.scope,
            "state": state,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "login_hint": account.address,
            "access_type": "offline",
            "prompt": "consent",
        }
        joint = "&" if urlsplit(facts.authorization_url).query else "?"
        url = f"{facts.authorization_url}{joint}{urlencode(query)}"
        answer = self._wait(loopback, url, state, stopped)
        form = {
            "grant_type": "authorization_code",
            "code": answer.fields["code"],
            "redirect_uri": loopback.address,
            "code_verifier": verifier,
        }
        return dict(self._asked(lambda: self._post(facts, form, client_secret), account))

    def _wait(
        self, loopback: LoopbackAnswer, url: str, state: str, stopped: Callable[[], bool]
    ) -> Answered:
        if urlsplit(url).scheme != "https":
            raise RefusedError("the page for signing in must be an https address")
        if not self.open_browser(url):
            raise RefusedError("no browser could be opened; nothing was changed")
        ends_at = time.monotonic() + self.patience
        while time.monotonic() < ends_at and not stopped():
            answer = loopback.next_answer()
            if answer is None or not hmac.compare_digest(answer.state, state):
                continue
            if answer.fields.get("error"):
                raise RefusedError(_denied(answer.fields["error"]))
            if answer.fields.get("code"):
                return answer
        raise RefusedError(
            "you did not sign in, so nothing was changed"
            if stopped()
            else "nobody signed in for five minutes, so nothing was changed; you can begin again"
        )

    def _post(
        self, facts: SignIn, form: dict[str, str], client_secret: str | None
    ) -> dict[str, Any]:
        form = {**form, "client_id": facts.client_id}
        if client_secret:
            form["client_secret"] = client_secret
        answer = self.web.post(facts.token_url, urlencode(form).encode(), _FORM, _SECONDS)
        said = json.loads(answer.body.decode("utf-8"))
        if not isinstance(said, dict):
            raise TypeError("no form")
        if answer.status != _OK and "error" not in said:
            said["error"] = "server_error"
        return said

    def _asked(self, ask: Callable[[], Any], account: MailAccount) -> Any:
        try:
            return ask()
        except (OSError, ValueError, TypeError):
            raise RefusedError(
                f"the provider’s sign-in for {account.address} could not be reached;"
                " it will be tried again"
            ) from None


def _facts(account: MailAccount) -> SignIn:
    if account.sign_in is None or not account.sign_in.client_id:
        raise RefusedError(
            f"for {account.address} no client id is known; without one nobody can sign in"
        )
    return account.sign_in


def _denied(error: str) -> str:
    if error == "access_denied":
        return "you did not allow it on the provider’s page, so nothing was changed"
    word = "".join(each for each in error if each.isalnum() or each == "_")[:40]
    return f"the provider did not let you sign in ({word}); nothing was changed"


def _tokens(
    said: dict[str, Any], account: MailAccount, now: datetime, refresh: str | None
) -> Tokens:
    """Return what an answer holds; nothing of it ever stands in a sentence."""
    error = said.get("error")
    if error in _OVER:
        raise SignInNeededError(
            f"sign in again: the provider took back or ended the sign-in of {account.address}"
        )
    access = said.get("access_token")
    if error or not isinstance(access, str) or not access:
        raise RefusedError(
            f"the provider gave no key for {account.address}; it will be tried again"
        )
    life = said.get("expires_in", _DEFAULT_LIFE)
    seconds = int(life) if str(life).isdigit() else _DEFAULT_LIFE
    renewed = said.get("refresh_token")
    return Tokens(
        access,
        now + max(_SHORTEST, timedelta(seconds=min(seconds, _LONGEST_LIFE))),
        renewed if isinstance(renewed, str) and renewed else refresh,
    )
