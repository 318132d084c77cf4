"""The earrings leave today in a parcel of their own; the ring follows when it is made."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.cli.command_line import CommandLine, a_shop

ORDER = {
    "customer": "Hannah Lindqvist",
    "gift": "no",
    "line_items": [
        {
            "title": "Jade Earrings",
            "sku": "JT-JADE",
            "quantity": 2,
            "unit_price": {"amount": "44.00", "currency": "USD"},
        },
        {
            "title": "Rain Ring",
            "sku": "JT-RAIN",
            "quantity": 1,
            "unit_price": {"amount": "64.00", "currency": "USD"},
        },
    ],
    "payments": [
        {"amount": {"amount": "152.00", "currency": "USD"}, "captured_at": "2026-10-05T13:00:00Z"}
    ],
}


def slip(shop: CommandLine, into: Path) -> str:
    assert shop.run("print", "packing-slips", "D-1", "--out", into).status in {0, 1}
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(into.read_bytes())).pages)


def test_earrings_first_and_the_ring_later(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    shop.done("add", file)

    part = shop.done(
        "pack-part", "D-1", "--units", "JT-JADE=1", "--note", "The second pair follows."
    )
    assert [each["packed"] for each in part["units"]] == [1, 0]
    assert part["fulfillment_status"] == "to_make"
    told = slip(shop, tmp_path / "first.pdf")
    assert "The second pair follows." in told
    assert told.index("Jade Earrings") < told.index("Rain Ring")

    sent = shop.done("ship", "D-1", "--carrier", "USPS", "--tracking", "9400111899223")
    assert (sent["fulfillment_status"], sent["units_to_send"]) == ("partially_shipped", 2)
    assert sent["order_status"] == "open"
    assert sent["ship_by"] == part["ship_by"] == "2026-10-06"

    later = CommandLine(shop.folder, "2026-10-06T09:00:00-04:00")
    for stage in ("making", "ready"):
        later.done("stage", "D-1", stage)
    packed = later.done("pack", "D-1")
    assert packed["fulfillment_status"] == "packed"
    second = slip(later, tmp_path / "second.pdf")
    assert "The second pair follows." not in second
    done = later.done("ship", "D-1")
    assert (done["fulfillment_status"], done["order_status"]) == ("shipped", "completed")
    assert [each["units"] for each in done["shipments"]] == [1, 2]
    assert later.done("check")["ok"] is True

    for _ in range(5):
        later.done("undo")
    assert later.done("order", "D-1") == part
    assert later.done("check")["ok"] is True
