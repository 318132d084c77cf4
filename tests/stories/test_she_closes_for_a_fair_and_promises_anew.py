"""She closes for a fair: no promise moves by itself, one is made anew, one waited."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports


def test_she_closes_for_a_fair_and_promises_anew(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    shop.done("settings", "shop.processing_days", "3")
    shop.done("import", Exports(tmp_path).shopify({}, {"Name": "#2002"}, {"Name": "#2003"}))
    promised = shop.done("order", "2001")["ship_by"]
    shop.done("ask", "2003", "Which ring size?")

    shop.done("settings", "shop.closed_days", f"{promised}..{promised}")
    assert {each["ship_by"] for each in shop.done("orders")} == {promised}, "no promise moved"

    anew = shop.done("promise", "2001", "--why", "the harbor fair")
    assert anew["ship_by"] > promised
    assert anew["timeline"][-1]["what"].endswith("(the harbor fair)")
    assert shop.done("order", "2002")["ship_by"] == promised

    letter = shop.run("promise", "2002")
    assert "at no cost to you" in letter.said
    assert "the shop's calendar changed" in letter.said
    refused = shop.run("promise", "2002")
    assert (refused.status, "gives that day now too" in refused.aside) == (3, True)
    assert shop.run("promise", "2003").status == 3, "it waits for the customer"

    later = CommandLine(shop.folder, "2026-10-20T09:00:00-04:00")
    late = [row["number"] for row in later.done("orders", "--view", "late")]
    assert "#2003" not in late
    answered = later.done("answered", "2003", "--answer", "US 7")
    assert answered["ship_by"] > "2026-10-20"
    assert "waited for the customer" in answered["timeline"][-1]["what"]
    assert later.done("check")["ok"] is True
