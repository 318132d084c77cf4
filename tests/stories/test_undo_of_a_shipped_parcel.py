"""The wrong parcel was marked as handed over: Undo puts all of it back, also the next morning."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports


def test_undo_of_a_shipped_parcel(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    shop.done("import", Exports(tmp_path).shopify({}, {"Name": "#2002"}))
    for number in ("2001", "2002"):
        shop.done("pack", number)
    packed = shop.done("order", "2001")
    shipped = shop.done("ship", "2001", "--carrier", "USPS", "--tracking", "9400111899223")
    assert [row["number"] for row in shop.done("orders", "--search", "9400111899223")] == ["#2001"]

    next_morning = CommandLine(shop.folder, "2026-10-06T08:00:00-04:00")
    undone = next_morning.run("undo", "--json")
    assert not packed["late"]
    assert undone.json == {**packed, "late": True}  # it was promised for yesterday
    assert "Ship order #2001" in undone.aside
    assert next_morning.done("orders", "--search", "9400111899223") == []
    waiting = [row["number"] for row in next_morning.done("orders", "--view", "to-ship")]
    assert waiting == ["#2001", "#2002"]
    late = CommandLine(shop.folder, "2026-10-07T08:00:00-04:00")
    assert "#2001" in [row["number"] for row in late.done("orders", "--view", "late")]

    assert next_morning.done("redo") == shipped
    assert next_morning.done("check")["ok"] is True
