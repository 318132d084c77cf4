"""Bytes become messages, however ugly they are; nothing is fetched and nothing fails."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.message import Correspondent, Message, ReportKind, Sign
from jeweler_desk.mail.html_text import html_to_text
from jeweler_desk.mail.mime import UnreadableMessageError, read_message

SEEN = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)


STAMPED = "Received: by b; Mon, 05 Oct 2026 10:00:00"
STAMPED_BEFORE = "Received: by a;\n Mon, 05 Oct 2026 07:00:00"


def read(head: str, body: str = "Hello?", **cells: Any) -> Message:
    return read_message(f"{head}\n\n{body}".encode(), SEEN, **cells).message


def words(raw: str) -> str:
    return read_message(raw.encode(), SEEN).text


@pytest.mark.parametrize(
    ("head", "received"),
    [
        (f"{STAMPED} +0200\n{STAMPED_BEFORE} +0000", "08:00"),
        (f"{STAMPED} -0000\n{STAMPED_BEFORE} GMT", "07:00"),
        ("Date: Mon, 05 Oct 2026 06:00:00 -0400", "10:00"),
        ("Date: Mon, 05 Oct 2026 14:09:00 +0000", "14:09"),
        ("Date: Mon, 05 Oct 2026 14:11:00 +0000", "14:00"),
        ("Date: Mon, 05 Oct 2026 06:00:00 CEST", "14:00"),
        ("Date: Mon, 05 Oct 2026 25:61:00 +0000", "14:00"),
        ("Date: 01/02/2024", "14:00"),
        ("Date: Mon, 05 Oct 2026 06:00:00 +9900", "14:00"),
        ("Date: Mon, 05 Oct 1066 06:00:00 +0000", "14:00"),
        ("Subject: no date at all", "14:00"),
    ],
)
def test_the_server_s_stamp_then_the_date_then_the_file_tells_the_time(
    head: str, received: str
) -> None:
    assert f"{read(head).received_at:%H:%M}" == received


def test_the_servers_own_word_outweighs_every_header() -> None:
    at = SEEN - timedelta(days=3)
    head = "Received: by a; Mon, 05 Oct 2026 07:00:00 +0000"
    assert read(head, received_at=at).received_at == at


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("Anna <anna@c.test>", "Anna", "anna@c.test"),
        ("anna@c.test (Anna)", "Anna", "anna@c.test"),
        ("=?utf-8?q?Zo=C3=AB_Lund?= <z@c.test>", "Zoë Lund", "z@c.test"),
        ("=?x-unknown?q?Zo=EB?= <z@c.test>", "Zoë", "z@c.test"),
        ("=?utf-8?b?!!!?= <z@c.test>", "", "z@c.test"),
        ('"Lund, Zoë" <z@c.test>', "Lund, Zoë", "z@c.test"),
        ("Etsy: Message <z@c.test>", "Etsy: Message", "z@c.test"),
        ("<z@c.test>", "", "z@c.test"),
        ("z@c.test", "", "z@c.test"),
        ("A\tB\x01 <z@c.test>", "A B", "z@c.test"),
    ],
)
def test_senders_are_read_however_they_are_written(field: str, name: str, address: str) -> None:
    assert read(f"From: {field}").sender == Correspondent(name, address)


@pytest.mark.parametrize("field", ["", "<>", "undisclosed-recipients:;", "nobody", "@@@", "a@b@c<"])
def test_a_sender_that_is_none_is_none(field: str) -> None:
    assert read(f"From: {field}\nSubject: x").sender is None


def test_bytes_beyond_ascii_in_a_header_are_read_as_utf8_else_latin1() -> None:
    assert read("From: Zoë <z@c.test>").sender == Correspondent("Zoë", "z@c.test")
    raw = "From: Zoë <z@c.test>\n\nx".encode("latin-1")
    assert read_message(raw, SEEN).message.sender == Correspondent("Zoë", "z@c.test")


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        ("<a@x.test>", ("a@x.test",)),
        ("<a@x.test> <b@x.test>", ("a@x.test", "b@x.test")),
        ("<\n a@x.test>", ("a@x.test",)),
        ("a@x.test", ("a@x.test",)),
        ("<[b378@microsoft.test]>", ("[b378@microsoft.test]",)),
        ("Your message of Monday", ()),
        ("Message from Anna <anna@c.test> of Monday", ()),
        ("Your message of Monday <a@x.test>", ("a@x.test",)),
        ("", ()),
    ],
)
def test_ids_are_read_and_phrases_are_none(field: str, ids: tuple[str, ...]) -> None:
    assert read(f"In-Reply-To: {field}\nSubject: x").in_reply_to == ids


def test_of_many_references_the_last_fifty_count() -> None:
    chain = " ".join(f"<m{number}@x.test>" for number in range(900))
    found = read(f"References: {chain}").references
    assert (len(found), found[-1]) == (50, "m899@x.test")


def test_without_a_message_id_the_header_and_the_size_make_one() -> None:
    first = read("Subject: Ring")
    assert first.message_id.startswith("no-id-")
    assert first.message_id == read("Subject: Ring").message_id
    assert first.message_id != read("Subject: Ring", "Hello again?").message_id
    marked = read_message(b"Subject: Ring\nX-Mozilla-Status: 0003\n\nHello?", SEEN).message
    assert read_message(b"Subject: Ring\nX-Mozilla-Status: 0001\n\nHello?", SEEN).message == marked


@pytest.mark.parametrize(
    ("head", "sign"),
    [
        ("Auto-Submitted: auto-replied (vacation)", Sign.AUTO_REPLIED),
        ("Auto-Submitted: Auto-Generated; x=y", Sign.AUTO_GENERATED),
        ("Auto-Submitted: auto-notified", Sign.AUTO_GENERATED),
        ("Precedence: LIST", Sign.BULK),
        ("Precedence: auto_reply", Sign.AUTO_REPLY_PRECEDENCE),
        ("X-Amazon-Auto-Reply: true", Sign.AUTO_RESPONDER),
        ("X-Mailgun-Campaign-Tag: spring", Sign.CAMPAIGN),
        ("Feedback-ID: 1:2:3:x", Sign.CAMPAIGN),
        ("Return-Path: <>", Sign.NULL_SENDER),
        ("X-Spam-Status: Yes, score=7", Sign.SPAM),
        ("X-Mailer: PHPMailer 6.8", Sign.SITE_MAILER),
    ],
)
def test_headers_show_machines(head: str, sign: Sign) -> None:
    assert sign in read(head).signs


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: no",
        "Auto-Submitted:",
        "Precedence: first-class",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: All",
        "X-MS-Exchange-Inbox-Rules-Loop: anna@c.test",
        "Return-Path: <anna@c.test>",
        "X-Spam-Flag: NO",
    ],
)
def test_headers_that_show_nothing(head: str) -> None:
    assert read(f"{head}\nSubject: x").signs == {Sign.QUESTION}


def multipart(kind: str, *parts: str) -> str:
    joined = "".join(f"--b\n{part}\n" for part in parts)
    return f"Subject: x\nContent-Type: {kind}; boundary=b\n\n{joined}--b--\n"


def test_plain_words_are_preferred_and_attachments_left_out() -> None:
    raw = multipart(
        "multipart/mixed",
        "Content-Type: text/plain\n\nHello there",
        "Content-Type: text/html\n\n<p>Hello <b>there</b></p>",
        "Content-Type: text/plain\nContent-Disposition: attachment\n\nnot this",
    )
    assert words(raw) == "Hello there"


def test_html_alone_is_read_as_text_and_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a letter must never reach the network")

    monkeypatch.setattr(socket, "socket", refuse)
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Dear&nbsp;maker,</p>"
        "<script>alert(1)</script><img src='http://x.test/p.gif'>one<br>two"
        "<blockquote>old words?</blockquote></body></html>"
    )
    raw = f"Subject: x\nContent-Type: text/html; charset=utf-8\n\n{html}"
    assert words(raw) == "Dear maker,\none\ntwo\n> old words?"
    assert Sign.QUESTION not in read_message(raw.encode(), SEEN).message.signs


@pytest.mark.parametrize("mark", ["divRplyFwdMsg", "gmail_quote", "yahoo_quoted"])
def test_what_a_mail_program_quotes_in_html_is_folded(mark: str) -> None:
    html = f"<div>Thank you!</div><div id='{mark}' class='{mark}'>Will it fit?</div>"
    raw = f"Subject: x\nContent-Type: text/html\n\n{html}"
    assert Sign.QUESTION not in read_message(raw.encode(), SEEN).message.signs


def test_cells_of_a_form_stand_on_lines_of_their_own() -> None:
    html = (
        "<table><tr><td>Name</td><td>Bob</td></tr><tr><th>Email</th><td>b@f.test</td></tr></table>"
    )
    raw = f"Subject: x\nContent-Type: text/html\n\n{html}"
    form = read_message(raw.encode(), SEEN).message.form
    assert form is not None
    assert (form.name, form.address) == ("Bob", "b@f.test")


@pytest.mark.parametrize("charset", ["none", "x-unknown", "", "utf-8", "unicode_escape", "rot13"])
def test_a_charset_that_is_none_falls_back(charset: str) -> None:
    raw = f'Subject: x\nContent-Type: text/plain; charset="{charset}"\n\nZo'.encode()
    assert read_message(raw + b"\xc3\xab", SEEN).text.startswith("Zo")


def test_a_reaction_part_is_a_reaction() -> None:
    raw = multipart(
        "multipart/alternative",
        "Content-Type: text/plain\n\n\U0001f44d",
        'Content-Type: text/vnd.google.email-reaction+json\n\n{"emoji": "x"}',
    )
    assert Sign.REACTION in read_message(raw.encode(), SEEN).message.signs


def test_an_invitation_is_no_answer_of_a_calendar() -> None:
    raw = multipart(
        "multipart/mixed", "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST"
    )
    assert Sign.CALENDAR_REPLY not in read_message(raw.encode(), SEEN).message.signs


def test_a_report_tells_who_failed_and_about_which_letter() -> None:
    raw = multipart(
        "multipart/report; report-type=delivery-status",
        "Content-Type: text/plain\n\nSorry",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Original-Recipient: rfc822;anna@c.test\nFinal-Recipient: rfc822; anna@gmx.test\n"
        "Action: Failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; bob@c.test\nAction: delivered",
        "Content-Type: message/rfc822\n\nMessage-ID: <r1@shop.test>\nSubject: Re: Ring\n\nDear",
    )
    report = read_message(raw.encode(), SEEN).message.report
    assert report is not None
    assert (report.kind, report.has_failed) == (ReportKind.DELIVERY, True)
    assert report.recipients == ("anna@gmx.test", "anna@c.test")
    assert report.about == ("r1@shop.test",)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("disposition-notification", ReportKind.READ),
        ("feedback-report", ReportKind.COMPLAINT),
        ("tlsrpt", ReportKind.OTHER),
    ],
)
def test_other_reports_are_told_apart(kind: str, found: ReportKind) -> None:
    raw = multipart(f"multipart/report; report-type={kind}", "Content-Type: text/plain\n\nx")
    report = read_message(raw.encode(), SEEN).message.report
    assert report is not None
    assert (report.kind, report.has_failed) == (found, False)


def test_a_status_without_an_action_is_told_by_its_number() -> None:
    part = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@c.test\nStatus: "
    for status, has_failed in (("5.0.0", True), ("4.4.1", False), ("2.0.0", False)):
        raw = multipart("multipart/report; report-type=delivery-status", part + status)
        report = read_message(raw.encode(), SEEN).message.report
        assert report is not None
        assert report.has_failed is has_failed


@pytest.mark.parametrize("raw", [b"", b"  \n\n", b"just words\n\nmore", b"\x00\x01\x02"])
def test_what_is_no_message_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(UnreadableMessageError, match=r"\.$"):
        read_message(raw, SEEN)


HOSTILE = {
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
        for depth in range(1500)
    ),
    "many parts": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: text/plain\n\nx\n" * 10_000,
    "one long line": b"Subject: x\n\n" + b"a" * 20_000_000,
    "brackets": b"Subject: x\nContent-Type: text/html\n\n" + b"<" * 300_000,
    "long header": b"References: " + b"<a@b.test> " * 100_000 + b"\n\nx",
    "long group": b"From: " + b"a:" * 50_000 + b"\n\nx",
    "blanks": b"Subject:" + b" " * 100_000 + b"x\n\n" + b" " * 100_000,
    "right to left": "Subject: \u202egnp.exe\nFrom: \u202e <a@b.test>\n\nx".encode(),
    "bad base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%\x00!!",
    "bad multipart": b"Content-Type: multipart/report\n\nno boundary anywhere",
    "surrogates": b"Subject: =?utf-8?b?7aCA?= \xed\xa0\x80\n\n\xed\xa0\x80",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mail_harms_nothing(raw: bytes) -> None:
    found = read_message(raw, SEEN)
    assert len(found.text) <= 60_000
    (found.text + found.message.subject).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_bytes_make_it_fail(head: bytes, body: bytes) -> None:
    found = read_message(b"Subject: x\nFrom: " + head + b"\n\n" + body, SEEN)
    assert found.message.received_at.tzinfo is not None
    found.message.subject.encode("utf-8")


@given(st.text())
def test_no_html_makes_it_fail(html: str) -> None:
    assert "\n\n\n" not in html_to_text(html)
