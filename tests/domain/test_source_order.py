"""Two files of one order become the same order, whichever comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import Channel, Charge, LineItem, NewOrder
from jeweler_desk.domain.source_order import MergeError, SourceFormat, SourceOrder, merge


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


ORDERS = NewOrder(
    channel=Channel.ETSY,
    number="3512000200",
    currency="USD",
    placed_on=date(2026, 10, 2),
    paid_on=date(2026, 10, 2),
    total=usd("45.00"),
    marketplace_tax=usd("2.70"),
    customer="Ann Buyer",
    payment_method="Credit Card",
    address=PostalAddress(name="Ann Buyer", city="Bath"),
    line_items=(LineItem("JT-1", 1, source_key="placeholder", is_placeholder=True),),
    charges=(Charge(usd("45.00"), None, "order_export", "etsy:3512000200:order_export"),),
)
ITEMS = NewOrder(
    channel=Channel.ETSY,
    number="3512000200",
    currency="USD",
    placed_on=date(2026, 10, 2),
    paid_on=date(2026, 10, 3),
    total=usd("45.00"),
    customer="Ann B.",
    address=PostalAddress(name="Tilda Marsh", city="Bath"),
    line_items=(LineItem("Ring", 1, usd("40.00"), source_key="4711"),),
    charges=(Charge(usd("45.00"), None, "order_export", "etsy:3512000200:order_export"),),
    is_shipped=True,
    shipped_on=date(2026, 10, 5),
)


def source(
    order: NewOrder, format_: SourceFormat = SourceFormat.ETSY_ORDERS, number: str | None = None
) -> SourceOrder:
    return SourceOrder(format_, order.channel, number or order.number, order, "digest")


def both(orders: NewOrder = ORDERS, items: NewOrder = ITEMS) -> NewOrder:
    pair = [source(orders), source(items, SourceFormat.ETSY_ITEMS)]
    assert merge(pair) == merge(pair[::-1])
    return merge(pair)


def test_one_source_is_the_order_as_it_tells_it() -> None:
    assert merge([source(ORDERS)]) == ORDERS


def test_the_orders_file_knows_the_money_and_the_items_file_the_pieces() -> None:
    order = both()
    assert order.marketplace_tax == usd("2.70")
    assert order.payment_method == "Credit Card"
    assert order.customer == "Ann Buyer"
    assert order.line_items == ITEMS.line_items
    assert order.address.name == "Tilda Marsh"
    assert order.paid_on == date(2026, 10, 3)
    assert (order.is_shipped, order.shipped_on) == (True, date(2026, 10, 5))


def test_a_recipient_only_one_file_knows_is_kept() -> None:
    order = both(items=replace(ITEMS, address=PostalAddress(), customer=None, paid_on=None))
    assert order.address == ORDERS.address
    assert order.paid_on == ORDERS.paid_on


def test_a_charge_only_the_items_file_knows_is_over_the_whole_total() -> None:
    order = both(orders=replace(ORDERS, charges=(), total=usd("46.00")))
    assert [charge.amount for charge in order.charges] == [usd("46.00")]
    free = both(orders=replace(ORDERS, charges=(), total=usd("0.00")))
    assert free.charges == ()


def test_a_price_in_another_currency_is_left_out() -> None:
    line = replace(ITEMS.line_items[0], unit_price=Money(4000, "EUR"))
    order = both(items=replace(ITEMS, line_items=(line, LineItem("Cloth", 1))))
    assert [each.unit_price for each in order.line_items] == [None, None]


@given(
    *(
        st.builds(
            lambda base, shipped, paid, code: replace(
                base, is_shipped=shipped is not None, shipped_on=shipped, paid_on=paid,
                discount_code=code,
            ),
            st.just(base),
            st.none() | st.dates(),
            st.none() | st.dates(),
            st.none() | st.sampled_from(["TEN", "SAVE"]),
        )
        for base in (ORDERS, ITEMS)
    )
)  # fmt: skip
def test_the_order_of_arrival_never_matters(orders: NewOrder, items: NewOrder) -> None:
    order = both(orders, items)
    assert order.is_shipped == (orders.is_shipped or items.is_shipped)
    assert (order.shipped_on is not None) == order.is_shipped


@pytest.mark.parametrize(
    "sources",
    [
        [],
        [source(ORDERS), source(ORDERS)],
        [source(ORDERS), source(ITEMS, SourceFormat.ETSY_ITEMS, "77")],
        [source(ORDERS), source(ORDERS, SourceFormat.SHOPIFY_ORDERS)],
    ],
    ids=["none", "same format", "other order", "formats apart"],
)
def test_sources_that_are_not_one_order_are_refused(sources: list[SourceOrder]) -> None:
    with pytest.raises(MergeError):
        merge(sources)
