"""``print``: the file, the JSON to the letter, the exit statuses."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from jeweler_desk.app import opened_desk
from jeweler_desk.cli import desk as program
from jeweler_desk.domain.order import Gift, Stage
from jeweler_desk.domain.print_job import PrintChoice, PrinterDrift
from jeweler_desk.services.desk import Desk
from tests.builders import BUYER, an_order
from tests.cli.command_line import CommandLine
from tests.fakes import FixedClock
from tests.paper_orders import words_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    return tmp_path / "slips.pdf"


def filled(folder: Path, *, is_named: bool = True) -> None:
    """A desk with a ready order #1, one to make #2, an unpaid one #3."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        if is_named:
            for key in ("shop.name", "shop.address", "shop.signature"):
                desk.settings.set(key, f"the {key}")
        enter(desk, "#1")
        enter(desk, "#2")
        enter(desk, "#3", charges=(), paid_on=None)
        desk.fulfillment.set_stage(desk.orders.find("#1").id, Stage.READY)


def enter(desk: Desk, number: str, **cells: Any) -> None:
    cells.setdefault("gift", Gift.NO)
    desk.orders.add(replace(an_order(), number=number, **cells))


def run(folder: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(program, ["--desk", str(folder), *map(str, words)])


def test_prices_are_printed_where_a_print_or_the_shop_asks_for_them(
    folder: Path, slips: Path
) -> None:
    filled(folder)
    told: list[str] = []
    for words in (["--prices"], [], ["--no-prices"]):
        assert run(folder, "print", "packing-slips", "#1", *words, "--out", slips).exit_code == 0
        told.append(words_of(slips.read_bytes()))
    assert ["40.00 USD" in each for each in told] == [True, False, False]


def test_without_orders_and_view_those_to_pack_are_printed(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "packing-slips", "--out", slips, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"pages": 1, "orders": ["#1"], "warnings": []}
    assert "Order #1" in words_of(slips.read_bytes())


def test_orders_are_named_with_or_without_their_sign(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "packing-slips", "2", "#1", "--out", slips, "--json")
    assert json.loads(result.stdout)["orders"] == ["#2", "#1"]
    assert (result.exit_code, json.loads(result.stdout)["pages"]) == (0, 2)


def test_an_order_that_fails_the_gate_is_named_and_the_status_says_so(
    folder: Path, slips: Path
) -> None:
    filled(folder)
    result = run(folder, "print", "cards", "--view", "all", "--out", slips, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(told["orders"]) == {"#1", "#2"}
    assert told["warnings"] == [
        {
            "order": "#3",
            "what": "Order #3 is unpaid: its money does not allow packing. It is left out.",
        }
    ]
    assert "Order #3 is unpaid" in result.stderr


def test_if_none_is_left_there_is_no_file(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "packing-slips", "3", "--out", slips)
    assert (result.exit_code, result.stdout, slips.exists()) == (3, "", False)
    assert "Nothing was printed. Order #3 is unpaid" in result.stderr
    empty = run(folder, "print", "packing-slips", "--view", "canceled", "--out", slips)
    assert (empty.exit_code, slips.exists()) == (3, False)


def test_a_character_no_font_has_is_a_warning(folder: Path, slips: Path) -> None:
    filled(folder)
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        enter(desk, "#9", address=replace(BUYER, name="𠮶野 健"))
    result = run(folder, "print", "packing-slips", "#9", "--out", slips, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["warnings"] == [
        {"order": "#9", "what": "No font has “𠮶”; printed as [U+20BB6]."}
    ]
    assert "[U+20BB6]野 健" in words_of(slips.read_bytes())
    assert "Order #9: No font has" in result.stderr


def test_a_warning_of_the_shop_has_no_order(folder: Path, slips: Path) -> None:
    filled(folder, is_named=False)
    result = run(folder, "print", "packing-slips", "--out", slips, "--json")
    assert result.exit_code == 1
    assert {each["order"] for each in json.loads(result.stdout)["warnings"]} == {None}


def test_without_json_a_sentence_says_what_was_written(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "cards", "--stock", "us-a7", "--out", slips)
    assert result.exit_code == 0
    assert result.stdout.strip() == f"{slips}: 1 page for 1 order."


def test_labels_are_printed_on_a_begun_sheet(folder: Path, slips: Path) -> None:
    filled(folder)
    words = ("print", "labels", "1", "2", "--stock", "avery-5160", "--start", "30")
    result = run(folder, *words, "--out", slips, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"pages": 2, "orders": ["#1", "#2"], "warnings": []}
    beyond = run(folder, *words[:-1], "31", "--out", slips)
    assert beyond.exit_code == 3
    assert "there is no position 31" in beyond.stderr


def test_mail_within_the_country_names_no_country_and_mail_abroad_names_it_last(
    folder: Path, slips: Path
) -> None:
    filled(folder)
    run(folder, "settings", "shop.country", BUYER.country or "")
    assert run(folder, "print", "labels", "1", "--out", slips).exit_code == 0
    at_home = words_of(slips.read_bytes())
    run(folder, "settings", "shop.country", "NZ")
    assert run(folder, "print", "labels", "1", "--out", slips).exit_code == 0
    abroad = words_of(slips.read_bytes())
    assert "UNITED STATES" not in at_home
    assert "UNITED STATES" in abroad


def test_an_address_too_long_for_a_label_is_left_out_and_named(folder: Path, slips: Path) -> None:
    filled(folder)
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        long = replace(BUYER, company="Goldschmiede " * 20)
        desk.orders.add(an_order(number="#9", address=long))
    result = run(folder, "print", "labels", "9", "--stock", "avery-5160", "--out", slips)
    assert result.exit_code == 3
    assert "too long by" in result.stderr and "take a larger label" in result.stderr
    assert not slips.exists()


def test_a_test_page_needs_no_order(folder: Path, slips: Path) -> None:
    result = run(folder, "print", "test-page", "--stock", "l7163", "--out", slips)
    assert result.exit_code == 0
    assert "Test page for Avery L7163" in words_of(slips.read_bytes())


def test_an_order_without_a_letter_is_named(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "letters", "--out", slips)
    assert result.exit_code == 3
    assert "has no letter" in result.stderr


def test_a_position_is_only_for_sheets_of_labels(folder: Path, slips: Path) -> None:
    filled(folder)
    result = run(folder, "print", "cards", "--start", "3", "--out", slips)
    assert result.exit_code == 3
    assert "Only sheets of labels are begun at a position" in result.stderr


def test_what_cannot_be_done_is_said_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    out = tmp_path / "no such folder" / "slips.pdf"
    result = run(folder, "print", "packing-slips", "--out", out)
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
    stock = run(folder, "print", "cards", "--stock", "napkin", "--out", tmp_path / "c.pdf")
    assert stock.exit_code == 3
    assert "no stock “napkin”" in stock.stderr
    unknown = run(folder, "print", "cards", "#77", "--out", tmp_path / "c.pdf")
    assert (unknown.exit_code, unknown.stderr.strip()) == (3, "There is no order #77.")


def test_misused_words_are_clicks_own_errors(folder: Path, slips: Path) -> None:
    both = run(folder, "print", "cards", "1", "--view", "all", "--out", slips)
    nowhere = run(folder, "print", "cards")
    assert (both.exit_code, nowhere.exit_code) == (2, 2)


def test_printing_works_beside_an_open_window(folder: Path, slips: Path) -> None:
    filled(folder)
    with opened_desk(folder, FixedClock(), is_writing=True):
        assert run(folder, "print", "packing-slips", "--out", slips).exit_code == 0


def test_an_address_gets_its_latin_lines_beneath_it_and_loses_them_again(folder: Path) -> None:
    desk = CommandLine(folder, "2026-10-05T20:00:00Z")
    filled(folder)
    lines = desk.done("label-lines", "#1")["lines"]
    assert lines
    told = desk.done("label-lines", "#1", "--latin", "Sakura Yamaguchi", "--latin", "1-5-6 Jinnan")
    assert told["latin"] == ["Sakura Yamaguchi", "1-5-6 Jinnan"]
    assert told["lines"] == [*lines[:-1], *told["latin"], lines[-1]]
    refused = desk.run("label-lines", "#1", "--latin", "渋谷区")
    assert refused.status == 3
    assert "“渋” is no Latin letter" in refused.aside
    assert desk.done("label-lines", "#1")["latin"] == told["latin"]
    assert desk.done("label-lines", "#1", "--no-latin")["lines"] == lines
    assert desk.run("undo").status == 0
    assert desk.done("label-lines", "#1")["latin"] == told["latin"]


def test_an_order_tells_its_prints(folder: Path, slips: Path) -> None:
    filled(folder)
    desk = CommandLine(folder, "2026-10-05T20:00:00Z")
    assert desk.done("order", "#1")["prints"] == []
    desk.done("print", "packing-slips", "#1", "--out", slips)
    desk.done("print", "packing-slips", "#1", "--out", slips)
    prints = desk.done("order", "#1")["prints"]
    assert [(each["kind"], each["copy"], each["printer"]) for each in prints] == [
        ("packing-slips", 1, None),
        ("packing-slips", 2, None),
    ]
    assert prints[0]["at"].startswith("2026-10-05T")
    assert not any(each["out_of_date"] for each in prints)
    file = sha256(slips.read_bytes()).hexdigest()
    assert [each["file"] for each in prints] == [file, file], "the same bytes again"
    assert prints[0]["version"] == prints[1]["version"] and len(prints[0]["version"]) == 64
    shown = run(folder, "order", "#1").stdout
    assert f"into a file · version {prints[0]['version'][:8]} · file {file[:8]}" in shown
    assert "packing slip printed" in shown and "copy 2" in shown


def test_a_folded_card_is_printed_with_its_outside_and_its_inside(
    folder: Path, slips: Path
) -> None:
    filled(folder)
    words = ("print", "cards", "#1", "--stock", "us-a2-folded", "--sides", "two-sided-short-edge")
    result = run(folder, *words, "--out", slips, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["pages"] == 2


def test_a_gift_receipts_code_finds_its_order_on_the_command_line(
    folder: Path, slips: Path
) -> None:
    filled(folder)
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        enter(desk, "#7", gift=Gift.YES)
    run(folder, "print", "gift-receipts", "#7", "--out", slips)
    told = words_of(slips.read_bytes())
    code = told.split("REFERENCE ")[1].split()[0]
    assert "#7" not in told
    found = run(folder, "order", code, "--json")
    assert json.loads(found.stdout)["number"] == "#7"


def test_the_logo_is_set_from_a_file(folder: Path, slips: Path, tmp_path: Path) -> None:
    filled(folder)
    Image.new("RGBA", (200, 90), (10, 60, 60, 255)).save(tmp_path / "logo.png")
    before = run(folder, "print", "packing-slips", "#1", "--out", slips)
    plain = slips.read_bytes()
    assert run(folder, "settings", "shop.logo", tmp_path / "logo.png").exit_code == 0
    run(folder, "print", "packing-slips", "#1", "--out", slips)
    assert b"/Image" in slips.read_bytes() and b"/Image" not in plain
    (tmp_path / "words.png").write_bytes(b"words")
    refused = run(folder, "settings", "shop.logo", tmp_path / "words.png")
    assert refused.exit_code != before.exit_code
    assert "is no PNG or JPEG picture" in refused.stderr


def ink_of(pdf: bytes) -> tuple[int, int, int, int]:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("L")
    left, top, right, low = page.point(lambda value: 255 if value < 128 else 0).getbbox()
    return left, top, right, low


@pytest.mark.parametrize(
    ("kind", "stock"), [("packing-slips", "letter"), ("labels", "avery-5160"), ("labels", "4x6")]
)
def test_the_printer_chosen_for_a_kind_of_paper_counts_on_the_command_line_too(
    folder: Path, slips: Path, kind: str, stock: str
) -> None:
    filled(folder)
    straight = run(folder, "print", kind, "1", "--stock", stock, "--out", slips)
    before = ink_of(slips.read_bytes())
    assert straight.exit_code == 0
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.printing.keep_choice(kind, PrintChoice("Laser", stock))
        desk.printing.keep_drift("Laser", stock, PrinterDrift(2.0, -1.0))
    assert run(folder, "print", kind, "1", "--out", slips).exit_code == 0
    after = ink_of(slips.read_bytes())
    millimeter = 4 * 72 / 25.4
    moved = [(one - other) / millimeter for one, other in zip(after, before, strict=True)]
    assert moved == pytest.approx([2.0, 1.0, 2.0, 1.0], abs=0.15)
    run(folder, "print", kind, "1", "--printer", "Other", "--out", slips)
    assert ink_of(slips.read_bytes()) == before, "another printer was not measured"


def test_a_test_page_shows_whether_what_was_measured_is_right(folder: Path, slips: Path) -> None:
    filled(folder)
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        desk.printing.keep_drift("Laser", "l7163", PrinterDrift(3.0))
    words = ("print", "test-page", "--stock", "L7163", "--out", slips)
    run(folder, *words)
    plain = slips.read_bytes()
    run(folder, *words, "--printer", "Laser")
    assert slips.read_bytes() != plain


def test_a_printers_drift_is_kept_as_it_was_measured_and_forgotten_again(folder: Path) -> None:
    desk = CommandLine(folder, "2026-10-05T20:00:00Z")
    filled(folder)
    measured = ("printer-drift", "Laser", "avery-5160")
    assert desk.done(*measured)["right_mm"] == 0
    kept = desk.done(*measured, "--right", "1.5", "--up", "-0.5", "--bar-across", "49.5 mm")
    assert (kept["right_mm"], kept["up_mm"], kept["bar_mm"]) == (1.5, -0.5, 50)
    assert (kept["bar_across_mm"], kept["bar_upright_mm"]) == (49.5, 50)
    again = desk.done(*measured, "--up", "2")
    assert (again["right_mm"], again["up_mm"]) == (1.5, 2), "what is not named stays"
    assert "1.5 mm right, 2 mm up" in desk.run(*measured).said
    labels = ("print", "labels", "#1", "--stock", "avery-5160")
    desk.run(*labels, "--out", folder / "plain.pdf")
    desk.run(*labels, "--printer", "Laser", "--out", folder / "moved.pdf")
    assert (folder / "plain.pdf").read_bytes() != (folder / "moved.pdf").read_bytes()
    refused = desk.run(*measured, "--bar-across", "80")
    assert (refused.status, desk.done(*measured)) == (3, again)
    assert "full size, not fitted" in refused.aside
    assert desk.run("printer-drift", "Laser", "napkin").status == 3
    assert desk.done(*measured, "--straight")["bar_across_mm"] == 50
    assert desk.run(*measured, "--straight", "--up", "1").status == 2
    assert desk.done("printer-drift", "Laser", "A4", "--right", "1")["stock"] == "a4"
