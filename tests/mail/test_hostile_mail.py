"""Mails made to stop a reader: each is read or set aside by itself, and soon."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jeweler_desk.mail.html_text import html_to_text
from jeweler_desk.mail.mime import UnreadableMessageError, read_message

HEAD = (
    b"From: Anna <anna@c.test>\r\nTo: maker@shop.test\r\nSubject: Ring\r\n"
    b"Message-ID: <q1@c.test>\r\nMIME-Version: 1.0\r\n"
)
NOW = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
ODD_CHARSETS = ("idna", "punycode", "undefined", "\0utf8", "rot13", "base64", "utf-7", "x" * 999)


@pytest.mark.parametrize("charset", ODD_CHARSETS)
def test_a_charset_that_is_none_harms_no_letter(charset: str) -> None:
    kind = b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n"

    letter = read_message(HEAD + kind + b"Which size? \xff\xc3\r\n", NOW)

    assert letter.message.message_id == "q1@c.test"
    assert letter.text.startswith("Which size?")


@pytest.mark.parametrize("charset", ODD_CHARSETS)
def test_a_subject_in_a_charset_that_is_none_is_shown_somehow(charset: str) -> None:
    head = b"Subject: =?" + charset.encode() + b"?Q?Ring=FF?=\r\nFrom: a@c.test\r\n"

    assert read_message(head + b"\r\nHello?", NOW).message.sender is not None


@pytest.mark.parametrize(
    "kind",
    [
        b"Content-Type: text/plain; " + b"a=b; " * 500_000,
        b"Content-Type: text/plain;\r\n" + b" a=b;\r\n" * 200_000 + b" c=d",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; "
        + b"a=b; " * 500_000,
    ],
    ids=["one line", "folded", "in a part"],
)
def test_a_field_with_half_a_million_parameters_is_read_in_part(kind: bytes) -> None:
    assert read_message(HEAD + kind + b"\r\n\r\nWhich size?\r\n", NOW).text == "Which size?"


@pytest.mark.parametrize("piece", ["<!--", "<", "<a ", "<!a", "<?a", "<![CDATA[", "</", "&"])
def test_marks_without_an_end_do_not_hold_the_reader_up(piece: str) -> None:
    words = html_to_text("<p>Which size?</p>" + piece * 100_000)

    assert words.startswith("Which size?")


def test_comments_are_left_out_and_one_without_an_end_hides_the_rest() -> None:
    assert html_to_text("a<!-- b -->c <b>d</b><!-- e <p>f") == "ac d"


def test_what_is_no_letter_at_all_is_set_aside_with_a_sentence() -> None:
    with pytest.raises(UnreadableMessageError, match="no header lines"):
        read_message(b"\x00\x01\x02", NOW)
