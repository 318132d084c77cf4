"""She answers three letters: one she takes back, one is seen in Sent, one bounces."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.dovecot import PASSWORD, SELLER, Dovecot, free_port, is_installed, running_dovecot
from tests.fakes import MONDAY_MORNING
from tests.keyrings import MemoryKeyring, using
from tests.smtp_server import SmtpServer, running_smtp

SOON = "2026-10-05T10:00:30-04:00"
LATER = "2026-10-05T11:30:00-04:00"


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[Dovecot]:
    if not is_installed():
        pytest.skip("Dovecot is not installed (dovecot-imapd)")
    with running_dovecot(tmp_path / "imap") as server:
        yield server


@pytest.fixture
def smtp(dovecot: Dovecot) -> Iterator[SmtpServer]:
    key = dovecot.certificate.parent / "key.pem"
    with running_smtp(dovecot.certificate, key, free_port()) as server:
        yield server


def question(name: str) -> bytes:
    return (
        f"Received: from mx.test by mail.shop.test; {format_datetime(MONDAY_MORNING)}\r\n"
        f"From: {name} Berg <{name.lower()}@customer.test>\r\nTo: {SELLER}\r\n"
        f"Subject: A question\r\nMessage-ID: <{name.lower()}@customer.test>\r\n"
        f"Date: {format_datetime(MONDAY_MORNING)}\r\n\r\nCould you make it smaller?\r\n"
    ).encode()


def bounce(message_id: str) -> bytes:
    return (
        "Return-Path: <>\r\nReceived: from mx.test by mail.shop.test;"
        " Mon, 05 Oct 2026 15:00:00 +0000\r\n"
        f"From: MAILER-DAEMON@mx.test\r\nTo: {SELLER}\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <dsn@mx.test>\r\nAuto-Submitted: auto-replied\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody here.\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        "Final-Recipient: rfc822; cleo@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{message_id}>\r\n\r\n--b--\r\n"
    ).encode()


def deliver(dovecot: Dovecot, raw: bytes) -> None:
    client = dovecot.client()
    client.append("INBOX", raw, (), MONDAY_MORNING)
    client.logout()


def test_she_answers_and_one_letter_comes_back(
    tmp_path: Path, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    shop = a_shop(tmp_path / "desk")
    shop.done("settings", "shop.signature", "Aileen")
    keyring = MemoryKeyring()
    with using(keyring):
        connect(shop, dovecot, smtp)
        keyring.set_password("Jeweler Desk", SELLER, PASSWORD)
        for name in ("Anna", "Bo", "Cleo"):
            deliver(dovecot, question(name))
        shop.done("mail", "fetch")
        waiting = [row["address"] for row in shop.done("mail", "waiting")]
        assert sorted(waiting) == ["anna@customer.test", "bo@customer.test", "cleo@customer.test"]

        letters = {}
        for name in ("anna", "bo", "cleo"):
            begun = shop.done("letter", "answer", f"{name}@customer.test")
            words = begun["body"].replace("letter.\n", "letter. Yes, I can.\n")
            shop.done("letter", "edit", str(begun["id"]), "--text", words)
            letters[name] = str(begun["id"])
            assert shop.done("letter", "queue", letters[name])["state"] == "queued"

        assert shop.done("letter", "take-back", letters["anna"])["state"] == "draft"
        soon = CommandLine(shop.folder, SOON)
        sent = soon.done("letter", "send")
        assert [each["state"] for each in sent] == ["handed_over", "handed_over"]
        taken = [each.message for each in smtp.postmaster.received]
        assert [each["In-Reply-To"] for each in taken] == [
            "<bo@customer.test>",
            "<cleo@customer.test>",
        ]
        assert len(soon.done("mail", "waiting")) == 3, "handed over is not yet sent"

        soon.done("mail", "fetch")
        states = {each["to_address"]: each["state"] for each in soon.done("letter", "list")}
        assert states == {
            "anna@customer.test": "draft",
            "bo@customer.test": "seen_in_sent",
            "cleo@customer.test": "seen_in_sent",
        }
        assert [row["address"] for row in soon.done("mail", "waiting")] == ["anna@customer.test"]

        cleo = soon.done("letter", "show", letters["cleo"])
        deliver(dovecot, bounce(cleo["message_id"]))
        later = CommandLine(shop.folder, LATER)
        later.done("mail", "fetch")
        cleo = later.done("letter", "show", letters["cleo"])
        assert (cleo["state"], cleo["trouble"]) == ("came_back", "it could not be delivered")
        waiting = [row["address"] for row in later.done("mail", "waiting")]
        assert sorted(waiting) == ["anna@customer.test", "cleo@customer.test"]
        assert later.done("letter", "send") == [], "nothing leaves twice"
        assert len(smtp.postmaster.received) == 2
        assert later.done("check")["ok"] is True


def connect(shop: CommandLine, dovecot: Dovecot, smtp: SmtpServer) -> None:
    words = ("--imap", f"localhost:{dovecot.tls_port}", "--smtp", f"localhost:{smtp.port}")
    answer = shop.run("mail", "account", "add", SELLER, *words, "--ca-file", dovecot.certificate)
    assert answer.status == 0, answer
