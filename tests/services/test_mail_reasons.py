"""A reason names its witness: by which program, since when, until when."""

from __future__ import annotations

from pathlib import Path

import pytest

from jeweler_desk.services.desk import Desk
from tests.mail_cases.case import Q, more, reply
from tests.post import ANNA, MAKER, Letter, Post


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    desk.settings.set("shop.timezone", "UTC")
    return Post(desk, tmp_path / "mail")


def reason(post: Post, message_id: str) -> str:
    return post.listed()[message_id].reason


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("X-Mailer: iPhone Mail (22A3354)", "on the iPhone"),
        ("User-Agent: Mozilla Thunderbird", "in Thunderbird"),
    ],
)
def test_the_program_that_answered_is_named(post: Post, field: str, words: str) -> None:
    name, _, value = field.partition(": ")
    post.brings([Q, reply(more={"In-Reply-To": "<q1@c.test>", name: value})])
    told = f"your reply in the same thread, written {words}: Mon 5 Oct 2026 10:00"
    assert reason(post, "r1@shop.test").startswith(told)


def test_a_letter_that_lay_in_her_queue_is_shown_as_written_yesterday(post: Post) -> None:
    queued = Letter("q1@c.test", more={"Date": "Sun, 04 Oct 2026 02:00:00 +0000"})
    post.brings([queued])
    told = "received Mon 5 Oct 2026 08:00, written yesterday (Sun 4 Oct 2026 02:00)"
    assert told in reason(post, "q1@c.test")
    (waiting,) = post.desk.correspondence.waiting(queued.at)
    assert waiting.waiting_since == queued.at


def test_a_letter_of_this_morning_says_nothing_of_it(post: Post) -> None:
    post.brings([Letter("q1@c.test", more={"Date": "Mon, 05 Oct 2026 00:30:00 +0000"})])
    assert "written" not in reason(post, "q1@c.test")


def test_an_absence_tells_when_she_is_back(post: Post) -> None:
    away = Letter(
        "o@c.test",
        hours=3,
        subject="Re: Ring",
        text="I am away until 12 October.",
        more=more(Auto_Submitted="auto-replied", In_Reply_To="<r1@shop.test>"),
    )
    post.brings([reply(more={}), away])
    assert reason(post, "o@c.test") == "an automatic answer; away until Mon 12 Oct 2026"


def copied(text: str, message_id: str = "c@c.test") -> Letter:
    return Letter(message_id, to="Bo <bo@d.test>", text=text, more={"Cc": MAKER})


def test_a_letter_she_is_only_in_cc_of_asks_her_by_name_where_she_wants_that(post: Post) -> None:
    settings = post.desk.settings
    settings.set("shop.name", "Juniper")
    post.brings([copied("Dear Bo, dear Juniper, could you two agree on a day?")])
    assert post.decisions() == {"c@c.test": "soft"}
    settings.set("mail.copied", "yes")
    assert post.decisions() == {"c@c.test": "start"}
    assert "speaks to you by name" in reason(post, "c@c.test")
    post.desk.history.undo()
    assert post.decisions() == {"c@c.test": "soft"}


def test_the_name_in_her_letters_counts_as_well_and_no_other_does(post: Post) -> None:
    post.desk.settings.set("mail.copied", "yes")
    letter = reply(sender=f"Aileen Fox <{MAKER}>", to=ANNA, hours=-2, more={}, subject="Hello")
    post.brings([letter, copied("Bo, what do you think?")])
    assert post.decisions()["c@c.test"] == "soft"
    post.brings([copied("Aileen, what do you think?", "c2@c.test")])
    assert post.decisions()["c2@c.test"] == "start"
