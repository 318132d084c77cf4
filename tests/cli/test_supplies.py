"""Supplies from the command line: list, add, count, use, and what is to be ordered."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import Exports

BOXES = (
    "supplies", "add", "Ring boxes", "--stock", "12", "--place", "Shelf 2", "--pack-size", "50",
    "--supplier", "Nile Boxes", "--reorder-point", "10", "--uses", "1", "--used-per", "piece",
)  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    shop = a_shop(tmp_path / "desk")
    shop.done(*BOXES)
    return shop


def test_a_supply_is_shown_whole(shop: CommandLine) -> None:
    assert shop.done("supplies", "list") == [
        {
            "name": "Ring boxes",
            "stock": 12,
            "place": "Shelf 2",
            "pack_size": 50,
            "supplier": "Nile Boxes",
            "reorder_point": 10,
            "uses": 1,
            "used_per": "piece",
            "low": False,
            "low_since": None,
            "ordered_at": None,
            "packs_to_order": 0,
        }
    ]
    assert shop.run("supplies", "list").said == "    12  Ring boxes                   Shelf 2\n"
    assert shop.run("supplies", "list", "--low").said == "Nothing is low.\n"


def test_counting_using_and_receiving_end_in_a_stock(shop: CommandLine) -> None:
    assert shop.done("supplies", "count", "ring", "11")["stock"] == 11
    used = shop.done("supplies", "use", "ring", "2", "--why", "market stall")
    assert (used["stock"], used["low"], used["packs_to_order"]) == (9, True, 1)
    assert used["low_since"] == "2026-10-05T14:00:00Z"
    assert shop.run("supplies", "ordered", "ring").said.rstrip().endswith("low, ordered")
    assert shop.done("supplies", "receive", "ring", "1", "--packs")["stock"] == 59
    changed = shop.done("supplies", "change", "ring", "--reorder-point", "70", "--used-per", "gift")
    assert (changed["low"], changed["used_per"], changed["stock"]) == (True, "gift", 59)
    assert shop.done("supplies", "change", "ring", "--name", "Boxes")["name"] == "Boxes"
    assert shop.done("supplies", "remove", "Boxes") == {"removed": "Boxes"}
    assert shop.run("supplies", "list").said == "There are no supplies yet.\n"
    assert "Remove supply Boxes" in shop.run("undo").aside
    assert shop.run("supplies", "remove", "boxes").said == "Boxes is no longer in the list.\n"


def test_a_low_supply_stands_on_the_agenda(shop: CommandLine) -> None:
    shop.done("supplies", "count", "ring", "10")
    assert shop.done("agenda") == [
        {
            "kind": "supply",
            "title": "Order Ring boxes from Nile Boxes: 10 left, 1 pack of 50",
            "due_at": "2026-10-06T03:59:59Z",
            "state": "due",
            "link": "supply:Ring boxes",
        }
    ]


def test_packing_is_not_begun_without_its_kit(shop: CommandLine, tmp_path: Path) -> None:
    shop.done("import", Exports(tmp_path).shopify({}))
    shop.done("supplies", "count", "ring", "0")
    answer = shop.run("pack", "2001", "--json")
    assert (answer.status, answer.said) == (3, "")
    assert "Ring boxes (0 of 1 there, Shelf 2)" in answer.aside
    shop.done("supplies", "count", "ring", "1")
    shop.done("pack", "2001")
    assert shop.done("supplies", "list")[0]["stock"] == 0


def test_the_reorder_list_is_said_and_printed(shop: CommandLine, tmp_path: Path) -> None:
    nothing = shop.run("supplies", "reorder")
    assert nothing.said == "Nothing is low: there is nothing to order.\n"
    shop.done("supplies", "count", "ring", "10")
    assert shop.run("supplies", "reorder").said == "Nile Boxes\n- 1 pack of 50 · Ring boxes\n"
    out = tmp_path / "list.pdf"
    told = shop.done("supplies", "reorder", "--out", out)
    assert told == {
        "made_on": "2026-10-05",
        "pages": 1,
        "suppliers": [
            {
                "supplier": "Nile Boxes",
                "lines": [{"name": "Ring boxes", "packs": 1, "pack_size": 50, "stock": 10}],
            }
        ],
    }
    text = pypdf.PdfReader(io.BytesIO(out.read_bytes())).pages[0].extract_text()
    assert "1 pack of 50 · Ring boxes" in text
    assert shop.run("supplies", "reorder", "--out", out).said == f"{out}: 1 page.\n"
    refused = shop.run("supplies", "reorder", "--out", tmp_path / "nowhere" / "list.pdf")
    assert refused.status == 3
    assert "cannot be written" in refused.aside


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("count", "tape", "1"), "There is no supply “tape”."),
        (("use", "ring", "99"), "Only 12 units of “Ring boxes” are there"),
        (("count", "ring", "--", "-1"), "-1 of “Ring boxes” cannot be."),
        (("ordered", "ring"), "is not low"),
        (("add", "RING BOXES"), "There is a supply “Ring boxes” already."),
    ],
)
def test_what_cannot_be_is_refused(shop: CommandLine, words: tuple[str, ...], says: str) -> None:
    answer = shop.run("supplies", *words)
    assert (answer.status, answer.said) == (3, "")
    assert says in answer.aside
