"""Orders by hand from a JSON file: what is taken, what is refused, and by which sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import BOUGHT, CommandLine, a_shop, refused, written
from tests.services.marketplace_files import Exports


def test_an_order_by_hand_gets_a_number_of_its_own(shop: CommandLine, tmp_path: Path) -> None:
    document = {
        "customer": "Zoë",
        "line_items": [BOUGHT],
        "payments": [{"amount": {"amount": "80.00", "currency": "USD"}}],
    }
    order = shop.done("add", written(tmp_path, document))
    assert (order["number"], order["channel"], order["customer"]) == ("D-1", "manual", "Zoë")
    assert order["total"] == {"amount": "80.00", "currency": "USD"}
    assert (order["payment_status"], order["placed_on"]) == ("paid", "2026-10-05")
    assert order["ship_by"] == "2026-10-06"
    assert shop.done("add", written(tmp_path, document))["number"] == "D-2"


def test_an_order_by_hand_adds_its_total_up(shop: CommandLine, tmp_path: Path) -> None:
    document = {
        "line_items": [BOUGHT | {"discount": {"amount": "5.00", "currency": "USD"}}],
        "shipping": {"amount": "7.50", "currency": "USD"},
        "tax": {"amount": "1.25", "currency": "USD"},
        "discount": {"amount": "3.00", "currency": "USD"},
    }
    assert shop.done("add", written(tmp_path, document))["total"]["amount"] == "80.75"


def test_yen_have_no_decimals(shop: CommandLine, tmp_path: Path) -> None:
    price = {"amount": "5000", "currency": "JPY"}
    order = shop.done("add", written(tmp_path, {"line_items": [BOUGHT | {"unit_price": price}]}))
    assert order["total"] == {"amount": "10000", "currency": "JPY"}


def test_a_gift_message_by_hand_makes_a_gift(shop: CommandLine, tmp_path: Path) -> None:
    document = {"line_items": [BOUGHT], "gift_message": "Love,\r\nMum"}
    order = shop.done("add", written(tmp_path, document))
    assert (order["gift"], order["gift_message"]) == ("yes", "Love,\r\nMum")


@pytest.mark.parametrize("text", ["before\0after", "💍" * 2500, "x" * 10_000, "<b>&amp;", "'; --"])
def test_odd_texts_come_back_as_they_were_written(
    shop: CommandLine, tmp_path: Path, text: str
) -> None:
    document = {"customer": text, "notes": text, "line_items": [BOUGHT | {"title": text}]}
    order = shop.done("add", written(tmp_path, document))
    assert (order["customer"], order["notes"]) == (text, text)
    assert order["line_items"][0]["title"] == text
    shop.done("undo")
    assert shop.done("redo") == order


def test_every_order_that_was_printed_can_be_entered_elsewhere(
    full: CommandLine, tmp_path: Path
) -> None:
    other = a_shop(tmp_path / "other")
    for row in full.done("orders"):
        printed = full.done("order", row["number"])
        if not printed["line_items"]:  # Etsy's items file does not name them
            continue
        entered = other.done("add", written(tmp_path, printed))
        timeline = {"timeline": printed["timeline"]}
        assert entered | timeline == printed | timeline


@pytest.mark.parametrize("status", ["authorized", "voided", "expired", "pending", "partially_paid"])
def test_an_order_that_waits_for_its_money_can_be_entered_elsewhere(
    shop: CommandLine, exports: Exports, tmp_path: Path, status: str
) -> None:
    shop.run(
        "import",
        exports.shopify({"Financial Status": status, "Paid at": "", "Outstanding Balance": "5.00"}),
    )
    printed = shop.done("order", "2001")
    entered = a_shop(tmp_path / "other").done("add", written(tmp_path, printed))
    assert entered["payment_status"] == printed["payment_status"]
    assert entered["ship_by"] == printed["ship_by"]


MONEY = {"amount": "1.00", "currency": "USD"}


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ([], "no order"),
        ({}, "line item"),
        ({"line_items": []}, "line item"),
        ({"line_items": {}}, "line item"),
        ({"line_items": "ring"}, "line_items"),
        ({"line_items": ["ring"]}, "line_items"),
        ({"line_items": [{"quantity": 1}]}, "title"),
        ({"line_items": [{"title": 7}]}, "title"),
        ({"line_items": [BOUGHT | {"quantity": 0}]}, "quantity"),
        ({"line_items": [BOUGHT | {"quantity": -1}]}, "quantity"),
        ({"line_items": [BOUGHT | {"quantity": 1.5}]}, "quantity"),
        ({"line_items": [BOUGHT | {"quantity": "2"}]}, "quantity"),
        ({"line_items": [BOUGHT | {"quantity": True}]}, "quantity"),
        ({"line_items": [BOUGHT | {"quantity": 10**30}]}, "quantity"),
        ({"line_items": [BOUGHT | {"units_shipped": 3}]}, "quantity"),
        ({"line_items": [BOUGHT | {"units_shipped": 1, "units_canceled": 2}]}, "quantity"),
        ({"line_items": [BOUGHT | {"stage": "glazing"}]}, "stage"),
        ({"line_items": [BOUGHT | {"unit_price": 40}]}, "unit_price"),
        ({"line_items": [BOUGHT | {"unit_price": {"amount": 40.0}}]}, "unit_price"),
        ({"line_items": [BOUGHT | {"unit_price": {"amount": "-1.00"}}]}, "unit_price"),
        ({"line_items": [BOUGHT | {"unit_price": {"amount": "1.005"}}]}, "unit_price"),
        ({"line_items": [BOUGHT | {"unit_price": {"amount": "9" * 40}}]}, "unit_price"),
        ({"line_items": [BOUGHT | {"unit_price": {"amount": "1", "currency": "$"}}]}, "currency"),
        ({"line_items": [{"title": "Ring"}], "currency": "dollars"}, "currency"),
        ({"line_items": [BOUGHT], "total": {"amount": "1.00", "currency": "EUR"}}, "USD"),
        ({"line_items": [BOUGHT], "discount": {"amount": "500.00"}}, "discounts"),
        ({"line_items": [BOUGHT], "number": 1041}, "number"),
        ({"line_items": [BOUGHT], "channel": "myspace"}, "channel"),
        ({"line_items": [BOUGHT], "gift": "maybe"}, "gift"),
        ({"line_items": [BOUGHT], "placed_on": "5 Oct"}, "placed_on"),
        ({"line_items": [BOUGHT], "placed_on": "9999-12-31"}, "placed_on"),
        ({"line_items": [BOUGHT], "placed_at": "2026-10-05T10:00:00"}, "placed_at"),
        ({"line_items": [BOUGHT], "placed_at": "0001-01-01T00:00:00Z"}, "placed_at"),
        ({"line_items": [BOUGHT], "payments": [{}]}, "payments"),
        ({"line_items": [BOUGHT], "payments": [{"amount": MONEY, "id": 5}]}, "id"),
        ({"line_items": [BOUGHT], "refunds": [{"amount": None}]}, "refunds"),
        ({"line_items": [BOUGHT], "refunds": [{"amount": MONEY, "state": "lost"}]}, "state"),
        ({"line_items": [BOUGHT], "address": "3 Lighthouse Road"}, "address"),
        ({"line_items": [BOUGHT], "address": {"name": ["A"]}}, "name"),
        ({"line_items": [BOUGHT], "note_attributes": [{"name": "a", "value": 1}]}, "value"),
        ({"line_items": [BOUGHT], "payment_status": "rich"}, "payment_status"),
    ],
)
def test_an_order_out_of_form_is_exit_3_and_the_field_named(
    shop: CommandLine, tmp_path: Path, document: object, word: str
) -> None:
    refused(shop.run("add", written(tmp_path, document), "--json"), word, "Nothing was changed")
    assert shop.done("orders") == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"line_items": [{"title": "\\ud83d"}]}',
        b"null",
        b"5",
        b'{"line_items": [{"title": "Ring", "quantity": NaN}]}',
    ],
)
def test_a_file_that_holds_no_order_is_exit_3(
    shop: CommandLine, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    refused(shop.run("add", path), "Nothing was changed")


def test_a_file_that_is_not_there_is_exit_3(shop: CommandLine, tmp_path: Path) -> None:
    refused(shop.run("add", tmp_path / "gone.json"), "gone.json", "cannot be read")
    refused(shop.run("add", tmp_path), "cannot be read")


def test_a_number_that_is_taken_is_exit_3(shop: CommandLine, tmp_path: Path) -> None:
    file = written(tmp_path, {"number": "D-1", "line_items": [BOUGHT]})
    shop.done("add", file)
    refused(shop.run("add", file), "There is an order D-1 already")
