"""The orders list: its views, its ways to sort, its search."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from jeweler_desk.domain.order import (
    Authorization,
    AuthorizationState,
    Channel,
    OrderId,
    Refund,
    RefundState,
    Stage,
)
from jeweler_desk.domain.order_view import OrderSort, View
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.store.orders import Orders
from jeweler_desk.store.search import match_expression, number_suffixes
from tests.builders import a_line, an_order, usd

MONDAY: Final = date(2026, 10, 5)
HELD: Final = Authorization(usd("40.00"), AuthorizationState.HELD, "order_export")
ALL_BACK: Final = Refund(usd("40.00"), RefundState.SETTLED, None, None, "order_export")


@pytest.fixture
def orders(store: Store) -> Orders:
    return Orders(store)


def added(desk: Desk, number: str, **cells: Any) -> OrderId:
    return desk.orders.add(an_order(number=number, **cells))[0]


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """One order of every kind that a view tells apart."""
    added(desk, "unpaid", is_paid=False)
    added(desk, "part paid", total=usd("90.00"), charges=(an_order().charges[0],))
    added(desk, "authorized", is_paid=False, authorizations=(HELD,))
    added(desk, "to make")
    desk.fulfillment.set_stage(added(desk, "making"), Stage.MAKING)
    desk.fulfillment.set_stage(added(desk, "ready"), Stage.READY)
    held = added(desk, "held")
    desk.fulfillment.set_stage(held, Stage.READY)
    desk.orders.hold(held, "ring size?")
    desk.fulfillment.finish_packing(added(desk, "packed"))
    sent = added(desk, "sent here")
    desk.fulfillment.finish_packing(sent)
    desk.fulfillment.ship(sent)
    added(desk, "sent there", is_shipped=True)
    added(desk, "canceled", is_canceled=True)
    added(desk, "free", total=usd("0.00"))
    added(desk, "refunded", refunds=(ALL_BACK,))
    added(desk, "late", placed_on=date(2026, 9, 28))
    return desk


@pytest.mark.parametrize(
    ("view", "numbers"),
    [
        (View.UNPAID, {"unpaid", "part paid"}),
        (View.TO_MAKE, {"authorized", "to make", "making", "late"}),
        (View.TO_PACK, {"ready"}),
        (View.TO_SHIP, {"packed"}),
        (View.SHIPPED, {"sent here", "sent there"}),
        (View.LATE, {"late"}),
        (View.ON_HOLD, {"held", "free"}),
        (View.RETURNS, set()),
        (View.CANCELED, {"canceled"}),
    ],
)
def test_each_view_holds_its_orders_and_no_other(shop: Desk, view: View, numbers: set[str]) -> None:
    assert {each.number for each in shop.orders.list(view)} == numbers
    assert shop.orders.counts()[view] == len(numbers)


def test_the_view_of_all_holds_every_order_newest_first(shop: Desk) -> None:
    listed = [each.number for each in shop.orders.list(View.ALL)]
    assert (len(listed), listed[-1]) == (14, "late")
    assert shop.orders.counts()[View.ALL] == 14


def test_an_order_is_late_on_the_day_after_its_ship_by_and_not_on_it(
    desk: Desk, orders: Orders
) -> None:
    order_id = added(desk, "1")
    ship_by = date(2026, 10, 6)
    assert orders.ids(View.LATE, ship_by) == []
    assert orders.ids(View.LATE, date(2026, 10, 7)) == [order_id]
    summary = orders.summaries([order_id], date(2026, 10, 7))[0]
    assert (summary.ship_by, summary.is_late) == (ship_by, True)


def test_the_most_urgent_parcel_stands_first(desk: Desk) -> None:
    added(desk, "later", placed_on=date(2026, 10, 7))
    added(desk, "sooner", placed_on=date(2026, 10, 1))
    added(desk, "held money", is_paid=False, authorizations=(HELD,), placed_on=date(2026, 10, 2))
    listed = [each.number for each in desk.orders.list(View.TO_MAKE)]
    assert listed == ["sooner", "held money", "later"]


@pytest.fixture
def three(desk: Desk) -> list[OrderId]:
    """Three orders that differ in every column, entered in the order a, c, b."""
    return [
        added(desk, "#11", customer="anna", placed_on=date(2026, 10, 1)),
        added(desk, "#13", customer="Clara", placed_on=date(2026, 10, 5), total=usd("300.00")),
        desk.orders.add(
            an_order(
                a_line("Brooch", "100.00"),
                number="#12",
                customer="Bea",
                placed_on=date(2026, 10, 2),
                is_paid=False,
                is_shipped=True,
            )
        )[0],
    ]


@pytest.mark.parametrize(
    ("sort", "ascending"),
    [
        (OrderSort.NUMBER, ["#11", "#12", "#13"]),
        (OrderSort.CUSTOMER, ["#11", "#12", "#13"]),
        (OrderSort.PIECES, ["#12", "#11", "#13"]),
        (OrderSort.TOTAL, ["#11", "#12", "#13"]),
        (OrderSort.PLACED, ["#11", "#12", "#13"]),
        (OrderSort.PAYMENT_STATUS, ["#11", "#13", "#12"]),
        (OrderSort.FULFILLMENT_STATUS, ["#12", "#11", "#13"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_the_list_is_sorted_by_each_column_both_ways(
    orders: Orders, sort: OrderSort, ascending: list[str]
) -> None:
    def numbers(*, descending: bool) -> list[str]:
        ids = orders.ids(View.ALL, MONDAY, sort=sort, descending=descending)
        return [each.number for each in orders.summaries(ids, MONDAY)]

    assert numbers(descending=False) == ascending
    assert numbers(descending=True) == ascending[::-1]


def test_numbers_are_sorted_as_numbers_are_counted(desk: Desk, orders: Orders) -> None:
    for number in ("#1000", "#999", "D-10", "D-9"):
        added(desk, number=number)
    ids = orders.ids(View.ALL, MONDAY, sort=OrderSort.NUMBER)
    assert [each.number for each in orders.summaries(ids, MONDAY)] == [
        "#999",
        "D-9",
        "#1000",
        "D-10",
    ]


@pytest.mark.usefixtures("three")
def test_what_has_no_ship_by_stands_last_whichever_way_it_is_sorted(orders: Orders) -> None:
    for descending in (False, True):
        ids = orders.ids(View.ALL, MONDAY, sort=OrderSort.SHIP_BY, descending=descending)
        assert orders.summaries(ids, MONDAY)[-1].number == "#12"


def test_a_limit_cuts_the_list(orders: Orders, three: list[OrderId]) -> None:
    assert len(orders.ids(View.ALL, MONDAY, limit=2)) == 2
    assert len(orders.ids(View.ALL, MONDAY)) == len(three)


def test_rows_come_in_the_order_that_was_asked_for_and_gone_ones_are_left_out(
    orders: Orders, three: list[OrderId]
) -> None:
    wanted = [three[2], OrderId(999), three[0]]
    assert [each.id for each in orders.summaries(wanted, MONDAY)] == [three[2], three[0]]


def test_a_page_may_be_longer_than_one_question_to_the_file(desk: Desk, orders: Orders) -> None:
    order_id = added(desk, "1")
    assert len(orders.summaries([order_id] * 1200, MONDAY)) == 1200


@pytest.fixture
def zoe(desk: Desk) -> Desk:
    """Three orders of which one is Zoë's."""
    added(desk, "#200041", customer="Zoë Ångström", notes="for her mother's 60th", email="z@x.test")
    added(desk, "#200042", customer="Ольга Ковальчук")
    desk.orders.add(
        an_order(
            a_line("Peridot Halskette", sku="JT-NEC-9"), number="3512000104", channel=Channel.ETSY
        )
    )
    return desk


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zoe", "#200041"),
        ("ZOË", "#200041"),
        ("angstrom zo", "#200041"),
        ("mother", "#200041"),
        ("z@x.test", "#200041"),
        ("#200041", "#200041"),
        ("0041", "#200041"),
        ("200041", "#200041"),
        ("ковал", "#200042"),
        ("peri", "3512000104"),
        ("jt-nec-9", "3512000104"),
        ("0104", "3512000104"),
        ("104", "3512000104"),
    ],
)
def test_an_order_is_found_by_the_beginning_of_any_of_its_words(
    zoe: Desk, text: str, number: str
) -> None:
    assert [each.number for each in zoe.orders.list(View.ALL, search=text)] == [number]


