"""Imports: the same orders whatever the order of the files, nothing twice, nothing undone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jeweler_desk.domain.order import (
    FulfillmentStatus,
    Order,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.changes import NOTHING_CHANGED, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.services.marketplace_files import (
    ALL_FILES,
    ETSY_ITEMS_FILE,
    ETSY_ORDERS_FILE,
    ETSY_UK_ITEMS_FILE,
    SHOPIFY_FILE,
    Exports,
    counted,
    known,
    taken,
    the_order,
)


def all_known(desk: Desk) -> list[Order]:
    listed = [known(desk.orders.get(each)) for each in desk.orders.ids(View.ALL)]
    return sorted(listed, key=lambda order: (order.channel, order.number))


def fresh_desk(*runs: Sequence[Path]) -> list[Order]:
    """All orders of a new desk after these imports."""
    clock = FixedClock()
    store = Store(None, now=clock.now)
    try:
        desk = build_desk(store, clock)
        desk.settings.set("shop.timezone", "America/New_York")
        for files in runs:
            taken(desk, *files)
        return all_known(desk)
    finally:
        store.close()


def test_all_sample_files_are_taken_at_once(desk: Desk) -> None:
    report = taken(desk, *ALL_FILES)
    assert counted(report) == (18, 0, 0)
    assert [each.rows for each in report.files] == [8, 11, 2, 12]
    assert not report.needs_seller
    assert Topic.ORDERS in report.changes


def test_a_second_run_finds_nothing_new_and_nothing_changed(desk: Desk) -> None:
    taken(desk, *ALL_FILES)
    before = all_known(desk)
    report = taken(desk, *reversed(ALL_FILES))
    assert counted(report) == (0, 0, 18)
    assert report.changes == NOTHING_CHANGED
    assert all_known(desk) == before
    assert desk.history.undo_label() == "Import 18 orders"


def test_a_preview_counts_like_the_import_and_writes_nothing(desk: Desk) -> None:
    report = desk.order_import.import_files(ALL_FILES, dry_run=True)
    assert counted(report) == (18, 0, 0)
    assert desk.orders.ids(View.ALL) == []
    assert counted(taken(desk, *ALL_FILES)) == (18, 0, 0)


def test_one_undo_takes_a_whole_import_back(desk: Desk) -> None:
    taken(desk, *ALL_FILES)
    before = all_known(desk)
    desk.history.undo()
    assert desk.orders.ids(View.ALL) == []
    desk.history.redo()
    assert all_known(desk) == before
    assert counted(taken(desk, *ALL_FILES)) == (0, 0, 18)


@pytest.mark.parametrize("files", list(itertools.permutations(ALL_FILES[:3])))
def test_etsys_files_give_the_same_orders_in_any_order_and_in_one_or_more_runs(
    files: tuple[Path, ...],
) -> None:
    expected = fresh_desk(ALL_FILES[:3])
    assert fresh_desk(files) == expected
    assert fresh_desk(*[[each] for each in files]) == expected


def test_a_second_etsy_file_completes_the_orders_of_the_first(desk: Desk) -> None:
    assert counted(taken(desk, ETSY_ITEMS_FILE)) == (8, 0, 0)
    assert counted(taken(desk, ETSY_ORDERS_FILE)) == (1, 7, 0)
    order = desk.orders.find("3512000101")
    assert order.total.amount == "59.00"
    assert [line.title.split(",")[0] for line in order.line_items] == [
        "Hammered Sterling Silver Stacking Ring",
        "Silver Polishing Cloth",
    ]


def test_pieces_that_only_the_items_file_names_cannot_be_packed_before_it(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.etsy_orders({}))
    order = the_order(desk)
    assert order.line_items[0].is_placeholder
    assert order.units_to_send == 1
    taken(desk, exports.etsy_items({}))
    order = the_order(desk)
    assert [line.title for line in order.line_items] == ["Ring"]
    assert order.units_to_send == 1
    desk.fulfillment.finish_packing(order.id)


@pytest.mark.parametrize("items_first", [True, False])
def test_etsys_paid_day_counts_whichever_file_came_first(
    desk: Desk, exports: Exports, *, items_first: bool
) -> None:
    files = [
        exports.etsy_orders({"Sale Date": "10/01/26"}),
        exports.etsy_items({"Sale Date": "10/01/26", "Date Paid": "10/05/2026"}),
    ]
    for file in reversed(files) if items_first else files:
        taken(desk, file)
    order = the_order(desk)
    assert order.paid_at == datetime(2026, 10, 5, 4, 0, tzinfo=UTC)
    assert order.ship_by == date(2026, 10, 6)


def test_one_item_of_an_etsy_order_may_be_shipped_before_the_other(
    desk: Desk, exports: Exports
) -> None:
    other = {"Transaction ID": "4711000301", "Item Name": "Cloth", "Order Shipping": "0"}
    taken(desk, exports.etsy_items({"Date Shipped": "10/03/2026"}, other))
    order = the_order(desk)
    assert order.fulfillment_status is FulfillmentStatus.PARTIALLY_SHIPPED
    assert order.units_to_send == 1
    shipped = {"Date Shipped": "10/03/2026"}
    taken(desk, exports.etsy_items(shipped, {**other, "Date Shipped": "10/05/2026"}))
    assert the_order(desk).fulfillment_status is FulfillmentStatus.SHIPPED


def test_an_unknown_file_is_named_and_the_others_are_taken(desk: Desk, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n", encoding="utf-8")
    report = taken(desk, strange, SHOPIFY_FILE, tmp_path / "gone.csv")
    assert report.is_known
    assert report.needs_seller
    assert [each.format is None for each in report.files] == [True, False, True]
    assert report.new == 8
    assert "gone.csv" in (report.files[2].refusal or "")


def test_only_unknown_files_change_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.history.undo_label()
    report = taken(desk, tmp_path / "gone.csv")
    assert not report.is_known
    assert desk.history.undo_label() == before


def test_bad_rows_are_set_aside_with_their_line_and_the_others_taken(
    desk: Desk, exports: Exports
) -> None:
    file = exports.shopify({}, {"Name": "#2002", "Total": "forty"})
    report = taken(desk, file)
    (row,) = report.files[0].set_aside
    assert (row.line, "#2002" in row.text, "Total" in row.reason) == (3, True, True)
    assert (report.new, report.needs_seller) == (1, True)


def test_a_parse_in_the_background_is_taken_in_afterwards(desk: Desk) -> None:
    job = desk.order_import.parse_job([SHOPIFY_FILE, ETSY_UK_ITEMS_FILE])
    parsed = job()
    assert counted(desk.order_import.preview(parsed)) == (9, 0, 0)
    assert counted(desk.order_import.take_in(parsed)) == (9, 0, 0)


def test_a_thousand_orders_are_compared_in_blocks(desk: Desk, exports: Exports) -> None:
    file = exports.shopify(*[{"Name": f"#{each}"} for each in range(3000, 4000)])
    assert counted(taken(desk, file)) == (1000, 0, 0)
    assert counted(taken(desk, file)) == (0, 0, 1000)
