from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine, a_shop, refused, written


def an_order(number: str, email: str = "mira@example.com") -> dict[str, Any]:
    return {
        "number": number, "channel": "shopify", "placed_on": "2026-10-04", "customer": "Mira Holt",
        "email": email, "gift": "no",
        "total": {"amount": "40.00", "currency": "USD"},
        "line_items": [{"title": "Rain Ring", "quantity": 1, "stage": "ready",
                        "unit_price": {"amount": "40.00", "currency": "USD"}}],
        "payments": [{"amount": {"amount": "40.00", "currency": "USD"}}],
        "address": {"name": "Mira Holt", "address1": "3 Gull Lane", "city": "Portland",
                    "region": "ME", "postcode": "04101", "country": "US"},
    }  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    for number, email in (
        ("#11", "mira@example.com"),
        ("#12", "mira@example.com"),
        ("#13", "x@example.com"),
    ):
        shop.done("add", written(tmp_path, an_order(number, email)))
        shop.done("stage", number, "ready")
    return shop


def test_the_bench_names_what_could_go_together(shop: CommandLine) -> None:
    first, second, third = shop.done("bench")
    assert (first["orders"], first["could_share"]) == (["#11"], ["#12"])
    assert (second["orders"], second["could_share"]) == (["#12"], ["#11"])
    assert (third["orders"], third["could_share"]) == (["#13"], [])
    assert "could share its box with #12" in shop.run("bench").said


def test_combine_pack_and_ship_take_the_whole_box(shop: CommandLine) -> None:
    both = shop.done("combine", "11", "12")
    assert [each["combined_with"] for each in both] == [["#12"], ["#11"]]
    shop.done("pack", "12")
    assert shop.done("order", "11")["fulfillment_status"] == "packed"
    shop.done("ship", "11", "--carrier", "USPS", "--tracking", "AB1")
    sent = shop.done("order", "12")
    assert sent["fulfillment_status"] == "shipped"
    assert sent["shipments"][0]["tracking_number"] == "AB1"
    assert "in one box with #11" in sent["timeline"][-1]["what"]
    assert shop.run("undo").status == 0
    assert shop.done("order", "12")["fulfillment_status"] == "packed"


def test_take_apart_gives_each_its_own_box(shop: CommandLine) -> None:
    assert "Rain Ring" in shop.run("combine", "11", "12").said
    assert shop.done("take-apart", "11")["combined_with"] == []
    shop.done("pack", "12")
    assert shop.done("order", "11")["fulfillment_status"] == "ready"


def test_two_buyers_get_two_boxes(shop: CommandLine) -> None:
    refused(shop.run("combine", "11", "13"), "two buyers", "Nothing was changed")
    refused(shop.run("combine", "11"), "at least two")


def test_a_clear_bench_says_so(tmp_path: Path) -> None:
    assert a_shop(tmp_path / "empty").run("bench").said == "Nothing is to pack.\n"


def test_one_shop_writes_the_country_and_another_its_code(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    for number, country in (("#11", "US"), ("#12", "United States"), ("#13", "Canada")):
        cells = an_order(number)
        cells["address"]["country"] = country
        shop.done("add", written(tmp_path, cells))
    assert [each["could_share"] for each in shop.done("bench")] == [["#12"], ["#11"], []]
    refused(shop.run("combine", "11", "13"), "two addresses")
    shop.done("combine", "11", "12")
    assert shop.done("pack", "11")["combined_with"] == ["#12"]
