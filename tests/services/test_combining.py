from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import FulfillmentStatus, Gift, OrderId, Stage
from jeweler_desk.domain.refunds import RefundWish
from jeweler_desk.domain.supply import NewSupply, UsedPer
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_batches import BatchAct
from jeweler_desk.services.shipments import ParcelFacts
from tests.builders import BUYER, a_line, an_order, usd
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports

READY, PACKED, SHIPPED = (
    FulfillmentStatus.READY,
    FulfillmentStatus.PACKED,
    FulfillmentStatus.SHIPPED,
)


def an_order_to_pack(desk: Desk, number: str, title: str = "Silver Ring", **cells: Any) -> OrderId:
    order_id, _ = desk.orders.add(an_order(a_line(title), number=number, gift=Gift.NO, **cells))
    desk.fulfillment.set_stage(order_id, Stage.READY)
    return order_id


@pytest.fixture
def ring(desk: Desk) -> OrderId:
    return an_order_to_pack(desk, "#1")


@pytest.fixture
def studs(desk: Desk) -> OrderId:
    return an_order_to_pack(desk, "#2", "Fern Studs")


def states(desk: Desk, *ids: OrderId) -> list[FulfillmentStatus]:
    return [desk.orders.get(each).fulfillment_status for each in ids]


def told(desk: Desk, order_id: OrderId) -> list[str]:
    return [entry.what for entry in desk.orders.get(order_id).timeline]


