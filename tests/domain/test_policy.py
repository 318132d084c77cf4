from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.order import (
    Channel,
    Condition,
    FulfillmentStatus,
    Gift,
    LineItemId,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    Shipment,
)
from jeweler_desk.domain.policy import (
    CountedFrom,
    NewPolicy,
    PolicyError,
    PolicyKind,
    PolicyVersion,
    WindowState,
    checked,
    in_force_on,
    kept_text,
    kept_versions,
    suggestion,
    version_of,
    window_of,
)
from jeweler_desk.domain.policy_wording import (
    suggestion_told,
    version_heading,
    window_rule,
    window_told,
)
from tests.builders import usd

TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 14, tzinfo=UTC)
RETURNS = PolicyKind.RETURNS


def a_policy(**cells: Any) -> NewPolicy:
    known: dict[str, Any] = {"kind": RETURNS, "text": "Take it back.", "in_force_from": TODAY}
    return NewPolicy(**(known | cells))


def a_version(number: int, day: date, **cells: Any) -> PolicyVersion:
    return PolicyVersion(number, a_policy(in_force_from=day, **cells), NOW)


def an_order(*parcels: Shipment, placed_on: date = TODAY, kept: str | None = None) -> Order:
    return Order(
        id=OrderId(1),
        channel=Channel.SHOPIFY,
        number="#1",
        customer="Hannah",
        placed_on=placed_on,
        total=usd("40"),
        payment_status=PaymentStatus.PAID,
        fulfillment_status=FulfillmentStatus.SHIPPED,
        order_status=OrderStatus.COMPLETED,
        gift=Gift.NO,
        units_to_send=0,
        shipments=parcels,
        policy_version=kept,
    )


def test_the_version_of_a_day_is_the_last_that_had_begun() -> None:
    versions = [a_version(1, date(2026, 1, 1)), a_version(2, date(2026, 7, 1))]
    found = {
        day: in_force_on(versions, RETURNS, day)
        for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert [each.version if each else None for each in found.values()] == [None, 1, 2]
    assert in_force_on(versions, PolicyKind.REPAIRS, TODAY) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True), st.integers(0, 300))
def test_a_later_version_never_changes_what_an_order_keeps(begins: list[int], placed: int) -> None:
    """Each version begins after the one before and not in the past, so history stands still."""
    first = date(2026, 1, 1)
    day = first + timedelta(days=placed)
    versions: list[PolicyVersion] = []
    kept: int | None = None
    for begin in sorted(begins):
        today = first + timedelta(days=begin)
        new = checked(a_policy(in_force_from=today), versions, today)
        versions.append(PolicyVersion(len(versions) + 1, new, NOW))
        found = in_force_on(versions, RETURNS, day)
        if today > day and kept is not None:
            assert found is not None
            assert found.version == kept
        kept = found.version if found else None


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"text": "  "}, "needs its words"),
        ({"window_days": 30}, "the event they are counted from"),
        ({"counted_from": CountedFrom.SHIPPED}, "the event they are counted from"),
        ({"window_days": -1, "counted_from": CountedFrom.SHIPPED}, "between 0 and"),
        ({"worn_percent": 101}, "cannot go back"),
        ({"in_force_from": date(2026, 9, 1)}, "a new one begins later"),
        ({"in_force_from": date(2026, 10, 4)}, "keep the version that was in force then"),
    ],
)
def test_a_version_that_cannot_be_is_refused(cells: dict[str, Any], why: str) -> None:
    with pytest.raises(PolicyError, match=why):
        checked(a_policy(**cells), [a_version(1, date(2026, 9, 1))], TODAY)


def test_the_first_version_may_have_begun_long_ago() -> None:
    new = checked(a_policy(in_force_from=date(2020, 1, 1), short_form=" 30  days "), [], TODAY)
    assert new.short_form == "30 days"


def test_what_an_order_keeps_stands_in_its_row_in_words() -> None:
    versions = [
        a_version(1, date(2026, 1, 1)),
        a_version(2, date(2026, 7, 1)),
        a_version(1, date(2026, 1, 1), kind=PolicyKind.REPAIRS),
    ]
    assert kept_text(versions, TODAY) == "returns 2, repairs 1"
    assert kept_text(versions, TODAY, "returns 1") == "returns 1, repairs 1"
    assert kept_text([], TODAY) is None
    assert kept_versions("returns 2, repairs 1, something else, x 3") == {
        RETURNS: 2,
        PolicyKind.REPAIRS: 1,
    }
    kept = version_of(versions, RETURNS, an_order(kept="returns 1"))
    derived = version_of(versions, RETURNS, an_order(placed_on=date(2026, 2, 1)))
    gone = version_of(versions, RETURNS, an_order(kept="returns 9"))
    assert [each.version if each else None for each in (kept, derived, gone)] == [1, 1, 2]


