"""Mira orders a ring, and studs two days later; both leave in one box under one number."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.cli.command_line import CommandLine, a_shop, refused

ADDRESS = {
    "name": "Mira Holt", "address1": "3 Gull Lane, Apt 2", "city": "Portland", "region": "ME",
    "postcode": "04101", "country": "US",
}  # fmt: skip


def an_order(title: str, day: str, **cells: Any) -> dict[str, Any]:
    price = {"amount": "40.00", "currency": "USD"}
    return {
        "customer": "Mira Holt",
        "email": "mira@example.com",
        "gift": "no",
        "placed_on": day,
        "address": ADDRESS,
        "line_items": [{"title": title, "quantity": 1, "unit_price": price, "stage": "ready"}],
        "payments": [{"amount": price, "captured_at": f"{day}T13:00:00Z"}],
    } | cells


def state(shop: CommandLine, number: str) -> str:
    return str(shop.done("order", number)["fulfillment_status"])


def test_two_orders_leave_in_one_box(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    written_otherwise = ADDRESS | {"address1": "3 gull lane", "address2": "Apt. 2"}
    for order in (
        an_order("Rain Ring", "2026-10-01"),
        an_order("Tide Cuff", "2026-10-02", customer="Efua Mensah", email="efua@example.com"),
        an_order("Fern Studs", "2026-10-03", address=written_otherwise),
    ):
        file.write_text(json.dumps(order), encoding="utf-8")
        number = shop.done("add", file)["number"]
        shop.done("stage", number, "ready")
    shop.done("supplies", "add", "Mailer", "--stock", "9", "--uses", "1")

    # Hers stand side by side, though another's order lies between them; an offer is made.
    ring, studs, cuff = shop.done("bench")
    assert [each["orders"] for each in (ring, studs, cuff)] == [["D-1"], ["D-3"], ["D-2"]]
    assert (ring["could_share"], cuff["could_share"]) == (["D-3"], [])
    refused(shop.run("combine", "D-1", "D-2"), "two buyers")
    shop.done("combine", "D-1", "D-3")
    assert [each["orders"] for each in shop.done("bench")] == [["D-1", "D-3"], ["D-2"]]

    # A held one stops the box before it is begun; released, both are packed as one.
    shop.done("hold", "D-3", "--why", "a stone is loose")
    refused(shop.run("pack", "D-1"), "D-3 is on hold: a stone is loose")
    shop.done("release", "D-3")
    out = tmp_path / "slips.pdf"
    assert shop.run("print", "packing-slips", "D-1", "D-3", "--out", out).status in {0, 1}
    pages = [page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages]
    assert ["Rain Ring" in page for page in pages] == [True, False], "each keeps its own slip"
    shop.done("pack", "D-1")
    assert [state(shop, number) for number in ("D-1", "D-2", "D-3")] == [
        "packed",
        "ready",
        "packed",
    ]
    (mailer,) = shop.done("supplies", "list")
    assert mailer["stock"] == 8, "one box, one mailer"

    shop.done("ship", "D-3", "--carrier", "USPS", "--tracking", "9400111206206400104193")
    sent = {number: shop.done("order", number) for number in ("D-1", "D-3")}
    numbers = {each["shipments"][0]["tracking_number"] for each in sent.values()}
    assert numbers == {"9400111206206400104193"}
    assert sent["D-1"]["timeline"][-1]["what"].endswith("in one box with D-3")

    # The post was closed after all: the box comes back whole, and the steps too.
    shop.done("undo-shipped", "D-1", "--why", "the post was closed")
    assert [state(shop, number) for number in ("D-1", "D-3")] == ["packed", "packed"]
    for _ in range(3):
        assert shop.run("undo").status == 0
    assert [state(shop, number) for number in ("D-1", "D-3")] == ["ready", "ready"]
    (mailer,) = shop.done("supplies", "list")
    assert mailer["stock"] == 9, "given back"
    assert shop.done("check")["ok"]
