"""A hold lies over an order and changes nothing beneath it; an unpaid one never gets shippable."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports

VIEWS = ("unpaid", "to-make", "to-pack", "to-ship")


def places(shop: CommandLine) -> dict[str, list[str]]:
    return {view: [row["number"] for row in shop.done("orders", "--view", view)] for view in VIEWS}


def test_a_hold_released_returns_what_it_was(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    unpaid = {"Name": "#2004", "Financial Status": "pending", "Paid at": ""}
    shop.done(
        "import",
        Exports(tmp_path).shopify({}, {"Name": "#2002"}, {"Name": "#2003"}, unpaid),
    )
    shop.done("stage", "2002", "ready")
    shop.done("pack", "2003")
    before = places(shop)
    assert before == {
        "unpaid": ["#2004"],
        "to-make": ["#2001"],
        "to-pack": ["#2002"],
        "to-ship": ["#2003"],
    }
    states = {number: shop.done("order", number) for number in ("2001", "2002", "2003", "2004")}
    for number in states:
        shop.done("hold", number, "--why", "ring size?")
    assert places(shop) == {"unpaid": ["#2004"], "to-make": [], "to-pack": [], "to-ship": []}
    for number, was in states.items():
        now = shop.done("release", number)
        same = set(was) - {"timeline"}
        assert {key: now[key] for key in same} == {key: was[key] for key in same}
    assert places(shop) == before
    refused = shop.run("pack", "2004")
    assert (refused.status, "unpaid" in refused.aside) == (3, True)
    assert shop.run("pack-part", "2004", "--units", "1=1").status == 3
