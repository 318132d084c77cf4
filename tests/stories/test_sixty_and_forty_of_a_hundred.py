"""Sixty are given back, then forty more of a hundred: that is a full refund, to the cent."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command_line import a_shop

HUNDRED = {"amount": "100.00", "currency": "USD"}
ORDER = {
    "customer": "Hannah Lindqvist",
    "line_items": [{"title": "Tide Cuff", "quantity": 1, "unit_price": HUNDRED}],
    "payments": [{"amount": HUNDRED, "captured_at": "2026-10-05T13:00:00Z"}],
}


def test_sixty_and_forty_of_a_hundred(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    shop.done("add", file)

    unsaid = shop.run("refund", "D-1", "--amount", "60.00", "--why", "a scratch")
    assert unsaid.status == 3
    assert "money only, or money and do not send" in unsaid.aside

    granted = shop.done("refund", "D-1", "--amount", "60.00", "--why", "a scratch", "--money-only")
    assert granted["payment_status"] == "overpaid"
    assert [each["state"] for each in granted["refunds"]] == ["granted"]
    (task,) = [each for each in shop.done("agenda") if each["kind"] == "refund"]
    assert task["title"] == "Refund 60.00 USD for D-1: to be asked for"

    shop.done("refund-asked", "D-1", "--means", "PayPal", "--reference", "R-1")
    shop.done("refund-failed", "D-1", "--why", "the account is closed")
    (task,) = [each for each in shop.done("agenda") if each["kind"] == "refund"]
    assert task["title"] == "Refund 60.00 USD for D-1: it failed and is still owed"
    shop.done("refund-asked", "D-1", "--means", "bank transfer")
    part = shop.done("refund-settled", "D-1")
    assert part["payment_status"] == "partially_refunded"
    assert part["refund_details"][0]["means"] == "bank transfer"

    too_much = shop.run("refund", "D-1", "--amount", "40.01", "--why", "all", "--money-only")
    assert too_much.status == 3
    assert "40.00 USD can still be given back" in too_much.aside
    shop.done("refund", "D-1", "--amount", "40.00", "--why", "all of it", "--money-only")
    shop.done("refund-asked", "D-1")
    whole = shop.done("refund-settled", "D-1")
    assert whole["payment_status"] == "refunded"
    assert shop.run("pack", "D-1").status == 3, "a fully refunded order is not packed"
    assert shop.done("orders", "--view", "to-pack") == []
    assert shop.done("check")["ok"] is True
