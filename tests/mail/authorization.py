"""A provider's authorization server on loopback, with a browser that does what a person does."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
import socket
import ssl
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from jeweler_desk.domain.mail_access import LoginKind, SignIn
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.sign_in import SigningIn
from jeweler_desk.mail.web import Web
from tests.dovecot import SELLER
from tests.mail.network import Authority, Page, WebServer, page

HOST: Final = "login.provider.test"
PROGRAM: Final = "desk-program-1"


@dataclass
class Provider:
    """Lets the seller in, hands out codes and tokens, and checks what RFC 6749 and 7636 ask."""

    web: WebServer
    authority: Authority
    answer: str = "allow"
    life: int | str = 3600
    asked: dict[str, str] = field(default_factory=dict)
    redirect: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh: set[str] = field(default_factory=set)
    access: set[str] = field(default_factory=set)
    forms: list[dict[str, str]] = field(default_factory=list)
    browsers: list[threading.Thread] = field(default_factory=list)
    seen_pages: list[tuple[int, str]] = field(default_factory=list)
    gives_refresh: bool = True
    needs_secret: str | None = None

    def __post_init__(self) -> None:
        self.web.pages[HOST, "/authorize"] = self._authorize
        self.web.pages[HOST, "/token"] = self._token
        self.web.pages[HOST, "/tenant/.well-known/openid-configuration"] = page(
            json.dumps(
                {
                    "issuer": f"https://{HOST}/tenant",
                    "authorization_endpoint": f"https://{HOST}/authorize",
                    "token_endpoint": f"https://{HOST}/token",
                }
            ).encode()
        )

    def account(self, *, is_microsoft: bool = False, **changed: str) -> MailAccount:
        facts = {"client_id": PROGRAM, "scope": "mail.read mail.send"} | changed
        where = f"https://{HOST}/tenant" if is_microsoft else f"https://{HOST}/authorize"
        sign_in = SignIn(
            facts["client_id"], where, f"https://{HOST}/token", facts["scope"], is_microsoft
        )
        return MailAccount(
            SELLER, "localhost", 993, SELLER, login=LoginKind.SIGN_IN, sign_in=sign_in
        )

    def signing_in(self, patience: float = 20) -> SigningIn:
        return SigningIn(Web(str(self.authority.file), self.web.road), self.open, patience)

    def open(self, url: str) -> bool:
        """Be the browser: show the page, let the person answer, bring the answer back."""
        browser = threading.Thread(target=self._browse, args=(url,))
        self.browsers.append(browser)
        browser.start()
        return True

    def close(self) -> None:
        for each in self.browsers:
            each.join()

    def _browse(self, url: str) -> None:
        context = ssl.create_default_context(cafile=str(self.authority.file))
        parts = urlsplit(url)
        connection = http.client.HTTPSConnection(HOST, timeout=5)
        address = ("127.0.0.1", self.web.port)
        plain = socket.create_connection(address, 5)
        connection.sock = context.wrap_socket(plain, server_hostname=HOST)
        connection.request("GET", f"{parts.path}?{parts.query}")
        locations = (connection.getresponse().getheader("Location") or "").split(" ")
        connection.close()
        for location in filter(None, locations):
            try:
                where, form = location, None
                if fields_of(url).get("response_mode") == "form_post" and "?" in location:
                    where, _, query = location.partition("?")
                    form = query.encode()
                with urllib.request.urlopen(where, form, timeout=5) as shown:  # noqa: S310 - loopback
                    self.seen_pages.append((shown.status, shown.read().decode()))
            except urllib.error.HTTPError as error:
                self.seen_pages.append((error.code, ""))
                error.close()
            except OSError:
                self.seen_pages.append((0, ""))

    def _authorize(self, query: dict[str, str], form: dict[str, str]) -> Page:
        del form
        self.asked = query
        back = query["redirect_uri"]
        state = query["state"]
        if self.answer == "deny":
            told = urlencode({"error": "access_denied", "state": state})
            return page(b"", 302, Location=f"{back}?{told}")
        code = secrets.token_urlsafe(24)
        self.codes[code] = query
        good = f"{back}?{urlencode({'code': code, 'state': state})}"
        wrong = f"{back}?{urlencode({'code': 'stolen', 'state': 'another'})}"
        stranger = f"{back}favicon.ico"
        return page(
            b"",
            302,
            Location={
                "allow": good,
                "wrong state": wrong,
                "wrong state first": f"{wrong} {stranger} {good}",
            }[self.answer],
        )

    def _token(self, query: dict[str, str], form: dict[str, str]) -> Page:
        del query
        self.forms.append(form)
        if form.get("client_id") != PROGRAM or form.get("client_secret") != self.needs_secret:
            return self._no("invalid_client")
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh:
                return self._no("invalid_grant")
            self.refresh.discard(form["refresh_token"])
            return self._tokens({})
        asked = self.codes.pop(form["code"], None)
        if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return self._no("invalid_grant")
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return self._no("invalid_grant")
        return self._tokens(asked)

    def _no(self, error: str) -> Page:
        return page(json.dumps({"error": error, "error_description": "canary-token"}).encode(), 400)

    def _tokens(self, asked: dict[str, str]) -> Page:
        access, refresh = (f"{kind}-{secrets.token_urlsafe(900)}" for kind in ("now", "lasting"))
        self.access.add(access)
        said: dict[str, object] = {
            "access_token": access, "token_type": "Bearer", "expires_in": self.life,
        }  # fmt: skip
        if self.gives_refresh:
            self.refresh.add(refresh)
            said["refresh_token"] = refresh
        if "nonce" in asked:
            said["id_token"] = _unsigned(
                {
                    "iss": f"https://{HOST}/tenant", "aud": PROGRAM, "sub": "1",
                    "exp": 4_000_000_000, "iat": 1, "nonce": asked["nonce"],
                }
            )  # fmt: skip
        return page(json.dumps(said).encode())

    def token_info(self, query: dict[str, str], form: dict[str, str]) -> Page:
        """Tell a mail server whose token it is."""
        del form
        is_known = query.get("access_token") in self.access
        return page(json.dumps({"active": is_known, "email": SELLER}).encode())


def _unsigned(claims: dict[str, object]) -> str:
    parts = [{"alg": "none"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in parts]
    return b".".join([*encoded, b"signature"]).decode()


def fields_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))