def test_two_orders_are_packed_and_handed_over_together(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    assert desk.orders.get(ring).combined_with == ("#2",)
    assert desk.orders.get(studs).combined_with == ("#1",)
    assert [box.ids for box in desk.combining.queue()] == [(ring, studs)]
    desk.fulfillment.finish_packing(studs, 240, {"made": 240})
    assert states(desk, ring, studs) == [PACKED, PACKED]
    measure = desk.measures.packing()
    assert (measure.pace.parcels, measure.pace.seconds) == (1, 240)
    desk.fulfillment.ship(ring, "USPS", "9400 1000 0000 0000 0000 00", usd("4.75"))
    assert states(desk, ring, studs) == [SHIPPED, SHIPPED]
    one, two = (desk.orders.get(each).shipments[0] for each in (ring, studs))
    assert one.tracking_number == two.tracking_number == "9400100000000000000000"
    assert (one.label_cost, two.label_cost) == (usd("4.75"), None)
    assert told(desk, ring)[-1].endswith("· in one box with #2")
    assert told(desk, studs)[-1].endswith("· in one box with #1")
    assert desk.orders.get(ring).combined_with == ()


def test_each_act_is_one_step_that_undo_takes_back(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    assert desk.history.undo_label() == "Ship orders #1 and #2 in one box"
    desk.history.undo()
    assert states(desk, ring, studs) == [PACKED, PACKED]
    assert desk.orders.get(ring).combined_with == ("#2",)
    desk.history.undo()
    assert states(desk, ring, studs) == [READY, READY]
    desk.history.undo()
    assert desk.orders.get(ring).combined_with == ()
    desk.history.redo()
    assert desk.orders.get(studs).combined_with == ("#1",)
    assert is_sound(desk.checking.check())


def test_one_box_takes_one_mailer_and_a_cloth_for_each_piece(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    mailer, _ = desk.supplies.add(NewSupply("Mailer", 5, uses=1))
    cloth, _ = desk.supplies.add(NewSupply("Cloth", 5, uses=1, used_per=UsedPer.PIECE))
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    assert [desk.supplies.get(each).stock for each in (mailer, cloth)] == [4, 3]
    desk.fulfillment.open_parcel(studs)
    assert [desk.supplies.get(each).stock for each in (mailer, cloth)] == [5, 5]
    assert states(desk, ring, studs) == [READY, READY]


def test_what_the_kit_of_both_lacks_stops_the_start(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.supplies.add(NewSupply("Cloth", 1, uses=1, used_per=UsedPer.PIECE))
    desk.fulfillment.start_packing(ring)
    desk.combining.combine([ring, studs])
    with pytest.raises(InvalidTransitionError, match="Cloth \\(1 of 2 there\\)"):
        desk.fulfillment.start_packing(ring)
    desk.fulfillment.finish_packing(ring)


def test_a_box_of_its_own_again(desk: Desk, ring: OrderId, studs: OrderId) -> None:
    desk.combining.combine([ring, studs])
    desk.combining.take_apart(studs)
    assert desk.orders.get(ring).combined_with == ()
    desk.fulfillment.finish_packing(ring)
    assert states(desk, ring, studs) == [PACKED, READY]
    with pytest.raises(InvalidTransitionError, match="shares its box with no other"):
        desk.combining.take_apart(studs)


def test_a_third_order_joins_and_leaves(desk: Desk, ring: OrderId, studs: OrderId) -> None:
    cuff = an_order_to_pack(desk, "#3", "Tide Cuff")
    desk.combining.combine([ring, studs])
    desk.combining.combine([cuff, ring])
    assert desk.orders.get(cuff).combined_with == ("#1", "#2")
    with pytest.raises(InvalidTransitionError, match="in one box already"):
        desk.combining.combine([ring, studs, cuff])
    desk.combining.take_apart(ring)
    assert desk.orders.get(studs).combined_with == ("#3",)
    assert told(desk, studs)[-1] == "#1 is taken out of the box"


def test_a_hold_money_or_another_address_forbids_it(desk: Desk, ring: OrderId) -> None:
    held = an_order_to_pack(desk, "#4")
    desk.orders.hold(held, "ring size")
    unpaid, _ = desk.orders.add(an_order(number="#5", is_paid=False))
    gift = an_order_to_pack(desk, "#6")
    far = an_order_to_pack(desk, "#7", address=replace(BUYER, address1="9 Harbor Street"))
    closed = an_order_to_pack(desk, "#8")
    desk.fulfillment.finish_packing(closed)
    for other, why in (
        (held, "on hold: ring size"),
        (unpaid, "its money does not allow packing"),
        (far, "two addresses"),
        (closed, "is closed"),
        (ring, "at least two"),
    ):
        with pytest.raises(InvalidTransitionError, match=why):
            desk.combining.combine([ring, other])
    offered = {each.number for box in desk.combining.queue() for each in box.offered}
    assert offered == {"#1", "#6"}
    assert gift in [each for box in desk.combining.queue() for each in box.ids]


def test_a_hold_on_one_stops_the_box_and_says_which(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.orders.hold(studs, "a stone is loose")
    with pytest.raises(InvalidTransitionError, match="#2 is on hold: a stone is loose"):
        desk.fulfillment.finish_packing(ring)
    assert states(desk, ring, studs) == [READY, READY]
    desk.orders.release(studs)
    desk.fulfillment.finish_packing(ring)
    desk.orders.hold(studs, "a stone is loose")
    with pytest.raises(InvalidTransitionError, match="shares its box with #2"):
        desk.fulfillment.ship(ring)


def test_an_order_that_is_canceled_lies_in_the_box_no_more(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    desk.cancellations.cancel(studs, "she changed her mind")
    assert states(desk, ring, studs) == [READY, FulfillmentStatus.CANCELED]
    assert desk.orders.get(ring).combined_with == ()
    assert "parcel opened again" in told(desk, ring)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    assert is_sound(desk.checking.check())


def test_a_part_leaves_only_from_a_box_of_its_own(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    line = desk.orders.get(ring).line_items[0].id
    with pytest.raises(InvalidTransitionError, match="shares its box with #2"):
        desk.fulfillment.pack_part(ring, {line: 1})


def test_what_is_learned_of_the_parcel_is_learned_of_both(
    desk: Desk, clock: FixedClock, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    clock.goes_on(days=3)
    facts = ParcelFacts(tracking_number="AB123", label_cost=usd("5"), delivered_at=clock.now())
    desk.shipments.learn(studs, None, facts)
    one, two = (desk.orders.get(each).shipments[0] for each in (ring, studs))
    assert (one.tracking_number, one.delivered_at) == ("AB123", clock.now())
    assert (one.label_cost, two.label_cost) == (None, usd("5"))
    assert states(desk, ring, studs) == [FulfillmentStatus.DELIVERED] * 2


def test_a_box_that_never_left_comes_back_whole(desk: Desk, ring: OrderId, studs: OrderId) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    desk.cancellations.undo_shipped(studs, "the post was closed")
    assert states(desk, ring, studs) == [PACKED, PACKED]
    assert desk.orders.get(ring).combined_with == ("#2",)
    desk.fulfillment.ship(studs)
    assert states(desk, ring, studs) == [SHIPPED, SHIPPED]
    assert is_sound(desk.checking.check())


def test_many_at_once_hand_a_shared_box_over_once(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    done = desk.batches.hand_over([studs], "USPS")
    assert [line.number for line in done.done] == ["#1", "#2"]
    assert states(desk, ring, studs) == [SHIPPED, SHIPPED]
    assert [len(desk.orders.get(each).shipments) for each in (ring, studs)] == [1, 1]


def test_a_refund_of_one_leaves_the_other_as_it_is(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    desk.refunds.grant(studs, RefundWish("a scratch", goodwill=usd("5")))
    assert desk.orders.get(ring).refunds == ()


def test_a_label_from_the_label_shop_sends_the_whole_box(desk: Desk, exports: Exports) -> None:
    first, second = an_order_to_pack(desk, "#2001"), an_order_to_pack(desk, "#2002")
    desk.combining.combine([first, second])
    desk.fulfillment.finish_packing(first)
    desk.order_import.import_files([exports.pirateship({})])
    assert states(desk, first, second) == [SHIPPED, SHIPPED]
    one, two = (desk.orders.get(each).shipments[0] for each in (first, second))
    assert one.tracking_number == two.tracking_number
    assert (one.label_cost, two.label_cost) == (usd("4.75"), None)
    assert is_sound(desk.checking.check())
    desk.history.undo()
    assert states(desk, first, second) == [PACKED, PACKED]
    assert desk.orders.get(first).combined_with == ("#2002",)


def test_an_address_that_changed_keeps_the_box_here_until_it_is_taken_apart(
    desk: Desk, ring: OrderId, studs: OrderId
) -> None:
    desk.combining.combine([ring, studs])
    desk.fulfillment.finish_packing(ring)
    moved = an_order(
        a_line("Fern Studs"),
        number="#2",
        gift=Gift.NO,
        address=replace(BUYER, address1="9 Harbor Street"),
    )
    with desk.history._store.step("New address"):
        old = desk.orders.get(studs)
        desk.orders._book.writing.describe(studs, moved, old.paid_at)
    with pytest.raises(InvalidTransitionError, match="They lie in one box"):
        desk.fulfillment.ship(ring, wave_through="it is late")
    (line, _) = desk.batches.dry_list(BatchAct.HAND_OVER, [ring])
    assert line.refusal is not None
    assert "take it apart" in line.refusal
    desk.fulfillment.open_parcel(ring)
    with pytest.raises(InvalidTransitionError, match="They lie in one box"):
        desk.fulfillment.finish_packing(ring)
    desk.combining.take_apart(studs)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    assert states(desk, ring, studs) == [SHIPPED, READY]
