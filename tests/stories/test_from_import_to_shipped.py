"""A week's orders come in by file; the paid ones are made, packed and handed over; nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import ETSY_ITEMS_FILE, ETSY_ORDERS_FILE, SHOPIFY_FILE


def numbers(shop: CommandLine, view: str) -> list[str]:
    return [row["number"] for row in shop.done("orders", "--view", view)]


def test_from_import_to_shipped(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    report = shop.done("import", ETSY_ITEMS_FILE, ETSY_ORDERS_FILE, SHOPIFY_FILE)
    assert report["orders"] == {"new": 17, "changed": 0, "same": 0}

    assert numbers(shop, "to-make") == ["3512000105", "3512000106", "#1049", "3512000110"]
    assert numbers(shop, "unpaid") == ["#1050"]
    assert numbers(shop, "canceled") == ["#1047", "#1044"]

    for number in ("#1049", "3512000110"):
        shop.done("stage", number, "making")
        shop.done("stage", number, "ready")
    assert numbers(shop, "to-pack") == ["#1049", "3512000110"]

    asked = shop.done("hold", "3512000110", "--why", "Which ear wire?")
    assert asked["hold"]["reason"] == "Which ear wire?"
    assert numbers(shop, "to-pack") == ["#1049"]
    shop.done("release", "3512000110")

    for number in numbers(shop, "to-pack"):
        shop.done("pack", number)
    assert numbers(shop, "to-ship") == ["#1049", "3512000110"]
    sent = shop.done("ship", "1049", "--carrier", "USPS", "--tracking", "LX123456785US")
    assert (sent["order_status"], sent["units_to_send"]) == ("completed", 0)
    assert sent["ship_by"] == "2026-09-25"
    assert [entry["what"] for entry in sent["timeline"]] == [
        "ordered on Shopify",
        "paid 64.00 USD",
        "making",
        "ready",
        "packed",
        "handed over · USPS LX123456785US",
    ]
    assert numbers(shop, "to-ship") == ["3512000110"]
    assert "#1049" in numbers(shop, "shipped")

    for number, why in (("1050", "unpaid"), ("1046", "nobody said why"), ("1044", "canceled")):
        refused = shop.run("pack", number)
        assert refused.status == 3
        assert why in refused.aside

    again = shop.done("import", SHOPIFY_FILE, ETSY_ORDERS_FILE, ETSY_ITEMS_FILE)
    assert again["orders"] == {"new": 0, "changed": 0, "same": 17}
    assert shop.done("order", "1049") == sent
