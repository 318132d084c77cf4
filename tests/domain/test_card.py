"""The card in the parcel: true facts, never twice the same, a gift's message word for word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.card import CardText, ThankYouCard, card_of, greeting_name
from jeweler_desk.domain.order import Gift, Order, OrderId, Variation
from tests.paper_orders import MAREN, a_paper_order, a_piece


def words(card_text: CardText) -> ThankYouCard:
    assert card_text.card is not None
    return card_text.card


def a_card(*pieces: Any, **cells: Any) -> ThankYouCard:
    return words(card_of(a_paper_order(*pieces, **cells), "Hazel Wren"))


def test_a_card_has_salutation_thanks_valediction_and_signature() -> None:
    card = a_card(a_piece("Moon Ring, Sterling Silver"))
    lines = card.text.split("\n\n")
    assert lines[0] == "Dear Maren,"
    assert lines[1].startswith("Thank you")
    assert "Moon Ring" in card.text
    assert "Sterling" not in card.text
    assert lines[-1] == "Yours truly,\nHazel Wren"


@pytest.mark.parametrize("gift", [Gift.YES, Gift.UNKNOWN])
def test_a_gifts_card_is_the_message_word_for_word(gift: Gift) -> None:
    message = "Dearest  Ana,\n\nhappy birthday!\n  Love, {Sam} <3"
    card = a_card(gift=gift, gift_message=message + "\n")
    assert card.text == message
    assert card.is_gift_message
    assert (card.salutation, card.valediction, card.signature) == (None, None, None)


@pytest.mark.parametrize("gift", [Gift.YES, Gift.UNKNOWN])
def test_nobody_who_may_have_got_a_gift_is_thanked_for_buying(gift: Gift) -> None:
    for number in range(20):
        card = a_card(gift=gift, number=f"#{number}", address=replace(MAREN, name="Ana Lima"))
        assert card.salutation == "Dear Ana,"
        assert "hank you for giving it a" in card.text
        for word in ("order", "bought", "buy", "purchase", "choosing"):
            assert word not in card.text


def test_a_gift_without_a_message_sent_to_the_buyer_has_no_card_but_advice() -> None:
    for customer in ("Maren Holt", None):
        told = card_of(a_paper_order(gift=Gift.YES, customer=customer), "Hazel")
        assert told.card is None
        assert "Thank the buyer by letter" in told.advice[0]


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Maren Holt", "Maren"),
        ("MAREN HOLT", "Maren"),
        ("maren holt", "Maren"),
        ("Maren", "Maren"),
        ("JD Salter", "JD"),
        ("Dr. Ana Lima", "Ana"),
        ("Mrs Ana Lima", "Ana"),
        ("Anne-Marie O’Neil", "Anne-Marie"),
        ("Ольга Ковальчук", "Ольга"),
        ("João Conceição", "João"),
        ("佐藤 美咲", "佐藤 美咲"),
        ("김민수", "김민수"),
        ("Nguyễn Thị Hương", "Nguyễn Thị Hương"),
    ],
)
def test_a_first_name_is_greeted(name: str, greeted: str) -> None:
    assert greeting_name(a_paper_order(customer=name, address=PostalAddress())) == greeted


@pytest.mark.parametrize(
    "name", ["x.arrieta", "jsmith22", "a@b.test", "kitty", "J. Smith", "", " ", None, "Dr."]
)
def test_a_user_name_is_nobodys_first_name(name: str | None) -> None:
    order = a_paper_order(customer=name, address=PostalAddress())
    assert greeting_name(order) is None
    told = card_of(order, "Hazel")
    assert told.card is None
    assert told.advice[0].startswith("No name to greet is known.")


def test_a_buyer_with_a_user_name_is_greeted_by_the_parcels_name() -> None:
    assert greeting_name(a_paper_order(customer="x.arrieta")) == "Maren"


def test_a_missing_signature_is_said_and_the_card_stands_without() -> None:
    told = card_of(a_paper_order(), "")
    assert words(told).text.endswith("Yours truly,")
    assert told.advice == ("Your signature is missing: set shop.signature.",)


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["Moon Ring"], "the Moon Ring"),
        (["The Moon Ring"], "the Moon Ring"),
        (["Moon Ring – Silver", "Star Studs (pair)"], "the Moon Ring and Star Studs"),
        (["Ring A", "Ring B", "Ring C"], "the Ring A, Ring B and Ring C"),
        (["Ring A", "Ring B", "Ring C", "Ring D"], "your four pieces"),
        (["R" * 70], "your piece"),
        (["R" * 70, "Studs"], "your pieces"),
        (["$44.00"], "your piece"),
        (["Ring, 925"], "the Ring"),
        (["XY, Silver Ring"], "the XY, Silver Ring"),
    ],
)
def test_the_pieces_are_named_as_one_would_say_them(titles: list[str], said: str) -> None:
    card = a_card(*(a_piece(title) for title in titles))
    assert said in card.text.replace("Your", "your").replace("The ", "the ")


def test_many_units_are_counted() -> None:
    assert "five pieces" in a_card(a_piece("Ring", 6, units_canceled=1)).text
    assert "12 pieces" in a_card(a_piece("Ring", 12)).text


def test_pieces_in_the_plural_are_spoken_of_in_the_plural() -> None:
    texts = [a_card(a_piece("Star Studs"), number=str(number)).text for number in range(9)]
    assert all(" it " not in text and " it." not in text for text in texts)


def test_a_title_with_braces_is_never_read_as_a_field() -> None:
    assert "the {first_name} Ring {0}" in a_card(a_piece("{first_name} Ring {0}")).text.replace(
        "The {", "the {"
    )


def test_a_known_occasion_is_wished_well_and_another_is_left_alone() -> None:
    assert (
        "And warm wishes for the birthday."
        in a_card(note_attributes=(Variation("Occasion", " Birthday "),)).text
    )
    assert "funeral" not in a_card(note_attributes=(Variation("Occasion", "funeral"),)).text


def test_the_card_counts_the_orders_of_one_person() -> None:
    earlier = [a_paper_order(id=OrderId(number), number=f"#{number}") for number in range(1, 13)]
    second = words(card_of(a_paper_order(number="#99"), "Hazel", earlier[:1]))
    thirteenth = words(card_of(a_paper_order(number="#99"), "Hazel", earlier))
    assert "second order" in second.text or "once more" in second.text
    assert "13th" in thirteenth.text


@pytest.mark.parametrize("gift", [Gift.NO, Gift.UNKNOWN])
def test_no_body_is_ever_used_twice_for_one_person(gift: Gift) -> None:
    orders: list[Order] = []
    bodies: list[tuple[str, ...]] = []
    for number in range(1, 31):
        order = a_paper_order(id=OrderId(number), number="#7", gift=gift)
        bodies.append(words(card_of(order, "Hazel", orders)).body)
        orders.append(order)
    assert len(set(bodies)) == 30
    assert all(one != other for one, other in pairwise(bodies))


def test_the_same_order_always_gets_the_same_card() -> None:
    assert a_card() == a_card()


def test_orders_sent_to_somebody_else_do_not_count_for_this_person() -> None:
    for_ana = a_paper_order(gift=Gift.UNKNOWN, address=replace(MAREN, name="Ana Lima"))
    card = words(card_of(a_paper_order(gift=Gift.UNKNOWN), "Hazel", [for_ana]))
    assert "second" not in card.text
