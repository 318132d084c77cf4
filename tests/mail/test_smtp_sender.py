"""Letters handed to a real SMTP server: how far each came is known, and nothing is injected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path

import pytest

from jeweler_desk.domain.mail_access import LoginKind
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.domain.message import Correspondent, Message
from jeweler_desk.domain.outgoing import (
    Envelope,
    Outcome,
    Outgoing,
    Result,
    keeps_own_copy,
    references_of,
)
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.smtp_sender import SmtpSender
from tests.dovecot import PASSWORD as MAIL_PASSWORD
from tests.dovecot import SELLER, Dovecot, free_port, make_certificate
from tests.smtp_server import PASSWORD, TOKEN, USER, SmtpServer, running_smtp

AT = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
LETTER = Outgoing(
    message_id="a1@shop.test",
    at=AT,
    from_name="Juniper & Tide",
    from_address="seller@shop.test",
    to_name="Zoë Ångström",
    to_address="zoe@customer.test",
    subject="Re: Größe – ring",
    body="Dear Zoë,\n\nThank you. " + "A long line that goes on. " * 40 + "\n\n.\nFrom here\n",
    in_reply_to="q@customer.test",
    references=tuple(f"{'x' * 90}{number}@customer.test" for number in range(30)),
)
ENVELOPE = Envelope("seller@shop.test", "zoe@customer.test")
SENDER = SmtpSender(timeout=5)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("smtp"))


@pytest.fixture(params=["tls", "starttls"])
def server(request: pytest.FixtureRequest, keys: tuple[Path, Path]) -> Iterator[SmtpServer]:
    with running_smtp(*keys, free_port(), starttls=request.param == "starttls") as server:
        yield server


@pytest.fixture
def account(server: SmtpServer) -> MailAccount:
    return MailAccount(
        USER, "localhost", 1, USER,
        smtp_host="localhost", smtp_port=server.port, ca_file=str(server.certificate),
        smtp_is_starttls=server.is_starttls,
    )  # fmt: skip


def sent(account: MailAccount, letter: Outgoing = LETTER, secret: str = PASSWORD) -> Result:
    delivery, result = SENDER.begin(account, secret, ENVELOPE)
    if delivery is None:
        return result
    assert result.outcome is Outcome.READY
    return delivery.hand_over(SENDER.write_down(letter))


def test_an_access_token_logs_in_by_xoauth2(server: SmtpServer, account: MailAccount) -> None:
    signed_in = replace(account, login=LoginKind.SIGN_IN)
    assert sent(signed_in, secret=TOKEN) == Result(Outcome.HANDED_OVER)
    assert server.postmaster.tokens == [f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01".encode()]
    assert server.postmaster.logins == []
    assert len(server.postmaster.received) == 1


def test_a_token_that_ran_out_asks_to_sign_in_again_and_nothing_is_sent(
    server: SmtpServer, account: MailAccount
) -> None:
    result = sent(replace(account, login=LoginKind.SIGN_IN), secret="ya29.old")
    assert result.outcome is not Outcome.HANDED_OVER
    assert result.why.endswith(f"did not take the sign-in of {USER}; sign in again")
    assert server.postmaster.received == []


def test_a_letter_arrives_as_it_was_written(server: SmtpServer, account: MailAccount) -> None:
    assert sent(account) == Result(Outcome.HANDED_OVER)
    (received,) = server.postmaster.received
    assert (received.sender, received.recipients) == ("seller@shop.test", ["zoe@customer.test"])
    message = received.message
    assert str(make_header(decode_header(message["Subject"]))) == "Re: Größe – ring"
    name, address = parseaddr(str(make_header(decode_header(message["To"]))))
    assert (name, address) == ("Zoë Ångström", "zoe@customer.test")
    assert message["From"] == "Juniper & Tide <seller@shop.test>"
    assert message["Message-ID"] == "<a1@shop.test>"
    assert message["In-Reply-To"] == "<q@customer.test>"
    assert message["References"].split() == [f"<{each}>" for each in LETTER.references]
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == LETTER.body.strip() + "\n"
    assert message.get_content_type() == "text/plain"
    assert received.content.isascii()
    assert max(len(line) for line in received.content.splitlines()) <= 998
    assert server.postmaster.logins == [(USER.encode(), PASSWORD.encode())]


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("MAIL", "451 later", Outcome.NOT_NOW),
        ("RCPT", "450 greylisted", Outcome.NOT_NOW),
        ("RCPT", "550 5.1.1 nobody here", Outcome.NEVER),
        ("DATA", "452 full", Outcome.NOT_NOW),
        ("DATA", "554 refused", Outcome.NEVER),
    ],
)
def test_a_refusal_is_for_now_or_for_good(
    server: SmtpServer, account: MailAccount, command: str, answer: str, outcome: Outcome
) -> None:
    server.postmaster.says(command, answer)
    result = sent(account)
    assert result.outcome is outcome
    assert answer in result.why
    assert server.postmaster.received == []


def test_silence_after_the_words_means_that_nobody_knows(
    server: SmtpServer, account: MailAccount
) -> None:
    server.postmaster.breaks_after_data = True
    assert sent(account).outcome is Outcome.UNCLEAR
    assert len(server.postmaster.received) == 1


def test_a_connection_lost_before_the_words_is_no_doubt(
    server: SmtpServer, account: MailAccount
) -> None:
    delivery, _ = SENDER.begin(account, PASSWORD, ENVELOPE)
    assert delivery is not None
    delivery.give_up()
    assert delivery.hand_over(SENDER.write_down(LETTER)).outcome is Outcome.NOT_NOW
    assert server.postmaster.received == []


def test_a_wrong_password_is_not_tried_again_by_itself(
    server: SmtpServer, account: MailAccount
) -> None:
    result = sent(account, secret="wrong")
    assert result.outcome is Outcome.NEVER
    assert "refused the user name or password" in result.why
    assert "wrong" not in result.why
    assert len(server.postmaster.logins) >= 1


def test_a_server_that_cannot_prove_its_name_gets_nothing(
    server: SmtpServer, account: MailAccount
) -> None:
    result = sent(replace(account, ca_file=None))
    assert result.outcome is Outcome.NEVER
    assert server.postmaster.logins == []


def test_a_server_without_starttls_gets_no_password(keys: tuple[Path, Path]) -> None:
    with running_smtp(*keys, free_port(), starttls=True, offers_tls=False) as server:
        account = MailAccount(
            USER, "localhost", 1, USER, smtp_host="localhost", smtp_port=server.port,
            smtp_is_starttls=True, ca_file=str(server.certificate),
        )  # fmt: skip
        result = sent(account)
    assert result.outcome is Outcome.NEVER
    assert "no password was sent" in result.why
    assert server.postmaster.logins == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    account = MailAccount(USER, "localhost", 1, USER, smtp_host="localhost", smtp_port=free_port())
    assert sent(account).outcome is Outcome.NOT_NOW


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, subject="Hello\r\nBcc: all@x.test"),
        replace(LETTER, subject="Hello\x00"),
        replace(LETTER, to_name="Ann\nBcc: all@x.test"),
        replace(LETTER, to_address="a@x.test>\r\nRCPT TO:<b@x.test"),
        replace(LETTER, to_address="a@x.test, b@x.test"),
        replace(LETTER, from_address="nobody"),
        replace(LETTER, message_id="a\r\nBcc: b@x.test"),
    ],
)
def test_nothing_can_be_slipped_into_a_header(letter: Outgoing) -> None:
    with pytest.raises(RefusedError):
        SENDER.write_down(letter)


def test_ids_of_hers_that_are_none_are_left_out() -> None:
    raw = SENDER.write_down(
        replace(LETTER, in_reply_to="a b", references=("a\r\nBcc: x@y", "ok@x.test"))
    )
    assert "In-Reply-To" not in raw
    assert "References: <ok@x.test>" in raw
    assert "Bcc" not in raw


def test_letters_beyond_a_to_z_in_an_address() -> None:
    raw = SENDER.write_down(replace(LETTER, to_name="", to_address="zoe@müller.example"))
    assert "To: zoe@xn--mller-kva.example" in raw
    with pytest.raises(RefusedError, match="Ask for another address"):
        SENDER.write_down(replace(LETTER, to_address="zoë@customer.test"))
    account = MailAccount(USER, "localhost", 1, USER, smtp_host="localhost", smtp_port=1)
    _, result = SENDER.begin(account, "x", Envelope("seller@shop.test", "zoë@customer.test"))
    assert result.outcome is Outcome.NEVER


def test_an_answer_names_the_whole_chain_and_hers_last() -> None:
    hers = Message("c@x", AT, Correspondent("", "z@x"), references=("a@x", "b@x"))
    assert references_of(hers) == ("a@x", "b@x", "c@x")
    assert references_of(replace(hers, references=(), in_reply_to=("b@x",))) == ("b@x", "c@x")
    long = replace(hers, references=tuple(f"{each}@x" for each in range(99)))
    assert len(references_of(long)) == 50
    assert references_of(long)[-1] == "c@x"


def test_gmail_and_microsoft_keep_the_copy_themselves() -> None:
    assert keeps_own_copy("smtp.gmail.com")
    assert keeps_own_copy("SMTP.office365.com")
    assert not keeps_own_copy("mail.shop.test")
    assert not keeps_own_copy(None)


def test_the_copy_lies_in_sent_once(dovecot: Dovecot) -> None:
    account = MailAccount(
        SELLER, "localhost", dovecot.tls_port, SELLER, ca_file=str(dovecot.certificate)
    )
    raw = SENDER.write_down(LETTER)
    for _ in range(2):
        assert SENDER.keep_copy(account, MAIL_PASSWORD, raw, LETTER.message_id, AT) is None
    client = dovecot.client()
    client.select_folder("Sent")
    (uid,) = client.search("ALL")
    found = client.fetch([uid], ["FLAGS", "RFC822"])[uid]
    client.logout()
    assert b"\\Seen" in found[b"FLAGS"]
    assert found[b"RFC822"] == raw.encode()
    trouble = SENDER.keep_copy(account, "wrong", raw, LETTER.message_id, AT)
    assert trouble is not None
    assert "refused" in trouble
    nowhere = replace(account, sent_folder="No such folder")
    assert SENDER.keep_copy(nowhere, MAIL_PASSWORD, raw, LETTER.message_id, AT) is not None
