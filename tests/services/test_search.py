from __future__ import annotations

from pathlib import Path

from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order
from tests.post import Letter, Post


def _found(desk: Desk, text: str) -> list[str]:
    return [f"{hit.kind.value} {hit.title}" for hit in desk.search.find(text)]


def test_one_search_finds_orders_people_and_mail(desk: Desk, tmp_path: Path) -> None:
    desk.orders.add(an_order(a_line("Moonstone Ring"), customer="Zoë Åkerman"))
    desk.orders.add(an_order(a_line("Cuff"), number="#1042", customer="Zoë Åkerman"))
    Post(desk, tmp_path).brings([Letter("q1@c.test", sender="Zoë Åkerman <zoe@c.test>")])

    assert _found(desk, "zoe ak") == [
        "order #1042 · Zoë Åkerman",
        "order #1041 · Zoë Åkerman",
        "person Zoë Åkerman",
        "mail Zoë Åkerman",
    ]
    assert desk.search.find("zoe")[2].detail == "2 orders"


def test_the_last_digits_of_a_number_and_a_piece_find_the_order(desk: Desk) -> None:
    desk.orders.add(an_order(a_line("Moonstone Ring"), customer=None))

    assert _found(desk, "041") == ["order #1041 · nobody named"]
    assert desk.search.find("moonst")[0].link == "order:#1041"


def test_what_people_type_is_never_syntax(desk: Desk) -> None:
    desk.orders.add(an_order())

    for text in ('"', "NEAR(", "a AND", "*", "-", "ring OR (", "search_text:ring", "'; DROP"):
        desk.search.find(text)
    assert desk.search.find("") == []
