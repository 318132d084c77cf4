"""Parcels: label, hand-over, first scan and delivery are four facts, each noted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import FulfillmentStatus, OrderId, OrderStatus
from jeweler_desk.services.changes import NOTHING_CHANGED
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.shipments import ParcelFacts
from tests.builders import an_order, usd
from tests.fakes import FixedClock

NUMBER = "9400111206206400104193"


@pytest.fixture
def sent(desk: Desk) -> OrderId:
    order_id, _ = desk.orders.add(an_order())
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id, "USPS", NUMBER, usd("4.75"))
    return order_id


def test_the_four_facts_of_a_parcel_stand_apart(
    desk: Desk, sent: OrderId, clock: FixedClock
) -> None:
    handed_over = clock.now()
    clock.goes_on(days=3)
    facts = ParcelFacts(
        label_bought_at=handed_over - timedelta(hours=20),
        first_scan_at=handed_over + timedelta(hours=5),
        delivered_at=handed_over + timedelta(days=2),
    )
    desk.shipments.learn(sent, None, facts)
    order = desk.orders.get(sent)
    (parcel,) = order.shipments
    assert parcel.shipped_at == handed_over
    assert parcel.label_bought_at == facts.label_bought_at
    assert (parcel.first_scan_at, parcel.delivered_at) == (facts.first_scan_at, facts.delivered_at)
    assert parcel.label_cost == usd("4.75")
    assert order.fulfillment_status is FulfillmentStatus.DELIVERED
    assert order.order_status is OrderStatus.COMPLETED
    told = [entry.what for entry in order.timeline]
    for what in ("label bought for 4.75 USD", "first scan by the carrier", "delivered"):
        assert told.count(what) == 1
    assert desk.shipments.learn(sent, None, facts) == NOTHING_CHANGED
    desk.history.undo()
    assert desk.orders.get(sent).fulfillment_status is FulfillmentStatus.SHIPPED
    assert [each for each in desk.checking.check() if each.severity == "failed"] == []


def test_a_number_learned_later_is_noted_and_found(desk: Desk, sent: OrderId) -> None:
    facts = ParcelFacts(carrier=" Royal Mail ", tracking_number="rb 123456785 gb")
    desk.shipments.learn(sent, desk.orders.get(sent).shipments[0].id, facts)
    (parcel,) = desk.orders.get(sent).shipments
    assert (parcel.carrier, parcel.tracking_number) == ("Royal Mail", "RB123456785GB")
    page = "https://www.royalmail.com/track-your-item#/tracking-results/RB123456785GB"
    assert desk.shipments.page_of(parcel) == page


def test_what_cannot_be_is_refused(desk: Desk, sent: OrderId, clock: FixedClock) -> None:
    now = clock.now()
    before = desk.orders.get(sent)
    for facts, says in (
        (ParcelFacts(delivered_at=now + timedelta(minutes=1)), "delivery lies in the future"),
        (
            ParcelFacts(first_scan_at=now, delivered_at=now - timedelta(minutes=1)),
            "before its first scan",
        ),
    ):
        with pytest.raises(InvalidTransitionError, match=says):
            desk.shipments.learn(sent, None, facts)
    with pytest.raises(InvalidTransitionError, match="no such parcel"):
        desk.shipments.learn(sent, 999, ParcelFacts(carrier="UPS"))
    assert desk.orders.get(sent) == before


@pytest.mark.parametrize(
    "told",
    [lambda at: ParcelFacts(first_scan_at=at), lambda at: ParcelFacts(delivered_at=at)],
    ids=["first scan", "delivery"],
)
def test_no_carrier_has_a_parcel_before_it_was_handed_over(
    desk: Desk, sent: OrderId, clock: FixedClock, told: Callable[[datetime], ParcelFacts]
) -> None:
    left = clock.now()  # Monday 5 October, 10:00 at the shop
    clock.goes_on(days=2, seconds=30)
    before = desk.orders.get(sent)
    for early in (timedelta(minutes=1), timedelta(days=1), timedelta(hours=10, minutes=1)):
        with pytest.raises(InvalidTransitionError, match=r"handed over on Mon 5 Oct 2026 at 10:00"):
            desk.shipments.learn(sent, None, told(left - early))
    with pytest.raises(InvalidTransitionError, match="handed over"):
        desk.shipments.learn(sent, None, told(left - timedelta(hours=34)))
    assert desk.orders.get(sent) == before
    desk.shipments.learn(sent, None, told(left - timedelta(hours=10)))
    (parcel,) = desk.orders.get(sent).shipments
    of_the_day = (parcel.first_scan_at, parcel.delivered_at)
    assert left - timedelta(hours=10) in of_the_day, "00:00 tells the day alone"


def test_what_the_window_shows_by_the_minute_is_kept_as_it_shows_it(
    desk: Desk, clock: FixedClock
) -> None:
    clock.goes_on(seconds=37)
    order_id, _ = desk.orders.add(an_order())
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id)
    clock.goes_on(days=1)
    at = clock.now() - timedelta(days=1, seconds=37)
    desk.shipments.learn(order_id, None, ParcelFacts(first_scan_at=at))
    assert desk.orders.get(order_id).shipments[0].first_scan_at == at


def test_nothing_is_learned_of_a_parcel_that_never_left(desk: Desk) -> None:
    order_id, _ = desk.orders.add(an_order())
    with pytest.raises(InvalidTransitionError, match="No parcel of order #1041 has left yet"):
        desk.shipments.learn(order_id, None, ParcelFacts(carrier="UPS"))


@pytest.mark.usefixtures("sent")
def test_the_usual_carrier_is_the_one_of_most_parcels(desk: Desk) -> None:
    assert desk.shipments.usual_carrier() == "USPS"
    for number, carrier in (("#1", "UPS"), ("#2", "UPS"), ("#3", None)):
        order_id, _ = desk.orders.add(an_order(number=number))
        desk.fulfillment.finish_packing(order_id)
        desk.fulfillment.ship(order_id, carrier)
    assert desk.shipments.usual_carrier() == "UPS"


def test_nobody_is_usual_before_the_first_parcel(desk: Desk) -> None:
    assert desk.shipments.usual_carrier() is None


@pytest.mark.parametrize(
    ("number", "carrier", "says"),
    [
        (NUMBER[:-1] + "4", "USPS", "is wrong for USPS"),
        (NUMBER, "UPS", "looks like a number of USPS, not of UPS"),
        ("X1", "UPS", "UPS writes its numbers differently"),
        ("9.40011E+21", None, "the last digits are lost"),
        ("41441760228964", "FedEx", "041441760228964 would fit"),
    ],
)
def test_a_doubt_is_said_in_a_sentence(
    desk: Desk, number: str, carrier: str | None, says: str
) -> None:
    assert says in (desk.shipments.numbers.warning(number, carrier) or "")


def test_a_good_number_and_no_number_are_not_warned_of(desk: Desk) -> None:
    assert desk.shipments.numbers.warning(NUMBER, "USPS") is None
    assert desk.shipments.numbers.warning(None, "USPS") is None
    assert desk.shipments.numbers.link(None, "USPS") is None
