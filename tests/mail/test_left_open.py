"""Header fields alone decide as the whole message does, or leave it open and the words are read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.mail.headers import Headers
from jeweler_desk.mail.heads import FIELDS, leaves_open, read_head
from jeweler_desk.mail.mime import UnreadableMessageError, read_message
from tests.mail_cases.case import Case
from tests.post import MAKER, Letter
from tests.services.test_mail_decisions import CASES

_FIELD: Final = re.compile(rb"[^\r\n]+(?:\r\n[ \t][^\r\n]+)*")
# Gmail tells the thread beside the message; the reader puts it among the fields.
_WANTED: Final = frozenset(each.lower().encode() for each in (*FIELDS, "X-GM-THRID"))
_OWN: Final = (MAKER, "hello@shop.test", "seller.name@gmail.test")


def chosen_fields(raw: bytes, *further: bytes) -> bytes:
    """Return the block that a server gives for the chosen fields."""
    head = raw.partition(b"\r\n\r\n")[0]
    wanted = _WANTED | set(further)
    kept = [
        each for each in _FIELD.findall(head) if each.partition(b":")[0].strip().lower() in wanted
    ]
    return b"\r\n".join([*kept, b"", b""])


def copy_of(letter: Letter) -> Copy:
    return Copy(
        FolderKind(letter.folder), is_answered="R" in letter.flags, is_draft="D" in letter.flags
    )


def whole(letter: Letter) -> Message:
    raw = letter.raw().replace(b"\n", b"\r\n")
    received = read_message(raw, letter.at, received_at=letter.at)
    return replace(received.message, copies=(copy_of(letter),))


def as_a_mailbox_gives_it(letter: Letter) -> Message:
    raw = letter.raw().replace(b"\n", b"\r\n")
    block = chosen_fields(raw)
    message = read_head(block, letter.at, received_at=letter.at, size=len(raw)).message
    kind = FolderKind.DRAFTS if "D" in letter.flags else FolderKind(letter.folder)
    if leaves_open(message, Headers.of_block(block), kind, MAKER):
        begin = chosen_fields(raw, b"content-transfer-encoding", b"mime-version", b"received")
        begin += raw.partition(b"\r\n\r\n")[2][:16384]
        message = read_message(begin, letter.at, received_at=letter.at, size=len(raw)).message
    return replace(message, copies=(copy_of(letter),))


def clocks(messages: list[Message]) -> dict[str, tuple[str, str]]:
    judgement = judge(messages, _OWN, [], {"cora@c.test"}, ZoneInfo("America/New_York"))
    return {key: (each.decision, each.clock) for key, each in judgement.verdicts.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_header_fields_decide_as_the_whole_message_does_or_leave_it_open(case: Case) -> None:
    letters = list({each.id: each for each in case.letters}.values())
    assert clocks([as_a_mailbox_gives_it(each) for each in letters]) == clocks(
        [whole(each) for each in letters]
    )


@pytest.mark.parametrize(
    ("more", "subject", "is_open"),
    [
        ({}, "Ring", False),
        ({"In-Reply-To": "<r1@shop.test>"}, "Ring", True),
        ({}, "Re: Ring", True),
        ({}, "Thank you!", True),
        ({"Cc": "b@c.test"}, "Ring", False),
        ({"List-Id": "<news.test>"}, "Re: News", False),
        ({"Return-Path": "<>"}, "Undelivered", True),
        ({"Content-Type": "multipart/report"}, "Ring", True),
        ({"Reply-To": "visitor@freemail.test"}, "Ring", True),
    ],
)
def test_words_are_asked_for_only_where_the_fields_leave_something_open(
    more: dict[str, str], subject: str, *, is_open: bool
) -> None:
    kind = more.pop("Content-Type", "text/plain")
    letter = Letter("m@c.test", subject=subject, more=more, content_type=kind)
    block = chosen_fields(letter.raw().replace(b"\n", b"\r\n"))
    message = read_head(block, letter.at, received_at=None, size=900).message
    assert leaves_open(message, Headers.of_block(block), FolderKind.INBOX, MAKER) is is_open
    is_bounce = kind == "multipart/report" or "Return-Path" in more
    assert leaves_open(message, Headers.of_block(block), FolderKind.JUNK, MAKER) is is_bounce


def test_a_block_without_a_field_is_no_message() -> None:
    with pytest.raises(UnreadableMessageError):
        read_head(b"\r\n", Letter("m").at, received_at=None, size=2)
