"""Letters that move, vanish, lose a mark or come twice: the clock follows the facts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.mail_cases.case import Q, more, reply
from tests.post import MAKER, Letter, Post


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    post = Post(desk, tmp_path / "mail")
    for folder in ("inbox", "archive", "junk"):
        for part in ("cur", "new", "tmp"):
            (post.folder / folder / part).mkdir(parents=True)
    return post


def _moved(post: Post, letter: Letter, to: str) -> Letter:
    name = f"{letter.id}:2,{letter.flags}"
    (post.folder / letter.folder / "cur" / name).rename(post.folder / to / "cur" / name)
    return replace(letter, folder=to)


def _clock(post: Post) -> str:
    return post.listed()[Q.id].clock.value


def test_moved_to_junk_by_hand_stops_and_moved_back_reopens(post: Post) -> None:
    post.brings([Q])
    in_junk = _moved(post, Q, "junk")
    post.read("inbox", "junk")
    assert _clock(post) == "answered"
    assert "junk folder by you" in post.listed()[Q.id].reason
    _moved(post, in_junk, "inbox")
    post.read("junk", "inbox")
    assert _clock(post) == "waiting"


@pytest.mark.parametrize("first", ["inbox", "archive"])
def test_archived_is_not_answered(post: Post, first: str) -> None:
    post.brings([Q])
    _moved(post, Q, "archive")
    post.read(first, "archive" if first == "inbox" else "inbox")
    assert (_clock(post), len(post.listed())) == ("waiting", 1)


def test_deleted_is_not_answered(post: Post) -> None:
    post.brings([Q])
    next((post.folder / "inbox" / "cur").iterdir()).unlink()
    post.read("inbox")
    assert _clock(post) == "waiting"


def test_a_mark_that_was_a_slip_gives_the_clock_back(post: Post) -> None:
    post.brings([replace(Q, flags="RS")])
    assert _clock(post) == "answered"
    assert "marked as answered by another program" in post.listed()[Q.id].reason
    for file in (post.folder / "inbox" / "cur").iterdir():
        file.rename(file.with_name(f"{Q.id}:2,S"))
    post.read("inbox")
    assert _clock(post) == "waiting"
    assert "marked" not in post.listed()[Q.id].reason


def test_one_letter_to_two_addresses_has_one_clock(post: Post) -> None:
    twin = replace(Q, folder="archive", more=more(Cc="hello@shop.test"))
    post.brings([Q, twin])
    assert (post.waiting(), len(post.listed())) == ([Q.id], 1)


def test_one_id_with_two_bodies_has_one_clock_and_keeps_both_copies(post: Post) -> None:
    post.brings([Q, replace(Q, folder="archive", hours=1, text="Other words?")])
    assert post.waiting() == [Q.id]
    assert post.listed()[Q.id].received_at == Q.at


def test_the_reason_names_the_reply_and_its_time(post: Post) -> None:
    post.brings([Q, reply()])
    assert "your reply in the same thread: Mon 5 Oct 2026 06:00" in post.listed()[Q.id].reason


BUNDLE = [
    Q,
    reply(),
    Letter(
        "dsn@mx.test",
        hours=3,
        sender="MAILER-DAEMON@mx.test",
        subject="failure notice",
        text="<anna@c.test>: user unknown",
        more=more(Return_Path="<>"),
    ),
    Letter("q2@c.test", hours=4, more=more(In_Reply_To="<r1@shop.test>")),
    replace(reply(id="r2@shop.test", hours=5), folder="archive"),
]


@pytest.mark.parametrize("number", range(0, 120, 11))
def test_the_order_of_reading_changes_nothing(
    clock: FixedClock, tmp_path: Path, number: int
) -> None:
    """Some orders of five letters, the identity told at the beginning, between them or last."""
    order = list(permutations(BUNDLE))[number]
    with closing(Store(None, now=clock.now)) as store:
        desk = build_desk(store, clock)
        post = Post(desk, tmp_path / "mail")
        for place, letter in enumerate(order):
            if place == number % 5:
                desk.correspondence.mailboxes.add_identity(MAKER)
            post.lay(letter)
            post.read(letter.folder)
        found = {
            key: (each.decision.value, each.clock.value) for key, each in post.listed().items()
        }

    assert found == {
        Q.id: ("start", "answered"),
        "r1@shop.test": ("stop", "answered"),
        "dsn@mx.test": ("reopen", "answered"),
        "q2@c.test": ("keep", "answered"),
        "r2@shop.test": ("stop", "answered"),
    }
