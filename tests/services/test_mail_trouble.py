"""Early smoke: two customers who write of the same trouble within an hour, and no false alarm."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.resources import resource
from jeweler_desk.services.desk import Desk
from tests.fakes import FixedClock
from tests.mail_cases.case import more
from tests.post import ASKED_AT, MAKER, Letter, Post


@pytest.fixture
def post(desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    desk.correspondence.mailboxes.add_identity(MAKER)
    clock.moment = ASKED_AT + timedelta(hours=5)
    return Post(desk, tmp_path / "mail")


def _letter(name: str, text: str, minutes: float = 0, subject: str = "Hello") -> Letter:
    who = f"{name.title()} <{name}@c.test>"
    return Letter(f"{name}@x.test", hours=minutes / 60, sender=who, subject=subject, text=text)


def _two(one: str, other: str, minutes: float = 30) -> list[Letter]:
    return [_letter("ann", one), _letter("bo", other, minutes)]


def _keys(post: Post) -> list[str]:
    return [each.key for each in post.desk.correspondence.trouble.alarms()]


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("code", "The code SPRING20 doesn't work.", "Your discount code is invalid?"),
        ("code", "Mein Gutscheincode ist ungültig.", "Le code ne marche pas chez moi."),
        ("charge", "I was charged twice for my ring!", "Why was I charged again this month?"),
        ("charge", "I skipped October but was billed.", "Es wurde doppelt abgebucht."),
        ("price", "Is the price wrong? It said 40.", "The price of the ring changed overnight."),
        ("free", "My cart total is $0.00, is that right?", "Everything was for free?"),
        ("refund", "I still haven't received my refund.", "Where is my refund?"),
        ("checkout", "Your website is down.", "I can't check out, there is an error."),
        ("not_received", "It says delivered but nothing came.", "The box was empty!"),
        ("wrong_item", "I got the wrong ring.", "This is not what I ordered."),
        ("checkout", "Payment was declined.", "Meine Zahlung wurde abgelehnt."),
        ("charge", "Shipping was charged though it is free.", "Why did I pay shipping when free?"),
        ("free", "I paid nothing for it.", "Two discount codes stacked to zero."),
        ("damaged", "The ring arrived broken.", "Der Stein ist herausgefallen."),
        ("canceled", "My order was cancelled, why?", "Why was my order canceled?"),
        ("confirmation", "I never got a confirmation.", "No confirmation came for my order."),
        ("doubled", "My order came twice.", "I received two of the same ring."),
    ],
)
def test_two_customers_with_one_trouble_raise_an_alarm(
    post: Post, key: str, one: str, other: str
) -> None:
    post.brings(_two(one, other))

    (alarm,) = post.desk.correspondence.trouble.alarms()

    assert (alarm.key, alarm.people) == (key, 2)
    assert [each.words for each in alarm.letters] == [one, other]
    items = [item for item in post.desk.today.agenda() if item.kind.value == "mail_trouble"]
    assert [(item.link, item.state.value) for item in items] == [("mail:ann@x.test", "late")]
    assert items[0].title.startswith("Is something wrong? 2 customers")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("When will my ring ship? I need it by Christmas.", "Will it arrive before Christmas?"),
        ("How long does shipping take?", "How long until it arrives?"),
        ("Wann kommt mein Paket an?", "Kommt es rechtzeitig vor Weihnachten?"),
        ("What is the price of the ring?", "Could you tell me the price for two?"),
        ("Do you have a discount code?", "Is there a code for first orders?"),
        ("Can I have a refund if it does not fit?", "What is your refund policy?"),
        ("Do you ship for free?", "Is engraving free of charge?"),
        ("Could you make this ring in size 7?", "Could you make this ring in size 8?"),
        ("Thank you, it arrived!", "It arrived today, lovely!"),
        ("Can I pay by card?", "Was my payment received?"),
    ],
)
def test_the_questions_of_every_day_are_no_alarm(post: Post, one: str, other: str) -> None:
    post.brings(_two(one, other))

    assert _keys(post) == []


def test_the_same_customer_twice_is_no_alarm(post: Post) -> None:
    first = _letter("ann", "I was charged twice.")
    post.brings(
        [first, Letter("a2@x.test", hours=0.5, sender="Ann <Ann+x@C.test>", text=first.text)]
    )

    assert _keys(post) == []


def test_more_than_an_hour_apart_is_no_alarm(post: Post) -> None:
    post.brings(_two("I was charged twice.", "I was charged twice.", minutes=61))
    assert _keys(post) == []
    post.brings([_letter("cy", "I was charged twice.", minutes=70)])
    assert _keys(post) == ["charge"]


def test_what_is_only_quoted_counts_for_nobody(post: Post) -> None:
    quoted = "Thanks for your help.\n\nOn Mon, 5 Oct 2026, Maker wrote:\n> You were charged twice."
    post.brings(_two("I was charged twice.", quoted))
    assert _keys(post) == []


def test_robots_and_our_own_letters_count_for_nobody(post: Post) -> None:
    robot = Letter(
        "robot@x.test",
        sender="robot@x.test",
        text="You were charged twice.",
        more=more(Auto_Submitted="auto-generated"),
    )
    ours = Letter("o@shop.test", folder="sent", sender=MAKER, to="bo@c.test", text="charged twice")
    post.brings([_letter("ann", "I was charged twice."), robot, ours])
    assert _keys(post) == []


def test_one_code_named_by_two_is_an_alarm_and_two_codes_are_none(post: Post) -> None:
    post.brings(_two("I used the code FREE99, all good?", "Does code SPRING20 work for gifts?"))
    assert _keys(post) == []
    post.brings([_letter("cy", "A friend gave me the code FREE99.", 40)])
    assert _keys(post) == ["code FREE99"]


def test_one_amount_named_by_two_is_an_alarm(post: Post) -> None:
    post.brings(_two("Is the total of $1.23 correct?", "I paid $ 1.23, why?"))
    assert _keys(post) == ["amount $1.23"]


def test_an_alarm_looked_into_is_silent_until_it_smokes_anew(post: Post, clock: FixedClock) -> None:
    trouble = post.desk.correspondence.trouble
    post.brings(_two("I was charged twice.", "Why was I charged again?"))
    with pytest.raises(RefusedError, match="no alarm"):
        trouble.dismiss("code", "x")
    with pytest.raises(RefusedError, match="what it was"):
        trouble.dismiss("charge", "  ")

    trouble.dismiss("charge", "the processor ran the batch twice")

    assert _keys(post) == []
    post.desk.history.undo()
    assert _keys(post) == ["charge"]
    post.desk.history.redo()
    clock.goes_on(hours=2)
    post.brings([_letter("cy", "I was charged twice.", 310), _letter("di", "billed twice!", 330)])
    (alarm,) = trouble.alarms()
    assert {each.person for each in alarm.letters} == {"Cy", "Di"}


def test_an_alarm_stands_two_days_at_most(post: Post, clock: FixedClock) -> None:
    post.brings(_two("I was charged twice.", "I was charged twice."))
    clock.goes_on(days=3)
    assert _keys(post) == []


def test_the_words_of_trouble_stand_in_six_languages_and_in_form() -> None:
    cells = json.loads(resource("mail_trouble.json").read_text(encoding="utf-8"))
    assert set(cells) == {"about", "left_out", "topics", "codes", "amounts"}
    assert all(set(each) == {"key", "title", "words"} for each in cells["topics"])
    words = " ".join(text for each in cells["topics"] for text in each["words"])
    assert all(word in words for word in ("charged", "abgebucht", "prix", "precio", "prezzo"))
