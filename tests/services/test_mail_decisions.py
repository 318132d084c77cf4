"""The decision table: what each kind of message does to the clock, from files to the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from jeweler_desk.services.desk import Desk
from tests.builders import an_order
from tests.mail_cases.bounces import BOUNCES
from tests.mail_cases.case import Case
from tests.mail_cases.machines import MACHINES
from tests.mail_cases.neighbors_of_answers import ANSWER_NEIGHBORS
from tests.mail_cases.neighbors_of_bounces import BOUNCE_NEIGHBORS
from tests.mail_cases.neighbors_of_machines import MACHINE_NEIGHBORS
from tests.mail_cases.neighbors_of_notices import NOTICE_NEIGHBORS
from tests.mail_cases.neighbors_of_relays import RELAY_NEIGHBORS
from tests.mail_cases.neighbors_of_thanks import THANKS_NEIGHBORS
from tests.mail_cases.neighbors_of_words import WORD_NEIGHBORS
from tests.mail_cases.notices import NOTICES
from tests.mail_cases.ours import OURS
from tests.mail_cases.persons import PERSONS
from tests.mail_cases.relays import RELAYS
from tests.post import MAKER, Post

NEIGHBORS = [
    *ANSWER_NEIGHBORS,
    *BOUNCE_NEIGHBORS,
    *MACHINE_NEIGHBORS,
    *THANKS_NEIGHBORS,
    *RELAY_NEIGHBORS,
    *NOTICE_NEIGHBORS,
    *WORD_NEIGHBORS,
]
CASES = [*OURS, *BOUNCES, *RELAYS, *NOTICES, *MACHINES, *PERSONS, *NEIGHBORS]


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    for address in (MAKER, "hello@shop.test", "seller.name@gmail.test"):
        desk.correspondence.mailboxes.add_identity(address)
    desk.orders.add(an_order(number="#7", email="Cora@c.test"))
    return Post(desk, tmp_path / "mail")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_decision_table(post: Post, case: Case) -> None:
    post.brings(case.letters)
    listed = post.listed()
    found = {key: listed[key].decision.value for key in case.decisions}
    assert found == case.decisions, {key: each.reason for key, each in listed.items()}
    assert {key: listed[key].clock.value for key in case.clocks} == case.clocks
    first = listed[case.letters[0].id]
    if case.channel:
        assert first.channel == case.channel
    if case.person != "":
        assert first.person == case.person
    assert all(each.reason for each in listed.values())
