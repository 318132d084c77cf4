"""Labels come back: the morning's Pirate Ship file ships what left, and keeps what was typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports

FIRST = "9400111206206400104193"
TYPED = "9400111206206400351214"
THIRD = "9400111206206400210177"


def test_labels_come_back_from_the_label_shop(tmp_path: Path) -> None:
    files = Exports(tmp_path)
    shop = a_shop(tmp_path / "desk")
    numbers = ("#2001", "#2002", "#2003")
    shop.done("import", files.shopify(*({"Name": number} for number in numbers)))

    # One parcel was handed over with its number typed in, one is packed, one is still to make.
    shop.done("pack", "2002")
    shop.done("ship", "2002", "--carrier", "USPS", "--tracking", TYPED)
    shop.done("pack", "2003")

    labels = files.pirateship(
        {"Order ID": "#2001", "Tracking Number": FIRST},
        {"Order ID": "#2002", "Tracking Number": THIRD, "Status": "Refunded"},
        {"Order ID": "#2002", "Tracking Number": FIRST[:-1] + "1"},
        {"Order ID": "#2003", "Tracking Number": THIRD},
        {"Order ID": "#2999", "Tracking Number": THIRD},
    )
    first = shop.run("import", labels, "--json")
    assert first.json["shipments"] == {"new": 2, "changed": 0, "same": 1}
    assert [row["line"] for row in first.json["files"][0]["set_aside"]] == [6]
    assert f"{TYPED} was entered here and stands" in first.aside

    kept = shop.done("order", "2002")
    assert [each["tracking_number"] for each in kept["shipments"]] == [TYPED]
    assert any("was entered here and stands" in each["what"] for each in kept["timeline"])
    for number, tracking in (("2001", FIRST), ("2003", THIRD)):
        order = shop.done("order", number)
        assert order["fulfillment_status"] == "shipped"
        (parcel,) = order["shipments"]
        assert (parcel["tracking_number"], parcel["units"]) == (tracking, 1)
        (facts,) = order["parcels"]
        assert facts["label_cost"] == {"amount": "4.75", "currency": "USD"}
        assert facts["label_address"]["address1"] == "1 Quay"

    again = shop.run("import", labels, "--json")
    assert again.json["shipments"] == {"new": 0, "changed": 0, "same": 3}
    days_later = CommandLine(shop.folder, "2026-10-09T10:00:00-04:00")
    delivered = days_later.done("parcel", "2001", "--delivered", "now")
    assert delivered["fulfillment_status"] == "delivered"
    assert days_later.done("check")["ok"] is True

    days_later.done("undo")
    assert "Import 2 parcels" in days_later.run("undo").aside
    waiting = [row["number"] for row in days_later.done("orders", "--view", "to-ship")]
    assert waiting == ["#2003"]
    assert days_later.done("order", "2001")["shipments"] == []
