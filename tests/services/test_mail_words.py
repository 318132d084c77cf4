"""Her own word on mail: answered at a time, holding letters, snooze, follow-ups, rules, links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from tests.fakes import FixedClock
from tests.mail_cases.bounces import bounce
from tests.mail_cases.case import Q, more, reply
from tests.post import ASKED_AT, MAKER, Letter, Post

FRIDAY = date(2026, 10, 9)
LATER = Letter("q2@c.test", hours=20, more=more(In_Reply_To="<q1@c.test>"))


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    post = Post(desk, tmp_path / "mail")
    post.brings([Q])
    return post


def _state(post: Post, message_id: str = Q.id) -> str:
    return post.listed()[message_id].clock.value


def _promised(post: Post) -> list[date]:
    return [each.on for each in post.desk.correspondence.words.promises()]


def _agenda(post: Post) -> list[tuple[str, str]]:
    return [(item.kind.value, item.title) for item in post.desk.today.agenda()]


def test_answered_by_phone_counts_from_the_time_she_names(post: Post, clock: FixedClock) -> None:
    clock.goes_on(hours=20)
    post.brings([LATER])

    post.desk.correspondence.mark_answered(Q.id, "by phone", ASKED_AT + timedelta(hours=3))

    listed = post.listed()
    assert listed["q2@c.test"].decision.value == "start"
    assert "you said: answered (by phone), Mon 5 Oct 2026 07:00" in listed[Q.id].reason
    assert _state(post) == "waiting"


def test_an_answer_is_not_given_later_than_now(post: Post) -> None:
    with pytest.raises(RefusedError, match="later than now"):
        post.desk.correspondence.mark_answered(Q.id, "by phone", ASKED_AT + timedelta(days=9))
    assert _state(post) == "waiting"


def test_a_holding_letter_stops_the_clock_and_promises_a_day(post: Post) -> None:
    words = post.desk.correspondence.words
    words.holding(Q.id, FRIDAY, "the size is being asked of the caster")

    assert _state(post) == "answered"
    assert "a holding letter (promised by Fri 9 Oct" in post.listed()[Q.id].reason
    assert _promised(post) == [FRIDAY]
    kind, title = _agenda(post)[0]
    assert (kind, "as promised" in title, "Anna Berg" in title) == ("promise", True, True)
    post.desk.history.undo()
    assert (_state(post), _promised(post)) == ("waiting", [])
    post.desk.history.redo()
    assert (_state(post), _promised(post)) == ("answered", [FRIDAY])


def test_the_holding_letter_itself_does_not_keep_its_promise_but_the_next_one_does(
    post: Post, clock: FixedClock
) -> None:
    post.desk.correspondence.words.holding(Q.id, FRIDAY)
    clock.goes_on(days=1)

    post.brings([reply(hours=6.1)])
    assert _promised(post) == [FRIDAY]
    post.brings([reply(id="r2@shop.test", hours=20)])
    assert _promised(post) == []


def test_a_holding_letter_noted_after_it_was_sent_is_kept_by_the_next(
    post: Post, clock: FixedClock
) -> None:
    post.brings([reply()])
    clock.goes_on(hours=1)
    post.desk.correspondence.words.holding("r1@shop.test", FRIDAY)

    assert _promised(post) == [FRIDAY]
    post.brings([reply(id="r2@shop.test", hours=30)])
    assert _promised(post) == []


def test_a_promise_is_kept_by_her_word_too(post: Post, clock: FixedClock) -> None:
    words = post.desk.correspondence.words
    words.holding(Q.id, FRIDAY)
    clock.goes_on(hours=1)
    post.desk.correspondence.mark_answered(Q.id, "by phone")
    assert _promised(post) == []
    post.desk.history.undo()
    words.promise_kept(words.promises()[0].id)
    assert _promised(post) == []
    post.desk.history.undo()
    assert _promised(post) == [FRIDAY]


def test_a_holding_letter_that_came_back_gives_the_clock_back(
    post: Post, clock: FixedClock
) -> None:
    post.desk.correspondence.words.holding(Q.id, FRIDAY)
    clock.goes_on(hours=9)
    post.brings([reply(hours=6.1), replace(bounce(), hours=7)])

    assert _state(post) == "waiting"


def test_a_new_question_after_a_holding_letter_has_its_own_24_hours(
    post: Post, clock: FixedClock
) -> None:
    post.desk.correspondence.words.holding(Q.id, FRIDAY)
    clock.goes_on(hours=20)
    post.brings([LATER])

    assert (post.waiting(), _promised(post)) == (["q2@c.test"], [FRIDAY])


def test_a_promise_of_a_past_day_is_refused(post: Post) -> None:
    with pytest.raises(RefusedError, match="past already"):
        post.desk.correspondence.words.holding(Q.id, date(2026, 10, 1))


def test_a_snooze_silences_notices_and_moves_neither_age_nor_due_time(
    post: Post, clock: FixedClock
) -> None:
    correspondence = post.desk.correspondence
    clock.goes_on(hours=15)
    before = correspondence.waiting(clock.now())
    assert correspondence.words.passes_due(Q.id, ASKED_AT + timedelta(hours=30))
    assert not correspondence.words.passes_due(Q.id, ASKED_AT + timedelta(hours=23))

    correspondence.words.snooze(Q.id, ASKED_AT + timedelta(hours=30))

    assert correspondence.waiting(clock.now()) == before
    assert _state(post) == "waiting"
    clock.moment = ASKED_AT + timedelta(hours=25)
    assert post.desk.reminders.due_notice() is None
    clock.moment = ASKED_AT + timedelta(hours=30)
    assert post.desk.reminders.due_notice() is not None


def test_a_new_letter_of_hers_ends_a_snooze_and_keeps_the_old_due_time(
    post: Post, clock: FixedClock
) -> None:
    correspondence = post.desk.correspondence
    clock.goes_on(hours=1)
    correspondence.words.snooze(Q.id, ASKED_AT + timedelta(hours=40))
    clock.moment = ASKED_AT + timedelta(hours=21)
    post.brings([LATER])

    assert correspondence.words.snoozed(clock.now()) == []
    (email,) = correspondence.waiting(clock.now())
    assert email.due_at == ASKED_AT + timedelta(hours=24)


def test_a_snooze_is_ended_by_hand_and_taken_back(post: Post, clock: FixedClock) -> None:
    words = post.desk.correspondence.words
    words.snooze(Q.id, ASKED_AT + timedelta(hours=40))
    words.wake(Q.id)
    assert words.snoozed(clock.now()) == []
    post.desk.history.undo()
    assert [each.message_id for each in words.snoozed(clock.now())] == [Q.id]
    post.desk.history.undo()
    assert words.snoozed(clock.now()) == []
    with pytest.raises(RefusedError, match="not snoozed"):
        words.wake(Q.id)
    with pytest.raises(RefusedError, match="past already"):
        words.snooze(Q.id, ASKED_AT)
    post.brings([reply()])
    with pytest.raises(RefusedError, match="Nothing waits"):
        words.snooze(Q.id, ASKED_AT + timedelta(hours=40))


def test_a_follow_up_reminds_on_its_day_and_any_answer_cancels_it(
    post: Post, clock: FixedClock
) -> None:
    words = post.desk.correspondence.words
    post.brings([reply()])
    words.follow_up("r1@shop.test", FRIDAY, "her ring size")
    assert [each.on for each in words.follow_ups()] == [FRIDAY]
    assert not any("again" in title for _, title in _agenda(post))
    clock.moment = ASKED_AT + timedelta(days=4, hours=8)
    assert ("promise", "Ask Anna Berg again: Ring (her ring size)") in _agenda(post)

    post.brings([Letter("q2@c.test", hours=90, more=more(In_Reply_To="<r1@shop.test>"))])

    assert words.follow_ups() == []


def test_a_robots_answer_cancels_no_follow_up(post: Post, clock: FixedClock) -> None:
    words = post.desk.correspondence.words
    post.brings([reply()])
    words.follow_up("r1@shop.test", FRIDAY)
    clock.goes_on(days=1)
    absent = more(In_Reply_To="<r1@shop.test>", Auto_Submitted="auto-replied")
    post.brings([Letter("ooo@c.test", hours=20, subject="Away", more=absent)])
    assert len(words.follow_ups()) == 1
    words.drop_follow_up(words.follow_ups()[0].id)
    assert words.follow_ups() == []
    post.desk.history.undo()
    assert len(words.follow_ups()) == 1


def test_one_act_turns_a_decision_about_and_back(post: Post) -> None:
    words = post.desk.correspondence.words
    words.overrule(Q.id)
    assert post.decisions() == {Q.id: "ignore"}
    assert post.listed()[Q.id].reason == "you said: no question"
    words.overrule(Q.id)
    assert post.decisions() == {Q.id: "start"}
    assert "you said: this is a question" in post.listed()[Q.id].reason
    words.withdraw(Q.id)
    assert post.listed()[Q.id].reason.startswith("a letter, received")
    with pytest.raises(RefusedError, match="You said nothing"):
        words.withdraw(Q.id)
    for _ in range(3):
        post.desk.history.undo()
    assert (post.decisions(), words.overrulings()) == ({Q.id: "start"}, [])


@pytest.mark.parametrize(
    "letter",
    [
        Letter("m@x.test", sender="robot@x.test", more=more(Auto_Submitted="auto-generated")),
        Letter("m@x.test", folder="junk"),
        Letter("m@x.test", sender="news@x.test", more=more(List_Id="<n.x.test>")),
        Letter("m@x.test", to="bob@home.test", more=more(Cc=MAKER)),
        Letter("m@x.test", sender="noreply@dhl.de", subject="Your parcel was delivered"),
        Letter("m@x.test", sender="transaction@etsy.com", subject="You made a sale on Etsy"),
        Letter("m@x.test", sender="MAILER-DAEMON@mx.test", more=more(Return_Path="<>")),
    ],
    ids=["robot", "junk", "list", "copy", "carrier", "sale", "bounce"],
)
def test_whatever_a_message_was_taken_for_it_can_be_called_a_question(
    post: Post, letter: Letter
) -> None:
    post.brings([letter])
    assert post.decisions()["m@x.test"] != "start"

    post.desk.correspondence.words.say_question("m@x.test", is_question=True)

    assert post.decisions()["m@x.test"] == "start"


def test_her_own_letter_is_no_question_to_her(post: Post) -> None:
    post.brings([reply()])
    with pytest.raises(RefusedError, match="letter of your own"):
        post.desk.correspondence.words.overrule("r1@shop.test")


def test_an_overruling_becomes_a_rule_for_that_address_alone(post: Post) -> None:
    words = post.desk.correspondence.words
    supplier = Letter("s1@s.test", sender="Jo <jo@supplier.test>", subject="Our new alloys")
    other = Letter("s2@s.test", sender="Bo <bo@supplier.test>", subject="Your visit")
    post.brings([supplier, other])
    words.say_question("s1@s.test", is_question=False)
    assert words.rule_offered("s1@s.test") == "jo@supplier.test"

    words.not_a_customer("Jo@supplier.test", "casting house")

    post.brings([Letter("s3@s.test", hours=1, sender="Jo <JO+x@supplier.test>", subject="Silver?")])
    assert (post.decisions()["s3@s.test"], post.decisions()["s2@s.test"]) == ("ignore", "start")
    assert "not a customer" in post.listed()["s3@s.test"].reason
    assert [each.address for each in words.rules()] == ["jo@supplier.test"]
    words.remove_rule("jo@supplier.test")
    assert post.decisions()["s3@s.test"] == "start"
    post.desk.history.undo()
    assert post.decisions()["s3@s.test"] == "ignore"
    with pytest.raises(RefusedError, match="no rule for"):
        words.remove_rule("zoe@z.test")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("gmail.com", "never a domain"),
        ("@gmail.com", "never a domain"),
        ("*@supplier.test", None),
        (MAKER, "your own address"),
        ("abc@members.ebay.de", "stands for buyers"),
    ],
)
def test_no_rule_is_made_for_a_domain_for_us_or_for_a_buyers_alias(
    post: Post, address: str, why: str | None
) -> None:
    words = post.desk.correspondence.words
    if why is None:  # a star is a letter like any other: it matches nobody else
        words.not_a_customer(address)
        assert post.decisions() == {Q.id: "start"}
        return
    with pytest.raises(RefusedError, match=why):
        words.not_a_customer(address)
    assert words.rules() == []


def test_no_rule_is_offered_for_etsy(post: Post) -> None:
    etsy = "Etsy <no-reply@account.etsy.com>"
    post.brings([Letter("e1@x.test", sender=etsy, subject="Etsy Conversation with Ashlee")])
    offered = post.desk.correspondence.words.rule_offered("e1@x.test")
    assert offered is None


def test_an_answer_to_her_second_address_answers_her_once_they_are_linked(post: Post) -> None:
    words = post.desk.correspondence.words
    post.brings([reply(to="ring.lover@home.test", more={})])
    assert _state(post) == "waiting"

    words.link("anna@c.test", "Ring.Lover@home.test")

    assert _state(post) == "answered"
    assert words.link("ring.lover@home.test", "anna@c.test") == frozenset()
    assert len(words.links()) == 1
    words.unlink("anna@c.test")
    assert _state(post) == "waiting"
    post.desk.history.undo()
    assert _state(post) == "answered"


def test_linked_by_a_third_address_is_linked_all_the_same(post: Post) -> None:
    words = post.desk.correspondence.words
    post.brings([reply(to="c@home.test")])
    words.link("anna@c.test", "b@home.test")
    words.link("b@home.test", "c@home.test")
    assert _state(post) == "answered"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("anna@c.test", "anna+x@c.test", "same address"),
        ("anna@c.test", MAKER, "your own"),
        ("anna@c.test", "nobody", "not an address"),
    ],
)
def test_links_that_make_no_sense_are_refused(post: Post, one: str, other: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        post.desk.correspondence.words.link(one, other)
    with pytest.raises(RefusedError, match="linked to no other"):
        post.desk.correspondence.words.unlink(one)
