"""Cards as facts: nobody gets the same words twice, and what was written by hand is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jeweler_desk.domain.card import CardWay
from jeweler_desk.domain.order import Gift, OrderId
from jeweler_desk.domain.paper_facts import PaperKind
from jeweler_desk.domain.print_job import Sides
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.desk import Desk
from tests.builders import BUYER, an_order


def added(desk: Desk, number: str, **cells: object) -> OrderId:
    new = replace(an_order(), number=number, gift=Gift.NO, **cells)  # type: ignore[arg-type]  # cells of NewOrder
    return desk.orders.add(new)[0]


def body(desk: Desk, order_id: OrderId) -> tuple[str, ...]:
    card = desk.papers.card(order_id).card
    assert card is not None
    return card.body


def printed(desk: Desk, order_id: OrderId) -> None:
    job = desk.papers.cards_job([order_id])
    desk.papers.record_printed([order_id], job(), PaperKind.CARDS)


def test_two_people_of_one_name_never_read_the_same_words(desk: Desk) -> None:
    seen = []
    for number in range(6):
        order_id = added(desk, f"#{number * 3}", email=f"buyer{number}@example.com")
        seen.append(body(desk, order_id))
        printed(desk, order_id)
    assert len(set(seen)) == 6


def test_two_gifts_for_one_person_in_one_batch_say_different_words(desk: Desk) -> None:
    batch = []
    for number in ("#3", "#6"):
        to_iris = replace(
            an_order(gift=Gift.YES, customer=f"Giver {number}"),
            number=number,
            address=replace(BUYER, name="Iris Lind"),
        )
        batch.append(desk.orders.add(to_iris)[0])
    alone = {body(desk, order_id) for order_id in batch}
    made = desk.papers.cards_job(batch)()
    told = {each.card.words for each in made.cards if each.card}
    assert len(alone) == 1, "each by itself would say the same"
    assert len(told) == 2


def test_when_every_wording_was_used_the_seller_is_told_before_printing(desk: Desk) -> None:
    for number in range(7):
        order_id = added(desk, f"#{number * 3}", email=f"buyer{number}@example.com")
        told = desk.papers.warnings([order_id], PaperKind.CARDS)
        assert any("has gone to this person before" in each.what for each in told) == (number == 6)
        printed(desk, order_id)


def test_a_card_printed_again_says_the_same(desk: Desk) -> None:
    first = added(desk, "#1", email="a@example.com")
    before = body(desk, first)
    printed(desk, first)
    printed(desk, added(desk, "#4", email="b@example.com"))
    assert body(desk, first) == before
    printed(desk, first)
    assert [each.way for each in desk.card_facts.of(first)] == [CardWay.PRINTED]


def test_a_card_written_by_hand_is_a_fact_that_undo_takes_back(desk: Desk) -> None:
    order_id = added(desk, "#1")
    assert not desk.card_facts.is_written(order_id)
    desk.papers.write_card(order_id, desk.papers.card(order_id))
    assert desk.card_facts.is_written(order_id)
    assert "card written by hand" in [each.what for each in desk.orders.get(order_id).timeline]
    (fact,) = desk.card_facts.of(order_id)
    assert fact.body == "\n\n".join(body(desk, order_id))
    desk.history.undo()
    assert not desk.card_facts.is_written(order_id)
    desk.history.redo()
    assert desk.card_facts.is_written(order_id)


def test_what_a_printer_got_counts_as_said(desk: Desk) -> None:
    order_id = added(desk, "#1")
    made = desk.papers.cards_job([order_id])()
    desk.papers.record_sent([order_id], made, "card", "Laser")
    desk.history.undo()
    assert [each.way for each in desk.card_facts.of(order_id)] == [CardWay.PRINTED]


def test_a_card_that_does_not_exist_cannot_be_written(desk: Desk) -> None:
    order_id = added(desk, "#1", customer=None, address=replace(BUYER, name=None))
    with pytest.raises(RefusedError, match="No name to greet is known"):
        desk.papers.write_card(order_id, desk.papers.card(order_id))


def test_a_gifts_long_message_is_told_by_its_lines_before_it_is_printed(desk: Desk) -> None:
    message = "\n".join(f"line {number} of love" for number in range(40))
    order_id, _ = desk.orders.add(
        replace(an_order(), number="#1", gift=Gift.YES, gift_message=message)
    )
    made = desk.papers.cards_job([order_id], "iso-a7")()
    (told,) = made.warnings
    assert told.what.startswith("The card is too long by ")
    assert told.what.endswith(" lines; it goes on a second card.")
    assert "thank" not in " ".join(body(desk, order_id)).casefold()
    both = desk.papers.cards_job([order_id], "iso-a7", Sides.LONG_EDGE)()
    assert both.pages == 2 * made.pages or both.pages % 2 == 0
