from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.command_line import CommandLine, a_shop

ORDER = {
    "customer": "Hannah Lindqvist",
    "gift": "no",
    "line_items": [
        {
            "title": "Rain Ring",
            "sku": "JT-RAIN",
            "quantity": 1,
            "unit_price": {"amount": "64.00", "currency": "USD"},
        }
    ],
    "payments": [
        {"amount": {"amount": "64.00", "currency": "USD"}, "captured_at": "2026-10-05T13:00:00Z"}
    ],
}


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    """D-1 and D-2 are packed, D-3 is ready."""
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    for number in ("D-1", "D-2", "D-3"):
        shop.done("add", file)
        shop.done("stage", number, "ready")
    for number in ("D-1", "D-2"):
        shop.done("pack", number)
    return shop


def test_a_dry_run_says_who_what_and_why_not(shop: CommandLine) -> None:
    told = shop.done("batch", "hand-over", "--view", "all", "--dry-run")
    assert [(each["number"], each["refused"]) for each in told["orders"]] == [
        ("D-3", "Order D-3 is ready: pack it first."),
        ("D-2", None),
        ("D-1", None),
    ]
    assert [each["fulfillment_status"] for each in shop.done("orders")] == [
        "ready",
        "packed",
        "packed",
    ]


def test_many_parcels_are_handed_over_as_one_step(shop: CommandLine) -> None:
    answer = shop.run("batch", "hand-over", "D-1", "D-2", "D-3", "--carrier", "USPS", "--json")
    assert answer.status == 1
    assert answer.aside == "Order D-3 is ready: pack it first.\n"
    assert shop.done("order", "D-1")["shipments"][0]["carrier"] == "USPS"
    assert shop.run("undo").aside == "Taken back: Hand over 2 orders\n"
    assert [each["fulfillment_status"] for each in shop.done("orders")] == [
        "ready",
        "packed",
        "packed",
    ]


def test_many_orders_are_held_with_one_reason(shop: CommandLine) -> None:
    assert shop.run("batch", "hold", "D-1", "D-3").status == 3
    shop.done("batch", "hold", "D-1", "D-3", "--why", "no stones", "--until", "2026-10-09")
    held = {each["number"]: each["hold"] for each in shop.done("orders")}
    assert held["D-1"] == held["D-3"] == {"reason": "no stones", "until": "2026-10-09"}
    assert held["D-2"] is None
    shop.done("undo")
    assert [each["hold"] for each in shop.done("orders")] == [None, None, None]
    said = shop.run("batch", "hold", "--view", "all", "--dry-run").said
    assert "D-1           Hannah Lindqvist          would be on hold" in said


def test_nothing_is_done_where_everything_is_refused(shop: CommandLine) -> None:
    answer = shop.run("batch", "hand-over", "D-3")
    assert answer.status == 3
    assert answer.aside == "Nothing was changed. Order D-3 is ready: pack it first.\n"
    assert shop.run("batch", "hold", "--why", "x").status == 2
    empty = shop.run("batch", "hold", "--view", "late", "--why", "x")
    assert empty.aside == "No order is chosen. Nothing was changed.\n"


def test_the_list_is_printed_with_the_chosen_columns(shop: CommandLine, tmp_path: Path) -> None:
    shop.done("settings", "window.order_columns", "order,total,channel")
    out = tmp_path / "list.pdf"
    told = shop.done("order-list", "--sort", "number", "--descending", "--out", out)
    assert told == {"orders": 3, "pages": 1}
    text = PdfReader(BytesIO(out.read_bytes())).pages[0].extract_text()
    assert text.index("D-3") < text.index("D-1")
    assert "64.00 USD" in text
    assert "Hannah" not in text
    assert shop.run("order-list", "--out", out).said == f"{out}: 3 orders on 1 page.\n"
    gone = shop.run("order-list", "--out", tmp_path / "none" / "list.pdf")
    assert (gone.status, "cannot be written" in gone.aside) == (3, True)
    assert shop.run("order-list", "--view", "late", "--out", out).status == 3


def test_a_column_that_is_not_there_is_named(shop: CommandLine) -> None:
    answer = shop.run("settings", "window.order_columns", "order,price")
    assert answer.status == 3
    assert answer.aside.startswith("The list of orders has no column “price”. It has: order,")


def test_many_slips_are_one_file_in_packing_order(shop: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    sooner = ORDER | {"placed_on": "2026-10-01", "customer": "Ada Byron"}
    sooner["payments"] = [
        {"amount": {"amount": "64.00", "currency": "USD"}, "captured_at": "2026-10-01T13:00:00Z"}
    ]
    file.write_text(json.dumps(sooner), encoding="utf-8")
    shop.done("add", file)
    shop.done("stage", "D-4", "ready")
    out = tmp_path / "slips.pdf"
    answer = shop.run("batch", "print", "D-3", "D-4", "D-1", "--out", out, "--json")
    assert answer.status == 0
    assert answer.json["pages"] == 3
    assert [each["number"] for each in answer.json["orders"]] == ["D-4", "D-1", "D-3"]
    pages = [page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages]
    assert [number for number in ("D-4", "D-1", "D-3") if number in pages[0]] == ["D-4"]
    assert "D-3" in pages[2]
    cards = shop.run("batch", "print", "D-3", "--kind", "cards", "--out", out)
    assert cards.said == "D-3           Hannah Lindqvist          printed\n"


def test_what_cannot_be_printed_is_named_and_left_out(shop: CommandLine, tmp_path: Path) -> None:
    shop.done("hold", "D-3", "--why", "no stones")
    out = tmp_path / "slips.pdf"
    answer = shop.run("batch", "print", "D-1", "D-3", "--out", out)
    assert answer.status == 1
    assert "Order D-3 is on hold: no stones." in answer.said
    assert "printed" in answer.said
    assert "Order D-3 is on hold: no stones." in answer.aside
    dry = shop.done("batch", "print", "--view", "all", "--dry-run")
    assert [each["refused"] is None for each in dry["orders"]] == [True, True, False]
    assert shop.run("batch", "print", "D-1").aside.startswith("A print needs a file")


def test_before_more_than_twenty_the_list_is_said(shop: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    for number in range(4, 23):
        shop.done("add", file)
        shop.done("stage", f"D-{number}", "ready")
    answer = shop.run("batch", "hold", "--view", "all", "--why", "fair", "--json")
    assert len(answer.json["orders"]) == 22
    assert answer.aside.count("would be on hold") == 22
    assert shop.run("batch", "hold", "D-1", "--why", "x").aside == ""
