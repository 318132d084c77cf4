"""One buyer, two orders, both slips printed; then she moves house, and only one order says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports

FIRST = {"Name": "#2001"}
SECOND = {"Name": "#2002"}
MOVED = {
    "Name": "#2002",
    "Shipping Address1": "9 Harbor Street",
    "Shipping Street": "9 Harbor Street",
}


def printed(shop: CommandLine, into: Path, *numbers: str) -> str:
    assert shop.run("print", "packing-slips", *numbers, "--out", into).status in {0, 1}
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(into.read_bytes())).pages)


def test_two_orders_one_address_change(tmp_path: Path) -> None:
    shop, exports = a_shop(tmp_path / "desk"), Exports(tmp_path)
    shop.done("import", exports.shopify(FIRST, SECOND))
    for number in ("2001", "2002"):
        shop.done("stage", number, "ready")
        shop.done("pack", number)
    assert "Harbor" not in printed(shop, tmp_path / "slips.pdf", "2001", "2002")

    shop.done("import", exports.shopify(FIRST, MOVED))
    out_of_date = "packing slip out of date, reprint: the address changed"
    assert out_of_date in shop.run("order", "2002").said
    assert out_of_date not in shop.run("order", "2001").said

    assert shop.run("ship", "2001").status == 0
    refused = shop.run("ship", "2002")
    assert refused.status == 3
    assert refused.aside == (
        f"Order #2002: {out_of_date}. Print it anew, or say why the parcel may go as it is."
        " Nothing was changed.\n"
    )
    dry = shop.done("batch", "hand-over", "2002", "--dry-run")
    assert out_of_date in dry["orders"][0]["refused"]

    waved = shop.done("ship", "2002", "--wave-through", "corrected by hand")
    assert waved["fulfillment_status"] == "shipped"
    assert waved["timeline"][-1]["what"] == "handed over · papers out of date: corrected by hand"
    shop.done("undo")

    assert "9 Harbor Street" in printed(shop, tmp_path / "again.pdf", "2002")
    assert out_of_date not in shop.run("order", "2002").said
    sent = shop.done("ship", "2002")
    assert sent["timeline"][-1]["what"] == "handed over"
    assert shop.done("check")["ok"] is True

    later = CommandLine(shop.folder, "2026-10-06T09:00:00-04:00")
    told = later.done("measures")
    assert [each["number"] for each in told["mailed"]["per_order"]] == ["#2002", "#2001"]
