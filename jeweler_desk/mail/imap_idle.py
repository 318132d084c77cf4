"""Waits for a server's word that something changed in the inbox (RFC 2177)."""

from __future__ import annotations

import threading
from typing import Final

from imapclient.exceptions import IMAPClientError

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_client import MailClient
from jeweler_desk.mail.imap_connection import hang_up, in_words
from jeweler_desk.mail.imap_connections import logged_in

_TROUBLE: Final = (OSError, IMAPClientError, ValueError, LookupError, TypeError)


class InboxWatch:
    """One connection of its own that sits in the inbox. `wait` blocks: a thread of its own."""

    def __init__(self, account: MailAccount, timeout: float) -> None:
        self._account = account
        self._timeout = timeout
        self._lock = threading.Lock()
        self._client: MailClient | None = None
        self._ended = threading.Event()

    def wait(self, secret: str, seconds: float) -> bool | None:
        """Wait for the server's word, at most so many seconds; any word is one.

        True: something may be new. False: the time passed, the server still answers. None: this
        server tells nothing. Raises `RefusedError` in words when the connection broke.
        """
        try:
            client = self._opened(secret)
            if client is None:
                return None
            client.idle()
            told = client.idle_check(timeout=seconds)
            _, late = client.idle_done()
        except RefusedError:
            self._drop()
            raise
        except _TROUBLE as error:
            self._drop()
            raise RefusedError(in_words(error, self._account)) from error
        return bool(told or late)

    def close(self) -> None:
        """Hang up, also while a thread waits."""
        self._ended.set()
        self._drop()

    def _opened(self, secret: str) -> MailClient | None:
        with self._lock:
            if self._ended.is_set():
                raise RefusedError("the watch has ended")
            client = self._client
        if client is not None:
            return client
        client = logged_in(self._account, secret, self._timeout)
        if not client.has_capability("IDLE"):
            hang_up(client)
            return None
        client.examine("INBOX")
        with self._lock:
            if self._ended.is_set():
                hang_up(client)
                raise RefusedError("the watch has ended")
            self._client = client
        return client

    def _drop(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            hang_up(client)
