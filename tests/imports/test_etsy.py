"""Etsy's two files: edge cases of their cells, and rows that must not become half an order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.order import NewOrder, Variation
from jeweler_desk.imports.batch import ImportedFile
from jeweler_desk.imports.etsy import split_variations
from tests.imports.rows_of import etsy_items, etsy_orders


def the_order(found: ImportedFile) -> NewOrder:
    assert found.set_aside == ()
    (source,) = found.orders
    return source.order


@pytest.mark.parametrize(
    ("cell", "options", "personalization"),
    [
        ("", (), None),
        ("Size:7", (("Size", "7"),), None),
        ("Size:7,Finish:Smooth", (("Size", "7"), ("Finish", "Smooth")), None),
        ("Size:Large, 7 inches,Color:Dark", (("Size", "Large, 7 inches"), ("Color", "Dark")), None),
        ("Time:10:30", (("Time", "10:30"),), None),
        ("Men&#39;s &amp; Women&#39;s:A &lt; B", (("Men's & Women's", "A < B"),), None),
        ("Note:&amp;amp;", (("Note", "&amp;"),), None),
        ("A:1&#44;2,B:3", (("A", "1,2"), ("B", "3")), None),
        ("Length:1,5 m,Color:Red", (("Length", "1,5 m"), ("Color", "Red")), None),
        ("Handmade", ((None, "Handmade"),), None),
        ("Size:7,Personalization", (("Size", "7"),), None),
        ("Personalization", (), None),
        ("Personalization:", (), None),
        ("Personalization:  ", (), None),
        ("Size:7,Personalization:Not requested on this item.", (("Size", "7"),), None),
        ("Personalization:A,B:C, d,Size:9", (), "A,B:C, d,Size:9"),
        ("Size:7,Personalization:x,Personalization:y", (("Size", "7"),), "x,Personalization:y"),
        ("Size:7, Personalization:Anna", (("Size", "7"),), "Anna"),
        ("Size:7,Personalisation:Colour &amp; care", (("Size", "7"),), "Colour & care"),
        ("Personalization:one\r\n\r\ntwo ", (), "one\r\n\r\ntwo "),
    ],
)
def test_a_new_pair_starts_at_a_comma_not_followed_by_a_blank(
    cell: str, options: tuple[tuple[str | None, str], ...], personalization: str | None
) -> None:
    assert split_variations(cell) == (
        tuple(Variation(name, value) for name, value in options),
        personalization,
    )


LABEL = st.text("abcXYZ ()é", min_size=1, max_size=8).map(str.strip).filter(bool)
VALUE = st.text("abc123 /éö", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(LABEL, VALUE), max_size=4), st.none() | st.text("ab ,:\r\né💍", max_size=20)
)
def test_what_etsy_joins_comes_apart_again(pairs: list[tuple[str, str]], wish: str | None) -> None:
    pieces = [f"{label}:{value}" for label, value in pairs]
    if wish is not None:
        pieces.append(f"Personalization:{wish}")
    options, personalization = split_variations(",".join(pieces))
    assert [(option.name, option.value) for option in options] == pairs
    assert personalization == (wish if wish and wish.strip() else None)


def test_a_marketplace_tax_is_what_the_order_total_holds_beyond_the_total() -> None:
    order = the_order(etsy_orders({"Order Total": "48.15", "Sales Tax": "0.40"}))
    assert (order.total.amount, order.tax and order.tax.amount) == ("45.40", "0.40")
    assert order.marketplace_tax is not None
    assert order.marketplace_tax.amount == "2.75"


@pytest.mark.parametrize("order_total", ["45.00", "", "40.00"])
def test_no_marketplace_tax_where_nothing_is_beyond(order_total: str) -> None:
    assert the_order(etsy_orders({"Order Total": order_total})).marketplace_tax is None


def test_a_partial_refund_is_net_and_fee_together() -> None:
    order = the_order(
        etsy_orders(
            {
                "Order Net": "43.40",
                "Card Processing Fees": "1.60",
                "Adjusted Net Order Amount": "33.70",
                "Adjusted Card Processing Fees": "1.30",
            }
        )
    )
    assert [(refund.amount.amount, refund.state.value) for refund in order.refunds] == [
        ("10.00", "settled")
    ]


def test_adjusted_zeros_are_no_refund() -> None:
    cells = {"Order Net": "43.40", "Card Processing Fees": "1.60"}
    assert the_order(etsy_orders({**cells, "Adjusted Net Order Amount": "0.00"})).refunds == ()
    same = {"Adjusted Net Order Amount": "43.40", "Adjusted Card Processing Fees": "1.60"}
    assert the_order(etsy_orders({**cells, **same})).refunds == ()


def test_without_online_payment_nothing_is_charged() -> None:
    order = the_order(etsy_orders({"Payment Type": "other"}))
    assert order.charges == () and order.paid_on is None
    items = the_order(etsy_items({"Payment Type": "other", "Date Paid": ""}))
    assert items.charges == () and items.paid_on is None


def test_a_filled_paid_day_is_a_charge_whatever_the_means() -> None:
    order = the_order(etsy_items({"Payment Type": "other", "Date Paid": "10/04/2026"}))
    assert [charge.amount.amount for charge in order.charges] == ["45.00"]
    assert order.paid_on == date(2026, 10, 4)


def test_an_online_payment_without_a_paid_day_counts_from_the_sale() -> None:
    order = the_order(etsy_items({"Date Paid": ""}))
    assert [charge.amount.amount for charge in order.charges] == ["45.00"]
    assert order.paid_on == date(2026, 10, 2)


def test_a_free_order_has_no_charge() -> None:
    order = the_order(etsy_orders({"Discount Amount": "45.00"}))
    assert order.total.amount == "0.00"
    assert order.charges == ()
    assert order.paid_on == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("buyer", "customer"),
    [
        ("Tilda Marsh (tildam)", "Tilda Marsh"),
        ("Tilda (Tilly) Marsh (tildam)", "Tilda (Tilly) Marsh"),
        ("Tilda Marsh", "Tilda Marsh"),
        ("", "Gwen Recipient"),
    ],
)
def test_the_customer_is_the_buyer_without_the_user_name(buyer: str, customer: str) -> None:
    order = the_order(etsy_items({"Buyer": buyer, "Ship Name": "Gwen Recipient"}))
    assert order.customer == customer
    assert order.address.name == "Gwen Recipient"


def test_pieces_sent_while_others_wait_are_counted_by_line() -> None:
    order = the_order(
        etsy_items(
            {"Date Shipped": "10/03/2026", "Quantity": "2", "Transaction ID": "1"},
            {"Date Shipped": "", "Transaction ID": "2"},
        )
    )
    assert not order.is_shipped and order.shipped_on is None
    assert [line.units_shipped for line in order.line_items] == [2, 0]


def test_a_coupon_repeated_by_piece_is_named_once() -> None:
    assert the_order(etsy_items({"Coupon Code": "TEN;TEN"})).discount_code == "TEN"
    assert the_order(etsy_items({"Coupon Code": "TEN;SHIP"})).discount_code == "TEN, SHIP"


def test_the_same_row_twice_is_one() -> None:
    assert the_order(etsy_orders({}, {})).total.amount == "45.00"
    order = the_order(etsy_items({}, {}))
    assert (order.total.amount, len(order.line_items)) == ("45.00", 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Order Value": "lots"}, "Order Value: “lots” is not an amount."),
        ({"Order Value": "1,234"}, "Order Value: “1,234” could be two amounts"),
        ({"Order Value": ""}, "Order Value is missing."),
        ({"Shipping": "-5.00"}, "Shipping: “-5.00” is negative."),
        ({"Sale Date": "28/10/26"}, "Sale Date: “28/10/26” is not a day such as 10/02/26."),
        ({"Sale Date": ""}, "Sale Date is missing."),
        ({"Date Shipped": "soon"}, "Date Shipped: “soon” is not a day"),
        ({"Order ID": " "}, "Order ID is missing."),
        ({"Order ID": "3.512E+09"}, "Order ID: “3.512E+09” is not a number of Etsy"),
        ({"Currency": "XYZ"}, "The currency “XYZ” is not known."),
        ({"Currency": ""}, "The currency is missing."),
        ({"Number of Items": "-1"}, "Number Of Items: “-1” is not a number of pieces."),
        ({"Number of Items": "0"}, "Number Of Items is 0."),
        ({"Number of Items": ""}, "Number Of Items is missing."),
        ({"Discount Amount": "99.00"}, "The total comes to -54.00, which is less than nothing."),
    ],
)
def test_a_bad_orders_row_is_set_aside_and_the_others_are_taken(
    changes: dict[str, str], reason: str
) -> None:
    found = etsy_orders({"Order ID": "1"}, changes, {"Order ID": "3"})
    assert [source.number for source in found.orders] == ["1", "3"]
    (aside,) = found.set_aside
    assert (aside.line, found.rows) == (3, 3)
    assert reason in aside.reason
    assert "Tilda Marsh" in aside.text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Price": ""}, "Price is missing."),
        ({"Item Total": "x"}, "Item Total: “x” is not an amount."),
        ({"Quantity": "two"}, "Quantity: “two” is not a number of pieces."),
        ({"Quantity": "0"}, "Quantity is 0."),
        ({"Item Name": " "}, "Item Name is missing."),
        ({"Transaction ID": ""}, "Transaction ID is missing."),
        ({"Transaction ID": "1", "Price": "1.00"}, "Transaction 1 stands in this file twice"),
        ({"Currency": "EUR"}, "The order is in USD, this row in EUR."),
        ({"Discount Amount": "400.00"}, "less than nothing"),
    ],
)
def test_a_bad_item_sets_its_whole_order_aside(changes: dict[str, str], reason: str) -> None:
    found = etsy_items(
        {"Transaction ID": "1"},
        {"Order ID": "77", "Transaction ID": "9"},
        {"Transaction ID": "2", **changes},
    )
    assert [source.number for source in found.orders] == ["77"]
    assert [aside.line for aside in found.set_aside] == [2, 4]
    reasons = [aside.reason for aside in found.set_aside]
    assert all(reason in each for each in reasons)
    assert sum("Order 3512000200 was left out because of line" in each for each in reasons) == 1


def test_an_order_that_stands_twice_with_other_money_is_set_aside() -> None:
    found = etsy_orders({}, {"Order Value": "41.00"})
    assert found.orders == ()
    assert [aside.line for aside in found.set_aside] == [2, 3]
