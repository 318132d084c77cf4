"""The evening sweep: each letter in one list, questions asked once, and the sentence at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.evening_sweep_wording import closing_heading, closing_text, left_text
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from tests.fakes import FixedClock
from tests.post import MAKER, Letter, Post

SWEEP = datetime(2026, 10, 6, 19, 0, tzinfo=UTC)  # Tuesday
HER = "bo@c.test"


@pytest.fixture
def post(desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    """A desk at the hour of its sweep: Anna is late, Bo is due tomorrow."""
    desk.settings.set("shop.timezone", "UTC")
    clock.moment = SWEEP
    post = Post(desk, tmp_path)
    post.brings(
        [
            Letter("a@c.test", subject="Ring size"),
            Letter("b@c.test", hours=30, sender=f"Bo <{HER}>", subject="Where is my parcel?"),
        ]
    )
    return post


def mine(id_: str = "news@shop.test", **more: str) -> Letter:
    return Letter(id_, "sent", 32, MAKER, HER, "Your earrings are on their way", more=more)


def words(desk: Desk) -> str:
    found = desk.sweep.look()
    return f"{closing_heading(found, 'UTC')}. {closing_text(found, 'UTC')}"


def test_late_and_due_before_the_next_sweep_stand_apart(post: Post) -> None:
    found = post.desk.sweep.look()
    assert [each.message_id for each in found.late] == ["a@c.test"]
    assert [each.message_id for each in found.due] == ["b@c.test"]
    assert found.next_at == SWEEP + timedelta(days=1)
    assert left_text(found, "UTC") == "1 late, 1 due before tomorrow 19:00"
    assert words(post.desk).startswith(
        "2 emails still wait for an answer. The next one is due tomorrow 14:00."
    )


def test_a_cleared_sweep_says_that_every_email_is_answered(post: Post) -> None:
    for each in ("a@c.test", "b@c.test"):
        post.desk.correspondence.mark_answered(each, "by phone")
    found = post.desk.sweep.look()
    assert found.is_clear
    assert found.is_everything_answered
    assert left_text(found, "UTC") == ""
    assert words(post.desk) == (
        "Every email is answered. The next sweep is tomorrow 19:00. This month 1 of 2 were answered"
        " within 24 hours, 0 of them within the hour (0 %)."
    )


def test_what_falls_due_after_the_next_sweep_may_wait(post: Post, clock: FixedClock) -> None:
    for each in ("a@c.test", "b@c.test"):
        post.desk.correspondence.mark_answered(each, "by phone")
    clock.moment = SWEEP - timedelta(hours=9)  # a look in the morning: the next sweep is tonight's
    post.brings([Letter("c@c.test", hours=25, sender="Cy <cy@c.test>")])
    found = post.desk.sweep.look()
    assert [each.message_id for each in found.later] == ["c@c.test"]
    assert words(post.desk).startswith(
        "Every email that falls due before today 19:00 is answered. The next one is due tomorrow"
    )


def test_a_new_letter_to_her_is_asked_about_and_may_be_the_answer(post: Post) -> None:
    post.brings([mine()])
    (asked,) = post.desk.sweep.look().maybe_answered
    assert (asked.email.message_id, asked.letter.message_id) == ("b@c.test", "news@shop.test")
    post.desk.sweep.it_was_the_answer("b@c.test")
    assert post.waiting() == ["a@c.test"]
    assert post.desk.history.undo()
    assert len(post.desk.sweep.look().maybe_answered) == 1


def test_a_letter_that_was_no_answer_is_asked_about_once(post: Post) -> None:
    post.brings([mine()])
    post.desk.sweep.still_waits("b@c.test")
    found = post.desk.sweep.look()
    assert not found.maybe_answered
    assert [each.message_id for each in found.due] == ["b@c.test"]
    with pytest.raises(RefusedError, match="Nothing is asked"):
        post.desk.sweep.still_waits("b@c.test")
    with pytest.raises(RefusedError, match="No later letter"):
        post.desk.sweep.it_was_the_answer("b@c.test")


def test_what_a_machine_of_ours_sent_is_not_asked_about(post: Post) -> None:
    post.brings([mine(**{"Auto-Submitted": "auto-generated"})])
    assert not post.desk.sweep.look().maybe_answered


def test_a_second_address_of_hers_counts(post: Post) -> None:
    post.desk.correspondence.words.link(HER, "bo@work.test")
    letter = Letter("w@shop.test", "sent", 32, MAKER, "bo@work.test", "Your earrings")
    post.brings([letter])
    assert len(post.desk.sweep.look().maybe_answered) == 1


def test_a_letter_deleted_unanswered_is_asked_about_once(post: Post) -> None:
    next((post.folder / "inbox" / "cur").glob("b@c*")).unlink()
    post.read()
    assert [each.message_id for each in post.desk.sweep.look().set_aside] == ["b@c.test"]
    post.desk.sweep.still_waits("b@c.test")
    found = post.desk.sweep.look()
    assert not found.set_aside
    assert [each.message_id for each in found.due] == ["b@c.test"]


def test_a_letter_moved_to_the_archive_is_asked_about(post: Post) -> None:
    next((post.folder / "inbox" / "cur").glob("b@c*")).unlink()
    letter = Letter("b@c.test", "archive", 30, f"Bo <{HER}>", subject="Where is my parcel?")
    post.brings([letter])
    assert [each.message_id for each in post.desk.sweep.look().set_aside] == ["b@c.test"]


def test_snoozed_letters_promises_and_kind_words_have_their_lists(post: Post) -> None:
    desk = post.desk
    desk.correspondence.words.snooze("b@c.test", SWEEP + timedelta(hours=13))
    desk.correspondence.words.holding("a@c.test", date(2026, 10, 6), "the caster is asked")
    post.brings(
        [
            Letter("o@shop.test", "sent", 20, MAKER, "cy@c.test", "Your ring"),
            Letter(
                "t@c.test",
                hours=31,
                sender="Cy <cy@c.test>",
                subject="Re: Your ring",
                text="Thank you so much, it is gorgeous!",
                more={"In-Reply-To": "<o@shop.test>", "References": "<o@shop.test>"},
            ),
        ]
    )
    found = desk.sweep.look()
    assert [each.email.message_id for each in found.snoozed] == ["b@c.test"]
    assert [each.message_id for each in found.promised] == ["a@c.test"]
    assert [each.message_id for each in found.soft] == ["t@c.test"]
    assert not (found.late or found.due)
    assert not found.is_everything_answered
    assert left_text(found, "UTC") == "1 promise, 1 kind word"
