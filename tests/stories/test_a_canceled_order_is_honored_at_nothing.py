"""Two codes stacked to 0.00 and the shop canceled the order; she takes it up and honors it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports


def test_a_canceled_order_is_honored_at_nothing(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    free = {
        "Total": "0.00",
        "Subtotal": "0.00",
        "Discount Code": "STACKED",
        "Cancelled at": "2026-10-01 12:00:00 -0400",
    }
    file = Exports(tmp_path).shopify(free)
    shop.done("import", file)
    canceled = shop.done("order", "2001")
    assert (canceled["order_status"], canceled["ship_by"]) == ("canceled", None)

    refused = shop.run("reinstate", "2001", "--why", "our pricing mistake")
    assert refused.status == 3
    assert "honor the order" in refused.aside
    assert shop.done("order", "2001") == canceled

    shop = CommandLine(shop.folder, "2026-10-07T10:00:00-04:00")
    alive = shop.done("reinstate", "2001", "--why", "our pricing mistake", "--honored")
    assert (alive["order_status"], alive["payment_status"]) == ("open", "paid")
    assert (alive["number"], alive["placed_at"]) == ("#2001", canceled["placed_at"])
    assert (alive["hold"], alive["ship_by"]) == (None, "2026-10-08")
    assert alive["free_reason"] == "honored: our pricing mistake"
    assert alive["timeline"][-1]["what"] == (
        "reinstated and honored at 0.00 USD: our pricing mistake"
    )
    assert [row["number"] for row in shop.done("orders", "--view", "to-make")] == ["#2001"]

    shop.done("import", file)
    assert shop.done("order", "2001")["order_status"] == "open", "her word stands"
    shop.done("pack", "2001")
    assert shop.done("ship", "2001")["order_status"] == "completed"
    assert shop.done("check")["ok"] is True
