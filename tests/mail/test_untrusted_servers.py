"""Servers that are not what they say: refused before any byte of a password is sent."""

from __future__ import annotations

import base64
import ssl
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import trustme

from jeweler_desk.domain.mail_access import (
    CertificateFault,
    LoginKind,
    TrustedCertificate,
    UntrustedCertificateError,
    bare_fingerprint,
    fingerprint_text,
)
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.login_trials import try_imap, try_smtp
from tests.dovecot import free_port, make_certificate
from tests.fakes import MONDAY_MORNING
from tests.mail.listener import IMAP, SMTP, Listener, Manners, listening

SECRET: Final = "canary-7f3a"
LONG_AGO: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - trustme's own zone
WAYS: Final = [
    pytest.param(Manners(IMAP), id="imap"),
    pytest.param(Manners(IMAP, is_starttls=True), id="imap-starttls"),
    pytest.param(Manners(SMTP), id="smtp"),
    pytest.param(Manners(SMTP, is_starttls=True), id="smtp-starttls"),
]

Faults = CertificateFault
ServerTls = Callable[[Path], tuple[ssl.SSLContext, Path | None]]


def signed(folder: Path, *names: str, **how: datetime) -> tuple[ssl.SSLContext, Path]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **how).configure_cert(context)  # type: ignore[arg-type]  # dates by name
    return context, folder / "authority.pem"