def shipped(day: int, delivered: int | None = None, *pieces: int) -> Shipment:
    return Shipment(
        datetime(2026, 9, day, 15, tzinfo=UTC),
        tuple((LineItemId(each), 1) for each in pieces),
        delivered_at=datetime(2026, 9, delivered, 15, tzinfo=UTC) if delivered else None,
        id=day,
    )


def window(event: CountedFrom, order: Order, *pieces: int, today: date = TODAY) -> Any:
    version = a_version(1, date(2026, 1, 1), window_days=30, counted_from=event)
    line_ids = [LineItemId(each) for each in pieces]
    return window_of(version, order, today, lambda at: at.date(), line_ids)


def test_a_window_is_counted_from_its_event_and_its_last_day_counts() -> None:
    order = an_order(shipped(3, 5, 1), placed_on=date(2026, 9, 1))
    found = {event: window(event, order) for event in CountedFrom}
    assert found[CountedFrom.DELIVERED].last_day == date(2026, 10, 5)
    assert found[CountedFrom.SHIPPED].last_day == date(2026, 10, 3)
    assert found[CountedFrom.BOUGHT].last_day == date(2026, 10, 1)
    assert [each.state for each in found.values()] == [
        WindowState.RUNS,
        WindowState.OVER,
        WindowState.OVER,
    ]
    late = window(CountedFrom.DELIVERED, order, today=date(2026, 10, 6))
    assert late.state is WindowState.OVER


def test_of_several_parcels_the_piece_s_own_counts_else_the_last() -> None:
    order = an_order(shipped(3, 5, 1), shipped(10, 20, 2))
    assert window(CountedFrom.DELIVERED, order, 1).counted_on == date(2026, 9, 5)
    assert window(CountedFrom.DELIVERED, order, 2).counted_on == date(2026, 9, 20)
    assert window(CountedFrom.DELIVERED, order).counted_on == date(2026, 9, 20)


def test_a_window_whose_event_is_not_known_has_not_begun() -> None:
    order = an_order(shipped(3, None, 1))
    found = window(CountedFrom.DELIVERED, order)
    assert found.state is WindowState.NOT_BEGUN
    told = window_told(found, TODAY)
    assert told == "The window of 30 days has not begun: its delivery is not noted yet."
    assert window(CountedFrom.SHIPPED, an_order()).state is WindowState.NOT_BEGUN
    version = a_version(1, TODAY)
    none = window_of(version, order, TODAY, lambda at: at.date())
    assert window_told(none, TODAY) == "This policy sets no window."
    assert window_rule(version) == ""


def test_a_window_is_told_and_never_locks() -> None:
    order = an_order(shipped(3, 5, 1))
    runs = window(CountedFrom.DELIVERED, order, today=date(2026, 10, 3))
    assert window_told(runs, date(2026, 10, 3)) == (
        "The window runs through Mon 5 Oct, 2 days left: 30 days from its delivery, Sat 5 Sep."
    )
    last = window(CountedFrom.DELIVERED, order)
    assert "today, the last day" in window_told(last, TODAY)
    over = window(CountedFrom.SHIPPED, order)
    assert window_told(over, TODAY) == (
        "The window ended 2 days ago, on Sat 3 Oct: 30 days from its hand-over, Thu 3 Sep."
        " You may still take it back."
    )
    version = a_version(2, date(2026, 7, 1), window_days=1, counted_from=CountedFrom.BOUGHT)
    assert window_rule(version) == "1 day from the day it was bought"
    assert version_heading(version, TODAY) == "Returns, version 2, in force since Wed 1 Jul"
    later = replace(version, said=replace(version.said, in_force_from=date(2026, 11, 2)))
    assert version_heading(later, TODAY) == "Returns, version 2, in force from Mon 2 Nov"


def test_a_condition_suggests_what_goes_back() -> None:
    version = a_version(1, TODAY, worn_percent=50)
    value = usd("15.01")
    found = {each: suggestion(version, each, value) for each in Condition}
    assert found[Condition.AS_SENT].amount == value
    assert found[Condition.WORN].amount == usd("7.51")
    assert found[Condition.DAMAGED].amount is None
    assert found[Condition.WRONG_PIECE].amount == usd("0")
    assert [suggestion_told(each) for each in found.values()] == [
        "As sent: all of it, 15.01 USD.",
        "Worn: 50 % of 15.01 USD is 7.51 USD.",
        "Damaged: the policy says nothing of it; the pieces were sold for 15.01 USD.",
        "The wrong piece: nothing goes back before the right one is here.",
    ]
    assert suggestion(None, Condition.WORN, value).amount is None
