"""Supplies on the shelf: counted, drawn down by packing, given back, reminded of once."""

from __future__ import annotations

from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Gift, OrderId, Stage
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind
from jeweler_desk.domain.supply import MoveKind, NewSupply, SupplyError, SupplyId, UsedPer
from jeweler_desk.services.changes import NOTHING_CHANGED, Topic
from jeweler_desk.services.desk import Desk
from tests.builders import a_line, an_order
from tests.fakes import FixedClock


def shelved(desk: Desk, name: str = "Boxes", stock: int = 10, **cells: Any) -> SupplyId:
    return desk.supplies.add(NewSupply(name, stock, **cells))[0]


def left(desk: Desk, supply_id: SupplyId) -> int:
    return desk.supplies.get(supply_id).stock


def ready(desk: Desk, *lines: Any, **cells: Any) -> OrderId:
    order_id, _ = desk.orders.add(an_order(*lines, **cells))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    return order_id


def reminders(desk: Desk) -> list[AgendaItem]:
    return [each for each in desk.today.agenda() if each.kind is AgendaKind.SUPPLY]


def is_sound(desk: Desk) -> bool:
    return all(each.severity != "failed" for each in desk.checking.check())


def test_packing_draws_the_kit_down_and_undo_gives_it_back(desk: Desk) -> None:
    boxes = shelved(desk, uses=1, used_per=UsedPer.PIECE)
    tape = shelved(desk, "Tape", 5)
    order_id = ready(desk, a_line(quantity=3))
    assert desk.fulfillment.finish_packing(order_id) == {Topic.ORDERS, Topic.SUPPLIES}
    assert (left(desk, boxes), left(desk, tape)) == (7, 5)
    move = desk.supplies.moves(boxes)[0]
    assert (move.kind, move.units, move.order_number) == (MoveKind.PACKED, -3, "#1041")
    assert desk.history.undo_label() == "Pack order #1041"
    desk.history.undo()
    assert left(desk, boxes) == 10
    assert [each.kind for each in desk.supplies.moves(boxes)] == [MoveKind.COUNTED]
    desk.history.redo()
    assert left(desk, boxes) == 7
    assert is_sound(desk)


def test_a_parcel_that_is_opened_again_gives_its_kit_back(desk: Desk, clock: FixedClock) -> None:
    boxes = shelved(desk, uses=1, used_per=UsedPer.PIECE)
    order_id = ready(desk, a_line(), a_line("Chain", quantity=2))
    ring, chain = desk.orders.get(order_id).line_items
    desk.fulfillment.pack_part(order_id, {ring.id: 1})
    desk.fulfillment.ship(order_id)
    clock.goes_on(minutes=9)
    desk.fulfillment.pack_part(order_id, {chain.id: 2})
    assert left(desk, boxes) == 7
    desk.fulfillment.open_parcel(order_id)
    assert left(desk, boxes) == 9
    assert desk.supplies.moves(boxes)[0].kind is MoveKind.GIVEN_BACK
    desk.fulfillment.finish_packing(order_id)
    assert left(desk, boxes) == 7
    assert is_sound(desk)


def test_the_kit_of_a_parcel_that_never_left_is_back_until_it_leaves(
    desk: Desk, clock: FixedClock
) -> None:
    boxes = shelved(desk, uses=1, used_per=UsedPer.PIECE)
    order_id = ready(desk, a_line(), a_line("Chain", quantity=2))
    ring, chain = desk.orders.get(order_id).line_items
    for units in ({ring.id: 1}, {chain.id: 2}):
        desk.fulfillment.pack_part(order_id, units)
        clock.goes_on(minutes=9)
        desk.fulfillment.ship(order_id)
        clock.goes_on(minutes=9)
    first = desk.orders.get(order_id).shipments[0].id
    desk.cancellations.undo_shipped(order_id, "on the table", first)
    assert left(desk, boxes) == 8
    clock.goes_on(minutes=9)
    desk.fulfillment.ship(order_id)
    assert left(desk, boxes) == 7
    again = desk.orders.get(order_id).shipments[-1].id
    desk.cancellations.undo_shipped(order_id, "still there", again)
    desk.fulfillment.open_parcel(order_id)
    assert left(desk, boxes) == 8, "the kit of the open box was back already"
    desk.fulfillment.finish_packing(order_id)
    clock.goes_on(minutes=9)
    desk.fulfillment.ship(order_id)
    assert left(desk, boxes) == 7
    assert is_sound(desk)


