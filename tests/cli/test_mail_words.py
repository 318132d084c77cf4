"""Her own word on mail, typed: every act is listed, and undo takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, refused
from tests.mail_cases.case import Q, reply
from tests.post import MAKER, Letter

ID = Q.id


@pytest.fixture
def mail(shop: CommandLine, tmp_path: Path) -> CommandLine:
    assert shop.run("mail", "identity", "add", MAKER).status == 0
    (tmp_path / "q.eml").write_bytes(Q.raw())
    assert shop.run("mail", "read", tmp_path / "q.eml", "--as", "inbox").status == 0
    return shop


def _acts(mail: CommandLine, *words: str) -> str:
    answer = mail.run("mail", *words)
    assert answer.status == 0, answer
    assert "undo" in answer.aside
    return answer.aside


def test_answered_at_a_time(mail: CommandLine) -> None:
    answer = mail.run("mail", "answered", ID, "--how", "by phone", "--at", "2026-10-05T09:00-04:00")
    assert answer.status == 0
    assert mail.done("mail", "waiting") == []
    assert "by phone" in mail.done("mail", "list")[0]["reason"]
    assert mail.run("mail", "answered", ID, "--how", "x", "--at", "nine").status == 2
    refused(mail.run("mail", "answered", ID, "--how", "x", "--at", "2027-10-05T09:00Z"), "later")


def test_a_holding_letter_with_its_promise(mail: CommandLine) -> None:
    _acts(mail, "holding", ID, "--by", "2026-10-09", "--note", "the caster")
    (promise,) = mail.done("mail", "promises")
    assert (promise["promised_on"], promise["note"]) == ("2026-10-09", "the caster")
    assert "the caster" in mail.run("mail", "promises").said
    (item,) = mail.done("agenda")
    assert (item["kind"], item["due_at"]) == ("promise", "2026-10-10T03:59:59Z")
    assert item["link"] == f"mail:{ID}"
    _acts(mail, "promise-kept", str(promise["id"]))
    assert mail.done("mail", "promises") == []
    assert mail.run("undo").status == 0
    assert len(mail.done("mail", "promises")) == 1
    refused(mail.run("mail", "holding", ID, "--by", "2026-10-01"), "past already")
    refused(mail.run("mail", "holding", "nobody@x.test", "--by", "2026-10-09"), "no message")


def test_a_follow_up(mail: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "r.eml").write_bytes(reply().raw())
    mail.run("mail", "read", tmp_path / "r.eml", "--as", "sent")
    _acts(mail, "follow-up", "r1@shop.test", "--on", "2026-10-09")
    (found,) = mail.done("mail", "follow-ups")
    assert (found["follow_on"], found["person"]) == ("2026-10-09", "Anna Berg")
    assert "Anna Berg" in mail.run("mail", "follow-ups").said
    _acts(mail, "drop-follow-up", str(found["id"]))
    assert mail.done("mail", "follow-ups") == []


def test_snoozed_and_awake(mail: CommandLine) -> None:
    said = _acts(mail, "snooze", ID, "--until", "2026-10-07T08:00-04:00")
    assert "late by then" in said
    (found,) = mail.done("mail", "snoozed")
    assert found == {"message_id": ID, "until": "2026-10-07T12:00:00Z"}
    assert ID in mail.run("mail", "snoozed").said
    assert len(mail.done("mail", "waiting")) == 1
    _acts(mail, "wake", ID)
    assert mail.done("mail", "snoozed") == []


def test_overruled_either_way_and_a_rule_made_of_it(mail: CommandLine) -> None:
    said = _acts(mail, "no-question", ID, "--why", "a friend")
    assert "mail rule add anna@c.test" in said
    assert mail.done("mail", "list")[0]["decision"] == "ignore"
    assert mail.done("mail", "overrulings")[0]["is_question"] is False
    assert "no question" in mail.run("mail", "overrulings").said
    _acts(mail, "question", ID)
    assert mail.done("mail", "list")[0]["decision"] == "start"
    _acts(mail, "let-rules-decide", ID)
    assert mail.done("mail", "overrulings") == []
    _acts(mail, "rule", "add", "anna@c.test", "--why", "a friend")
    assert mail.done("mail", "waiting") == []
    assert mail.done("mail", "rule", "list")[0]["address"] == "anna@c.test"
    assert "a friend" in mail.run("mail", "rule", "list").said
    _acts(mail, "rule", "remove", "anna@c.test")
    assert len(mail.done("mail", "waiting")) == 1
    refused(mail.run("mail", "rule", "add", "gmail.com"), "never a domain")


def test_two_addresses_of_one_person(mail: CommandLine, tmp_path: Path) -> None:
    answer = reply(to="ring.lover@home.test", more={})
    (tmp_path / "r.eml").write_bytes(answer.raw())
    mail.run("mail", "read", tmp_path / "r.eml", "--as", "sent")
    _acts(mail, "person", "link", "anna@c.test", "ring.lover@home.test")
    assert mail.done("mail", "waiting") == []
    assert mail.done("mail", "person", "list") == [
        {"address": "anna@c.test", "other": "ring.lover@home.test"}
    ]
    assert "ring.lover" in mail.run("mail", "person", "list").said
    _acts(mail, "person", "unlink", "anna@c.test")
    assert len(mail.done("mail", "waiting")) == 1


def test_an_unknown_message_is_told_in_a_sentence(mail: CommandLine) -> None:
    for words in (["question", "x@x.test"], ["wake", "x@x.test"], ["let-rules-decide", ID]):
        refused(mail.run("mail", *words))
    assert Letter("x").id == "x"
