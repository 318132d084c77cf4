"""Accounts on the command line: found by the address, tried, trusted, signed in to."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk as program
from tests.cli.command_line import NOW, Answer, CommandLine, refused
from tests.dovecot import (
    PASSWORD,
    SELLER,
    Dovecot,
    is_installed,
    make_certificate,
    running_dovecot,
)
from tests.keyrings import MemoryKeyring, using
from tests.mail.listener import IMAP, SMTP, Manners, listening

FOUND_AT_FASTMAIL = "Found at Fastmail: imap.fastmail.com:993 for reading"


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with using(backend):
        yield backend


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    if not is_installed():
        pytest.skip("Dovecot is not installed")
    with running_dovecot(tmp_path_factory.mktemp("server")) as running:
        yield running


def typed(shop: CommandLine, line: str, *words: str) -> Answer:
    arguments = ["--desk", str(shop.folder), "--now", NOW, *words]
    result = CliRunner().invoke(program, arguments, input=f"{line}\n")
    return Answer(result.exit_code, result.stdout, result.stderr)


def fingerprint(server: Dovecot) -> str:
    digest = ssl.PEM_cert_to_DER_cert(server.certificate.read_text("ascii"))
    return hashlib.sha256(digest).hexdigest()


def test_an_address_is_enough(shop: CommandLine, keyring: MemoryKeyring) -> None:
    add = ("mail", "account", "add", "hello@fastmail.com")
    answer = typed(shop, "app-pass", *add, "--password-stdin")
    assert answer.status == 0, answer
    assert FOUND_AT_FASTMAIL in answer.aside
    assert "Manage app passwords" in answer.aside
    (account,) = shop.done("mail", "account", "list")
    assert (account["imap"], account["smtp"]) == ("imap.fastmail.com:993", "smtp.fastmail.com:465")
    assert account["has_password"]
    assert list(keyring.passwords.values()) == ["app-pass"]


def test_what_was_typed_stands_above_what_was_found(shop: CommandLine) -> None:
    add = ("mail", "account", "add", "hello@fastmail.com", "--smtp", "smtp.shop.test:2465")
    assert shop.run(*add, "--user", "harbor").status == 0
    (account,) = shop.done("mail", "account", "list")
    assert (account["smtp"], account["user"]) == ("smtp.shop.test:2465", "harbor")


def test_microsoft_asks_for_a_program_and_keeps_nothing(shop: CommandLine) -> None:
    answer = shop.run("mail", "account", "add", "hello@outlook.com")
    refused(answer, "cannot be read with a password", "client id", "Nothing was changed")
    assert shop.done("mail", "account", "list") == []


def test_a_program_of_her_own_needs_its_addresses(shop: CommandLine) -> None:
    add = ("mail", "account", "add", "a@shop.test", "--imap", "imap.shop.test", "--client-id", "x")
    refused(shop.run(*add), "--authorization-url", "--token-url")
    known = ("--authorization-url", "http://plain.test/", "--token-url", "https://plain.test/")
    refused(shop.run(*add, *known, "--scope", "mail"), "must be an https address")
    assert shop.done("mail", "account", "list") == []


def test_one_certificate_is_told_trusted_and_another_is_refused(
    shop: CommandLine, server: Dovecot
) -> None:
    imap = f"localhost:{server.tls_port}"
    add = ("mail", "account", "add", SELLER, "--imap", imap)
    assert typed(shop, PASSWORD, *add, "--password-stdin").status == 0
    answer = shop.run("mail", "account", "test", SELLER, "--json")
    assert answer.status == 1
    reading = answer.json["reading"]
    assert (reading["ok"], reading["certificate"]) == (False, fingerprint(server))
    assert "signed by itself; no password was sent" in reading["error"]
    assert "Reading does not work:" in shop.run("mail", "account", "test", SELLER).said

    wrong = "cd" * 32
    assert shop.run("mail", "account", "trust", SELLER, wrong).status == 0
    answer = shop.run("mail", "account", "test", SELLER, "--json")
    assert "not the one you trusted" in answer.json["reading"]["error"]

    assert shop.run("mail", "account", "trust", SELLER, fingerprint(server)).status == 0
    assert shop.done("mail", "account", "test", SELLER) == {
        "reading": {"ok": True, "error": None, "certificate": None},
        "sending": None,
        "sent_folder": "Sent",
    }
    assert shop.run("mail", "account", "test", SELLER).said == "Reading works.\n"
    assert shop.run("mail", "fetch").status == 0
    assert shop.run("undo").status == 0
    assert shop.run("mail", "fetch").status == 1


def test_a_certificate_can_be_trusted_when_the_account_is_added(
    shop: CommandLine, server: Dovecot
) -> None:
    add = ("mail", "account", "add", SELLER, "--imap", f"localhost:{server.tls_port}")
    refused(shop.run(*add, "--trust-certificate", "abc"), "64 digits")
    trust = ("--trust-certificate", fingerprint(server), "--password-stdin")
    assert typed(shop, PASSWORD, *add, *trust).status == 0
    assert shop.run("mail", "fetch").status == 0
    answer = typed(shop, "wrong", "mail", "account", "test", SELLER, "--password-stdin")
    assert answer.status == 1
    assert "refused the user name or password" in answer.said


@pytest.mark.parametrize(
    "words",
    [
        ("test", "nobody@shop.test"),
        ("trust", "nobody@shop.test", "ab" * 32),
        ("sign-in", "nobody@shop.test"),
    ],
)
def test_an_account_that_is_not_there_is_told(shop: CommandLine, words: tuple[str, ...]) -> None:
    refused(shop.run("mail", "account", *words), "There is no account")


def test_an_account_with_a_password_is_not_signed_in_to(shop: CommandLine) -> None:
    shop.run("mail", "account", "add", SELLER, "--imap", "imap.shop.test:993")
    refused(shop.run("mail", "account", "sign-in", SELLER), "takes a password")


def test_what_is_changed_of_an_account_is_changed_and_the_rest_stays(
    shop: CommandLine, keyring: MemoryKeyring, server: Dovecot
) -> None:
    add = ("mail", "account", "add", SELLER, "--imap", "imap.shop.test", "--user", "harbor")
    assert typed(shop, "old", *add, "--password-stdin").status == 0
    change = ("mail", "account", "change", SELLER)
    imap = f"localhost:{server.tls_port}"
    answer = typed(shop, PASSWORD, *change, "--imap", imap, "--user", "", "--password-stdin")
    assert answer.status == 0, answer
    assert "is changed" in answer.aside
    assert shop.run(*change, "--ca-file", server.certificate).status == 0
    assert shop.done("mail", "account", "test", SELLER)["reading"]["ok"]
    assert list(keyring.passwords.values()) == [PASSWORD]
    assert shop.run(*change, "--ca-file", "").status == 0
    assert shop.run("mail", "account", "test", SELLER).status == 1
    assert shop.run("undo").status == 0
    assert shop.run("mail", "account", "test", SELLER).status == 0
    refused(shop.run(*change, "--ca-file", "nowhere.pem"), "no certificate file")
    refused(shop.run(*change, "--imap", "a b"), "cannot be the name of a server")
    refused(shop.run("mail", "account", "change", "no@shop.test"), "There is no account")


def test_sending_may_begin_in_the_clear_too_and_be_taken_away(shop: CommandLine) -> None:
    add = ("mail", "account", "add", SELLER, "--imap", "127.0.0.1:1143", "--starttls")
    with listening(None, Manners(SMTP, is_starttls=True)) as post:
        assert shop.run(*add, "--smtp", f"127.0.0.1:{post.port}").status == 0
        answer = typed(shop, "pw", "mail", "account", "test", SELLER, "--password-stdin")
    assert answer.status == 1
    assert b"STARTTLS" in post.heard
    assert b"AUTH" not in post.heard
    assert shop.run("mail", "account", "change", SELLER, "--smtp", "").status == 0
    (account,) = shop.done("mail", "account", "list")
    assert account["smtp"] is None
    refused(shop.run("mail", "account", "trust", SELLER, "ab" * 32, "--smtp"), "for sending")


def test_the_certificate_of_a_server_for_sending_elsewhere_can_be_trusted(
    shop: CommandLine, tmp_path: Path
) -> None:
    certificate, key = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    add = ("mail", "account", "add", SELLER, "--imap", "127.0.0.1:9")
    with listening(context, Manners(SMTP)) as post:
        assert shop.run(*add, "--smtp", f"localhost:{post.port}").status == 0
        test = ("mail", "account", "test", SELLER, "--json", "--password-stdin")
        shown = typed(shop, "pw", *test).json["sending"]
        assert not shown["ok"]
        trust = ("mail", "account", "trust", SELLER, shown["certificate"], "--smtp")
        assert f"localhost:{post.port}" in shop.run(*trust).aside
        assert typed(shop, "pw", *test).json["sending"]["ok"]


def test_a_password_is_shown_only_to_the_servers_it_is_for(
    shop: CommandLine, server: Dovecot, tmp_path: Path
) -> None:
    certificate, key = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with listening(context, Manners(IMAP)) as other:
        for address, imap, trusted in (
            (SELLER, f"localhost:{server.tls_port}", server.certificate),
            ("second@other.test", f"127.0.0.1:{other.port}", certificate),
        ):
            add = ("mail", "account", "add", address, "--imap", imap, "--ca-file", trusted)
            assert shop.run(*add).status == 0
        answer = typed(shop, PASSWORD, "mail", "fetch", "--password-stdin", "--json")
        first, second = answer.json
        assert first["error"] is None
        assert "no password is known" in second["error"]
        assert other.heard == b""
        both = f"{PASSWORD}\nother-pw"
        assert typed(shop, both, "mail", "fetch", "--password-stdin").status == 1
    assert PASSWORD.encode() not in other.heard
    assert b"other-pw" in other.heard
    answer = typed(shop, "", "mail", "fetch", "--password-stdin")
    refused(answer, "No password is known", "Nothing was fetched")
