"""The door for files: known, not read yet, unknown, incomplete."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.source_order import SourceFormat
from jeweler_desk.imports.files import NotReadYetError, UnknownFileError, read_bytes, read_file
from jeweler_desk.imports.sniff import FORMAT_NAMES
from tests.imports.rows_of import (
    DATA,
    ETSY_ITEMS,
    ETSY_ORDERS,
    ITEMS_ROW,
    ORDERS_ROW,
    SHOPIFY,
    SHOPIFY_ROW,
    csv_text,
)

NOT_READ_YET = {
    SourceFormat.ETSY_PAYMENTS: "Payment ID,Buyer Username,Order ID,Gross Amount,Fees,Posted Gross",
    SourceFormat.ETSY_STATEMENT: '\ufeffDate,Type,Title,Info,Currency,Amount,"Fees & Taxes",Net',
    SourceFormat.ETSY_DEPOSITS: "Date,Amount,Currency,Status,Bank Account Ending Digits",
    SourceFormat.SHOPIFY_PAYMENTS: "Transaction Date,Type,Order,Payout Status,Amount,Fee,Net",
    SourceFormat.WOOCOMMERCE_ORDERS: '\ufeff"Order Number","Order Status","Order Date",SKU',
    SourceFormat.SQUARESPACE_ORDERS: "Order ID,Financial Status,Amount Refunded,Lineitem name",
    SourceFormat.EBAY_ORDERS: (
        ',,,\n"Sales Record Number","Order Number","Buyer Username","Item Title"'
    ),
    SourceFormat.AMAZON_ORDERS: "order-id\torder-item-id\tpurchase-date\tpayments-date",
    SourceFormat.SQUARE_ITEMS: "Date,Time,Item,Qty,Gross Sales,Net Sales,Transaction ID,Payment ID",
    SourceFormat.SQUARE_TRANSACTIONS: (
        "Date,Time,Gross Sales,Net Sales,Total Collected,Transaction ID,Payment ID"
    ),
    SourceFormat.PAYPAL_ACTIVITY: (
        '"Date","Time","TimeZone","Name","Type","Status","Gross","Fee","Net","Transaction ID"'
    ),
    SourceFormat.PAYPAL_STATEMENT: (
        "Date,Time,Time Zone,Description,Gross,Fee,Net,Balance,Transaction ID"
    ),
    SourceFormat.STRIPE_PAYMENTS: "id,Created date (UTC),Amount,Amount Refunded,Currency",
    SourceFormat.STRIPE_BALANCE: "balance_transaction_id,created_utc,gross,net,reporting_category",
}


@pytest.mark.parametrize("format_", NOT_READ_YET)
def test_a_file_that_is_not_read_yet_is_refused_by_its_name(format_: SourceFormat) -> None:
    with pytest.raises(NotReadYetError, match="which is not read yet") as refused:
        read_bytes(f"{NOT_READ_YET[format_]}\n".encode(), "some/file.csv")
    assert refused.value.format is format_
    assert FORMAT_NAMES[format_] in str(refused.value)
    assert str(refused.value).startswith("“file.csv” is ")


def test_webtoffees_woocommerce_file_is_known_too() -> None:
    with pytest.raises(NotReadYetError) as refused:
        read_bytes(b"order_id,order_number,order_date,order_total\n", "w.csv")
    assert refused.value.format is SourceFormat.WOOCOMMERCE_ORDERS


def test_every_format_is_read_or_refused_by_name() -> None:
    readable = {
        SourceFormat.ETSY_ORDERS,
        SourceFormat.ETSY_ITEMS,
        SourceFormat.SHOPIFY_ORDERS,
        SourceFormat.PIRATESHIP_SHIPMENTS,
    }
    assert set(NOT_READ_YET) | readable == set(SourceFormat) == set(FORMAT_NAMES)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name,color\nring,gold\n", "has headings that Jeweler Desk does not know"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "has headings that Jeweler Desk does not know"),
        (b"PK\x03\x04rest", "is a spreadsheet or an archive"),
    ],
)
def test_an_unknown_file_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnknownFileError, match=says):
        read_bytes(content, "thing.bin")


def test_files_that_cannot_be_opened_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" \n")
    with pytest.raises(UnknownFileError, match=r"“empty\.csv” is empty"):
        read_file(tmp_path / "empty.csv")
    with pytest.raises(UnknownFileError, match=r"There is no file “gone\.csv”"):
        read_file(tmp_path / "gone.csv")
    with pytest.raises(UnknownFileError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(UnknownFileError, match="could not be read"):
        read_file(tmp_path / "empty.csv" / "inside.csv")


@pytest.mark.parametrize(
    ("columns", "row", "gone", "named"),
    [
        (SHOPIFY, SHOPIFY_ROW, "Currency", "“Currency”"),
        (SHOPIFY, SHOPIFY_ROW, "Lineitem name", "“Lineitem Name”"),
        (ETSY_ORDERS, ORDERS_ROW, "Order ID", "“Order ID”"),
        (ETSY_ITEMS, ITEMS_ROW, "Variations", "“Variations”"),
    ],
)
def test_a_file_without_a_needed_column_is_refused_and_the_column_named(
    columns: list[str], row: dict[str, str], gone: str, named: str
) -> None:
    text = csv_text([name for name in columns if name != gone], [row])
    with pytest.raises(UnknownFileError, match="these columns are missing") as refused:
        read_bytes(text.encode(), "x.csv")
    assert named in str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_headings(delimiter: str) -> None:
    text = csv_text(ETSY_ORDERS, [ORDERS_ROW], delimiter=delimiter)
    assert read_bytes(text.encode(), "x.csv").orders[0].order.total.amount == "45.00"


def test_headings_are_known_in_any_case_and_with_blanks_around() -> None:
    text = csv_text([f" {name.upper()} " for name in ETSY_ORDERS], [])
    assert read_bytes(text.encode(), "x.csv").format is SourceFormat.ETSY_ORDERS


def test_a_uk_account_says_other_words_for_the_same_columns() -> None:
    renamed = {
        "Date Shipped": "Date Posted",
        "Ship City": "Delivery City",
        "Shipping": "Delivery",
        "Shipping Discount": "Delivery Discount",
        "Sales Tax": "Sales tax",
        "Order Total": "Order total",
    }
    row = {**ORDERS_ROW, "Date Shipped": "10/03/2026"}
    us = csv_text(ETSY_ORDERS, [row])
    uk = csv_text(
        [renamed.get(name, name) for name in ETSY_ORDERS],
        [{renamed.get(name, name): cell for name, cell in row.items()}],
    )
    assert read_bytes(uk.encode(), "uk.csv").orders == read_bytes(us.encode(), "us.csv").orders


def test_a_file_with_headings_only_has_no_orders() -> None:
    found = read_bytes(csv_text(SHOPIFY, []).encode(), "x.csv")
    assert (found.rows, found.orders, found.set_aside) == (0, (), ())


def test_blank_lines_before_the_headings_keep_the_physical_line_numbers() -> None:
    text = "\n\n" + csv_text(ETSY_ORDERS, [{**ORDERS_ROW, "Order Value": "?"}])
    assert read_bytes(text.encode(), "x.csv").set_aside[0].line == 4


def test_a_spreadsheets_windows_text_is_taken_with_a_warning() -> None:
    text = csv_text(ETSY_ORDERS, [{**ORDERS_ROW, "Full Name": "Jürgen Weißbach"}])
    found = read_bytes(text.encode("cp1252"), "x.csv")
    assert found.orders[0].order.customer == "Jürgen Weißbach"
    assert len(found.warnings) == 1


def test_a_file_resaved_with_windows_line_ends_gives_the_same_orders() -> None:
    content = (DATA / "shopify_orders.csv").read_bytes()
    ours = read_bytes(content, "x.csv")
    windows = read_bytes(content.replace(b"\n", b"\r\n"), "x.csv")
    assert [source.order.total for source in windows.orders] == [
        source.order.total for source in ours.orders
    ]
    assert windows.set_aside == ()


@given(st.binary(max_size=300), st.sampled_from([ETSY_ORDERS, ETSY_ITEMS, SHOPIFY]))
def test_no_row_whatever_raises_and_none_is_lost(rest: bytes, columns: list[str]) -> None:
    content = csv_text(columns, []).encode() + rest
    found = read_bytes(content, "x.csv")
    assert len(found.set_aside) <= found.rows
    assert found.orders == () or found.rows > len(found.set_aside)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(SHOPIFY),
            st.sampled_from(["", "0", "-1", "1,234", "paid", "#2001", "x", "'", '"', "\n", "1e5"]),
            max_size=6,
        ),
        max_size=5,
    )
)
def test_any_mixture_of_cells_is_taken_or_set_aside(changes: list[dict[str, str]]) -> None:
    rows = [{**SHOPIFY_ROW, "Name": f"#{n}", **change} for n, change in enumerate(changes)]
    found = read_bytes(csv_text(SHOPIFY, rows).encode(), "x.csv")
    assert found.rows == len(rows)
    taken = {source.number for source in found.orders}
    assert len(taken) == len(found.orders)
    lines = [aside.line for aside in found.set_aside]
    assert lines == sorted(set(lines))
    assert all(aside.reason.endswith(".") and aside.text for aside in found.set_aside)
