"""The last boxes: one reminder as they run low, an honest stop when they are gone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import a_shop
from tests.services.marketplace_files import Exports


def test_the_last_box_is_reordered_in_time(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    numbers = ("#2001", "#2002", "#2003", "#2004")
    shop.done("import", Exports(tmp_path).shopify(*({"Name": number} for number in numbers)))
    shop.done(
        "supplies", "add", "Ring boxes", "--stock", "3", "--place", "Shelf 2, left",
        "--supplier", "Nile Boxes", "--pack-size", "50", "--reorder-point", "2",
        "--uses", "1", "--used-per", "piece",
    )  # fmt: skip

    def boxes() -> int:
        return int(shop.done("supplies", "list")[0]["stock"])

    def reminders() -> list[str]:
        return [row["title"] for row in shop.done("agenda") if row["kind"] == "supply"]

    assert reminders() == []
    shop.done("pack", "2001")
    assert reminders() == ["Order Ring boxes from Nile Boxes: 2 left, 1 pack of 50"]

    # It is one reminder, however many parcels follow, and ordering answers it.
    shop.done("pack", "2002")
    assert len(reminders()) == 1
    shop.done("supplies", "ordered", "Ring boxes")
    shop.done("pack", "2003")
    assert (boxes(), reminders()) == (0, [])

    # The fourth parcel is stopped before it is begun, in one sentence.
    stopped = shop.run("pack", "2004")
    assert stopped.status == 3
    assert "The kit of order #2004 is not complete: Ring boxes (0 of 1 there" in stopped.aside
    assert shop.done("order", "2004")["fulfillment_status"] == "to_make"

    # The third had the wrong ring in it: opened again, its box is free for the fourth.
    shop.done("open-parcel", "2003")
    assert boxes() == 1
    shop.done("pack", "2004")
    assert boxes() == 0

    # The order comes in: the next crossing will remind again.
    shop.done("supplies", "receive", "Ring boxes", "1", "--packs")
    shop.done("pack", "2003")
    assert (boxes(), reminders()) == (49, [])
    shop.done("supplies", "count", "Ring boxes", "2")
    assert len(reminders()) == 1
    assert shop.done("check")["ok"] is True
