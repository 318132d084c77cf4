"""Making: the board by stage, pieces that go on, words that are read before the start."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import FulfillmentStatus, LineItem, LineItemId, Order
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order

ENGRAVED = a_line("Rain Ring", "64.00", personalization="for P.")
PLAIN = a_line("Tide Cuff", "90.00")


def added(desk: Desk, *lines: LineItem, number: str = "#1041") -> Order:
    return desk.orders.get(desk.orders.add(an_order(*lines, number=number))[0])


def board(desk: Desk) -> dict[str, list[str]]:
    return {
        column.stage.name: [piece.line.title for piece in column.pieces]
        for column in desk.making.board()
    }


def test_every_piece_lies_at_its_own_stage(desk: Desk) -> None:
    order = added(desk, PLAIN, a_line("Fern Studs"))
    desk.making.move(order.id, order.line_items[0].id, 1)
    desk.making.move(order.id, order.line_items[0].id, 1)
    assert board(desk) == {
        "to make": ["Fern Studs"],
        "making": [],
        "setting": ["Tide Cuff"],
        "polishing": [],
        "ready": [],
    }
    now = desk.orders.get(order.id)
    assert now.fulfillment_status is FulfillmentStatus.TO_MAKE, "the least advanced piece counts"
    assert now.timeline[-1].what == "Tide Cuff: setting"
    desk.making.move(order.id, order.line_items[1].id, 1)
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.MAKING


def test_a_piece_is_ready_at_the_last_stage_and_leaves_the_board_with_its_parcel(
    desk: Desk,
) -> None:
    order = added(desk, PLAIN)
    line_id = order.line_items[0].id
    for _ in range(4):
        desk.making.move(order.id, line_id, 1)
    assert board(desk)["ready"] == ["Tide Cuff"]
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.READY
    with pytest.raises(InvalidTransitionError, match="last stage"):
        desk.making.move(order.id, line_id, 1)
    desk.fulfillment.finish_packing(order.id)
    assert not any(board(desk).values())


def test_the_shops_own_names_make_the_board(desk: Desk) -> None:
    order = added(desk, PLAIN)
    desk.making.move(order.id, order.line_items[0].id, 2)
    desk.settings.set("shop.stages", "to do, casting, done")
    assert board(desk) == {"to do": [], "casting": ["Tide Cuff"], "done": []}
    assert desk.orders.get(order.id).line_items[0].stage_name == "setting"
    desk.making.move(order.id, order.line_items[0].id, -1)
    assert board(desk)["to do"] == ["Tide Cuff"]
    with pytest.raises(InvalidTransitionError, match="first stage"):
        desk.making.move(order.id, order.line_items[0].id, -1)


def test_a_piece_with_words_is_not_begun_before_they_were_read(desk: Desk) -> None:
    order = added(desk, ENGRAVED)
    line_id = order.line_items[0].id
    with pytest.raises(InvalidTransitionError, match="for P"):
        desk.making.move(order.id, line_id, 1)
    assert desk.making.unread(order.id) is not None
    desk.making.mark_read(order.id, line_id, is_read=True)
    assert desk.making.unread(order.id) is None
    desk.making.move(order.id, line_id, 1)
    assert board(desk)["making"] == ["Rain Ring"]
    told = [entry.what for entry in desk.orders.get(order.id).timeline]
    assert told[-2:] == ["read before the start: “for P.”", "making"]


def test_the_tick_can_be_taken_away_and_undone(desk: Desk) -> None:
    order = added(desk, ENGRAVED)
    line_id = order.line_items[0].id
    desk.making.mark_read(order.id, line_id, is_read=True)
    desk.making.mark_read(order.id, line_id, is_read=False)
    assert desk.making.unread(order.id) is not None
    desk.history.undo()
    assert desk.making.unread(order.id) is None
    desk.history.undo()
    assert desk.orders.get(order.id) == order


def test_a_piece_without_words_or_one_that_is_gone_is_refused(desk: Desk) -> None:
    order = added(desk, PLAIN)
    with pytest.raises(InvalidTransitionError, match="no words"):
        desk.making.mark_read(order.id, order.line_items[0].id, is_read=True)
    with pytest.raises(InvalidTransitionError, match="gone"):
        desk.making.move(order.id, LineItemId(999), 1)


def test_held_and_unpaid_orders_are_not_on_the_board_and_the_urgent_come_first(desk: Desk) -> None:
    added(desk, a_line("Held"), number="#1")
    desk.orders.hold(desk.orders.find("#1").id, "ring size")
    desk.orders.add(an_order(a_line("Unpaid"), number="#2", is_paid=False))
    added(desk, a_line("First"), number="#3")
    added(desk, a_line("Second"), number="#4")
    assert board(desk)["to make"] == ["First", "Second"]


def test_no_open_piece_is_left_off_the_board_however_many_there_are(desk: Desk) -> None:
    for number in range(510):
        desk.orders.add(an_order(PLAIN, number=f"#{3000 + number}"))
    (to_make, *_rest) = desk.making.board()
    assert len(to_make.pieces) == 510
