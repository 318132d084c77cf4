"""A real IMAP server for the mail tests, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dovecot import Dovecot, is_installed, running_dovecot


@pytest.fixture(scope="session")
def dovecot_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    """One server for all tests of the session."""
    if not is_installed():
        pytest.skip("Dovecot is not installed (dovecot-imapd)")
    with running_dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> Iterator[Dovecot]:
    """The server with an empty mailbox."""
    dovecot_server.wipe()
    yield dovecot_server
    dovecot_server.wipe()
