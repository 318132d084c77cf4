"""The sample shop's mail always shows late, due and answered letters, and what is no letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.message import Copy, FolderKind, Message
from jeweler_desk.domain.verdict import ClockState, Decision, Judgement
from jeweler_desk.mail.mail_files import read_files
from jeweler_desk.services.demo_shop import ADDRESS, DemoShop

MOMENTS = [
    datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 7, 30, tzinfo=UTC),  # an hour after the clocks went back
    datetime(2027, 3, 14, 12, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 5, 5, tzinfo=UTC),
]


def judged(folder: Path, now: datetime) -> Judgement:
    files = DemoShop().write_files(folder, now)
    messages: list[Message] = []
    for path, kind in ((files.inbox, FolderKind.INBOX), (files.sent, FolderKind.SENT)):
        reading = read_files(path, kind, {})
        assert reading.set_aside == ()
        messages += [
            replace(copy.received.message, copies=(Copy(kind),))
            for copy in reading.copies
            if copy.received
        ]
    return judge(messages)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_two_letters_are_late_and_four_are_due(tmp_path: Path, now: datetime) -> None:
    waiting = {
        clock.person: clock.due_at
        for clock in judged(tmp_path, now).conversations
        if clock.clock is ClockState.WAITING and clock.due_at
    }
    assert {person for person, due_at in waiting.items() if due_at <= now} == {
        "Odalys Ferrer",
        "Saoirse Kelleher",
    }
    assert {person: due_at - now for person, due_at in waiting.items() if due_at > now} == {
        "Mateusz Zieliński": timedelta(hours=3),
        "Bronwyn": timedelta(hours=9),
        "Imke Sandvoort": timedelta(hours=19),
        "Efua Mensah": timedelta(hours=22),
    }


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_seven_conversations_are_answered_and_one_is_a_thank_you(
    tmp_path: Path, now: datetime
) -> None:
    clocks = [each.clock for each in judged(tmp_path, now).conversations]
    assert clocks.count(ClockState.ANSWERED) == 7
    assert clocks.count(ClockState.SOFT) == 1


def test_what_is_no_letter_starts_no_clock(tmp_path: Path) -> None:
    verdicts = judged(tmp_path, MOMENTS[0]).verdicts
    decisions = {
        "week-47@news.brightwire.example": Decision.IGNORE,
        "ambrose-away@mail.example.com": Decision.IGNORE,
        "bounce-odalys@mail.example.com": Decision.REOPEN,
        "sale-4012000320@etsy.com": Decision.ACTION,
        "freja-thanks@mail.example.org": Decision.SOFT,
        "saoirse-size-2@mail.example.com": Decision.KEEP,
    }
    assert {each: verdicts[each].decision for each in decisions} == decisions


def test_the_shops_own_address_is_known_from_its_sent_mail(tmp_path: Path) -> None:
    assert judged(tmp_path, MOMENTS[0]).ours.addresses == {ADDRESS}
