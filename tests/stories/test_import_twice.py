"""She downloads a month twice, then the next day's file: nothing comes twice or goes back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import a_shop
from tests.services.marketplace_files import ALL_FILES, Exports

MONDAY = {"Name": "#2001", "Notes": "ring size 7"}
TUESDAY = {
    "Name": "#2001",
    "Notes": "ring size 6",
    "Financial Status": "partially_refunded",
    "Refunded Amount": "5.00",
}
NEXT = {"Name": "#2002", "Email": "rhys@example.org", "Shipping Name": "Rhys Llewellyn"}


def test_import_twice(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    assert shop.done("import", *ALL_FILES)["orders"] == {"new": 18, "changed": 0, "same": 0}
    before = [shop.done("order", row["number"]) for row in shop.done("orders")]
    for files in (ALL_FILES, ALL_FILES[::-1], ALL_FILES[1:2]):
        counts = shop.done("import", *files)["orders"]
        assert (counts["new"], counts["changed"]) == (0, 0)
    assert [shop.done("order", row["number"]) for row in shop.done("orders")] == before


def test_the_next_days_file_changes_what_changed_and_yesterdays_takes_nothing_back(
    tmp_path: Path,
) -> None:
    shop, exports = a_shop(tmp_path / "desk"), Exports(tmp_path)
    monday, tuesday = exports.shopify(MONDAY), exports.shopify(TUESDAY, NEXT)
    shop.done("import", monday)
    shop.done("stage", "2001", "ready")
    shop.done("pack", "2001")
    assert shop.done("import", tuesday)["orders"] == {"new": 1, "changed": 1, "same": 0}
    order = shop.done("order", "2001")
    assert order["notes"] == "ring size 6"
    assert order["payment_status"] == "partially_refunded"
    assert order["fulfillment_status"] == "packed"
    assert shop.done("import", monday)["orders"] == {"new": 0, "changed": 0, "same": 1}
    assert shop.done("order", "2001") == order
    shop.done("undo")
    assert shop.done("order", "2001")["notes"] == "ring size 7"
    assert shop.run("order", "2002").status == 3
