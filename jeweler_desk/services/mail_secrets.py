"""Passwords and tokens while the desk is open; between two starts the system's keyring has them."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Final

from jeweler_desk.domain.mail_access import (
    KeyringSilentError,
    LoginKind,
    PasswordNeededError,
    SignInNeededError,
    Tokens,
)
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.mail_reach import MailReach, Stopped
from jeweler_desk.services.ports import CredentialStore

_RENEW_BEFORE: Final = timedelta(minutes=5)
_PART: Final = 1000
"""Windows keeps at most 1,280 letters under one name; a token can be longer."""

_MOST_PARTS: Final = 12
_UNKNOWN: Final = "no password is known: this computer’s keyring holds none"


class MailSecrets:
    """Gives the secret a login needs. Callable from any thread; touches no store.

    Nothing of it ever comes near the desk's folder, a log or a sentence.
    """

    def __init__(self, credentials: CredentialStore, reach: MailReach | None, clock: Clock) -> None:
        self._credentials = credentials
        self._reach = reach
        self._clock = clock
        self._lock = threading.RLock()
        self._renewing = threading.Lock()
        self._until_closed: dict[str, str] = {}
        self._laid_by: dict[str, str] = {}
        self._tokens: dict[str, Tokens] = {}
        self._refresh: dict[str, str] = {}

    def of(self, account: MailAccount, given: str | None = None) -> str:
        """Return the password, or a fresh access token of a signed-in account.

        ``given`` serves where no password is known. Raises `PasswordNeededError` or
        `SignInNeededError`, or a `RefusedError` when the token could not be renewed now.
        """
        if account.login is LoginKind.SIGN_IN:
            with self._renewing:
                return self._access_token(account)
        with self._lock:
            secret = self._password(account.address) or given
        if not secret:
            raise PasswordNeededError(_UNKNOWN)
        return secret

    def is_known(self, account: MailAccount) -> bool:
        """Tell whether a look can be had without asking the seller."""
        with self._lock:
            if account.login is LoginKind.SIGN_IN:
                return account.address in self._tokens or self._kept_refresh(account) is not None
            return self._password(account.address) is not None

    def is_in_keyring(self, account: MailAccount) -> bool:
        """Tell whether the keyring holds what the account needs."""
        key = account.address
        if account.login is LoginKind.SIGN_IN:
            key = _part_name(account.address, 0)
        return self._credentials.password(key) is not None

    def keep(self, address: str, password: str) -> bool:
        """Keep a password in the keyring; without one, until the desk is closed (False)."""
        with self._lock:
            if self._credentials.keep(address, password):
                self._until_closed.pop(address, None)
                return True
            self._until_closed[address] = password
            return False

    def use_until_closed(self, address: str, password: str) -> None:
        """Hold a password that was asked for, until the desk is closed and nowhere else.

        Said on the window's thread: it must not wait for a keyring that a worker asks just now.
        """
        self._until_closed[address] = password

    def keep_client_secret(self, address: str, secret: str) -> None:
        """Keep what a program of her own needs to introduce itself (Google calls it a secret)."""
        with self._lock:
            name = _client_secret_name(address)
            if not self._credentials.keep(name, secret):
                self._until_closed[name] = secret

    def sign_in(self, account: MailAccount, stopped: Stopped) -> bool:
        """Let the seller sign in; False where the sign-in lasts only until the desk is closed.

        Waits for her: a worker's work. Raises `RefusedError` in words.
        """
        tokens = self._world().sign_in(
            account, self._client_secret(account), self._clock.now, stopped
        )
        with self._lock:
            is_kept = self._take(account, tokens)
            return is_kept and account.address not in self._refresh

    def let_go(self, address: str) -> None:
        """Take an account's secrets out of the keyring; an undo while the desk is open finds them.

        What is laid by lasts no longer than the open desk.
        """
        with self._lock:
            for name in self._names(address):
                held = self._credentials.password(name) or self._until_closed.pop(name, None)
                if held is not None:
                    self._laid_by[name] = held
                    self._credentials.forget(name)
            refresh = self._refresh.pop(address, None)
            if refresh is not None:
                self._laid_by[_part_name(address, 0)] = refresh
            self._tokens.pop(address, None)

    def _password(self, name: str) -> str | None:
        kept = self._until_closed.get(name) or self._credentials.password(name)
        if kept is None and name in self._laid_by:
            kept = self._laid_by.pop(name)
            if not self._credentials.keep(name, kept):
                self._until_closed[name] = kept
        return kept

    def _access_token(self, account: MailAccount) -> str:
        """Return a token that is good for some minutes; the wait for the network holds no lock."""
        with self._lock:
            tokens = self._tokens.get(account.address)
            if tokens is not None and self._clock.now() < tokens.expires_at - _RENEW_BEFORE:
                return tokens.access
            refresh, client_secret = self._kept_refresh(account), self._client_secret(account)
        if refresh is None:
            raise SignInNeededError(f"sign in again: the sign-in of {account.address} is not known")
        try:
            tokens = self._world().renew(account, refresh, client_secret, self._clock.now)
        except SignInNeededError:
            with self._lock:
                self._forget_refresh(account.address)
            raise
        with self._lock:
            self._take(account, tokens)
        return tokens.access

    def _take(self, account: MailAccount, tokens: Tokens) -> bool:
        is_kept = tokens.refresh is None or self._keep_refresh(account.address, tokens.refresh)
        self._tokens[account.address] = tokens
        return is_kept

    def _keep_refresh(self, address: str, refresh: str) -> bool:
        """Keep it in the keyring; until the desk is closed where that does not take it."""
        try:
            is_kept = self._is_refresh_kept(address, refresh)
        except KeyringSilentError:
            is_kept = False
        if not is_kept:
            self._refresh[address] = refresh
        return is_kept

    def _is_refresh_kept(self, address: str, refresh: str) -> bool:
        self._forget_refresh(address)
        parts = [refresh[at : at + _PART] for at in range(0, len(refresh), _PART)]
        kept = all(
            self._credentials.keep(_part_name(address, index), part)
            for index, part in enumerate(parts)
        )
        if not kept:
            self._forget_refresh(address)
        return kept

    def _kept_refresh(self, account: MailAccount) -> str | None:
        address = account.address
        if address in self._refresh:
            return self._refresh[address]
        parts: list[str] = []
        for index in range(_MOST_PARTS):
            part = self._password(_part_name(address, index))
            if part is None:
                break
            parts.append(part)
        return "".join(parts) or None

    def _forget_refresh(self, address: str) -> None:
        self._refresh.pop(address, None)
        self._tokens.pop(address, None)
        for index in range(_MOST_PARTS):
            name = _part_name(address, index)
            self._laid_by.pop(name, None)
            if self._credentials.password(name) is None:
                break
            self._credentials.forget(name)

    def _client_secret(self, account: MailAccount) -> str | None:
        return self._password(_client_secret_name(account.address))

    def _names(self, address: str) -> list[str]:
        parts = [_part_name(address, index) for index in range(_MOST_PARTS)]
        return [address, _client_secret_name(address), *parts]

    def _world(self) -> MailReach:
        if self._reach is None:
            raise RefusedError("this desk has no way to the network")
        return self._reach


def _part_name(address: str, index: int) -> str:
    return f"{address} sign-in {index + 1}"


def _client_secret_name(address: str) -> str:
    return f"{address} program"