def good(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    return signed(folder, "localhost")


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    certificate, key = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, None


def unknown_issuer(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    return signed(folder, "localhost")[0], None


def other_name(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    return signed(folder, "other.test")


def expired(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    return signed(folder, "localhost", not_before=LONG_AGO, not_after=LONG_AGO + timedelta(days=9))


def all_of_it(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    return signed(
        folder, "other.test", not_before=LONG_AGO, not_after=LONG_AGO + timedelta(days=9)
    )[0], None


def old_tls(folder: Path) -> tuple[ssl.SSLContext, Path | None]:
    context, authority = signed(folder, "localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context, authority


def account_at(server: Listener, manners: Manners, authority: Path | None) -> MailAccount:
    account = MailAccount(
        "seller@shop.test",
        "localhost",
        server.port,
        "seller",
        is_starttls=manners.is_starttls,
        ca_file=str(authority) if authority else None,
    )
    return replace(
        account,
        smtp_host="localhost",
        smtp_port=server.port,
        smtp_is_starttls=manners.is_starttls,
    )


def log_in(account: MailAccount, manners: Manners) -> None:
    if manners.kind == IMAP:
        try_imap(account, SECRET, 5)
    else:
        try_smtp(account, SECRET, 5)


def nothing_was_told(server: Listener) -> None:
    heard = server.heard.upper()
    assert SECRET.encode().upper() not in heard
    assert b"LOGIN" not in heard
    assert b"AUTH" not in heard


@pytest.mark.parametrize("manners", WAYS)
@pytest.mark.parametrize(
    ("tls", "faults"),
    [
        (self_signed, {Faults.SELF_SIGNED}),
        (unknown_issuer, {Faults.UNKNOWN_ISSUER}),
        (other_name, {Faults.OTHER_NAME}),
        (expired, {Faults.EXPIRED}),
        (all_of_it, {Faults.UNKNOWN_ISSUER, Faults.OTHER_NAME, Faults.EXPIRED}),
    ],
)
def test_a_certificate_that_does_not_verify_is_refused_with_all_its_faults(
    manners: Manners, tls: ServerTls, faults: set[CertificateFault], tmp_path: Path
) -> None:
    context, authority = tls(tmp_path)
    with listening(context, manners) as server:
        account = account_at(server, manners, authority)
        with pytest.raises(UntrustedCertificateError) as refused:
            log_in(account, manners)
    shown = refused.value.certificate
    # An authority of the test's own is not among the computer's, which is told too.
    assert set(shown.faults) - {Faults.UNKNOWN_ISSUER} == faults - {Faults.UNKNOWN_ISSUER}
    assert (Faults.UNKNOWN_ISSUER in faults) <= (Faults.UNKNOWN_ISSUER in shown.faults)
    assert "no password was sent" in str(refused.value)
    assert fingerprint_text(shown.sha256) in str(refused.value)
    assert shown.issued_to
    assert shown.valid_until is not None
    nothing_was_told(server)


@pytest.mark.parametrize("manners", WAYS)
def test_a_server_of_yesterday_is_refused(manners: Manners, tmp_path: Path) -> None:
    context, authority = old_tls(tmp_path)
    with (
        listening(context, manners) as server,
        pytest.raises(RefusedError, match="no safe connection"),
    ):
        log_in(account_at(server, manners, authority), manners)
    nothing_was_told(server)


@pytest.mark.parametrize("manners", WAYS)
def test_a_verified_server_gets_the_password_over_tls_only(
    manners: Manners, tmp_path: Path
) -> None:
    context, authority = good(tmp_path)
    with listening(context, manners) as server:
        log_in(account_at(server, manners, authority), manners)
    assert b"LOGIN" in server.heard.upper() or b"AUTH" in server.heard.upper()
    clear = server.heard_in_the_clear.upper()
    assert b"LOGIN" not in clear
    assert b"AUTH" not in clear


@pytest.mark.parametrize("manners", WAYS)
def test_one_certificate_can_be_trusted_for_one_host_and_a_changed_one_is_refused(
    manners: Manners, tmp_path: Path
) -> None:
    context, _ = all_of_it(tmp_path)
    with listening(context, manners) as server:
        account = account_at(server, manners, None)
        with pytest.raises(UntrustedCertificateError) as refused:
            log_in(account, manners)
        sha256 = refused.value.certificate.sha256
        pinned = replace(account, trusted=(TrustedCertificate("localhost", server.port, sha256),))
        log_in(pinned, manners)
        other = replace(
            account, trusted=(TrustedCertificate("localhost", server.port + 1, sha256),)
        )
        with pytest.raises(UntrustedCertificateError):
            log_in(other, manners)
        server.heard = b""
        (tmp_path / "new").mkdir()
        server.tls = self_signed(tmp_path / "new")[0]
        with pytest.raises(UntrustedCertificateError, match="not the one you trusted") as changed:
            log_in(pinned, manners)
        assert Faults.CHANGED in changed.value.certificate.faults
        assert changed.value.certificate.sha256 != sha256
    nothing_was_told(server)


@pytest.mark.parametrize("kind", [IMAP, SMTP])
def test_starttls_taken_away_is_refused(kind: str) -> None:
    manners = Manners(kind, is_starttls=True, offers_starttls=False)
    with (
        listening(None, manners) as server,
        pytest.raises(RefusedError, match="no password was sent"),
    ):
        log_in(account_at(server, manners, None), manners)
    nothing_was_told(server)


@pytest.mark.parametrize(
    ("kind", "slipped"), [(IMAP, b"* BYE injected\r\n"), (SMTP, b"250 injected\r\n")]
)
def test_words_slipped_in_before_the_handshake_are_refused(
    kind: str, slipped: bytes, tmp_path: Path
) -> None:
    context, authority = good(tmp_path)
    manners = Manners(kind, is_starttls=True, slips_in=slipped)
    with (
        listening(context, manners) as server,
        pytest.raises(RefusedError, match="spoke before the connection was safe"),
    ):
        log_in(account_at(server, manners, authority), manners)
    nothing_was_told(server)


def test_a_server_that_says_we_are_logged_in_before_tls_is_refused(tmp_path: Path) -> None:
    context, authority = good(tmp_path)
    manners = Manners(IMAP, is_starttls=True, greeting=b"* PREAUTH welcome\r\n")
    with listening(context, manners) as server, pytest.raises(RefusedError):
        log_in(account_at(server, manners, authority), manners)
    nothing_was_told(server)


def test_a_server_that_talks_in_the_clear_where_tls_was_asked_is_refused() -> None:
    with (
        listening(None, Manners(SMTP)) as server,
        pytest.raises(RefusedError),
    ):
        log_in(account_at(server, Manners(SMTP), None), Manners(SMTP))
    nothing_was_told(server)


@pytest.mark.parametrize("kind", [IMAP, SMTP])
@pytest.mark.parametrize(
    "spoiled",
    [
        {"user_name": "seller\r\nA1 LOGOUT"},
        {"imap_host": "localhost\r\n", "smtp_host": "localhost\r\n"},
        {"imap_host": "no host", "smtp_host": "no host"},
        {"imap_host": "bücher\u200b..test", "smtp_host": "bücher\u200b..test"},
    ],
)
def test_a_line_end_in_a_name_never_reaches_a_server(
    kind: str, spoiled: dict[str, str], tmp_path: Path
) -> None:
    context, authority = good(tmp_path)
    with listening(context, Manners(kind)) as server:
        account = replace(account_at(server, Manners(kind), authority), **spoiled)  # type: ignore[arg-type]  # fields by name
        with pytest.raises(RefusedError):
            log_in(account, Manners(kind))
    assert server.heard == b""


@pytest.mark.parametrize("kind", [IMAP, SMTP])
def test_a_line_end_in_a_password_never_reaches_a_server(kind: str, tmp_path: Path) -> None:
    context, authority = good(tmp_path)
    with listening(context, Manners(kind)) as server:
        account = account_at(server, Manners(kind), authority)
        with pytest.raises(RefusedError, match="control character"):
            (try_imap if kind == IMAP else try_smtp)(account, "a\r\nb", 5)
    nothing_was_told(server)


@pytest.mark.parametrize("kind", [IMAP, SMTP])
def test_a_password_beyond_ascii_is_sent_as_it_is(kind: str, tmp_path: Path) -> None:
    context, authority = good(tmp_path)
    with listening(context, Manners(kind)) as server:
        account = account_at(server, Manners(kind), authority)
        (try_smtp if kind == SMTP else lambda *_: None)(account, "Größe-1", 5)
    assert kind == IMAP or b"AUTH PLAIN " in server.heard


def test_reading_tells_the_refusal_and_sends_nothing(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path)
    with listening(context, Manners()) as server:
        account = account_at(server, Manners(), None)
        error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    assert error is not None
    assert "is not trusted: it is signed by itself; no password was sent" in error
    nothing_was_told(server)


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    account = MailAccount("seller@shop.test", "127.0.0.1", free_port(), "seller")
    error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    assert error is not None
    assert "could not be reached" in error
    account = replace(account, smtp_host="127.0.0.1", smtp_port=account.imap_port)
    with pytest.raises(RefusedError, match="could not be reached"):
        try_smtp(account, SECRET, 5)


def test_a_certificate_file_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "not.pem"
    file.write_text("no certificate", encoding="utf-8")
    account = MailAccount("seller@shop.test", "127.0.0.1", 993, "seller", ca_file=str(file))
    error = ImapMailbox(5).look(account, SECRET, [], MONDAY_MORNING).error
    assert error is not None
    assert "cannot be used; no password was sent" in error


def test_a_fingerprint_is_read_in_every_usual_form() -> None:
    bare = "ab" * 32
    assert bare_fingerprint(fingerprint_text(bare)) == bare
    assert bare_fingerprint(f" SHA256:{bare.upper()} ") == bare
    assert bare_fingerprint(bare[:-1]) is None
    assert bare_fingerprint("x" * 64) is None


@pytest.mark.parametrize("manners", WAYS[2:])
def test_a_token_is_sent_over_tls_only(manners: Manners, tmp_path: Path) -> None:
    context, authority = good(tmp_path)
    with listening(context, manners) as server:
        account = replace(account_at(server, manners, authority), login=LoginKind.SIGN_IN)
        try_smtp(account, "token-1", 5)
    said = base64.b64encode(b"user=seller\x01auth=Bearer token-1\x01\x01")
    assert b"AUTH XOAUTH2 " + said in server.heard
    assert b"AUTH" not in server.heard_in_the_clear