def test_what_is_missing_stops_the_start_and_never_the_middle(desk: Desk) -> None:
    cards = shelved(desk, "Cards", 1, uses=1, place="Drawer 1")
    first, second = ready(desk), ready(desk, number="#1042")
    desk.fulfillment.start_packing(first)
    desk.fulfillment.start_packing(second)
    desk.fulfillment.finish_packing(first)
    with pytest.raises(InvalidTransitionError, match=r"Cards \(0 of 1 there, Drawer 1\)"):
        desk.fulfillment.start_packing(second)
    desk.fulfillment.finish_packing(second)
    assert left(desk, cards) == 0
    desk.history.undo()
    desk.history.undo()
    assert left(desk, cards) == 1


def test_the_start_of_a_parcel_asks_for_its_money_too(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order(is_paid=False))
    with pytest.raises(InvalidTransitionError, match="its money does not allow packing"):
        desk.fulfillment.start_packing(order_id)


def test_a_gifts_ribbon_is_drawn_for_gifts_alone(desk: Desk) -> None:
    ribbon = shelved(desk, "Ribbon", uses=1, used_per=UsedPer.GIFT)
    for number, gift in (("#1", Gift.YES), ("#2", Gift.NO), ("#3", Gift.UNKNOWN)):
        desk.fulfillment.finish_packing(ready(desk, number=number, gift=gift))
    assert left(desk, ribbon) == 8


def test_one_notice_comes_for_each_crossing(desk: Desk) -> None:
    boxes = shelved(desk, stock=4, reorder_point=3, uses=1, pack_size=50, supplier="Nile")
    assert reminders(desk) == []
    for number in ("#1", "#2"):
        desk.fulfillment.finish_packing(ready(desk, number=number))
    (told,) = reminders(desk)
    assert told.title == "Order Boxes from Nile: 2 left, 1 pack of 50"
    assert (told.state.value, told.link) == ("due", "supply:Boxes")
    crossed = desk.supplies.get(boxes).low_since
    desk.supplies.mark_ordered(boxes)
    assert reminders(desk) == []
    desk.fulfillment.finish_packing(ready(desk, number="#3"))
    assert reminders(desk) == []
    assert desk.supplies.get(boxes).low_since == crossed
    desk.supplies.receive(boxes, 50)
    assert desk.supplies.get(boxes).low_since is None
    desk.supplies.count(boxes, 3)
    assert len(reminders(desk)) == 1
    desk.history.undo()
    assert reminders(desk) == []


def test_each_way_down_is_one_crossing_and_each_way_up_ends_it(desk: Desk) -> None:
    boxes = shelved(desk, stock=4, reorder_point=3, uses=1)

    def crossings() -> list[int]:
        """Say how many reminders there are, and since when the stock is low by which crossing."""
        assert is_sound(desk)
        return [len(reminders(desk)), int(desk.supplies.get(boxes).low_since is not None)]

    order = ready(desk)
    desk.fulfillment.finish_packing(order)
    assert crossings() == [1, 1]
    desk.fulfillment.open_parcel(order)
    assert crossings() == [0, 0], "given back"
    desk.history.undo()
    assert crossings() == [1, 1]
    desk.supplies.mark_ordered(boxes)
    desk.supplies.receive(boxes, 50)
    desk.supplies.count(boxes, 3)
    assert crossings() == [1, 1], "the delivery answered the last one, this is another"
    desk.supplies.count(boxes, 2)
    desk.supplies.change(boxes, NewSupply("Boxes", reorder_point=5, uses=1))
    assert crossings() == [1, 1], "still the same"
    desk.supplies.change(boxes, NewSupply("Boxes", reorder_point=1, uses=1))
    assert crossings() == [0, 0]
    desk.history.undo()
    assert crossings() == [1, 1]
    desk.supplies.change(boxes, NewSupply("Boxes", reorder_point=None, uses=1))
    assert crossings() == [0, 0]


def test_a_changed_reorder_point_is_a_crossing_too(desk: Desk) -> None:
    boxes = shelved(desk, stock=4)
    desk.supplies.change(boxes, NewSupply("Boxes", reorder_point=4))
    assert len(reminders(desk)) == 1
    assert left(desk, boxes) == 4
    desk.supplies.change(boxes, NewSupply("Boxes", reorder_point=3))
    assert reminders(desk) == []


def test_a_supply_that_begins_low_is_told_at_once(desk: Desk) -> None:
    shelved(desk, stock=0, reorder_point=0)
    assert len(reminders(desk)) == 1


