"""Pirate Ship's shipment export: labels as they stand, voided ones named, bad rows set aside."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.address import PostalAddress
from jeweler_desk.domain.money import Money
from jeweler_desk.domain.source_order import SourceFormat
from jeweler_desk.imports.files import UnknownFileError, read_bytes, read_file
from tests.imports.rows_of import DATA, PIRATESHIP_ROW, pirateship


def test_the_shops_export_is_read_whole() -> None:
    found = read_file(DATA / "pirateship_shipments.csv")
    assert (found.format, found.rows) == (SourceFormat.PIRATESHIP_SHIPMENTS, 10)
    assert (found.orders, found.set_aside) == ((), ())
    assert [label.order_number for label in found.labels if label.is_voided] == ["2104"]
    first = found.labels[0]
    assert (first.order_number, first.tracking_number) == ("#1041", "9400111206206400104193")
    assert (first.carrier, first.service) == ("USPS", "Ground Advantage")
    assert (first.bought_on, first.shipped_on) == (date(2026, 9, 3), date(2026, 9, 3))
    assert first.cost == Money(475, "USD")
    assert first.address == PostalAddress(
        name="Hannah Lindqvist",
        address1="3 Lighthouse Road",
        city="Portland",
        region="ME",
        postcode="04101",
        country="US",
    )
    assert first.line == 2
    assert found.labels[6].order_number == "00115"


@pytest.mark.parametrize("status", ["Refunded", "Voided", "Refund requested", "Canceled"])
def test_a_label_given_back_is_voided(status: str) -> None:
    (label,) = pirateship({"Status": status, "Tracking Number": "", "Order ID": ""}).labels
    assert label.is_voided


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Order ID": " "}, "Order ID is missing: nobody can tell whose parcel this is."),
        ({"Tracking Number": ""}, "Tracking Number is missing."),
        (
            {"Tracking Number": "9.40011E+21"},
            "A spreadsheet has spoiled the tracking number “9.40011E+21”: download the file again.",
        ),
        ({"Cost": "much"}, "Cost: “much” is not an amount."),
        ({"Ship Date": "soon"}, "Ship Date: “soon” is not a day such as 10/02/26."),
    ],
)
def test_a_row_that_cannot_be_taken_is_set_aside_with_its_reason(
    cells: dict[str, str], reason: str
) -> None:
    found = pirateship(cells, {"Order ID": "#2002"})
    assert [(row.line, row.reason) for row in found.set_aside] == [(2, reason)]
    assert [label.order_number for label in found.labels] == ["#2002"]


def test_a_row_with_too_few_cells_is_set_aside() -> None:
    text = ",".join(PIRATESHIP_ROW) + "\n2026-10-05,Tilda\n"
    found = read_bytes(text.encode(), "shipments.csv")
    assert [row.line for row in found.set_aside] == [2]
    assert "2 cells where the headings are" in found.set_aside[0].reason


def test_a_day_with_a_time_behind_it_and_blanks_in_the_number_are_read() -> None:
    (label,) = pirateship(
        {
            "Created Date": "2026-10-05 09:14:00",
            "Ship Date": "10/06/2026",
            "Tracking Number": "9400 1112 0620 6400 1041 93",
            "Tracking Status": "Delivered",
            "Tracking Date": "2026-10-09 13:00",
        }
    ).labels
    assert (label.bought_on, label.shipped_on) == (date(2026, 10, 5), date(2026, 10, 6))
    assert label.delivered_on == date(2026, 10, 9)
    assert label.tracking_number == "9400111206206400104193"


def test_the_same_row_has_the_same_digest_wherever_its_columns_stand() -> None:
    names = list(PIRATESHIP_ROW)
    there = ",".join(names) + "\n" + ",".join(PIRATESHIP_ROW.values()) + "\n"
    back = ",".join(reversed(names)) + "\n" + ",".join(reversed(PIRATESHIP_ROW.values())) + "\n"
    first, second = (read_bytes(text.encode(), "s.csv").labels[0] for text in (there, back))
    assert first.digest == second.digest
    (other,) = pirateship({"Cost": "4.76"}).labels
    assert other.digest != first.digest


def test_a_file_without_the_order_numbers_names_what_is_missing() -> None:
    text = ",".join(name for name in PIRATESHIP_ROW if name != "Order ID")
    with pytest.raises(UnknownFileError, match="“Order ID”"):
        read_bytes(f"{text}\n".encode(), "shipments.csv")
