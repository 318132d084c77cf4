"""She writes address and password; a certificate is refused, shown, trusted; mail is read."""

from __future__ import annotations

import hashlib
import shutil
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jeweler_desk.domain.mail_access import CertificateFault, TrustedCertificate
from jeweler_desk.domain.mail_finding import FoundBy
from jeweler_desk.mail.domain_records import Records
from jeweler_desk.mail.finding import World
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mail_reach import NetworkReach
from jeweler_desk.mail.web import Web
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.dovecot import PASSWORD, SELLER, Dovecot, is_installed, make_certificate, running_dovecot
from tests.fakes import FixedClock
from tests.mail.listener import Manners, listening
from tests.mail.network import Authority, name_server, page, web_server
from tests.post import Drawer, Letter

PAGE = """<clientConfig><emailProvider><displayName>Her own host</displayName>
<incomingServer type="imap"><hostname>localhost</hostname><port>{port}</port>
<socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></incomingServer>
</emailProvider></clientConfig>"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Dovecot]:
    if not is_installed():
        pytest.skip("Dovecot is not installed (dovecot-imapd)")
    with running_dovecot(tmp_path / "dovecot") as running:
        yield running


@pytest.fixture
def world(tmp_path: Path, server: Dovecot) -> Iterator[World]:
    """A small internet in which her domain names its mail server."""
    authority = Authority(tmp_path)
    context = authority.server_context("shop.test", "autoconfig.shop.test")
    with web_server(context) as web, name_server({}) as names:
        found = PAGE.format(port=server.plain_port).encode()
        web.pages["autoconfig.shop.test", "/mail/config-v1.1.xml"] = page(found)
        yield World(Web(str(authority.file), web.road), Records(names))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def her_desk(folder: Path, world: World, clock: FixedClock) -> Iterator[Desk]:
    """A desk in a file, on a computer without a keyring."""
    store = Store(folder / "desk.db", now=clock.now)
    reach = NetworkReach(world)
    edges = MailEdges(LetterFiles(), ImapMailbox(10), Drawer(is_usable=False), reach=reach)
    yield build_desk(store, clock, folder=folder, edges=edges)
    store.close()


def test_her_mailbox_is_connected(
    her_desk: Desk, server: Dovecot, folder: Path, tmp_path: Path
) -> None:
    correspondence = her_desk.correspondence
    client = server.client()
    client.append("INBOX", Letter("q@c.test").raw().replace(b"\n", b"\r\n"))
    client.logout()

    told: list[str] = []
    found = correspondence.connecting.find_job(SELLER, told.append, lambda: False)()
    assert found is not None
    assert found.by is FoundBy.AUTOCONFIG
    assert told[-1] == f"Found at Her own host: localhost:{server.plain_port}."

    account = found.account()
    tried = correspondence.connecting.try_job(account, PASSWORD)()
    assert tried.sending is None
    (shown,) = tried.certificates
    assert shown.faults == (CertificateFault.SELF_SIGNED,)
    digest = ssl.PEM_cert_to_DER_cert(server.certificate.read_text("ascii"))
    assert shown.sha256 == hashlib.sha256(digest).hexdigest()

    trusted = TrustedCertificate(shown.host, shown.port, shown.sha256)
    account = replace(account, trusted=(trusted,))
    assert correspondence.connecting.try_job(account, PASSWORD)().seen.sent_folder == "Sent"
    _, is_kept = correspondence.mailboxes.add(account, PASSWORD)
    assert not is_kept
    (fetched,) = correspondence.take_fetched(correspondence.fetch_job()())
    assert (fetched.error, fetched.taken.new) == (None, 1)
    assert [each.account for each in correspondence.accounts()] == [account]

    other = tmp_path / "other"
    other.mkdir()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*make_certificate(other))
    with listening(context, Manners(is_starttls=True)) as impostor:
        moved = TrustedCertificate("localhost", impostor.port, shown.sha256)
        correspondence.mailboxes.change(replace(account, imap_port=impostor.port, trusted=(moved,)))
        (fetched,) = correspondence.take_fetched(correspondence.fetch_job()())
    assert fetched.error is not None
    assert "it is not the one you trusted" in fetched.error
    assert PASSWORD.encode() not in impostor.heard

    her_desk.history.undo()
    assert [each.account for each in correspondence.accounts()] == [account]
    (fetched,) = correspondence.take_fetched(correspondence.fetch_job()())
    assert fetched.error is None

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    for file in copy.rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes(), file.name