@pytest.mark.parametrize(
    "text", ["nobody", "oe", "zoe peridot", "***", '"', "AND", "zoe OR", "x" * 5000, "NEAR(", "-"]
)
def test_what_is_nowhere_finds_nothing_and_operators_are_plain_words(zoe: Desk, text: str) -> None:
    assert zoe.orders.list(View.ALL, search=text) == []


def test_an_empty_search_is_no_search(zoe: Desk) -> None:
    assert len(zoe.orders.list(View.ALL, search="")) == 3


def test_a_view_is_searched_within(zoe: Desk) -> None:
    assert zoe.orders.list(View.CANCELED, search="zoe") == []


def test_the_returns_are_searched_within_too(shop: Desk) -> None:
    sent = next(row.id for row in shop.orders.list(View.SHIPPED) if row.number == "sent here")
    line = shop.orders.get(sent).line_items[0]
    shop.returns.expect(sent, {line.id: 1}, "too small")
    assert [row.number for row in shop.orders.list(View.RETURNS, search="sent")] == ["sent here"]
    assert shop.orders.list(View.RETURNS, search="nobody") == []


def test_a_word_that_most_orders_have_finds_them_in_the_lists_order(
    desk: Desk, store: Store, orders: Orders
) -> None:
    added(desk, "far", placed_on=date(2026, 9, 1), customer="Ada Beck")
    added(desk, "near", placed_on=date(2026, 10, 1), customer="Ada Voss")
    added(desk, "other", customer="Zoë Lind")
    few = orders.ids(View.ALL, MONDAY, search="ada")
    assert Orders(store, many=2).ids(View.ALL, MONDAY, search="ada") == few
    assert [row.number for row in orders.summaries(few, MONDAY)] == ["near", "far"]


