"""A label is bought in the evening, the order called off at night: its money is not forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.cli.command_line import CommandLine, a_shop, written

NUMBER = "9400111206206400104193"
USD = {"amount": "80.00", "currency": "USD"}
RING = {"title": "Rain Ring", "quantity": 1, "unit_price": USD}


def tasks(shop: CommandLine) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = shop.done("agenda")
    return [(each["title"], each["state"]) for each in found if each["kind"] == "refund"]


def test_a_label_bought_for_nothing_comes_back(tmp_path: Path) -> None:
    evening = a_shop(tmp_path / "desk")
    order = {"customer": "Hannah", "line_items": [RING], "payments": [{"amount": USD}]}
    evening.done("add", written(tmp_path, order))
    evening.done("pack", "D-1")
    evening.done("label", "D-1", "--carrier", "USPS", "--tracking", NUMBER, "--cost", "4.75")
    packed = evening.done("order", "D-1")
    assert (packed["fulfillment_status"], packed["shipments"]) == ("packed", [])

    night = replace(evening, now="2026-10-05T23:30:00-04:00")
    canceled = night.done("cancel", "D-1", "--why", "she bought it twice")
    assert canceled["labels"][0]["state"] == "unneeded"
    label = f"Label of D-1 unused: ask back 4.75 USD · USPS {NUMBER}"
    money = "Refund 80.00 USD for D-1: to be asked for"
    assert tasks(night) == [(money, "due"), (label, "due")]

    morning = replace(evening, now="2026-10-06T09:00:00-04:00")
    morning.done("refund-asked", "D-1", "--means", "card")
    morning.done("label-refund", "D-1", "asked", "--why", "by the label shop’s form")
    assert tasks(morning) == [("Refund 80.00 USD for D-1: asked for, not settled yet", "due")]

    later = replace(evening, now="2026-10-07T09:00:00-04:00")
    later.done("refund-settled", "D-1")
    after = later.done("label-refund", "D-1", "refunded")
    assert (tasks(later), after["labels"][0]["state"]) == ([], "refunded")
    assert after["order_status"] == "canceled"
    assert later.done("check")["ok"]
