from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.cli.test_many_orders import ORDER


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    shop.done("add", file)
    shop.done("stage", "D-1", "ready")
    return shop


def test_a_shop_without_parcels_has_nothing_to_measure(shop: CommandLine) -> None:
    told = shop.done("measures", "--weeks", "2")
    assert told["mailed"] == {
        "orders": 0,
        "within_one_business_day": 0,
        "share": None,
        "median_hours": None,
        "weeks": [
            {
                "week": monday,
                "orders": 0,
                "within_one_business_day": 0,
                "share": None,
                "median_hours": None,
            }
            for monday in ("2026-09-28", "2026-10-05")
        ],
        "per_order": [],
    }
    assert told["packing"]["slowest_step"] is None
    assert shop.run("measures").said.startswith("nothing was mailed\n  week of 17 Aug:")


def test_paid_to_mailed_is_told_per_order_and_by_week(shop: CommandLine) -> None:
    shop.done("pack", "D-1")
    later = CommandLine(shop.folder, "2026-10-06T16:00:00-04:00")
    later.done("ship", "D-1")
    told = later.done("measures")["mailed"]
    assert told["per_order"] == [
        {
            "number": "D-1",
            "channel": "manual",
            "paid_at": "2026-10-05T13:00:00Z",
            "handed_over_at": "2026-10-06T20:00:00Z",
            "working_days": 1,
            "hours": 31.0,
            "within_one_business_day": True,
        }
    ]
    assert (told["share"], told["weeks"][-1]["within_one_business_day"]) == (1.0, 1)
    said = later.run("measures").said
    assert "D-1           next business day · 31 h\n" in said
    assert said.endswith("No parcel was timed.\n")


def test_a_photo_is_kept_from_the_command_line(shop: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "box.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\nbox")
    told = shop.done("photo", "D-1", file)
    assert [each["name"] for each in told] == ["box.png"]
    assert shop.run("photo", "D-1", file).status == 3
    other = tmp_path / "other.png"
    other.write_bytes(b"\x89PNG\r\n\x1a\nother")
    assert shop.run("photo", "D-1", other).said == "Order D-1 has 2 photos of the open box.\n"