def test_a_parcel_is_found_by_its_tracking_number(zoe: Desk) -> None:
    order_id = zoe.orders.find("#200041").id
    zoe.fulfillment.finish_packing(order_id)
    zoe.fulfillment.ship(order_id, "USPS", "9400111899223344556677")
    assert [each.number for each in zoe.orders.list(View.ALL, search="94001118")] == ["#200041"]
    zoe.history.undo()
    assert zoe.orders.list(View.ALL, search="94001118") == []


@pytest.mark.usefixtures("zoe")
def test_the_newest_hits_of_the_search_field_come_first(orders: Orders) -> None:
    found = orders.search("portland", MONDAY, 2)
    assert [each.number for each in found] == ["3512000104", "#200042"]
    assert orders.search("***", MONDAY, 2) == []


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("zoe ring", '"zoe"* "ring"*'),
        ('a"b', '"a"* "b"*'),
        ("one_two", '"one"* "two"*'),
        ("  ", None),
        ("!?", None),
    ],
)
def test_typed_text_becomes_prefixes_and_never_syntax(text: str, expression: str | None) -> None:
    assert match_expression(text) == expression


def test_a_numbers_tails_of_three_digits_and_more_find_it() -> None:
    assert number_suffixes("#1041") == "041"
    assert number_suffixes("3512000104").split()[-1] == "104"
    assert number_suffixes("D-1") == ""


def test_customers_addresses_are_known_folded_and_once(desk: Desk, orders: Orders) -> None:
    for number, email in (("1", "Zoe@Example.com"), ("2", "zoe@example.com"), ("3", None)):
        added(desk, number, email=email)
    assert orders.customer_emails() == {"zoe@example.com"}