def test_counting_receiving_and_using_change_the_stock_with_their_reasons(desk: Desk) -> None:
    boxes = shelved(desk)
    assert desk.supplies.count(boxes, 8) == {Topic.SUPPLIES}
    assert desk.supplies.count(boxes, 8) == NOTHING_CHANGED
    desk.supplies.receive(boxes, 50)
    desk.supplies.use(boxes, 3, "market stall")
    assert left(desk, boxes) == 55
    told = [(each.kind, each.units, each.note) for each in desk.supplies.moves(boxes)]
    assert told == [
        (MoveKind.USED, -3, "market stall"),
        (MoveKind.RECEIVED, 50, None),
        (MoveKind.COUNTED, -2, None),
        (MoveKind.COUNTED, 10, None),
    ]


def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk) -> None:
    boxes = shelved(desk, reorder_point=2)
    acts = (
        (lambda: desk.supplies.use(boxes, 11), "Only 10 units"),
        (lambda: desk.supplies.use(boxes, 0), "0 of “Boxes” cannot be"),
        (lambda: desk.supplies.count(boxes, -1), "-1 of “Boxes” cannot be"),
        (lambda: desk.supplies.receive(boxes, 999_999), "cannot be"),
        (lambda: desk.supplies.add(NewSupply("boxes")), "already"),
        (lambda: desk.supplies.mark_ordered(boxes), "is not low"),
        (lambda: desk.supplies.get(SupplyId(99)), "no such supply"),
        (desk.supplies.reorder_text, "Nothing is low"),
        (desk.supplies.reorder_job, "Nothing is low"),
    )
    for act, says in acts:
        with pytest.raises(SupplyError, match=says):
            act()
    assert left(desk, boxes) == 10
    assert desk.history.undo_label() == "Add supply Boxes"


def test_a_supply_is_found_by_the_beginning_of_its_name(desk: Desk) -> None:
    shelved(desk, "Ring boxes")
    shelved(desk, "Ring cards")
    shelved(desk, "Ring")
    assert desk.supplies.find("ring  BOXES").name == "Ring boxes"
    assert desk.supplies.find("ring c").name == "Ring cards"
    assert desk.supplies.find("Ring").name == "Ring"
    with pytest.raises(SupplyError, match="may be Ring, Ring boxes, Ring cards"):
        desk.supplies.find("ri")
    for nobody in ("Tape", " "):
        with pytest.raises(SupplyError, match="There is no supply"):
            desk.supplies.find(nobody)


def test_a_removed_supply_leaves_the_list_and_its_kit_and_undo_brings_it_back(desk: Desk) -> None:
    boxes = shelved(desk, stock=0, reorder_point=1, uses=1)
    order_id = ready(desk)
    desk.supplies.retire(boxes)
    assert (desk.supplies.all(), reminders(desk)) == ([], [])
    desk.fulfillment.start_packing(order_id)
    desk.history.undo()
    assert len(reminders(desk)) == 1


def test_a_kit_drawn_before_a_supply_was_removed_is_given_back_to_it(desk: Desk) -> None:
    boxes = shelved(desk, uses=1)
    order_id = ready(desk)
    desk.fulfillment.finish_packing(order_id)
    desk.supplies.retire(boxes)
    desk.fulfillment.open_parcel(order_id)
    assert desk.supplies.moves(boxes)[0].kind is MoveKind.GIVEN_BACK
    assert is_sound(desk)


def test_the_reorder_list_is_printed_and_copied(desk: Desk) -> None:
    shelved(desk, stock=1, reorder_point=5, pack_size=50, supplier="Nile Boxes")
    shelved(desk, "Tape", 0, reorder_point=1)
    assert desk.supplies.reorder_text() == (
        "Nile Boxes\n- 1 pack of 50 · Boxes\n\nNo supplier named\n- 2 × Tape\n"
    )
    pdf, pages = desk.supplies.reorder_job()()
    assert pdf.startswith(b"%PDF") and pages == 1


def test_the_check_sees_a_stock_that_nothing_moved(desk: Desk) -> None:
    boxes = shelved(desk)
    assert is_sound(desk)
    with desk.supplies._store.step("a fault"):
        desk.supplies._store.update("supplies", boxes, {"stock": 3})
    found = [each.what for each in desk.checking.check() if each.severity == "failed"]
    assert found == ["Of “Boxes” 3 are kept; what was moved says 10."]
