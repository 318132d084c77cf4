"""The clock is worked out from the facts alone: no order of reading changes what is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.message import (
    Copy,
    Correspondent,
    FolderKind,
    Message,
    Report,
    ReportKind,
    Sign,
)
from jeweler_desk.domain.verdict import (
    ClockState,
    Decision,
    Judgement,
    Mark,
    MarkKind,
    WaitingState,
    waiting_state,
)

START = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
MAKER = "maker@shop.test"
PEOPLE = [
    MAKER,
    "hello@shop.test",
    "anna@c.test",
    "anna@home.test",
    "bob@c.test",
    "no-reply@f.test",
]
IDS = [f"m{number}@x.test" for number in range(8)]
ANNA = Correspondent("Anna", "anna@c.test")
OURS = Correspondent("", MAKER)


def someone(address: str) -> Correspondent:
    return Correspondent("", address)


people = st.sampled_from(PEOPLE).map(someone)
ids = st.sampled_from([*IDS, "ghost@x.test"])
copies = st.builds(
    Copy,
    kind=st.sampled_from(FolderKind),
    is_present=st.booleans(),
    is_answered=st.booleans(),
)
reports = st.builds(
    Report,
    kind=st.sampled_from(ReportKind),
    has_failed=st.booleans(),
    about=st.lists(ids, max_size=1).map(tuple),
    recipients=st.lists(st.sampled_from(PEOPLE), max_size=1).map(tuple),
)
drafts_of_messages = st.builds(
    Message,
    message_id=st.just(""),
    received_at=st.integers(0, 90).map(lambda hours: START + timedelta(hours=hours)),
    sender=st.one_of(st.none(), people, people, people),
    subject=st.sampled_from(["Ring", "Re: Ring", "RE:ring", "Order #1041", "", "Thanks"]),
    to=st.lists(people, max_size=2).map(tuple),
    cc=st.lists(people, max_size=1).map(tuple),
    reply_to=st.lists(people, max_size=1).map(tuple),
    in_reply_to=st.lists(ids, max_size=1).map(tuple),
    references=st.lists(ids, max_size=2).map(tuple),
    signs=st.frozensets(st.sampled_from(Sign), max_size=1),
    report=st.one_of(st.none(), st.none(), st.none(), reports),
    copies=st.lists(copies, min_size=1, max_size=2).map(tuple),
)
mailboxes = st.lists(drafts_of_messages, max_size=len(IDS)).map(
    lambda found: [
        Message(IDS[index], *(getattr(each, name) for name in Message.__slots__[1:]))
        for index, each in enumerate(found)
    ]
)
marks = st.lists(
    st.builds(
        Mark,
        message_id=st.sampled_from(IDS),
        kind=st.sampled_from(MarkKind),
        at=st.integers(0, 90).map(lambda hours: START + timedelta(hours=hours)),
        note=st.just(""),
    ),
    max_size=2,
)
words = st.builds(
    HerWord,
    not_customers=st.frozensets(st.sampled_from(PEOPLE[2:]), max_size=1),
    links=st.lists(
        st.tuples(st.sampled_from(PEOPLE[2:]), st.sampled_from(PEOPLE[2:])), max_size=2
    ).map(tuple),
    questions=st.dictionaries(st.sampled_from(IDS), st.booleans(), max_size=1),
)


@given(mailboxes, marks, words, st.randoms(use_true_random=False))
def test_no_order_of_reading_changes_a_decision(
    messages: list[Message], said: list[Mark], word: HerWord, chance: Random
) -> None:
    shuffled, said_shuffled, links = list(messages), list(said), list(word.links)
    for each in (shuffled, said_shuffled, links):
        chance.shuffle(each)
    other_word = replace(word, links=tuple(links))
    one = judge(messages, [MAKER], said, ["bob@c.test"], word=word)
    other = judge(shuffled, [MAKER], said_shuffled, ["bob@c.test"], word=other_word)
    assert one.verdicts == other.verdicts
    assert set(one.conversations) == set(other.conversations)
    assert sorted(one.waits, key=str) == sorted(other.waits, key=str)
    assert one.ours == other.ours


@given(mailboxes, marks, words)
def test_every_wait_is_one_start_and_ends_after_it_began(
    messages: list[Message], said: list[Mark], word: HerWord
) -> None:
    found = judge(messages, [MAKER], said, word=word)
    waiting = {each.message_id for each in found.conversations if each.clock is ClockState.WAITING}
    assert {each.message_id for each in found.waits if each.end is None} == waiting
    for wait in found.waits:
        assert found.verdicts[wait.message_id].decision in {Decision.START, Decision.REOPEN}
        assert (wait.ended_at is None) == (wait.end is None)
        assert wait.ended_at is None or wait.ended_at >= wait.started_at


@given(mailboxes, marks)
def test_every_message_has_one_decision_and_clocks_agree(
    messages: list[Message], said: list[Mark]
) -> None:
    found = judge(messages, [MAKER], said)
    assert set(found.verdicts) == {message.message_id for message in messages}
    for clock in found.conversations:
        verdict = found.verdicts[clock.message_id]
        assert verdict.conversation == clock.key
        assert verdict.clock is clock.clock
        assert (clock.due_at is not None) == (clock.clock is ClockState.WAITING)
        if clock.clock is ClockState.WAITING:
            assert verdict.decision is Decision.START
            assert clock.waiting_since is not None
            assert clock.due_at == clock.waiting_since + timedelta(hours=24)


def question(message_id: str = "q1@c.test", hours: float = 0) -> Message:
    return Message(
        message_id,
        START + timedelta(hours=hours),
        ANNA,
        "Ring",
        (OURS,),
        signs=frozenset({Sign.QUESTION}),
    )


def only_clock(judgement: Judgement) -> ClockState:
    (clock,) = judgement.conversations
    return clock.clock


@pytest.mark.parametrize(
    ("local", "due"),
    [
        ((2026, 10, 31, 18, 0), "2026-11-01T17:00-05:00"),
        ((2027, 3, 13, 18, 0), "2027-03-14T19:00-04:00"),
    ],
)
def test_a_day_is_86400_seconds_when_the_clocks_change(
    local: tuple[int, int, int, int, int], due: str
) -> None:
    at = datetime(*local, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
    (clock,) = judge([Message("q@c.test", at, ANNA, "Ring", (OURS,))], [MAKER]).conversations
    assert clock.due_at == datetime.fromisoformat(due)


def test_late_begins_with_the_very_second_it_is_due() -> None:
    due = START.astimezone(timezone(timedelta(hours=-4)))
    assert waiting_state(due, START) is WaitingState.LATE
    assert waiting_state(due, START - timedelta(seconds=1)) is WaitingState.DUE
    assert waiting_state(None, START) is WaitingState.SOFT


def test_her_word_by_phone_stops_the_clock_until_she_is_written_to_again() -> None:
    said = [Mark("q1@c.test", MarkKind.ANSWERED, START + timedelta(hours=3), "by phone")]
    before = judge([question(), question("q0@c.test", 2)], [MAKER], said)
    assert {clock.clock for clock in before.conversations} == {
        ClockState.ANSWERED,
        ClockState.WAITING,
    }
    after = question("q2@c.test", 5)
    replied = Message(
        after.message_id, after.received_at, ANNA, "Re: Ring", (OURS,), in_reply_to=("q1@c.test",)
    )
    judged = judge([question(), replied], [MAKER], said)
    assert judged.verdicts["q2@c.test"].decision is Decision.START
    assert only_clock(judged) is ClockState.WAITING
    assert judged.conversations[0].message_id == "q2@c.test"


def test_the_reason_names_the_sellers_word() -> None:
    said = [Mark("q1@c.test", MarkKind.NO_REPLY_NEEDED, START, "a greeting")]
    (clock,) = judge([question()], [MAKER], said).conversations
    assert (clock.clock, clock.reason) == (
        ClockState.ANSWERED,
        "you said: no reply needed (a greeting)",
    )


def in_sent(message_id: str, sender: str, *to: str, is_delivered: bool = False) -> Message:
    return Message(
        message_id,
        START,
        someone(sender),
        "Ring",
        tuple(someone(each) for each in to),
        was_delivered=is_delivered,
        copies=(Copy(FolderKind.SENT),),
    )


def test_who_writes_from_sent_is_ours_and_who_is_written_to_is_not() -> None:
    messages = [
        in_sent("a@x.test", MAKER, "anna@c.test"),
        in_sent("b@x.test", "hello@shop.test", "bob@c.test"),
        in_sent("c@x.test", "anna@c.test", MAKER, is_delivered=True),
        in_sent("d@x.test", "cora@c.test", MAKER),
    ]
    ours = judge(messages, known_customers=["Cora@C.test"]).ours
    assert ours.addresses == {MAKER, "hello@shop.test"}


def test_a_note_to_oneself_in_sent_is_still_ours() -> None:
    assert judge([in_sent("a@x.test", MAKER, MAKER)]).ours.addresses == {MAKER}


def test_neither_to_nor_an_order_makes_an_address_ours() -> None:
    received = Message("q@c.test", START, ANNA, "Ring", (OURS,))
    assert judge([received]).ours.addresses == frozenset()


def test_an_account_is_ours_even_when_an_order_names_it() -> None:
    judged = judge([in_sent("a@x.test", MAKER, "anna@c.test")], [MAKER], (), [MAKER])
    assert judged.ours.addresses == {MAKER}


def test_loops_and_missing_roots_do_no_harm() -> None:
    one = Message("a@x.test", START, ANNA, "Ring", (OURS,), in_reply_to=("b@x.test",))
    two = Message("b@x.test", START, ANNA, "Ring", (OURS,), in_reply_to=("a@x.test",))
    lost = Message(
        "c@x.test", START, ANNA, "Re: Ring", (OURS,), references=("a@x.test", "z@x.test")
    )
    judged = judge([one, two, lost], [MAKER])
    assert len(judged.conversations) == 1
