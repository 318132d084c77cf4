from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop, refused, written

ORDER = {
    "number": "#11",
    "channel": "shopify",
    "placed_on": "2026-10-04",
    "customer": "Mira Holt",
    "gift": "no",
    "total": {"amount": "64.00", "currency": "USD"},
    "line_items": [
        {
            "title": "Rain Ring",
            "quantity": 1,
            "stage": "ready",
            "unit_price": {"amount": "64.00", "currency": "USD"},
        }
    ],
    "payments": [{"amount": {"amount": "64.00", "currency": "USD"}}],
}


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    text = tmp_path / "returns.txt"
    text.write_text("Send it back within 30 days, unworn.\nWorn pieces: half.", encoding="utf-8")
    made = shop.done(
        "policy", "add", "returns", "--text-file", text, "--from", "2026-01-01", "--short",
        "Returns within 30 days.", "--days", "30", "--counted-from", "delivered", "--worn", "50",
    )  # fmt: skip
    assert (made["version"], made["in_force"], made["worn_percent"]) == (1, True, 50)
    shop.done("add", written(tmp_path, ORDER))
    return shop


def test_an_order_tells_which_versions_it_keeps(shop: CommandLine) -> None:
    assert shop.done("order", "11")["policy_version"] == "returns 1"
    shop.done("policy", "add", "returns", "--text", "Never.", "--from", "2026-11-02")
    first, second = shop.done("policy", "list", "--kind", "returns")
    assert [each["in_force"] for each in (first, second)] == [True, False]
    assert shop.done("order", "11")["policy_version"] == "returns 1"
    said = shop.run("policy", "list").said
    assert "Returns, version 1, in force since Thu 1 Jan (now) · 30 days from its delivery" in said
    assert "Returns, version 2, in force from Mon 2 Nov" in said


def test_a_clause_is_read_with_its_window(shop: CommandLine) -> None:
    for command in ("pack", "ship"):
        shop.done(command, "11")
    shop.done("parcel", "11", "--delivered", "now")
    shown = shop.done("policy", "show", "returns", "--order", "11")
    assert shown["window"] == {
        "state": "runs",
        "counted_on": "2026-10-05",
        "last_day": "2026-11-04",
    }
    said = shop.run("policy", "show", "returns", "--order", "11").said
    assert "Send it back within 30 days, unworn.\nWorn pieces: half." in said
    assert "The window runs through Wed 4 Nov, 30 days left" in said
    assert "Short: Returns within 30 days." in shop.run("policy", "show", "returns").said
    assert shop.done("policy", "show", "returns", "--version", "1")["version"] == 1


def test_a_return_quotes_the_clause_and_its_condition_suggests_the_amount(
    shop: CommandLine,
) -> None:
    for command in ("pack", "ship"):
        shop.done(command, "11")
    expected = shop.run("return", "11", "--units", "1", "--why", "too small")
    assert expected.status == 0
    assert "Returns, version 1" in expected.aside
    assert "Worn pieces: half." in expected.aside
    assert "has not begun" in expected.aside
    back = shop.run("return-received", "11", "--condition", "worn")
    assert back.aside == "Worn: 50 % of 64.00 USD is 32.00 USD.\n"


def test_what_cannot_be_is_refused_in_words(shop: CommandLine, tmp_path: Path) -> None:
    late = shop.run("policy", "add", "returns", "--text", "x", "--from", "2026-10-01")
    refused(late, "keep the version that was in force then")
    refused(shop.run("policy", "show", "repairs"), "No policy on repairs is in force")
    refused(shop.run("policy", "show", "repairs", "--order", "11"), "when order #11 was placed")
    refused(shop.run("policy", "show", "returns", "--version", "9"), "no version 9")
    gone = tmp_path / "gone.txt"
    refused(shop.run("policy", "add", "repairs", "--text-file", gone), "cannot be read as text")
    assert shop.run("policy", "add", "repairs").status == 2


def test_a_shop_without_policies_says_so(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "empty")
    assert shop.run("policy", "list").said == "There is no policy yet.\n"
