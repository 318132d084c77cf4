from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jeweler_desk.domain.address import NO_ADDRESS
from jeweler_desk.domain.combining import (
    Addressed,
    address_key,
    combine_refusal,
    numbers_text,
    offers,
    side_by_side,
)
from jeweler_desk.domain.order import Gift, OrderId
from tests.builders import BUYER

_HANNAH = "hannah@example.com"


def an_addressed(place: int, **cells: Any) -> Addressed:
    known: dict[str, Any] = {
        "id": OrderId(place),
        "number": f"#{place}",
        "customer": "Hannah Lindqvist",
        "email": _HANNAH,
        "address": BUYER,
        "gift": Gift.NO,
        "gift_message": None,
        "ship_by": date(2026, 10, 6),
    }
    return Addressed(**(known | cells))


@pytest.mark.parametrize(
    "other",
    [
        replace(BUYER, address1="3 lighthouse road."),
        replace(BUYER, address1=" 3  Lighthouse Road "),
        replace(BUYER, city="PORTLAND", postcode=" 04101"),
        replace(BUYER, phone="+1 207 555 0100"),
        replace(BUYER, name="HANNAH  LINDQVIST"),
    ],
)
def test_one_place_may_be_written_in_several_ways(other: Any) -> None:
    assert address_key(other) == address_key(BUYER)
    assert combine_refusal((an_addressed(1), an_addressed(2, address=other))) is None


def test_a_flat_may_stand_in_the_first_line_or_the_second() -> None:
    one = replace(BUYER, address1="3 Lighthouse Road, Apt 4")
    two = replace(BUYER, address1="3 Lighthouse Road", address2="Apt. 4")
    assert address_key(one) == address_key(two)
    assert address_key(one) != address_key(BUYER)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"address": replace(BUYER, address1="4 Lighthouse Road")}, "two addresses"),
        ({"address": replace(BUYER, name="Nils Lindqvist")}, "two addresses"),
        ({"address": replace(BUYER, postcode="04102")}, "two addresses"),
        ({"email": "nils@example.com"}, "two buyers"),
        ({"email": None, "customer": "Nils Lindqvist"}, "two buyers"),
        ({"gift": Gift.YES}, "is a gift"),
        ({"gift_message": "For you"}, "is a gift"),
        (
            {"gift": Gift.UNKNOWN, "address": replace(BUYER, name="Nils Lindqvist")},
            "is a gift, or may be one",
        ),
        ({"address": NO_ADDRESS}, "has no address"),
    ],
)
def test_what_forbids_one_box(cells: dict[str, Any], why: str) -> None:
    told = combine_refusal((an_addressed(1), an_addressed(2, **cells)))
    assert told is not None
    assert why in told


def test_an_order_of_which_nobody_says_that_it_is_a_gift_may_share_its_buyers_box() -> None:
    assert combine_refusal((an_addressed(1), an_addressed(2, gift=Gift.UNKNOWN))) is None


def test_the_queue_is_by_urgency_with_one_buyers_orders_side_by_side() -> None:
    elsewhere = replace(BUYER, name="Efua Mensah", address1="18 Cobble Lane")
    queue = [
        an_addressed(1),
        an_addressed(2, customer="Efua Mensah", email="efua@example.com", address=elsewhere),
        an_addressed(3, ship_by=date(2026, 10, 9)),
    ]
    boxes = side_by_side(queue)
    assert [[each.number for each in box] for box in boxes] == [["#1"], ["#3"], ["#2"]]
    assert [[each.number for each in offer] for offer in offers(boxes)] == [["#3"], ["#1"], []]


def test_a_box_that_is_shared_is_one_entry_and_a_gift_is_offered_nothing() -> None:
    queue = [an_addressed(1), an_addressed(2), an_addressed(3), an_addressed(4, gift=Gift.YES)]
    boxes = side_by_side(queue, [(OrderId(1), OrderId(3))])
    assert [[each.number for each in box] for box in boxes] == [["#1", "#3"], ["#2"], ["#4"]]
    told = [[each.number for each in offer] for offer in offers(boxes)]
    assert told == [["#2"], ["#1", "#3"], []]


def test_numbers_are_said_as_a_person_says_them() -> None:
    assert numbers_text([]) == ""
    assert numbers_text(["#1"]) == "#1"
    assert numbers_text(["#1", "#2"]) == "#1 and #2"
    assert numbers_text(["#1", "#2", "#3"]) == "#1, #2 and #3"
