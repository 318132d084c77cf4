"""Passwords live in the system's keyring or nowhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from jeweler_desk.domain.mail_access import KeyringSilentError
from jeweler_desk.mail.credentials import SERVICE, KeyringCredentials
from tests.keyrings import MemoryKeyring, MuteKeyring, PlaintextKeyring, using

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


@pytest.fixture
def mute() -> Iterator[MuteKeyring]:
    backend = MuteKeyring()
    with using(backend):
        yield backend
        backend.is_answered_there.set()


def test_a_keyring_that_does_not_answer_is_waited_for_only_so_long(mute: MuteKeyring) -> None:
    credentials = KeyringCredentials(0.02)
    with pytest.raises(KeyringSilentError, match=r"answer there\. It will be asked again"):
        credentials.password(ADDRESS)
    before = time.monotonic()
    patient = KeyringCredentials()
    threading.Timer(0.02, patient.give_up).start()
    with pytest.raises(KeyringSilentError):
        patient.forget(ADDRESS)
    # While it is silent nobody waits a second time.
    assert not patient.keep(ADDRESS, "pearl-1")
    with pytest.raises(KeyringSilentError):
        patient.password(ADDRESS)
    assert time.monotonic() - before < 5
    assert mute.passwords == {}


def test_a_keyring_that_answers_at_last_is_asked_as_before(mute: MuteKeyring) -> None:
    mute.passwords[SERVICE, ADDRESS] = "pearl-1"
    credentials = KeyringCredentials(0.02)
    with pytest.raises(KeyringSilentError):
        credentials.password(ADDRESS)
    mute.is_answered_there.set()
    for _ in range(500):
        try:
            assert credentials.password(ADDRESS) == "pearl-1"
        except KeyringSilentError:
            threading.Event().wait(0.002)
        else:
            break
    else:
        pytest.fail("it stayed silent")


def test_a_fault_of_the_keyrings_program_is_told_plainly() -> None:
    class Broken(MemoryKeyring):
        def _open(self) -> None:
            raise ConnectionError("the bus is gone")

    with using(Broken()), pytest.raises(KeyringSilentError, match=r"asked \(ConnectionError\)"):
        KeyringCredentials().password(ADDRESS)
