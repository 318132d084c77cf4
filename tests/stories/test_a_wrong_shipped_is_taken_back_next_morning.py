"""In the evening a parcel was marked as handed over; in the morning it lies on the table."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports


def test_a_wrong_shipped_is_taken_back_next_morning(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    exports = Exports(tmp_path)
    file = exports.shopify({}, {"Name": "#2002"})
    shop.done("import", file)
    for number in ("2001", "2002"):
        shop.done("pack", number)
        shop.done("ship", number, "--carrier", "USPS")
    told = shop.done("letter", "write", "2002", "--template", "shipping")
    assert "left my workshop on Monday, October 5, 2026" in told["body"]
    assert shop.run("letter", "elsewhere", str(told["id"])).status == 0

    morning = CommandLine(shop.folder, "2026-10-06T08:00:00-04:00")
    back = morning.done("undo-shipped", "2001", "--why", "it lies on the table")
    assert (back["fulfillment_status"], back["units_to_send"]) == ("packed", 1)
    assert (back["order_status"], back["shipments"]) == ("open", [])
    assert back["undone_shipments"][0]["undone_at"] == "2026-10-06T12:00:00Z"
    told = [entry["what"] for entry in back["timeline"]][-2:]
    assert told[0].startswith("not shipped after all: it lies on the table")
    assert told[1] == "if the buyer was told that it left, write a correction"
    assert morning.done("letter", "list", "--order", "2001") == []
    assert [row["number"] for row in morning.done("orders", "--view", "to-ship")] == ["#2001"]
    late = CommandLine(shop.folder, "2026-10-20T08:00:00-04:00").done("orders", "--view", "late")
    assert [row["number"] for row in late] == ["#2001"], "its promise lives again"

    morning.done("import", file)
    assert morning.done("order", "2001")["fulfillment_status"] == "packed"
    sent = morning.done("ship", "2001", "--carrier", "USPS", "--tracking", "9400111899223")
    assert sent["fulfillment_status"] == "shipped"
    assert [each["shipped_at"] for each in sent["shipments"]] == ["2026-10-06T12:00:00Z"]

    other = morning.done("undo-shipped", "2002", "--why", "the post did not take it")
    assert "a correction lies among your letters" in other["timeline"][-1]["what"]
    (shipping, correction) = morning.done("letter", "list", "--order", "2002")
    assert [each["state"] for each in (correction, shipping)] == ["draft", "elsewhere"]
    assert correction["subject"] == "A correction about your order #2002"
    assert "is still here with me" in correction["body"]
    morning.done("undo")
    assert len(morning.done("letter", "list", "--order", "2002")) == 1
    assert morning.done("check")["ok"] is True
