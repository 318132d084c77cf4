"""Making, packing and handing over: what each act does, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    FulfillmentStatus,
    Order,
    OrderStatus,
    Refund,
    RefundState,
    Stage,
    TimelineEntry,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.fulfillment import gate_refusal
from jeweler_desk.services.shipments import ParcelFacts
from tests.builders import a_line, an_order, usd
from tests.fakes import MONDAY_MORNING, FixedClock

HELD = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")


def added(desk: Desk, **cells: Any) -> Order:
    return desk.orders.get(desk.orders.add(an_order(**cells))[0])


def two_pieces(desk: Desk) -> Order:
    ring, brooch = a_line("Ring", quantity=2), a_line("Brooch", "100.00")
    return desk.orders.get(desk.orders.add(an_order(ring, brooch))[0])


def timeline(desk: Desk, order: Order) -> list[str]:
    return [entry.what for entry in desk.orders.get(order.id).timeline]


def test_from_to_make_to_shipped_every_step_shows_in_the_state_and_the_timeline(
    desk: Desk, clock: FixedClock
) -> None:
    order = two_pieces(desk)
    acts = (
        (lambda: desk.fulfillment.set_stage(order.id, Stage.MAKING), FulfillmentStatus.MAKING),
        (lambda: desk.fulfillment.set_stage(order.id, Stage.READY), FulfillmentStatus.READY),
        (lambda: desk.fulfillment.finish_packing(order.id, 252), FulfillmentStatus.PACKED),
        (lambda: desk.fulfillment.ship(order.id, "USPS", "9400"), FulfillmentStatus.SHIPPED),
    )
    for act, status in acts:
        clock.goes_on(minutes=5)
        assert act() == {Topic.ORDERS}
        assert desk.orders.get(order.id).fulfillment_status is status
    assert timeline(desk, order)[2:] == [
        "making",
        "ready",
        "packed in 4:12",
        "handed over · USPS 9400",
    ]
    shipped = desk.orders.get(order.id)
    assert (shipped.order_status, shipped.units_to_send) == (OrderStatus.COMPLETED, 0)
    (parcel,) = shipped.shipments
    assert (parcel.carrier, parcel.tracking_number) == ("USPS", "9400")
    assert parcel.shipped_at == clock.now() != MONDAY_MORNING
    assert [units for _, units in parcel.units] == [2, 1]


def test_one_piece_alone_may_be_moved_to_a_stage(desk: Desk) -> None:
    order = two_pieces(desk)
    desk.fulfillment.set_stage(order.id, Stage.READY, order.line_items[0].id)
    moved = desk.orders.get(order.id)
    assert [line.stage for line in moved.line_items] == [Stage.READY, Stage.TO_MAKE]
    assert moved.fulfillment_status is FulfillmentStatus.TO_MAKE


def test_a_parcel_left_when_it_left_and_not_before_it_could(desk: Desk, clock: FixedClock) -> None:
    order_id = desk.orders.add(an_order())[0]
    desk.fulfillment.finish_packing(order_id)
    packed_at = clock.now()
    clock.goes_on(hours=3)
    for minutes, says in ((-1, "was packed on"), (181, "in the future")):
        with pytest.raises(InvalidTransitionError, match=says):
            desk.fulfillment.ship(order_id, at=packed_at + timedelta(minutes=minutes))
    left_at = packed_at + timedelta(minutes=5)
    desk.fulfillment.ship(order_id, at=left_at)
    scan = left_at + timedelta(minutes=5)
    desk.shipments.learn(order_id, None, ParcelFacts(first_scan_at=scan))
    order = desk.orders.get(order_id)
    assert (order.shipments[0].shipped_at, order.shipments[0].first_scan_at) == (left_at, scan)
    assert TimelineEntry(left_at, "handed over") in order.timeline


def test_a_canceled_order_is_not_on_hold(desk: Desk) -> None:
    order_id = desk.orders.add(an_order())[0]
    desk.orders.hold(order_id, "asks for another chain")
    assert [row.id for row in desk.orders.list(View.ON_HOLD)] == [order_id]
    desk.cancellations.cancel(order_id, "she changed her mind")
    assert desk.orders.list(View.ON_HOLD) == []
    assert desk.orders.counts()[View.ON_HOLD] == 0


def test_making_may_go_back_a_stage(desk: Desk) -> None:
    order = added(desk)
    desk.fulfillment.set_stage(order.id, Stage.READY)
    desk.fulfillment.set_stage(order.id, Stage.TO_MAKE)
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.TO_MAKE


def test_packing_makes_every_piece_count_as_made(desk: Desk) -> None:
    order = two_pieces(desk)
    desk.fulfillment.finish_packing(order.id)
    packed = desk.orders.get(order.id)
    assert [(line.stage, line.units_packed) for line in packed.line_items] == [
        (Stage.READY, 2),
        (Stage.READY, 1),
    ]
    assert timeline(desk, order)[-1] == "packed"


def test_the_bench_has_the_most_urgent_parcel_first(desk: Desk) -> None:
    for number, day in (("later", 6), ("sooner", 2)):
        order = added(desk, number=number, placed_on=an_order().placed_on.replace(day=day))
        desk.fulfillment.set_stage(order.id, Stage.READY)
    added(desk, number="to make")
    assert [each.number for each in desk.fulfillment.queue()] == ["sooner", "later"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"is_paid": False}, "unpaid"),
        ({"total": usd("90.00"), "charges": an_order().charges}, "partially paid"),
        ({"total": usd("0.00")}, "nobody said why"),
        ({"is_canceled": True}, "canceled"),
        (
            {"refunds": (Refund(usd("40.00"), RefundState.SETTLED, None, None, "export"),)},
            "refunded",
        ),
        (
            {"is_paid": False, "authorizations": (HELD,), "channel": Channel.ETSY},
            "authorized",
        ),
    ],
)
def test_what_fails_the_gate_is_not_packed_and_the_sentence_says_why(
    desk: Desk, cells: dict[str, Any], sentence: str
) -> None:
    order = added(desk, **cells)
    with pytest.raises(InvalidTransitionError, match="Nothing was changed") as refused:
        desk.fulfillment.finish_packing(order.id)
    assert sentence in str(refused.value)
    assert gate_refusal(order) is not None
    assert desk.orders.get(order.id) == order


def test_money_that_is_held_on_shopify_is_enough_to_pack(desk: Desk) -> None:
    order = added(desk, is_paid=False, authorizations=(HELD,))
    assert gate_refusal(order) is None
    desk.fulfillment.finish_packing(order.id)
    assert desk.orders.get(order.id).fulfillment_status is FulfillmentStatus.PACKED


def test_a_held_order_is_neither_packed_nor_shipped(desk: Desk) -> None:
    order = added(desk)
    desk.orders.hold(order.id, "ring size?")
    with pytest.raises(InvalidTransitionError, match=r"on hold: ring size\?"):
        desk.fulfillment.finish_packing(order.id)
    desk.orders.release(order.id)
    desk.fulfillment.finish_packing(order.id)
    desk.orders.hold(order.id, "address?")
    assert desk.orders.list(View.TO_SHIP) == []
    with pytest.raises(InvalidTransitionError, match=r"on hold: address\?"):
        desk.fulfillment.ship(order.id)


def test_a_closed_parcel_is_not_packed_again_and_its_stage_stays(desk: Desk) -> None:
    order = added(desk)
    desk.fulfillment.finish_packing(order.id)
    with pytest.raises(InvalidTransitionError, match="parcel of order #1041 is closed"):
        desk.fulfillment.finish_packing(order.id)
    with pytest.raises(InvalidTransitionError, match="parcel of order #1041 is closed"):
        desk.fulfillment.set_stage(order.id, Stage.MAKING)


def test_an_order_is_packed_before_it_is_shipped(desk: Desk) -> None:
    order = added(desk)
    desk.fulfillment.set_stage(order.id, Stage.READY)
    with pytest.raises(InvalidTransitionError, match="is ready: pack it first"):
        desk.fulfillment.ship(order.id)


@pytest.mark.parametrize(
    ("cells", "state"), [({"is_shipped": True}, "shipped"), ({"is_canceled": True}, "canceled")]
)
def test_what_is_gone_is_neither_made_nor_packed_nor_shipped(
    desk: Desk, cells: dict[str, bool], state: str
) -> None:
    order = added(desk, **cells)
    for act in (
        lambda: desk.fulfillment.set_stage(order.id, Stage.READY),
        lambda: desk.fulfillment.finish_packing(order.id),
        lambda: desk.fulfillment.ship(order.id),
    ):
        with pytest.raises(InvalidTransitionError, match=state):
            act()
    assert desk.orders.get(order.id) == order


def test_pieces_that_nobody_has_named_yet_are_not_packed(desk: Desk) -> None:
    line = a_line("pieces", is_placeholder=True)
    order_id, _ = desk.orders.add(an_order(line, channel=Channel.ETSY, number="3512"))
    with pytest.raises(InvalidTransitionError, match="items file"):
        desk.fulfillment.finish_packing(order_id)


def test_only_what_is_left_to_send_is_packed_and_shipped(desk: Desk) -> None:
    sent = a_line("Ring", units_shipped=1, units_packed=1)
    order_id, _ = desk.orders.add(an_order(sent, a_line("Brooch", "100.00", quantity=2)))
    assert desk.orders.get(order_id).fulfillment_status is FulfillmentStatus.PARTIALLY_SHIPPED
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    order = desk.orders.get(order_id)
    assert order.fulfillment_status is FulfillmentStatus.SHIPPED
    assert [[units for _, units in parcel.units] for parcel in order.shipments] == [[1], [2]]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  9400 1118 ", "94001118"),
        ("rb123456785gb", "RB123456785GB"),
        ("by bicycle ", "by bicycle"),
        ("", None),
        ("   ", None),
        (None, None),
        ("94\n00\0", "9400"),
    ],
)
def test_a_typed_tracking_number_is_kept_without_blanks_and_control_characters(
    desk: Desk, typed: str | None, kept: str | None
) -> None:
    order = added(desk)
    desk.fulfillment.finish_packing(order.id)
    desk.fulfillment.ship(order.id, None, typed)
    assert desk.orders.get(order.id).shipments[0].tracking_number == kept


def test_every_act_is_one_step_and_comes_back_whole(desk: Desk) -> None:
    order = added(desk)
    states = [order]
    desk.fulfillment.set_stage(order.id, Stage.READY)
    states.append(desk.orders.get(order.id))
    desk.fulfillment.finish_packing(order.id, 200)
    states.append(desk.orders.get(order.id))
    desk.fulfillment.ship(order.id, "USPS", "9400")
    labels = []
    while len(states) > 0:
        labels.append(desk.history.undo_label())
        desk.history.undo()
        assert desk.orders.get(order.id) == states.pop()
    assert labels == ["Ship order #1041", "Pack order #1041", "Order #1041: ready"]
