"""The evening sweep on the command line, as JSON and in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.post import MAKER, Letter

SEVEN = "2026-10-06T19:00:00-04:00"
THANKS = Letter(
    "t@c.test",
    hours=31,
    sender="Cy <cy@c.test>",
    subject="Re: Your ring",
    text="Thank you so much, it is gorgeous!",
    more={"In-Reply-To": "<o@shop.test>", "References": "<o@shop.test>"},
)


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    letters = (
        Letter("a@c.test", hours=12),
        Letter("b@c.test", hours=30, sender="Bo <bo@c.test>", subject="My parcel?"),
        Letter("k@c.test", hours=31, sender="Kim <kim@c.test>", subject="Bands"),
        Letter("p@c.test", hours=30, sender="Per <per@c.test>", subject="Cufflinks"),
        Letter("n@shop.test", "sent", 32, MAKER, "bo@c.test", "On its way"),
        Letter("o@shop.test", "sent", 20, MAKER, "cy@c.test", "Your ring"),
        THANKS,
    )
    shop = CommandLine(a_shop(tmp_path / "desk").folder, SEVEN)
    for folder in ("inbox", "sent"):
        (tmp_path / folder).mkdir()
    for letter in letters:
        (tmp_path / letter.folder / f"{letter.id}.eml").write_bytes(letter.raw())
    for folder in ("inbox", "sent"):
        assert shop.run("mail", "read", tmp_path / folder, "--as", folder).status == 0
    assert shop.run("mail", "snooze", "k@c.test", "--until", "2026-10-07T08:00-04:00").status == 0
    assert shop.run("mail", "holding", "p@c.test", "--by", "2026-10-06").status == 0
    return shop


def test_the_sweep_is_one_document(shop: CommandLine) -> None:
    found = shop.done("sweep")
    lists = ("late", "due", "maybe_answered", "set_aside", "soft", "snoozed", "promised", "later")
    assert {name: [each["message_id"] for each in found[name]] for name in lists} == {
        "late": ["a@c.test"],
        "due": [],
        "maybe_answered": ["b@c.test"],
        "set_aside": [],
        "soft": ["t@c.test"],
        "snoozed": ["k@c.test"],
        "promised": ["p@c.test"],
        "later": [],
    }
    assert found["next_sweep_at"] == "2026-10-07T23:00:00Z"
    assert found["maybe_answered"][0]["letter"] == {
        "message_id": "n@shop.test",
        "subject": "On its way",
        "sent_at": "2026-10-06T16:00:00Z",
    }
    assert found["snoozed"][0]["until"] == "2026-10-07T12:00:00Z"
    assert not found["is_clear"]


def test_its_questions_are_answered_with_a_message_id(shop: CommandLine) -> None:
    assert shop.run("sweep", "--still-waits", "<b@c.test>").status == 0
    assert [each["message_id"] for each in shop.done("sweep")["due"]] == ["b@c.test"]
    assert shop.run("sweep", "--it-was", "b@c.test").status == 3
    assert shop.run("undo").status == 0
    assert shop.run("sweep", "--it-was", "b@c.test").status == 0
    assert shop.done("sweep")["maybe_answered"] == []


def test_the_sweep_in_words(shop: CommandLine) -> None:
    said = shop.run("sweep").said.splitlines()
    assert said[0] == "Evening sweep · no mailbox is connected"
    for line in (
        "Late",
        "  Anna Berg · Ring · due today 16:00  [a@c.test]",
        "A new letter to the customer: was it the answer?",
        "  Bo · My parcel? · your “On its way”, today 12:00",
        "  Per · Cufflinks · Tue 6 Oct 2026",
        "  Kim · Bands · until tomorrow 08:00",
        "Kind words, nothing asked",
    ):
        assert line in said
    assert said[-1].startswith("2 emails still wait for an answer.")
