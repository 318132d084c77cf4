"""The commands of orders: their JSON to the letter, their exit statuses, never a traceback."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.app import opened_desk
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.store.sqlite_library import sqlite3
from tests.cli.command_line import BOUGHT, CommandLine, refused, written
from tests.fakes import FixedClock
from tests.services.marketplace_files import (
    ALL_FILES,
    ETSY_ITEMS_FILE,
    ETSY_ORDERS_FILE,
    SHOPIFY_FILE,
    Exports,
)

SUMMARY_KEYS = [
    "number",
    "channel",
    "placed_at",
    "placed_on",
    "customer",
    "total",
    "marketplace_tax",
    "payment_status",
    "fulfillment_status",
    "order_status",
    "ship_by",
    "gift",
    "hold",
    "units_to_send",
]


def test_import_answers_to_the_letter(shop: CommandLine) -> None:
    assert shop.done("import", ETSY_ORDERS_FILE, ETSY_ITEMS_FILE) == {
        "files": [
            {"file": str(ETSY_ORDERS_FILE), "format": "etsy-orders", "rows": 8, "set_aside": []},
            {"file": str(ETSY_ITEMS_FILE), "format": "etsy-items", "rows": 11, "set_aside": []},
        ],
        "orders": {"new": 9, "changed": 0, "same": 0},
        "payments": {"new": 0, "changed": 0, "same": 0},
        "shipments": {"new": 0, "changed": 0, "same": 0},
    }


def test_a_second_import_is_all_the_same(full: CommandLine) -> None:
    again = full.done("import", *ALL_FILES)
    assert again["orders"] == {"new": 0, "changed": 0, "same": 18}


def test_a_dry_run_says_what_would_change_and_changes_nothing(shop: CommandLine) -> None:
    assert shop.done("import", "--dry-run", SHOPIFY_FILE)["orders"]["new"] == 8
    assert shop.done("orders") == []
    assert "would be new" in shop.run("import", "--dry-run", SHOPIFY_FILE).said


def test_rows_set_aside_are_named_and_exit_1(shop: CommandLine, exports: Exports) -> None:
    answer = shop.run("import", exports.shopify({}, {"Name": "#9", "Total": "forty"}), "--json")
    assert answer.status == 1
    (row,) = answer.json["files"][0]["set_aside"]
    assert list(row) == ["line", "reason", "text"]
    assert (row["line"], row["text"][:3]) == (3, "#9,")
    assert answer.json["orders"]["new"] == 1


def test_one_unknown_file_of_several_is_named_and_exit_1(shop: CommandLine, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n", encoding="utf-8")
    answer = shop.run("import", strange, SHOPIFY_FILE, "--json")
    assert answer.status == 1
    assert answer.json["files"][0] == {
        "file": str(strange),
        "format": None,
        "rows": 0,
        "set_aside": [],
    }
    assert "strange.csv" in answer.aside


@pytest.mark.parametrize("content", [None, b"", b"a,b\n1,2\n", b"\x00\xff\xfe\x00", b"PK\x03\x04"])
def test_no_known_file_is_exit_3(shop: CommandLine, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "file.csv"
    if content is not None:
        file.write_bytes(content)
    refused(shop.run("import", file, "--json"), "file.csv")


def test_an_unknown_mapping_is_refused(shop: CommandLine) -> None:
    refused(shop.run("import", "--map", "mine", SHOPIFY_FILE), "mapping “mine”")


def test_a_row_of_the_list_is_exact(full: CommandLine) -> None:
    rows = {row["number"]: row for row in full.done("orders")}
    assert len(rows) == 18
    assert list(rows["#1049"]) == SUMMARY_KEYS
    assert rows["#1049"] == {
        "number": "#1049",
        "channel": "shopify",
        "placed_at": "2026-09-24T16:48:29Z",
        "placed_on": "2026-09-24",
        "customer": "Annegret Blümel-Schröder",
        "total": {"amount": "64.00", "currency": "USD"},
        "marketplace_tax": None,
        "payment_status": "paid",
        "fulfillment_status": "to_make",
        "order_status": "open",
        "ship_by": "2026-09-25",
        "gift": "unknown",
        "hold": None,
        "units_to_send": 1,
    }
    assert rows["3512000110"] | {"number": "3512000110"} == rows["3512000110"]
    assert rows["3512000110"]["placed_at"] is None
    assert rows["3512000110"]["placed_on"] == "2026-10-02"
    assert rows["3512000110"]["marketplace_tax"] == {"amount": "14.39", "currency": "USD"}
    assert rows["#1046"]["hold"] == {"reason": "total 0.00 unexplained", "until": None}
    assert rows["#1041"]["gift"] == "yes"


def test_one_order_whole_is_exact(full: CommandLine) -> None:
    order = full.done("order", "1041")
    assert list(order)[: len(SUMMARY_KEYS)] == SUMMARY_KEYS
    exact = {
        "title": "Hammered Sterling Silver Stacking Ring",
        "sku": "JT-RNG-001",
        "quantity": 1,
        "unit_price": {"amount": "48.00", "currency": "USD"},
        "discount": {"amount": "0.00", "currency": "USD"},
        "variations": [{"name": None, "value": "7"}, {"name": None, "value": "Polished"}],
        "personalization": None,
        "stage": "to_make",
        "units_shipped": 1,
        "units_canceled": 0,
    }
    ring = order["line_items"][0]
    assert {key: ring[key] for key in exact} == exact, "whatever more it tells"
    assert order["shipments"] == [
        {
            "carrier": None,
            "tracking_number": None,
            "shipped_at": "2026-09-03T13:02:44Z",
            "units": 3,
        }
    ]
    assert order["payments"] == [
        {
            "id": "shopify:#1041:order_export",
            "amount": {"amount": "107.55", "currency": "USD"},
            "captured_at": "2026-09-02T14:14:03Z",
            "source": "order_export",
        }
    ]
    assert order["refunds"] == []
    assert order["gift_message"] == "Happy 30th, Astrid! 🎉"
    assert order["address"] == {
        "name": "Hannah Lindqvist",
        "company": None,
        "address1": "3 Lighthouse Road",
        "address2": None,
        "city": "Portland",
        "region": "ME",
        "postcode": "04101",
        "country": "US",
        "phone": "+12075550141",
    }
    assert order["policy_version"] is None
    assert order["timeline"] == [
        {"at": "2026-09-02T14:14:03Z", "what": "ordered on Shopify"},
        {"at": "2026-09-02T14:14:03Z", "what": "paid 107.55 USD"},
        {"at": "2026-09-03T13:02:44Z", "what": "handed over"},
    ]


def test_a_refund_is_named_with_its_state(full: CommandLine) -> None:
    assert full.done("order", "#1045")["refunds"] == [
        {
            "amount": {"amount": "39.00", "currency": "USD"},
            "state": "settled",
            "at": None,
            "reason": None,
        }
    ]


def test_a_view_is_a_list_and_an_empty_one_too(full: CommandLine) -> None:
    held = [row["number"] for row in full.done("orders", "--view", "on-hold")]
    assert held == ["#1046", "#1047"]
    assert full.done("orders", "--view", "returns") == []
    assert full.run("orders", "--view", "returns").said == "No orders in this view.\n"


def test_the_list_is_searched_and_cut(full: CommandLine) -> None:
    assert [row["number"] for row in full.done("orders", "--search", "blumel")] == ["#1049"]
    assert len(full.done("orders", "--limit", "2")) == 2
    assert full.done("orders", "--search", '"*') == []


def test_the_list_is_told_in_words(full: CommandLine) -> None:
    said = full.run("orders").said
    assert "Annegret Blümel-Schröder" in said
    assert "on hold: total 0.00 unexplained" in said
    assert len(said.splitlines()) == 18


def test_a_customers_text_cannot_write_to_the_terminal(shop: CommandLine, tmp_path: Path) -> None:
    odd = "Ann\x1b[2J\r\n" + "e" * 10_000
    document = {"customer": odd, "line_items": [BOUGHT | {"title": odd, "personalization": odd}]}
    shop.done("add", written(tmp_path, document))
    for said in (shop.run("orders").said, shop.run("order", "D-1").said):
        assert "\x1b" not in said
        assert "\r" not in said
        assert max(map(len, said.splitlines())) <= 2000


def test_one_order_is_told_in_words(full: CommandLine) -> None:
    full.done("hold", "3512000110", "--why", "which wire?")
    said = full.run("order", "3512000110").said
    assert "68.50 USD · paid · to_make" in said
    assert "on hold: which wire?" in said
    assert "1 × Freshwater Pearl Drop Earrings, Bridal & Everyday (Gold filled)" in said
    assert "inside the band" in full.run("order", "3512000101").said.casefold()


@pytest.mark.parametrize("number", ["4711", "", "#", "etsy:#1041", "x" * 10_000, "\0", "💍"])
def test_an_unknown_order_is_exit_3(full: CommandLine, number: str) -> None:
    refused(full.run("order", number, "--json"), "There is no order")


def test_a_number_of_two_channels_is_exit_3_and_names_both(
    shop: CommandLine, exports: Exports, tmp_path: Path
) -> None:
    shop.run("import", exports.shopify({"Name": "#1041"}))
    bought = {"title": "Ring", "unit_price": {"amount": "1.00", "currency": "USD"}}
    document = {"number": "1041", "channel": "woocommerce", "line_items": [bought]}
    shop.done("add", written(tmp_path, document))
    for number in ("1041", "#1041"):
        refused(shop.run("order", number), "shopify:#1041", "woocommerce:1041")
    assert shop.done("order", "shopify:#1041")["channel"] == "shopify"
    assert shop.done("order", "woocommerce:#1041")["channel"] == "woocommerce"


def test_the_acts_give_the_order_after_them(shop: CommandLine, exports: Exports) -> None:
    shop.run("import", exports.shopify({}))
    assert shop.done("stage", "2001", "making")["fulfillment_status"] == "making"
    assert shop.done("stage", "2001", "ready")["fulfillment_status"] == "ready"
    held = shop.done("hold", "2001", "--why", "ring size?", "--until", "2026-10-09")
    assert held["hold"] == {"reason": "ring size?", "until": "2026-10-09"}
    assert shop.done("release", "2001")["hold"] is None
    assert shop.done("pack", "2001")["fulfillment_status"] == "packed"
    shipped = shop.done("ship", "2001", "--carrier", "USPS", "--tracking", "9400")
    assert (shipped["fulfillment_status"], shipped["order_status"]) == ("shipped", "completed")
    assert shipped["shipments"] == [
        {
            "carrier": "USPS",
            "tracking_number": "9400",
            "shipped_at": "2026-10-05T14:00:00Z",
            "units": 1,
        }
    ]
    assert shop.done("undo")["fulfillment_status"] == "packed"
    assert shop.done("redo") == shipped


def test_undo_tells_what_it_took_back(shop: CommandLine, exports: Exports) -> None:
    shop.run("import", exports.shopify({}))
    answer = shop.run("undo", "--json")
    assert answer.status == 0
    assert answer.json == {"step": "Import 1 order"}
    assert answer.aside == "Taken back: Import 1 order\n"
    assert shop.done("redo")["number"] == "#2001"


def test_nothing_to_undo_or_redo_is_exit_3(tmp_path: Path) -> None:
    bare = CommandLine(tmp_path / "bare")
    refused(bare.run("undo", "--json"), "nothing to undo")
    refused(bare.run("redo", "--json"), "nothing to do again")


@pytest.mark.parametrize(
    "words",
    [
        ("stage", "2001", "glazing"),
        ("ship", "2001"),
        ("release", "2001"),
        ("hold", "2001", "--why", "  "),
        ("pack", "4711"),
        ("settings", "shop.cutoff", "2pm"),
        ("settings", "shop.color", "red"),
        ("settings", "shop.color"),
    ],
)
def test_what_cannot_be_done_is_exit_3_and_changes_nothing(
    shop: CommandLine, exports: Exports, words: tuple[str, ...]
) -> None:
    shop.run("import", exports.shopify({}))
    before = shop.done("order", "2001")
    refused(shop.run(*words, "--json"))
    assert shop.done("order", "2001") == before


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "--view", "everything"),
        ("orders", "--limit", "0"),
        ("orders", "--limit", "many"),
        ("hold", "2001"),
        ("hold", "2001", "--why", "x", "--until", "tomorrow"),
        ("order",),
        ("import",),
        ("polish", "2001"),
        ("--now", "2026-10-05T22:30", "orders"),
        ("--now", "yesterday", "orders"),
        ("--now", "", "orders"),
        ("--now", "0001-01-01T00:00:00Z", "orders"),
        ("orders", "--limit", "1" + "0" * 30),
    ],
)
def test_a_mistyped_command_is_exit_2(shop: CommandLine, words: tuple[str, ...]) -> None:
    answer = shop.run(*words)
    assert (answer.status, answer.said) == (2, "")
    assert "Traceback" not in answer.aside


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-10-05T23:59:59-04:00", []),
        ("2026-10-06T00:00:00-04:00", ["#2001"]),
        ("2026-10-06T03:59:59Z", []),
        ("2026-10-06T04:00:00Z", ["#2001"]),
    ],
)
def test_now_is_an_instant_in_any_offset(
    shop: CommandLine, exports: Exports, now: str, late: list[str]
) -> None:
    shop.run("import", exports.shopify({}))
    then = CommandLine(shop.folder, now)
    assert [row["number"] for row in then.done("orders", "--view", "late")] == late


def test_settings_are_read_and_written(shop: CommandLine) -> None:
    assert shop.done("settings", "shop.timezone") == "America/New_York"
    assert shop.done("settings", "shop.cutoff") == ""
    assert shop.done("settings", "shop.cutoff", "14:00") == "14:00"
    assert shop.done("settings")["shop.cutoff"] == "14:00"
    assert shop.done("settings", "shop.cutoff", "") == ""
    assert "shop.timezone = America/New_York\n" in shop.run("settings").said
    assert shop.run("settings", "shop.timezone").said == "America/New_York\n"


def test_zero_processing_days_without_a_cutoff_say_that_they_count_as_one(
    shop: CommandLine,
) -> None:
    answer = shop.run("settings", "shop.processing_days", "0", "--json")
    assert (answer.status, answer.json) == (0, "0")
    assert "count as 1" in answer.aside


def test_declaring_a_code_releases_its_free_orders(full: CommandLine) -> None:
    full.done("settings", "shop.intended_codes", "fallglitch")
    assert full.done("orders", "--view", "on-hold") == []
    full.done("undo")
    assert len(full.done("orders", "--view", "on-hold")) == 2


def test_reports_are_given_beside_an_open_window_and_writing_is_exit_3(
    full: CommandLine,
) -> None:
    with opened_desk(full.folder, FixedClock(), is_writing=True):
        assert len(full.done("orders")) == 18
        assert full.done("order", "1041")["number"] == "#1041"
        assert full.done("settings", "shop.timezone") == "America/New_York"
        assert full.done("import", "--dry-run", SHOPIFY_FILE)["orders"]["same"] == 8
        refused(full.run("hold", "1049", "--why", "x"), "desk is open in a window")
        refused(full.run("import", SHOPIFY_FILE), "open in a window")
        refused(full.run("undo"), "open in a window")


def test_a_reporting_command_on_a_place_without_a_desk_finds_nothing(tmp_path: Path) -> None:
    assert CommandLine(tmp_path / "new").done("orders") == []


def test_a_file_in_place_of_the_folder_is_a_usage_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    answer = CommandLine(file).run("orders")
    assert (answer.status, answer.said) == (2, "")
    below = CommandLine(file / "desk").run("orders")
    refused(below, "cannot be used")
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" * 300])
def test_a_foreign_file_is_exit_3_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.db").write_bytes(content)
    for words in (("orders",), ("undo",), ("settings", "shop.name", "Tide")):
        refused(CommandLine(tmp_path).run(*words))
    assert (tmp_path / "desk.db").read_bytes() == content


def test_bytes_that_are_no_characters_are_refused(full: CommandLine) -> None:
    refused(
        full.run("hold", "1049", "--why", "size \udcff"), "no characters", "Nothing was changed"
    )
    refused(full.run("order", "\udcff"), "no characters")
    assert full.done("order", "1049")["hold"] is None


def test_our_own_fault_is_one_sentence_and_its_details_are_kept_in_a_log(
    full: CommandLine,
) -> None:
    with closing(sqlite3.connect(full.folder / DESK_FILE)) as stranger:
        stranger.execute("DROP TABLE order_events")
        stranger.commit()
    answer = full.run("order", "1049")
    assert (answer.status, answer.said) == (3, "")
    assert "inside the program" in answer.aside
    assert "Traceback" not in answer.aside
    log = full.folder / "log" / "fault.txt"
    assert str(log) in answer.aside
    assert "no such table: order_events" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_the_program_itself_does_the_main_job(tmp_path: Path) -> None:
    shop = CommandLine(tmp_path / "desk")
    imported = shop.process("import", SHOPIFY_FILE, "--json")
    assert (imported.status, imported.json["orders"]["new"]) == (0, 8)
    assert shop.process("pack", "1049").status == 0
    shipped = shop.process("ship", "1049", "--tracking", "9400", "--json")
    assert (shipped.status, shipped.json["fulfillment_status"]) == (0, "shipped")
    assert "Annegret Blümel-Schröder" in shop.process("orders").said
    wrong = shop.process("ship", "1049")
    assert (wrong.status, wrong.said) == (3, "")
    assert wrong.aside == "Order #1049 is shipped. Nothing was changed.\n"
    assert shop.process("orders", "--view", "nothing").status == 2
