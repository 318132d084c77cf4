"""``customs`` and ``print customs``: the facts of a piece, and the papers of a parcel abroad."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order import Gift
from tests.builders import BUYER, a_line, an_order, usd
from tests.cli.command_line import CommandLine
from tests.fakes import FixedClock
from tests.paper_orders import words_of

BERLIN = replace(BUYER, city="Berlin", region=None, postcode="10115", country="DE", phone="+49 30")


@pytest.fixture
def abroad(shop: CommandLine) -> CommandLine:
    """A shop in the United States with an order to Berlin and one at home."""
    shop.done("settings", "shop.country", "US")
    shop.done("settings", "shop.name", "Gull Lane Jewelry")
    shop.done("settings", "shop.address", "3 Gull Lane\nPortland, ME 04101")
    with opened_desk(shop.folder, FixedClock(), is_writing=True) as desk:
        lines = a_line("Rain Ring", "64.00", quantity=2), a_line("Cuff", "30.00")
        desk.orders.add(an_order(*lines, number="#1", address=BERLIN, gift=Gift.NO))
        desk.orders.add(an_order(number="#2", address=BUYER))
    return shop


def test_what_customs_ask_is_entered_piece_by_piece_and_can_be_undone(shop: CommandLine) -> None:
    told = shop.done("customs", "set", "Rain Ring", "--what", "ring, sterling silver, plain band")
    assert told["hs_code"] is None
    assert told["suggested_hs_codes"] == ["711311"]
    told = shop.done("customs", "set", "rain  RING", "--hs", "7113.11", "--origin", "us")
    assert told["description"] == "ring, sterling silver, plain band"
    assert (told["hs_code"], told["origin"]) == ("711311", "US")
    assert [each["piece"] for each in shop.done("customs", "list")] == ["rain ring"]
    shop.done("undo")
    assert shop.done("customs", "show", "Rain Ring")["hs_code"] is None
    wrong = shop.run("customs", "set", "Rain Ring", "--hs", "71")
    assert wrong.status == 3
    assert "six digits" in wrong.aside
    assert len(shop.done("customs", "codes")) == 15


def test_a_parcel_abroad_has_a_sheet_to_copy_and_an_invoice(
    abroad: CommandLine, tmp_path: Path
) -> None:
    for piece, what in (
        ("Rain Ring", "ring, sterling silver, plain"),
        ("Cuff", "cuff, copper, braided"),
    ):
        abroad.done(
            "customs", "set", piece, "--what", what, "--hs", "711311", "--origin", "US",
            "--grams", "5", "--material", "silver",
        )  # fmt: skip
    paper = tmp_path / "customs.pdf"
    answer = abroad.run("print", "customs", "1", "--out", paper, "--json")
    assert (answer.status, answer.json) == (0, {"pages": 2, "orders": ["#1"], "warnings": []})
    words = words_of(paper.read_bytes())
    for each in (
        "For the customs form", "Commercial invoice", "ring, sterling silver, plain", "7113.11",
        "GERMANY", "Gull Lane Jewelry", "128.00 USD", "158.00 USD", "15 g", "Check with your post",
    ):  # fmt: skip
        assert each in words, each
    assert "gift" not in words.casefold()


def test_what_is_not_known_is_a_blank_and_a_warning(abroad: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "customs.pdf"
    answer = abroad.run("print", "customs", "1", "--out", paper, "--json")
    assert answer.status == 1
    assert any("no HS code" in each["what"] for each in answer.json["warnings"])
    assert "______" in words_of(paper.read_bytes())


def test_mail_that_stays_at_home_needs_no_customs(abroad: CommandLine, tmp_path: Path) -> None:
    answer = abroad.run("print", "customs", "2", "--out", tmp_path / "c.pdf")
    assert answer.status == 3
    assert "needs no customs papers" in answer.aside


def test_what_customs_are_told_is_exported_as_a_table_without_formulas(
    abroad: CommandLine, tmp_path: Path
) -> None:
    abroad.done("customs", "set", "Rain Ring", "--what", "=ring, silver", "--grams", "5")
    out = tmp_path / "customs.csv"
    answer = abroad.run("customs", "export", "#1", "#2", "--out", out)
    assert (answer.status, answer.said) == (0, f"{out}: 2 lines. Check with your post.\n")
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8"))))
    assert rows == [
        [
            "order", "to_country", "description", "material", "units", "hs_code", "origin",
            "net_grams", "value", "currency",
        ],
        ["#1", "DE", "'=ring, silver", "", "2", "", "", "10", "128.00", "USD"],
        ["#1", "DE", "Cuff", "", "1", "", "", "", "30.00", "USD"],
    ]  # fmt: skip
    refused = abroad.run("customs", "export", "#2", "--out", out)
    assert refused.status == 3
    assert "stays in the shop's country" in refused.aside
    nowhere = abroad.run("customs", "export", "#1", "--out", tmp_path / "no" / "out.csv")
    assert nowhere.status == 3
    assert "Nothing was exported." in nowhere.aside


def test_the_sheet_says_what_the_country_asks_for(abroad: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "customs.pdf"
    abroad.run("print", "customs", "#1", "--out", paper)
    text = " ".join(words_of(paper.read_bytes()).split())
    assert "To know" in text
    assert "names a responsible person there" in text
    assert "2 × 64.00" in text


def test_a_piece_given_free_is_declared_at_its_price_and_the_paper_says_so(
    abroad: CommandLine, tmp_path: Path
) -> None:
    with opened_desk(abroad.folder, FixedClock(), is_writing=True) as desk:
        ring = a_line("Rain Ring, sterling silver", "64.00")
        free = an_order(ring, number="#F1", address=BERLIN, total=usd("0.00"))
        desk.orders.add(replace(free, discount=usd("64.00"), free_reason="a kindness"))
    out = tmp_path / "customs.pdf"
    done = abroad.run("print", "customs", "#F1", "--out", str(out))
    assert out.exists(), done.aside
    told = words_of(out.read_bytes())
    assert "Given free: “Rain Ring, sterling silver”." in told
    assert "64.00" in told
    assert "Registered Mail" in told
