"""Shopify's orders file: continuation rows, statuses, apostrophes and gifts."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.order import Gift, NewOrder, Variation
from jeweler_desk.imports.batch import ImportedFile
from jeweler_desk.imports.files import read_bytes
from jeweler_desk.imports.shopify import split_title
from tests.imports.rows_of import (
    SHOPIFY,
    SHOPIFY_CONTINUATION,
    SHOPIFY_ROW,
    csv_text,
    shopify,
    shopify_order,
)


def the_order(found: ImportedFile) -> NewOrder:
    assert found.set_aside == ()
    (source,) = found.orders
    return source.order


@pytest.mark.parametrize(
    ("name", "title", "options"),
    [
        ("Ring - 7 / Polished", "Ring", ("7", "Polished")),
        ("Ring", "Ring", ()),
        ("Ring - wide - EU 54", "Ring - wide", ("EU 54",)),
        ("Ring-7", "Ring-7", ()),
        ("Cuff - 1/2 inch / Dark", "Cuff", ("1/2 inch", "Dark")),
        ("Ring - ", "Ring -", ()),
        (" - 7", "- 7", ()),
    ],
)
def test_a_title_splits_at_its_last_dash(name: str, title: str, options: tuple[str, ...]) -> None:
    assert split_title(name) == (title, tuple(Variation(None, value) for value in options))


@pytest.mark.parametrize(
    ("cells", "charges", "held", "refunds"),
    [
        ({"Financial_Status": "paid"}, ["45.00"], [], []),
        ({"Financial_Status": "pending", "Paid_at": ""}, [], [], []),
        ({"Financial_Status": "authorized"}, [], ["held"], []),
        ({"Financial_Status": "voided"}, [], ["voided"], []),
        ({"Financial_Status": "expired"}, [], ["expired"], []),
        (
            {"Financial_Status": "partially_paid", "Outstanding_Balance": "15.00"},
            ["30.00"],
            [],
            [],
        ),
        (
            {"Financial_Status": "partially_paid", "Outstanding_Balance": "45.00"},
            [],
            [],
            [],
        ),
        (
            {"Financial_Status": "partially_refunded", "Refunded_Amount": "9.50"},
            ["45.00"],
            [],
            ["9.50"],
        ),
        ({"Financial_Status": "refunded", "Refunded_Amount": "45.00"}, ["45.00"], [], ["45.00"]),
        ({"Financial_Status": "refunded", "Refunded_Amount": ""}, ["45.00"], [], ["45.00"]),
        ({"Financial_Status": "paid", "Total": "0.00"}, [], [], []),
        ({"Financial_Status": "voided", "Total": "0.00"}, [], [], []),
    ],
)
def test_the_financial_status_tells_the_money(
    cells: dict[str, str], charges: list[str], held: list[str], refunds: list[str]
) -> None:
    order = the_order(shopify_order(**cells))
    assert [charge.amount.amount for charge in order.charges] == charges
    assert [each.state.value for each in order.authorizations] == held
    assert [refund.amount.amount for refund in order.refunds] == refunds
    assert {charge.source for charge in order.charges} <= {"order_export"}


def test_a_paid_order_without_an_instant_counts_from_its_day() -> None:
    order = the_order(shopify_order(Paid_at=""))
    assert (order.paid_at, order.paid_on) == (None, date(2026, 10, 2))


def test_the_day_of_an_order_is_the_shops_own() -> None:
    order = the_order(shopify_order(Created_at="2026-09-30 21:40:11 -0400"))
    assert order.placed_on == date(2026, 9, 30)
    assert order.placed_at == datetime(2026, 10, 1, 1, 40, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("'04101", "04101"), ("''04101", "''04101"), ("'s", "'s"), ("'", "'"), ("G12 8BL", "G12 8BL")],
)
def test_one_apostrophe_before_digits_is_left_out(cell: str, postcode: str) -> None:
    order = the_order(shopify_order(Shipping_Zip=cell))
    assert order.address.postcode == postcode


def test_the_phone_is_the_orders_else_the_parcels_else_the_buyers() -> None:
    phones = {"Phone": "'+1 555", "Shipping_Phone": "'+2 555", "Billing_Phone": "+3 555"}
    assert the_order(shopify_order(**phones)).phone == "+1 555"
    assert the_order(shopify_order(**{**phones, "Phone": ""})).phone == "+2 555"
    only = {"Billing_Phone": "+3 555", "Billing_Name": "Ann"}
    assert the_order(shopify_order(**only)).phone == "+3 555"
    assert the_order(shopify_order()).phone is None


def test_the_customer_pays_and_the_parcel_goes_elsewhere() -> None:
    order = the_order(shopify_order(Billing_Name="Ann Buyer", Billing_City="York"))
    assert (order.customer, order.address.name) == ("Ann Buyer", "Tilda Marsh")
    assert order.billing_address is not None and order.billing_address.city == "York"
    assert the_order(shopify_order()).billing_address is None
    assert the_order(shopify_order()).customer == "Tilda Marsh"


def test_an_old_file_with_a_street_only_keeps_it() -> None:
    order = the_order(shopify_order(Shipping_Address1="", Shipping_Street="1 Quay, Flat 2"))
    assert order.address.address1 == "1 Quay, Flat 2"


def test_an_order_without_a_parcel_has_an_empty_address() -> None:
    order = the_order(shopify_order(Shipping_Name="", Shipping_Address1="", Shipping_City=""))
    assert order.address.is_empty
    assert order.customer is None


def test_a_fulfilled_order_is_shipped_and_a_partial_one_by_line() -> None:
    whole = the_order(
        shopify_order(
            Fulfillment_Status="fulfilled",
            Fulfilled_at="2026-10-03 10:00:00 -0400",
            Lineitem_fulfillment_status="fulfilled",
        )
    )
    assert whole.is_shipped
    assert whole.shipped_at == datetime(2026, 10, 3, 14, tzinfo=UTC)
    assert whole.line_items[0].units_shipped == 0
    first = {
        **SHOPIFY_ROW,
        "Fulfillment Status": "partial",
        "Lineitem fulfillment status": "fulfilled",
        "Lineitem quantity": "2",
    }
    part = the_order(shopify(first, SHOPIFY_CONTINUATION))
    assert not part.is_shipped and part.shipped_at is None
    assert [line.units_shipped for line in part.line_items] == [2, 0]


def test_a_canceled_order_is_canceled_although_paid() -> None:
    order = the_order(shopify_order(Cancelled_at="2026-10-03 10:00:00 -0400"))
    assert order.is_canceled
    assert order.canceled_at == datetime(2026, 10, 3, 14, tzinfo=UTC)
    assert [charge.amount.amount for charge in order.charges] == ["45.00"]


def test_notes_stay_as_the_buyer_wrote_them() -> None:
    note = ' =SUM(1,1) "quoted"\r\nsecond line 🎁 '
    assert the_order(shopify_order(Notes=note)).notes == note


def test_a_line_has_its_own_discount() -> None:
    order = the_order(shopify_order(Lineitem_discount="4.00"))
    assert order.line_items[0].discount is not None
    assert order.line_items[0].discount.amount == "4.00"


def test_a_gift_is_told_by_its_attributes() -> None:
    order = the_order(shopify_order(Note_Attributes="gift: yes\ngift_message: For you\nLove, M"))
    assert (order.gift, order.gift_message) == (Gift.YES, "For you\nLove, M")
    assert the_order(shopify_order()).gift is Gift.UNKNOWN


@given(st.randoms(use_true_random=False), st.integers(1, 5))
def test_rows_in_any_order_make_the_same_orders(shuffle: random.Random, lines: int) -> None:
    rows = []
    for number in ("#1", "#2"):
        rows.append({**SHOPIFY_ROW, "Name": number})
        rows.extend(
            {**SHOPIFY_CONTINUATION, "Name": number, "Lineitem sku": f"S{line}"}
            for line in range(lines)
        )
    shuffle.shuffle(rows)
    found = shopify(*rows)
    assert found.set_aside == ()
    assert {source.number for source in found.orders} == {"#1", "#2"}
    for source in found.orders:
        keys = {line.source_key for line in source.order.line_items}
        assert keys == {"1|JT-1|Ring - 7 / Polished"} | {f"1|S{n}|Cloth" for n in range(lines)}


def test_two_equal_lines_of_an_order_are_two() -> None:
    order = the_order(shopify(SHOPIFY_ROW, SHOPIFY_CONTINUATION, SHOPIFY_CONTINUATION))
    assert [line.source_key for line in order.line_items] == [
        "1|JT-1|Ring - 7 / Polished",
        "1|JT-2|Cloth",
        "2|JT-2|Cloth",
    ]


def test_two_files_joined_give_each_order_once() -> None:
    rows = [SHOPIFY_ROW, SHOPIFY_CONTINUATION, SHOPIFY_CONTINUATION]
    order = the_order(shopify(*rows, *rows))
    assert [line.quantity for line in order.line_items] == [1, 1, 1]


@pytest.mark.parametrize(
    "second",
    [[{**SHOPIFY_ROW, "Total": "46.00"}], [SHOPIFY_ROW]],
)
def test_an_order_that_stands_twice_with_other_contents_is_set_aside(
    second: list[dict[str, str]],
) -> None:
    found = shopify(SHOPIFY_ROW, SHOPIFY_CONTINUATION, *second)
    assert found.orders == ()
    assert len(found.set_aside) == 3
    assert "stands in this file twice" in found.set_aside[-1].reason


def test_a_piece_taken_out_of_an_order_is_not_made() -> None:
    order = the_order(shopify(SHOPIFY_ROW, {**SHOPIFY_CONTINUATION, "Lineitem quantity": "0"}))
    assert [line.title for line in order.line_items] == ["Ring"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Total": "forty"}, "Total: “forty” is not an amount."),
        ({"Total": ""}, "Total is missing."),
        ({"Total": "-45.00"}, "Total: “-45.00” is negative."),
        ({"Created_at": "45384.34789"}, "Created At: “45384.34789” is not a time"),
        ({"Created_at": "2026-10-02 09:00:00"}, "names no time zone"),
        ({"Created_at": ""}, "Created At is missing."),
        ({"Currency": "GOLD"}, "The currency “GOLD” is not known."),
        ({"Financial_Status": ""}, "There is no Financial Status."),
        ({"Financial_Status": "maybe"}, "“maybe” is not a known Financial Status."),
        ({"Financial_Status": "partially_refunded"}, "Refunded Amount is missing."),
        (
            {"Financial_Status": "partially_paid", "Outstanding_Balance": ""},
            "Outstanding Balance is missing.",
        ),
        (
            {"Financial_Status": "partially_paid", "Outstanding_Balance": "46.00"},
            "Outstanding Balance is more than the total.",
        ),
        ({"Lineitem_quantity": "-2"}, "Lineitem Quantity: “-2” is not a number of pieces."),
        ({"Lineitem_quantity": "0"}, "The order has no pieces."),
        ({"Lineitem_name": ""}, "Lineitem Name is missing."),
        ({"Lineitem_price": ""}, "Lineitem Price is missing."),
        ({"Name": ""}, "Name is missing."),
    ],
)
def test_a_bad_row_is_set_aside_with_its_text(cells: dict[str, str], reason: str) -> None:
    found = shopify_order(**cells)
    assert found.orders == ()
    (aside,) = found.set_aside
    assert aside.line == 2
    assert reason in aside.reason
    assert "tilda@example.com" in aside.text


def test_a_bad_piece_sets_its_whole_order_aside() -> None:
    bad = {**SHOPIFY_CONTINUATION, "Lineitem price": "?"}
    found = shopify(SHOPIFY_ROW, {**SHOPIFY_ROW, "Name": "#9"}, bad)
    assert [source.number for source in found.orders] == ["#9"]
    assert [aside.line for aside in found.set_aside] == [2, 4]
    assert found.set_aside[0].reason.startswith("Order #2001 was left out because of line 4: ")


def test_pieces_without_their_first_row_are_set_aside() -> None:
    found = shopify(SHOPIFY_CONTINUATION)
    assert "first row of this order" in found.set_aside[0].reason


def test_a_row_with_too_few_cells_sets_its_whole_order_aside() -> None:
    text = csv_text(SHOPIFY, [SHOPIFY_ROW, {**SHOPIFY_ROW, "Name": "#9"}]) + "#2001,short\n"
    found = read_bytes(text.encode(), "shopify.csv")
    assert [source.number for source in found.orders] == ["#9"]
    assert [aside.line for aside in found.set_aside] == [2, 4]
    assert found.set_aside[1].reason == "The row has 2 cells where the headings are 79."


def test_headings_drift_and_orders_stay_the_same() -> None:
    old = [name for name in SHOPIFY if name not in SHOPIFY[75:]]
    today, then = (
        read_bytes(csv_text(columns, [SHOPIFY_ROW]).encode(), "x.csv").orders
        for columns in (SHOPIFY, list(reversed(old)))
    )
    assert today == then


def test_a_changed_cell_changes_the_digest() -> None:
    assert shopify_order().orders[0].digest == shopify_order().orders[0].digest
    assert shopify_order().orders[0].digest != shopify_order(Total="46.00").orders[0].digest
