"""Keyrings for tests, so that no test ever touches the one of the person who runs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _open(self) -> None:
        if self.is_locked:
            raise KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if (service, username) not in self.passwords:
            raise PasswordDeleteError(username)
        del self.passwords[service, username]


class MuteKeyring(MemoryKeyring):
    """A keyring that asks its owner something, and answers when she did."""

    def __init__(self) -> None:
        super().__init__()
        self.is_answered_there = threading.Event()

    def _open(self) -> None:
        self.is_answered_there.wait(10)


class PlaintextKeyring(MemoryKeyring):
    """A keyring that would write passwords into a plain file."""


@contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    """Let the program find this keyring until the block ends."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
