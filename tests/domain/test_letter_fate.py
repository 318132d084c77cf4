"""What became of a letter that left: its copy under another id, bounces, rejections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jeweler_desk.domain.letter import Letter, LetterKind, LetterState, next_try_at
from jeweler_desk.domain.letter_fate import copy_in_sent, is_about
from jeweler_desk.domain.message import (
    Correspondent,
    MailChannel,
    Message,
    Notice,
    NoticeKind,
    Report,
    ReportKind,
)

AT = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
LETTER = Letter(
    1, LetterKind.ANSWER, None, None, None, "Anna", "anna@c.test", "maker@shop.test", "Re: Ring",
    "Dear Anna", LetterState.HANDED_OVER, AT, AT, message_id="ours@shop.test", handed_at=AT,
)  # fmt: skip
KNOWN = {"ours@shop.test", "other@shop.test"}
COPY = Message(
    "renamed@server.test", AT, Correspondent("", "Maker@shop.test"), "Ring",
    to=(Correspondent("", "anna@c.test"),),
)  # fmt: skip
BOUNCE = Message(
    "dsn@mx.test", AT + timedelta(hours=1),
    report=Report(ReportKind.DELIVERY, has_failed=True, recipients=("anna@c.test",)),
)  # fmt: skip


def test_a_copy_under_another_id_is_known_by_person_subject_and_hour() -> None:
    assert copy_in_sent(LETTER, [COPY], KNOWN) == COPY
    for other in (
        replace(COPY, message_id="other@shop.test"),
        replace(COPY, subject="Something else"),
        replace(COPY, to=(Correspondent("", "bo@c.test"),)),
        replace(COPY, sender=None),
        replace(COPY, received_at=AT + timedelta(hours=2)),
        replace(COPY, received_at=AT - timedelta(hours=1)),
    ):
        assert copy_in_sent(LETTER, [other], KNOWN) is None
    assert copy_in_sent(replace(LETTER, handed_at=None), [COPY], KNOWN) is None


def about(*ids: str) -> Message:
    report = Report(ReportKind.DELIVERY, has_failed=True, about=ids, recipients=("anna@c.test",))
    return replace(BOUNCE, report=report)


def test_a_bounce_is_about_the_letter_it_names_else_about_the_last_to_its_recipient() -> None:
    assert is_about(BOUNCE, LETTER, KNOWN)
    assert is_about(about("ours@shop.test"), LETTER, KNOWN)
    assert not is_about(about("other@shop.test"), LETTER, KNOWN)
    assert is_about(about("unknown@x.test"), LETTER, KNOWN), "the server had changed its id"
    late = replace(BOUNCE, received_at=AT + timedelta(days=4))
    assert not is_about(late, LETTER, KNOWN)
    assert not is_about(replace(BOUNCE, received_at=AT - timedelta(hours=1)), LETTER, KNOWN)
    read = Report(ReportKind.READ, recipients=("anna@c.test",))
    assert not is_about(replace(BOUNCE, report=read), LETTER, KNOWN)
    assert not is_about(replace(BOUNCE, report=None), LETTER, KNOWN)
    assert not is_about(BOUNCE, replace(LETTER, handed_at=None), KNOWN)


def test_a_marketplaces_rejection_names_the_letter() -> None:
    notice = Notice(NoticeKind.REJECTION, MailChannel.AMAZON, "not delivered")
    rejection = replace(BOUNCE, report=None, notice=notice, in_reply_to=("ours@shop.test",))
    assert is_about(rejection, LETTER, KNOWN)
    assert not is_about(replace(rejection, in_reply_to=()), LETTER, KNOWN)


def test_the_waits_grow_up_to_four_hours() -> None:
    waits = [next_try_at(AT, tries) - AT for tries in range(1, 12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(hours=4))
