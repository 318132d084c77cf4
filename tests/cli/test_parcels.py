"""Parcels from the command line: a doubtful number is said aside and kept; facts are noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports

NUMBER = "9400111206206400104193"
NOW = "2026-10-05T14:00:00Z"


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    shop.done("import", Exports(tmp_path).shopify({}))
    return shop


@pytest.fixture
def sent(shop: CommandLine) -> CommandLine:
    shop.done("pack", "2001")
    shop.done("ship", "2001", "--carrier", "USPS", "--tracking", NUMBER)
    return shop


def test_a_wrong_check_digit_is_said_aside_and_the_parcel_leaves(shop: CommandLine) -> None:
    shop.done("pack", "2001")
    wrong = NUMBER[:-1] + "9"
    answer = shop.run("ship", "2001", "--carrier", "USPS", "--tracking", wrong, "--json")
    assert answer.status == 0
    assert "The check digit of" in answer.aside
    (parcel,) = answer.json["shipments"]
    assert parcel["tracking_number"] == wrong
    assert answer.json["fulfillment_status"] == "shipped"


def test_a_good_number_is_not_spoken_of(shop: CommandLine) -> None:
    shop.done("pack", "2001")
    answer = shop.run("ship", "2001", "--carrier", "USPS", "--tracking", NUMBER, "--json")
    assert (answer.status, answer.aside) == (0, "")


def test_the_facts_of_a_parcel_are_noted_and_shown(sent: CommandLine) -> None:
    order = sent.done(
        "parcel", "2001", "--label-cost", "4.75", "--label-bought", "2026-10-05T09:00-04:00",
        "--first-scan", "2026-10-05T10:00-04:00", "--delivered", "now",
    )  # fmt: skip
    assert order["fulfillment_status"] == "delivered"
    shipment = {"carrier": "USPS", "tracking_number": NUMBER, "shipped_at": NOW, "units": 1}
    assert order["shipments"] == [shipment]
    assert order["parcels"] == [
        {
            "tracking_number": NUMBER,
            "service": None,
            "label_bought_at": "2026-10-05T13:00:00Z",
            "label_cost": {"amount": "4.75", "currency": "USD"},
            "label_address": None,
            "handed_over_at": NOW,
            "first_scan_at": NOW,
            "delivered_at": NOW,
        }
    ]
    said = sent.run("parcel", "2001").said
    assert f"1  USPS {NUMBER}" in said
    assert "label bought today 09:00 · 4.75 USD" in said
    assert "first scan   today 10:00" in said
    assert f"tLabels={NUMBER}" in said
    assert sent.done("parcel", "2001") == order


def test_a_parcel_is_not_delivered_before_it_was_handed_over(sent: CommandLine) -> None:
    before = sent.done("order", "2001")
    answer = sent.run("parcel", "2001", "--delivered", "2026-10-05T09:59-04:00")
    assert (answer.status, answer.aside) == (
        3,
        (
            "The parcel of order #2001 was handed over on Mon 5 Oct 2026 at 10:00: its delivery"
            " cannot lie before that, on Mon 5 Oct 2026 at 09:59. Nothing was changed.\n"
        ),
    )
    assert sent.done("order", "2001") == before


def test_a_parcel_without_a_number_is_shown_so(shop: CommandLine) -> None:
    assert shop.run("parcel", "2001").said == "No parcel of order #2001 has left yet.\n"
    shop.done("pack", "2001")
    shop.done("ship", "2001")
    assert "1  without a number" in shop.run("parcel", "2001").said
    answer = shop.run("parcel", "2001", "--tracking", "X1", "--carrier", "UPS", "--place", "1")
    assert answer.status == 0
    assert "writes its numbers differently" in answer.aside


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--label-cost", "much"), "“much” is not an amount such as 44.00. Nothing was changed."),
        (("--label-cost", "-1"), "cannot cost less than nothing"),
        (("--label-cost", "1.234"), "has more decimals than USD knows"),
        (("--delivered", "monday"), "--delivered: “monday” is not an instant"),
        (("--delivered", "2026-10-05T10:00"), "--delivered: “2026-10-05T10:00” is not an instant"),
        (("--place", "2", "--carrier", "UPS"), "Order #2001 has 1 parcel. Nothing was changed."),
        (("--delivered", "2026-10-06T10:00-04:00"), "lies in the future"),
        (("--label-bought", "2026-10-06T10:00-04:00"), "its label lies in the future"),
        (("--delivered", "2020-01-01T10:00-04:00"), "its delivery lies before the order itself"),
    ],
)
def test_a_value_out_of_form_is_refused(
    sent: CommandLine, options: tuple[str, ...], says: str
) -> None:
    before = sent.done("order", "2001")
    answer = sent.run("parcel", "2001", *options)
    assert (answer.status, answer.said) == (3, "")
    assert says in answer.aside
    assert sent.done("order", "2001") == before


def test_a_shipment_file_fills_parcels_and_says_how_many(shop: CommandLine, tmp_path: Path) -> None:
    voided = {"Status": "Refunded", "Tracking Number": "94"}
    labels = Exports(tmp_path).pirateship({}, {"Order ID": "77"}, voided)
    answer = shop.run("import", labels, "--json")
    assert answer.status == 1
    assert answer.json["shipments"] == {"new": 1, "changed": 0, "same": 0}
    assert answer.json["orders"] == {"new": 0, "changed": 0, "same": 0}
    (file,) = answer.json["files"]
    assert (file["format"], file["rows"]) == ("pirateship-shipments", 3)
    assert [(row["line"], row["reason"]) for row in file["set_aside"]] == [
        (3, "There is no order 77: import its file first.")
    ]
    again = shop.run("import", labels, "--json").json
    assert again["shipments"] == {"new": 0, "changed": 0, "same": 1}
    said = shop.run("import", labels, "--dry-run").said
    assert "Parcels: 0 would be new, 0 would be changed, 1 the same." in said
