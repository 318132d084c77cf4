"""Passwords live in the system's keyring or nowhere."""

from __future__ import annotations

from keyring.backends.fail import Keyring as NoKeyring

from jeweler_desk.mail.credentials import SERVICE, KeyringCredentials
from tests.keyrings import MemoryKeyring, PlaintextKeyring, using

ADDRESS = "maker@shop.test"


def test_a_password_is_kept_and_let_go() -> None:
    backend, credentials = MemoryKeyring(), KeyringCredentials()
    with using(backend):
        assert credentials.keep(ADDRESS, "pearl-1")
        assert backend.passwords == {(SERVICE, ADDRESS): "pearl-1"}
        assert credentials.password(ADDRESS) == "pearl-1"
        credentials.forget(ADDRESS)
        credentials.forget(ADDRESS)
        assert credentials.password(ADDRESS) is None


def test_without_a_keyring_nothing_is_kept() -> None:
    credentials = KeyringCredentials()
    for backend in (NoKeyring(), PlaintextKeyring()):
        with using(backend):
            assert not credentials.keep(ADDRESS, "pearl-1")
            assert credentials.password(ADDRESS) is None
            credentials.forget(ADDRESS)


def test_a_locked_keyring_keeps_nothing_and_tells_nothing() -> None:
    backend, credentials = MemoryKeyring(), KeyringCredentials()
    backend.is_locked = True
    with using(backend):
        assert not credentials.keep(ADDRESS, "pearl-1")
        assert credentials.password(ADDRESS) is None
        credentials.forget(ADDRESS)
    assert backend.passwords == {}
