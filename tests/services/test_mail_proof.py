"""The proof: within 24 hours, within the hour, by month; late stays late after the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.business_days import BusinessCalendar
from jeweler_desk.domain.mail_proof import proof_of, working_time
from jeweler_desk.domain.verdict import Wait, WaitEnd
from jeweler_desk.services.desk import Desk
from tests.fakes import FixedClock
from tests.mail_cases.bounces import bounce
from tests.mail_cases.case import Q, more, reply
from tests.post import ASKED_AT, MAKER, Letter, Post

NEW_YORK = BusinessCalendar("America/New_York")


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    return Post(desk, tmp_path / "mail")


def _pair(name: str, asked: float, took: float) -> list[Letter]:
    who = f"{name} <{name}@c.test>"
    asks = Letter(f"q-{name}@c.test", hours=asked, sender=who, subject=f"For {name}")
    answer = reply(
        id=f"r-{name}@shop.test",
        hours=asked + took,
        to=who,
        subject=f"Re: For {name}",
        more=more(In_Reply_To=f"<q-{name}@c.test>"),
    )
    return [asks, answer]


def test_within_a_day_and_within_the_hour_by_month_with_every_exception(
    post: Post, clock: FixedClock
) -> None:
    clock.moment = ASKED_AT + timedelta(days=40)
    post.brings(
        [
            *_pair("ann", 0, 0.5),
            *_pair("bo", 1, 5),
            *_pair("cy", 2, 30),
            *_pair("di", 24 * 30, 3),
            Letter("q-ed@c.test", hours=24 * 37, sender="Ed <ed@c.test>", subject="For Ed"),
            Letter("q-fay@c.test", hours=24 * 39.9, sender="fay@c.test", subject="For Fay"),
        ]
    )

    proof = post.desk.correspondence.proof.proof()

    assert (proof.together.letters, proof.together.within_day, proof.together.within_hour) == (
        5,
        3,
        1,
    )
    assert [(each.month, each.answered.letters) for each in proof.months] == [
        (date(2026, 10, 1), 3),
        (date(2026, 11, 1), 2),
    ]
    assert [(each.message_id, each.hours, each.answered_at is None) for each in proof.late] == [
        ("q-ed@c.test", 72.0, True),
        ("q-cy@c.test", 30.0, False),
    ]
    assert proof.running == 1


def test_a_late_answer_stays_late_and_a_bounce_makes_it_later(
    post: Post, clock: FixedClock
) -> None:
    clock.moment = ASKED_AT + timedelta(days=3)
    post.brings([Q, reply(), bounce(), reply(id="r2@shop.test", hours=50)])

    (late,) = post.desk.correspondence.proof.proof().late

    assert (late.message_id, late.hours) == (Q.id, 50.0)


def test_what_needs_no_answer_or_was_answered_nobody_knows_when_is_not_counted(
    post: Post, clock: FixedClock
) -> None:
    clock.moment = ASKED_AT + timedelta(days=3)
    flagged = Letter("f@c.test", sender="f@d.test", subject="F", flags="R")
    post.brings([Q, flagged, *_pair("bo", 1, 5)])
    post.desk.correspondence.mark_no_reply_needed(Q.id, "a friend")

    proof = post.desk.correspondence.proof.proof()

    assert (proof.together.letters, proof.together.within_day, proof.untimed) == (1, 1, 1)


def test_a_call_counts_from_the_time_she_named(post: Post, clock: FixedClock) -> None:
    clock.moment = ASKED_AT + timedelta(days=3)
    post.brings([Q])
    assert len(post.desk.correspondence.proof.proof().late) == 1
    post.desk.correspondence.mark_answered(Q.id, "by phone", ASKED_AT + timedelta(minutes=30))
    proof = post.desk.correspondence.proof.proof()
    assert (proof.together.within_hour, proof.late) == (1, ())
    post.desk.history.undo()
    assert len(post.desk.correspondence.proof.proof().late) == 1


def test_exactly_24_hours_are_in_time_and_a_second_more_is_late() -> None:
    start = datetime(2026, 10, 5, 8, tzinfo=UTC)

    def within(seconds: int) -> int:
        end = start + timedelta(seconds=seconds)
        wait = Wait("m", start, ended_at=end, end=WaitEnd.ANSWERED)
        now = start + timedelta(days=9)
        return proof_of([wait], now, NEW_YORK, by_working_days=False).together.within_day

    assert (within(86_400), within(86_401)) == (1, 0)


def test_by_working_days_a_weekend_takes_no_time() -> None:
    friday = datetime(2026, 10, 9, 20, tzinfo=UTC)
    monday = datetime(2026, 10, 12, 14, tzinfo=UTC)
    wait = Wait("m", friday, ended_at=monday, end=WaitEnd.ANSWERED)

    plain = proof_of([wait], monday, NEW_YORK, by_working_days=False)
    working = proof_of([wait], monday, NEW_YORK, by_working_days=True)

    assert (plain.together.within_day, working.together.within_day) == (0, 1)
    assert (plain.late[0].hours, plain.late[0].working_hours) == (66.0, 18.0)


def test_the_day_on_which_the_clocks_change_has_25_hours() -> None:
    start = datetime(2026, 11, 1, 4, tzinfo=UTC)
    every_day = BusinessCalendar("America/New_York", working_days=frozenset(range(7)))
    assert working_time(start, start + timedelta(hours=25), every_day) == timedelta(hours=25)


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 500))), max_size=20
    )
)
def test_months_sum_up_to_the_whole(spans: list[tuple[int, int | None]]) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    waits = [
        Wait(
            str(number),
            start + timedelta(hours=at),
            ended_at=start + timedelta(hours=at + took) if took is not None else None,
            end=WaitEnd.ANSWERED if took is not None else None,
        )
        for number, (at, took) in enumerate(spans)
    ]
    proof = proof_of(waits, start + timedelta(hours=6000), NEW_YORK, by_working_days=False)
    together = proof.together
    assert sum(each.answered.letters for each in proof.months) == together.letters
    assert sum(each.answered.within_day for each in proof.months) == together.within_day
    assert together.letters == together.within_day + len(proof.late)
    assert together.letters + proof.running == len(waits)
