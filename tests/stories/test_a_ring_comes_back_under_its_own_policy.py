"""The shop grows stricter in November; a ring of October comes back under its own terms."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.cli.command_line import CommandLine, a_shop

PRICE = {"amount": "64.00", "currency": "USD"}
ORDER = {
    "customer": "Hannah Lindqvist",
    "gift": "no",
    "placed_on": "2026-10-05",
    "line_items": [{"title": "Rain Ring", "quantity": 1, "unit_price": PRICE, "stage": "ready"}],
    "payments": [{"amount": PRICE, "captured_at": "2026-10-05T13:00:00Z"}],
}


def test_a_ring_comes_back_under_its_own_policy(tmp_path: Path) -> None:
    october = a_shop(tmp_path / "desk")
    october.done(
        "policy", "add", "returns", "--from", "2026-01-01",
        "--text", "Send it back within 30 days of its delivery. A worn piece brings half.",
        "--short", "Returns within 30 days.",
        "--days", "30", "--counted-from", "delivered", "--worn", "50", "--damaged", "0",
    )  # fmt: skip
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER), encoding="utf-8")
    october.done("add", file)
    assert october.done("order", "D-1")["policy_version"] == "returns 1"
    out = tmp_path / "slip.pdf"
    october.run("print", "packing-slips", "D-1", "--out", out)
    assert "Returns within 30 days." in PdfReader(BytesIO(out.read_bytes())).pages[0].extract_text()
    october.done("pack", "D-1")
    october.done("ship", "D-1")

    november = CommandLine(october.folder, "2026-11-02T15:00:00Z")
    november.done("parcel", "D-1", "--delivered", "2026-10-09T15:00:00-04:00")
    november.done(
        "policy", "add", "returns", "--text", "All sales are final.", "--short", "No returns.",
        "--from", "2026-11-02",
    )  # fmt: skip

    shown = november.done("policy", "show", "returns", "--order", "D-1")
    assert (shown["version"], shown["window"]["last_day"]) == (1, "2026-11-08")
    expected = november.run("return", "D-1", "--units", "1", "--why", "too small")
    assert "A worn piece brings half." in expected.aside
    assert "The window runs through Sun 8 Nov, 6 days left" in expected.aside

    late = CommandLine(october.folder, "2026-11-12T15:00:00Z")
    told = late.run("policy", "show", "returns", "--order", "D-1").said
    assert "The window ended 4 days ago" in told
    assert "You may still take it back." in told
    back = late.run("return-received", "D-1", "--condition", "worn")
    assert back.status == 0, "a window that is over warns and locks nothing"
    assert back.aside == "Worn: 50 % of 64.00 USD is 32.00 USD.\n"
    late.done("refund", "D-1", "--units", "1", "--amount", "32.00", "--why", "worn, as the policy")
    assert late.done("order", "D-1")["refunds"][0]["amount"]["amount"] == "32.00"
