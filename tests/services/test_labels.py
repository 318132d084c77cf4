"""Labels: bought before the parcel leaves, used by it, or their money asked back in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.label import LabelState, LabelStep
from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.reminder import AgendaKind, DueState
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.services.shipments import ParcelFacts
from jeweler_desk.store.database import Store
from tests.builders import BUYER, a_line, an_order, usd
from tests.fakes import FixedClock

NUMBER = "9400111206206400104193"
OTHER = "9400111206206400351214"
FACTS = LabelFacts("USPS", "Ground Advantage", NUMBER, usd("4.75"))


@pytest.fixture
def ring(desk: Desk) -> OrderId:
    return desk.orders.add(an_order(a_line(quantity=2)))[0]


def state(desk: Desk, order_id: OrderId) -> LabelState:
    order = desk.orders.get(order_id)
    return order.labels[-1].state(order.units_to_send)


def said(desk: Desk, order_id: OrderId) -> list[str]:
    return [each.what for each in desk.orders.get(order_id).timeline]


def due(desk: Desk) -> list[tuple[str, DueState]]:
    items = [each for each in desk.today.agenda() if each.kind is AgendaKind.REFUND]
    return [(each.title, each.state) for each in items if each.title.startswith("Label")]


def test_a_label_bought_is_no_parcel_that_left(desk: Desk, ring: OrderId) -> None:
    before = desk.orders.get(ring)
    desk.labels.buy(ring, FACTS)
    order = desk.orders.get(ring)
    assert (order.shipments, order.fulfillment_status) == ((), before.fulfillment_status)
    (label,) = order.labels
    assert (label.address, label.service, label.cost) == (BUYER, "Ground Advantage", usd("4.75"))
    assert state(desk, ring) is LabelState.WAITING
    assert said(desk, ring)[-1] == f"label bought for 4.75 USD · USPS Ground Advantage {NUMBER}"
    desk.history.undo()
    assert desk.orders.get(ring) == before


def test_the_parcel_leaves_under_it_and_the_four_facts_stand_apart(
    desk: Desk, ring: OrderId, clock: FixedClock
) -> None:
    desk.labels.buy(ring, FACTS)
    bought_at = clock.now()
    clock.goes_on(days=1)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    order = desk.orders.get(ring)
    (parcel,) = order.shipments
    assert (parcel.carrier, parcel.tracking_number) == ("USPS", NUMBER)
    assert (parcel.label_bought_at, parcel.shipped_at) == (bought_at, clock.now())
    assert (parcel.label_cost, parcel.label_address) == (usd("4.75"), BUYER)
    assert (parcel.first_scan_at, parcel.delivered_at) == (None, None)
    assert state(desk, ring) is LabelState.USED
    desk.shipments.learn(ring, None, ParcelFacts(service="Priority Mail"))
    (label,) = desk.orders.get(ring).labels
    assert label.service == "Priority Mail"
    with pytest.raises(InvalidTransitionError, match="All of order #1041 has left"):
        desk.labels.buy(ring, FACTS)
    with pytest.raises(InvalidTransitionError, match="left with its parcel"):
        desk.labels.correct(ring, label.id, FACTS)
    with pytest.raises(InvalidTransitionError, match="undo that first"):
        desk.labels.mark(ring, LabelStep.ASKED)


def test_a_parcel_that_never_left_gives_its_label_free_again(desk: Desk, ring: OrderId) -> None:
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring, "USPS", NUMBER, usd("4.75"))
    desk.cancellations.undo_shipped(ring, "by mistake")
    (label,) = desk.orders.get(ring).labels
    assert (label.tracking_number, state(desk, ring)) == (NUMBER, LabelState.WAITING)
    desk.fulfillment.ship(ring)
    order = desk.orders.get(ring)
    assert [each.tracking_number for each in order.shipments] == [NUMBER]
    assert len(order.labels) == 1
    desk.cancellations.undo_shipped(ring, "by mistake again")
    assert len(desk.orders.get(ring).labels) == 1
    assert state(desk, ring) is LabelState.WAITING


def test_of_several_labels_the_number_says_which_parcel_leaves_under_it(
    desk: Desk, ring: OrderId
) -> None:
    desk.labels.buy(ring, FACTS)
    desk.labels.buy(ring, replace(FACTS, tracking_number=OTHER))
    (line,) = desk.orders.get(ring).line_items
    desk.fulfillment.pack_part(ring, {line.id: 1})
    with pytest.raises(InvalidTransitionError, match=f"{NUMBER} or {OTHER}. Nothing was changed"):
        desk.fulfillment.ship(ring)
    desk.fulfillment.ship(ring, tracking_number=OTHER)
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    assert [each.tracking_number for each in desk.orders.get(ring).shipments] == [OTHER, NUMBER]


def test_canceling_makes_its_money_a_task_with_its_last_day(
    desk: Desk, ring: OrderId, clock: FixedClock
) -> None:
    desk.labels.buy(ring, FACTS)
    desk.cancellations.cancel(ring, "she asked")
    ((number, _, last_day),) = desk.labels.unneeded()
    assert (number, last_day) == ("#1041", date(2026, 11, 2))
    title = f"Label of #1041 unused: ask back 4.75 USD · USPS Ground Advantage {NUMBER}"
    assert due(desk) == [(title, DueState.DUE)]
    clock.goes_on(days=29)
    assert due(desk) == [(title, DueState.LATE)]
    desk.labels.mark(ring, LabelStep.ASKED, "Pirate Ship")
    assert due(desk) == []
    desk.history.undo()
    assert due(desk) == [(title, DueState.LATE)]
    desk.cancellations.reinstate(ring, "after all")
    assert (due(desk), state(desk, ring)) == ([], LabelState.WAITING)


@pytest.mark.parametrize("step", [LabelStep.ASKED, LabelStep.REFUNDED, LabelStep.GIVEN_UP])
def test_the_task_is_done_by_each_of_its_ends(desk: Desk, ring: OrderId, step: LabelStep) -> None:
    desk.labels.buy(ring, FACTS)
    desk.labels.mark(ring, LabelStep.NOT_USED, "another label")
    assert len(due(desk)) == 1
    desk.labels.mark(ring, step, "too late to ask")
    assert (due(desk), desk.labels.unneeded()) == ([], [])
    assert state(desk, ring).value == step.value
    desk.fulfillment.finish_packing(ring)
    desk.fulfillment.ship(ring)
    assert desk.orders.get(ring).shipments[0].tracking_number is None


def test_what_cannot_be_is_refused(desk: Desk, ring: OrderId, clock: FixedClock) -> None:
    buy, mark = desk.labels.buy, desk.labels.mark
    with pytest.raises(InvalidTransitionError, match="No label was bought"):
        mark(ring, LabelStep.ASKED)
    with pytest.raises(InvalidTransitionError, match="cannot be bought in the future"):
        buy(ring, replace(FACTS, bought_at=clock.now() + timedelta(hours=1)))
    with pytest.raises(InvalidTransitionError, match="cannot cost less than nothing"):
        buy(ring, replace(FACTS, cost=usd("-1.00")))
    buy(ring, FACTS)
    with pytest.raises(InvalidTransitionError, match="is known already"):
        buy(ring, FACTS)
    buy(ring, LabelFacts("UPS"))
    with pytest.raises(InvalidTransitionError, match=r"several such labels: name one of 1 \(USPS"):
        mark(ring, LabelStep.ASKED)
    with pytest.raises(InvalidTransitionError, match="no such label"):
        mark(ring, LabelStep.ASKED, label_id=99)
    with pytest.raises(InvalidTransitionError, match="say first that it is not used"):
        mark(ring, LabelStep.GIVEN_UP, "late", 1)
    mark(ring, LabelStep.REFUNDED, label_id=1)
    with pytest.raises(InvalidTransitionError, match="its money is back already"):
        mark(ring, LabelStep.ASKED, label_id=1)
    mark(ring, LabelStep.NOT_USED, label_id=2)
    with pytest.raises(InvalidTransitionError, match="Write why"):
        mark(ring, LabelStep.GIVEN_UP, " ", 2)


def test_a_label_is_corrected_before_its_parcel_leaves(desk: Desk, ring: OrderId) -> None:
    desk.labels.buy(ring, FACTS)
    (label,) = desk.orders.get(ring).labels
    assert desk.labels.correct(ring, label.id, FACTS) == frozenset()
    desk.labels.correct(ring, label.id, LabelFacts(tracking_number=OTHER))
    (label,) = desk.orders.get(ring).labels
    assert (label.tracking_number, label.carrier) == (OTHER, "USPS")


def test_another_address_makes_the_label_old_and_stops_the_parcel(
    desk: Desk, store: Store, ring: OrderId
) -> None:
    desk.labels.buy(ring, FACTS)
    desk.fulfillment.finish_packing(ring)
    with store.step("move"):
        store.run("UPDATE orders SET address = ?", ['{"name": "Hannah", "city": "Bath"}'])
    with pytest.raises(InvalidTransitionError, match="label out of date, buy another"):
        desk.fulfillment.ship(ring)
    desk.fulfillment.ship(ring, wave_through="she fetches it")
    assert len(desk.orders.get(ring).shipments) == 1


def test_among_many_orders_the_one_with_two_labels_is_left_as_it_is(
    desk: Desk, ring: OrderId
) -> None:
    other = desk.orders.add(an_order(number="#1042"))[0]
    desk.labels.buy(other, FACTS)
    desk.labels.buy(ring, replace(FACTS, tracking_number=OTHER))
    desk.labels.buy(ring, LabelFacts("UPS"))
    for each in (ring, other):
        desk.fulfillment.finish_packing(each)
    done = desk.batches.hand_over([ring, other])
    assert [line.number for line in done.done] == ["#1042"]
    assert "has 2 labels" in (done.refused[0].refusal or "")
    assert desk.orders.get(other).shipments[0].tracking_number == NUMBER
