"""A question pauses a promise when it was asked before the promised day, by the shop's days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from jeweler_desk.domain.order import OrderId
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.promises import is_paused
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.ui.words import ship_by_said
from tests.builders import an_order
from tests.fakes import FixedClock

WEST_AND_EAST = [
    "Pacific/Pago_Pago",  # eleven hours behind: 13:00 is midnight in UTC
    "America/Los_Angeles",
    "America/New_York",
    "UTC",
    "Europe/Berlin",
    "Asia/Tokyo",
    "Pacific/Kiritimati",  # fourteen hours ahead: until 14:00 it is yesterday in UTC
]
PROMISED, FRIDAY = date(2026, 10, 6), date(2026, 10, 9)


def _promised_for_tuesday(desk: Desk, clock: FixedClock, zone: str) -> OrderId:
    """Enter an order paid on Monday 5 October at a shop in that zone."""
    desk.settings.set("shop.timezone", zone)
    clock.moment = _at("2026-10-05 00:00:00", zone)
    order_id = desk.orders.add(an_order())[0]
    assert desk.orders.get(order_id).ship_by == PROMISED
    return order_id


def _at(local: str, zone: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))


def _told(desk: Desk, order_id: OrderId) -> list[bool]:
    """Return what each place says: whether the order is late."""
    order, (row,) = desk.orders.get(order_id), desk.orders.summaries([order_id])
    words = [ship_by_said(each, desk.settings.today()) for each in (order, row)]
    return [
        order_id in desk.orders.ids(View.LATE),
        desk.orders.counts()[View.LATE] == 1,
        row.is_late,
        len(desk.today.agenda()) == 1,
        not is_paused(order),
        *(each is not None and each.text.startswith("late since") for each in words),
        *(each is not None and not each.text.endswith("paused") for each in words),
    ]


def _asked_and_friday_now(desk: Desk, clock: FixedClock, zone: str, asked: str) -> OrderId:
    order_id = _promised_for_tuesday(desk, clock, zone)
    clock.moment = _at(asked, zone)
    desk.orders.ask_customer(order_id, "Which ring size?")
    clock.moment = _at("2026-10-09 12:00:00", zone)
    return order_id


@pytest.mark.parametrize("zone", WEST_AND_EAST)
@pytest.mark.parametrize("asked", ["2026-10-05 00:00:00", "2026-10-05 23:59:59"])
def test_a_question_of_the_day_before_pauses_to_its_last_second(
    desk: Desk, clock: FixedClock, zone: str, asked: str
) -> None:
    order_id = _asked_and_friday_now(desk, clock, zone, asked)
    assert not any(_told(desk, order_id)), "it waits and is not late"
    desk.orders.customer_answered(order_id, "US 7")
    assert desk.orders.get(order_id).ship_by == date(2026, 10, 12), "a Monday: Friday is no day yet"
    assert "from Mon 5 Oct 2026 to Fri 9 Oct 2026" in desk.orders.get(order_id).timeline[-1].what


@pytest.mark.parametrize("zone", WEST_AND_EAST)
@pytest.mark.parametrize("asked", ["2026-10-06 00:00:00", "2026-10-06 23:59:59"])
def test_a_question_of_the_promised_day_pauses_nothing_from_its_first_second(
    desk: Desk, clock: FixedClock, zone: str, asked: str
) -> None:
    order_id = _asked_and_friday_now(desk, clock, zone, asked)
    assert all(_told(desk, order_id)), "every place says that it is late"
    desk.orders.customer_answered(order_id, "US 7")
    assert desk.orders.get(order_id).ship_by == PROMISED
    assert all(_told(desk, order_id))


@pytest.mark.parametrize(
    ("shop", "moved_to"),
    [("Pacific/Pago_Pago", "Pacific/Kiritimati"), ("Pacific/Kiritimati", "Pacific/Pago_Pago")],
)
def test_a_shop_that_moves_loses_no_pause_and_wins_none(
    desk: Desk, clock: FixedClock, shop: str, moved_to: str
) -> None:
    in_time = _promised_for_tuesday(desk, clock, shop)
    too_late = desk.orders.add(an_order(number="#1042"))[0]
    clock.moment = _at("2026-10-05 23:59:59", shop)
    desk.orders.ask_customer(in_time, "Which ring size?")
    clock.moment = _at("2026-10-06 00:00:00", shop)
    desk.orders.ask_customer(too_late, "Which ring size?")
    clock.moment = _at("2026-10-09 12:00:00", shop)
    assert desk.orders.ids(View.LATE) == [too_late]
    desk.settings.set("shop.timezone", moved_to)
    assert desk.orders.ids(View.LATE) == [too_late]
    assert [is_paused(desk.orders.get(each)) for each in (in_time, too_late)] == [True, False]
    assert is_sound(desk.checking.check()), "and no stored state is wrong by it"
    for each in (in_time, too_late):
        desk.orders.customer_answered(each)
    ship_by = [desk.orders.get(each).ship_by for each in (in_time, too_late)]
    assert ship_by == [date(2026, 10, 12), PROMISED]


def test_the_latest_promise_is_the_one_that_pauses(desk: Desk, clock: FixedClock) -> None:
    order_id = _promised_for_tuesday(desk, clock, "Asia/Tokyo")
    desk.settings.set("shop.timezone", "America/New_York")
    desk.settings.set("shop.closed_days", "2026-10-05..2026-10-08")
    desk.promises.renew(order_id)
    assert desk.orders.get(order_id).ship_by == FRIDAY
    clock.moment = _at("2026-10-08 23:59:59", "America/New_York")  # Friday already in Tokyo
    desk.orders.ask_customer(order_id, "Which ring size?")
    clock.goes_on(days=5)
    assert desk.orders.ids(View.LATE) == []


def test_only_orders_that_wait_are_asked_for_their_zone(
    desk: Desk, store: Store, clock: FixedClock
) -> None:
    for number in range(20):
        desk.orders.add(an_order(number=f"#{number}"))
    clock.goes_on(days=4)
    asked: list[str] = []

    def counted(*cells: str) -> bool:
        asked.append(cells[0])
        return False

    store.connection.create_function("pauses", 3, counted)
    assert desk.orders.counts()[View.LATE] == 20
    assert len(desk.orders.list(View.LATE)) == 20
    assert asked == []
