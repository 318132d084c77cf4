"""Connections that are kept between two looks, one for each account: no login for every poll."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.mail.host_names import no_control_characters
from jeweler_desk.mail.imap_client import MailClient
from jeweler_desk.mail.imap_connection import hang_up, log_in, open_imap

_ALIVE_SECONDS: Final = 10


class Connections:
    """Gives out logged-in connections. Callable from any thread; one is never used by two."""

    def __init__(self, timeout: float, *, keeps: bool) -> None:
        self._timeout = timeout
        self._keeps = keeps
        self._lock = threading.Lock()
        self._free: dict[MailAccount, MailClient] = {}

    @contextmanager
    def session(self, account: MailAccount, secret: str) -> Iterator[MailClient]:
        """Log in, or go on with the connection kept; what breaks is hung up.

        Raises a `RefusedError` or what `in_words` tells.
        """
        client = self._taken(account) or logged_in(account, secret, self._timeout)
        try:
            yield client
            if self._keeps:
                client.leave()
            else:
                client.logout()
        except BaseException:
            hang_up(client)
            raise
        self._give_back(account, client)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            clients = list(self._free.values())
            self._free.clear()
            self._keeps = False
        for client in clients:
            hang_up(client)

    def _taken(self, account: MailAccount) -> MailClient | None:
        """Take the kept connection if the server still answers on it."""
        with self._lock:
            client = self._free.pop(account, None)
        if client is None:
            return None
        try:
            client.socket().settimeout(_ALIVE_SECONDS)
            client.noop()
            client.socket().settimeout(self._timeout)
        except (OSError, IMAPClientError, AttributeError):
            hang_up(client)
            return None
        return client

    def _give_back(self, account: MailAccount, client: MailClient) -> None:
        with self._lock:
            if self._keeps and account not in self._free:
                self._free[account] = client
                return
        hang_up(client)


def logged_in(account: MailAccount, secret: str, timeout: float) -> MailClient:
    """Connect, verify, log in; the secret is sent over verified TLS or not at all."""
    no_control_characters(secret)
    client = open_imap(account, timeout)
    try:
        if not client.is_logged_in():
            log_in(client, account, secret)
        client.know_changes()
    except BaseException:
        hang_up(client)
        raise
    return client
