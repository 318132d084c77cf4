"""The command of making: the shop's own stages, one piece or all."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command_line import a_shop
from tests.services.marketplace_files import Exports


def test_a_stage_of_her_own_counts_as_making(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    shop.done("import", Exports(tmp_path).shopify({}))
    told = shop.done("stage", "2001", "polishing")
    assert told["fulfillment_status"] == "making"
    assert [line["stage"] for line in told["line_items"]] == ["polishing"]
    shop.done("settings", "shop.stages", "to do, Stone setting, done")
    assert shop.done("stage", "2001", "stone-setting")["line_items"][0]["stage"] == "stone_setting"
    done = shop.done("stage", "2001", "done")
    assert (done["fulfillment_status"], done["line_items"][0]["stage"]) == ("ready", "ready")
    assert shop.done("stage", "2001", "to_make")["fulfillment_status"] == "to_make"
    refused = shop.run("stage", "2001", "polishing")
    assert (refused.status, "to do, Stone setting, done" in refused.aside) == (3, True)


def test_one_piece_goes_on_by_itself(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    file = tmp_path / "order.json"
    file.write_text(
        '{"line_items": [{"title": "Ring", "unit_price": {"amount": "4.00", "currency": "USD"},'
        ' "stage": "polishing"}, {"title": "Cuff"}]}',
        encoding="utf-8",
    )
    number = shop.done("add", str(file))["number"]
    told = shop.done("stage", number, "ready", "--piece", "Cuff")
    assert [line["stage"] for line in told["line_items"]] == ["polishing", "ready"]
    assert shop.run("stage", number, "ready", "--piece", "Brooch").status == 3


def test_tickets_are_printed_of_what_is_to_make(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "desk")
    shop.done("import", Exports(tmp_path).shopify({}, {"Name": "#2002"}))
    shop.done("stage", "2002", "ready")
    file = tmp_path / "tickets.pdf"
    printed = shop.done("print", "tickets", "--out", file)
    assert printed == {"pages": 1, "orders": ["#2001"], "warnings": []}
    assert file.read_bytes().startswith(b"%PDF")
    assert shop.done("print", "tickets", "2002", "--out", file)["orders"] == ["#2002"]
