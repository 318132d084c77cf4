"""Orders: found by number, entered by hand, held and released, judged anew when free."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import (
    Channel,
    FulfillmentStatus,
    Hold,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.payment import UNEXPLAINED_FREE
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.orders import UnknownOrderError
from jeweler_desk.store.database import Store
from tests.builders import an_order, usd
from tests.fakes import FixedClock
from tests.services.marketplace_files import Exports


def added(desk: Desk, **cells: Any) -> Order:
    return desk.orders.get(desk.orders.add(an_order(**cells))[0])


@pytest.mark.parametrize("text", ["#1041", "1041", " #1041 ", "shopify:#1041", "Shopify:1041"])
def test_an_order_is_found_by_its_number_in_any_spelling(desk: Desk, text: str) -> None:
    order = added(desk, number="#1041")
    assert desk.orders.find(text).id == order.id


def test_leading_zeros_belong_to_a_number(desk: Desk) -> None:
    added(desk, number="00119", channel=Channel.SQUARESPACE)
    assert desk.orders.find("00119").number == "00119"
    with pytest.raises(UnknownOrderError):
        desk.orders.find("119")


@pytest.mark.parametrize("text", ["#1042", "", "#", "etsy:#1041", "etsy:", ":", "x" * 10_000])
def test_an_unknown_number_is_said_to_be_unknown(desk: Desk, text: str) -> None:
    added(desk, number="#1041")
    with pytest.raises(UnknownOrderError, match="There is no order"):
        desk.orders.find(text)


def test_a_number_that_two_channels_use_is_named_with_its_channels(desk: Desk) -> None:
    added(desk, number="#1041")
    added(desk, number="1041", channel=Channel.WOOCOMMERCE)
    with pytest.raises(UnknownOrderError, match=r"2 orders .* shopify:#1041 or woocommerce:1041"):
        desk.orders.find("1041")
    assert desk.orders.find("woocommerce:1041").channel is Channel.WOOCOMMERCE
    assert desk.orders.find("shopify:#1041").channel is Channel.SHOPIFY


def test_two_spellings_of_a_number_on_one_channel_are_told_apart(
    desk: Desk, exports: Exports
) -> None:
    desk.order_import.import_files([exports.shopify({"Name": "#1041"}, {"Name": "1041"})])
    for number in ("#1041", "1041"):
        assert desk.orders.find(number).number == number
        assert desk.orders.find(f"shopify:{number}").number == number


def test_orders_by_hand_are_numbered_one_after_the_other(desk: Desk) -> None:
    for expected in ("D-1", "D-2", "D-3"):
        assert desk.orders.next_manual_number() == expected
        assert added(desk, number="", channel=Channel.MANUAL).number == expected


def test_a_number_by_hand_goes_on_from_the_highest_and_not_from_the_newest(desk: Desk) -> None:
    added(desk, number="D-10", channel=Channel.MANUAL)
    added(desk, number="D-9", channel=Channel.MANUAL)
    added(desk, number="D-7x", channel=Channel.MANUAL)
    assert desk.orders.next_manual_number() == "D-11"


def test_a_number_is_given_once(desk: Desk) -> None:
    added(desk, number="#1041")
    with pytest.raises(InvalidTransitionError, match="There is an order 1041 already"):
        added(desk, number="1041")


def test_an_order_by_hand_keeps_all_that_was_written(desk: Desk) -> None:
    order = added(
        desk,
        number="D-7",
        channel=Channel.MANUAL,
        notes="first\nsecond 💍",
        gift_message="Love,\r\nMum",
    )
    assert (order.notes, order.gift_message) == ("first\nsecond 💍", "Love,\r\nMum")
    assert (order.payment_status, order.ship_by) == (PaymentStatus.PAID, date(2026, 10, 6))
    assert [entry.what for entry in order.timeline] == ["entered by hand", "paid 40.00 USD"]


def test_an_unpaid_order_has_no_ship_by_day(desk: Desk) -> None:
    order = added(desk, is_paid=False)
    assert (order.payment_status, order.ship_by) == (PaymentStatus.UNPAID, None)
    assert not order.passes_gate


def test_a_canceled_order_has_no_ship_by_day(desk: Desk) -> None:
    order = added(desk, is_canceled=True)
    assert (order.order_status, order.ship_by) == (OrderStatus.CANCELED, None)
    assert order.units_to_send == 0


def test_the_ship_by_day_stays_after_shipping(desk: Desk) -> None:
    order = added(desk, is_shipped=True)
    assert (order.fulfillment_status, order.ship_by) == (
        FulfillmentStatus.SHIPPED,
        date(2026, 10, 6),
    )


def test_a_later_change_of_the_calendar_never_moves_a_promise(desk: Desk) -> None:
    order = added(desk)
    desk.settings.set("shop.processing_days", "5")
    desk.orders.hold(order.id, "ring size?")
    desk.orders.release(order.id)
    assert desk.orders.get(order.id).ship_by == date(2026, 10, 6)
    assert added(desk, number="#2").ship_by == date(2026, 10, 12)


def test_a_held_order_leaves_the_views_of_work_until_it_is_released(desk: Desk) -> None:
    order = added(desk)
    changes = desk.orders.hold(order.id, "  ring size?  ", date(2026, 10, 9))
    held = desk.orders.get(order.id)
    assert Topic.ORDERS in changes
    assert held.hold == Hold("ring size?", date(2026, 10, 9))
    assert held.fulfillment_status is FulfillmentStatus.TO_MAKE
    assert desk.orders.list(View.TO_MAKE) == []
    assert [each.hold for each in desk.orders.list(View.ON_HOLD)] == [held.hold]
    desk.orders.release(order.id)
    assert desk.orders.get(order.id).hold is None
    assert [each.number for each in desk.orders.list(View.TO_MAKE)] == ["#1041"]
    timeline = [entry.what for entry in desk.orders.get(order.id).timeline]
    assert timeline[-2:] == ["on hold: ring size?", "released"]


def test_a_second_hold_takes_the_place_of_the_first(desk: Desk) -> None:
    order = added(desk)
    desk.orders.hold(order.id, "ring size?", date(2026, 10, 9))
    desk.orders.hold(order.id, "address?")
    assert desk.orders.get(order.id).hold == Hold("address?")
    desk.orders.release(order.id)
    assert desk.orders.get(order.id).hold is None


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_hold_needs_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidTransitionError, match="needs a reason"):
        desk.orders.hold(added(desk).id, reason)


@pytest.mark.parametrize("fate", [{"is_shipped": True}, {"is_canceled": True}])
def test_what_is_gone_cannot_be_held(desk: Desk, fate: dict[str, bool]) -> None:
    with pytest.raises(InvalidTransitionError, match=r"nothing to hold.*Nothing was changed"):
        desk.orders.hold(added(desk, **fate).id, "why not")


def test_what_is_not_held_cannot_be_released(desk: Desk) -> None:
    with pytest.raises(InvalidTransitionError, match="not on hold"):
        desk.orders.release(added(desk).id)


def test_an_order_that_is_gone_is_refused_by_every_act(desk: Desk) -> None:
    gone = OrderId(999)
    assert desk.orders.look_up(gone) is None
    for act in (desk.orders.get, desk.orders.release, desk.fulfillment.ship):
        with pytest.raises(InvalidTransitionError, match="no such order"):
            act(gone)
    with pytest.raises(InvalidTransitionError, match="no such order"):
        desk.orders.hold(gone, "why")


FREE: dict[str, Any] = {"total": usd("0.00"), "discount_code": "friend-100"}


def test_a_free_order_that_nobody_explained_is_held_and_cannot_be_released(desk: Desk) -> None:
    order = added(desk, **FREE)
    assert (order.payment_status, order.hold) == (PaymentStatus.PAID, Hold(UNEXPLAINED_FREE))
    assert [each.number for each in desk.orders.list(View.ON_HOLD)] == ["#1041"]
    with pytest.raises(InvalidTransitionError, match=r"shop\.intended_codes"):
        desk.orders.release(order.id)
    with pytest.raises(InvalidTransitionError, match="nobody said why"):
        desk.fulfillment.finish_packing(order.id)


def test_a_free_order_with_a_reason_is_not_held(desk: Desk) -> None:
    order = added(desk, total=usd("0.00"), free_reason="replacement")
    assert (order.hold, order.passes_gate) == (None, True)


def test_a_free_order_by_a_code_that_was_declared_before_is_not_held(desk: Desk) -> None:
    desk.settings.set("shop.intended_codes", "FRIEND100")
    order = added(desk, **FREE)
    assert (order.hold, order.passes_gate) == (None, True)


def test_declaring_a_code_judges_the_free_orders_known_already(desk: Desk) -> None:
    order = added(desk, **FREE)
    other = added(desk, number="#2", total=usd("0.00"), discount_code="GLITCH")
    changes = desk.settings.set("shop.intended_codes", "FRIEND100")
    assert changes == {Topic.SETTINGS, Topic.ORDERS}
    assert desk.orders.get(order.id).hold is None
    assert desk.orders.get(order.id).passes_gate
    assert desk.orders.get(other.id).hold == Hold(UNEXPLAINED_FREE)


def test_declaring_a_code_and_judging_by_it_are_one_step(desk: Desk) -> None:
    order = added(desk, **FREE)
    desk.settings.set("shop.intended_codes", "FRIEND100")
    desk.history.undo()
    assert desk.settings.get("shop.intended_codes") == ""
    assert desk.orders.get(order.id).hold == Hold(UNEXPLAINED_FREE)
    desk.history.redo()
    assert desk.orders.get(order.id).hold is None


def test_taking_a_code_back_holds_its_free_orders_again(desk: Desk) -> None:
    desk.settings.set("shop.intended_codes", "FRIEND100")
    order = added(desk, **FREE)
    desk.settings.set("shop.intended_codes", "")
    assert desk.orders.get(order.id).hold == Hold(UNEXPLAINED_FREE)


def test_an_intended_code_explains_nothing_about_an_order_that_costs_something(desk: Desk) -> None:
    desk.settings.set("shop.intended_codes", "FRIEND100")
    order = added(desk, is_paid=False, discount_code="FRIEND100")
    assert (order.payment_status, order.passes_gate) == (PaymentStatus.UNPAID, False)


def test_the_sellers_own_hold_shows_again_when_the_price_is_explained(desk: Desk) -> None:
    order = added(desk, **FREE)
    desk.orders.hold(order.id, "ring size?")
    desk.settings.set("shop.intended_codes", "FRIEND100")
    assert desk.orders.get(order.id).hold == Hold("ring size?")


def test_entering_an_order_can_be_undone_and_done_again(desk: Desk) -> None:
    order = added(desk)
    undone = desk.history.undo()
    assert undone is not None
    assert (undone.label, undone.order_ids) == ("Enter order #1041", (order.id,))
    assert desk.orders.look_up(order.id) is None
    assert desk.orders.list(View.ALL, search="1041") == []
    redone = desk.history.redo()
    assert redone is not None
    assert Topic.ORDERS in redone.changes
    assert desk.orders.get(order.id) == order


def test_history_names_what_could_be_undone_and_done_again(desk: Desk) -> None:
    added(desk)
    assert desk.history.undo_label() == "Enter order #1041"
    desk.history.undo()
    assert desk.history.redo_label() == "Enter order #1041"


def test_a_placed_instant_gives_the_days_order_and_the_promise(
    desk: Desk, clock: FixedClock
) -> None:
    evening = datetime(2026, 10, 6, 2, 30, tzinfo=UTC)
    order = added(desk, placed_at=evening, paid_at=evening)
    assert order.ship_by == date(2026, 10, 6)
    assert order.timeline[0].at == evening
    assert order.promise is not None
    assert order.promise.timezone == "America/New_York"
    clock.goes_on(days=2)
    assert [each.number for each in desk.orders.list(View.LATE)] == ["#1041"]


def test_a_note_for_the_timeline_is_written_inside_an_act(desk: Desk, store: Store) -> None:
    order = added(desk)
    with store.step("Print a slip"):
        desk.orders.record_event(order.id, "slip printed")
    assert desk.orders.get(order.id).timeline[-1].what == "slip printed"
