"""Imports: the same orders whatever the order of the files, nothing twice, nothing undone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from jeweler_desk.app import build_desk
from jeweler_desk.domain.order import (
    FulfillmentStatus,
    LineItemId,
    Order,
    OrderId,
    OrderStatus,
    PaymentStatus,
    Stage,
)
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.changes import NOTHING_CHANGED, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.order_import import ImportReport
from jeweler_desk.store.database import Store
from tests.fakes import FixedClock
from tests.services.marketplace_files import (
    ALL_FILES,
    ETSY_ITEMS_FILE,
    ETSY_ORDERS_FILE,
    ETSY_UK_ITEMS_FILE,
    SHOPIFY_FILE,
    Exports,
)

PENDING: Final = {"Financial Status": "pending", "Paid at": "", "Outstanding Balance": "45.00"}
AUTHORIZED: Final = {"Financial Status": "authorized", "Paid at": ""}
PAID: Final = {"Financial Status": "paid", "Paid at": "2026-10-02 09:00:00 -0400"}
PART_PAID: Final = {"Financial Status": "partially_paid", "Outstanding Balance": "25.00"}
PART_REFUNDED: Final = {"Financial Status": "partially_refunded", "Refunded Amount": "10.00"}
MORE_REFUNDED: Final = {"Financial Status": "partially_refunded", "Refunded Amount": "25.00"}
REFUNDED: Final = {"Financial Status": "refunded", "Refunded Amount": "45.00"}
FULFILLED: Final = {
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-10-03 12:00:00 -0400",
    "Lineitem fulfillment status": "fulfilled",
}
CANCELED: Final = {"Cancelled at": "2026-10-04 08:00:00 -0400"}


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)


def taken(desk: Desk, *files: Path) -> ImportReport:
    return desk.order_import.import_files(files)


def counted(report: ImportReport) -> tuple[int, int, int]:
    return (report.new, report.changed, report.same)


def known(order: Order) -> Order:
    """An order without what depends on the way it came: ids, and when a promise was made."""
    return replace(
        order,
        id=OrderId(0),
        line_items=tuple(replace(line, id=LineItemId(0)) for line in order.line_items),
        shipments=tuple(
            replace(parcel, id=0, units=tuple((LineItemId(0), each) for _, each in parcel.units))
            for parcel in order.shipments
        ),
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


def the_order(desk: Desk) -> Order:
    (order_id,) = desk.orders.ids(View.ALL)
    return desk.orders.get(order_id)


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


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (PENDING, PaymentStatus.UNPAID),
        (AUTHORIZED, PaymentStatus.AUTHORIZED),
        (PART_PAID, PaymentStatus.PARTIALLY_PAID),
        (PAID, PaymentStatus.PAID),
        (PART_REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
        (REFUNDED, PaymentStatus.REFUNDED),
        ({"Financial Status": "voided"}, PaymentStatus.VOIDED),
        ({"Financial Status": "expired"}, PaymentStatus.EXPIRED),
    ],
)
def test_shopifys_words_for_money_become_ours(
    desk: Desk, exports: Exports, cells: dict[str, str], status: PaymentStatus
) -> None:
    taken(desk, exports.shopify(cells))
    assert the_order(desk).payment_status is status


@pytest.mark.parametrize(
    ("earlier", "later", "status"),
    [
        (PENDING, PAID, PaymentStatus.PAID),
        (PENDING, AUTHORIZED, PaymentStatus.AUTHORIZED),
        (AUTHORIZED, PAID, PaymentStatus.PAID),
        (PART_PAID, PAID, PaymentStatus.PAID),
        (PENDING, PART_PAID, PaymentStatus.PARTIALLY_PAID),
        (PAID, PART_REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
        (PART_REFUNDED, MORE_REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
        (PART_REFUNDED, REFUNDED, PaymentStatus.REFUNDED),
        (PAID, REFUNDED, PaymentStatus.REFUNDED),
        (AUTHORIZED, {"Financial Status": "voided"}, PaymentStatus.VOIDED),
        (AUTHORIZED, {"Financial Status": "expired"}, PaymentStatus.EXPIRED),
    ],
)
def test_money_moves_on_with_a_later_export_and_never_back_with_an_older_one(
    desk: Desk,
    exports: Exports,
    earlier: dict[str, str],
    later: dict[str, str],
    status: PaymentStatus,
) -> None:
    old, new = exports.shopify(earlier), exports.shopify(later)
    taken(desk, old)
    assert counted(taken(desk, new)) == (0, 1, 0)
    moved_on = known(the_order(desk))
    assert moved_on.payment_status is status
    taken(desk, old)
    assert known(the_order(desk)) == moved_on


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (PENDING, PAID),
        (AUTHORIZED, PAID),
        (PART_PAID, PAID),
        (PAID, PART_REFUNDED),
        (PART_REFUNDED, MORE_REFUNDED),
        (PAID, PAID | FULFILLED),
        (PAID, PAID | CANCELED),
        (PENDING, PAID | FULFILLED),
    ],
)
def test_an_older_export_that_is_read_after_the_newer_one_takes_nothing_back(
    desk: Desk, exports: Exports, earlier: dict[str, str], later: dict[str, str]
) -> None:
    taken(desk, exports.shopify({**later, "Notes": "newer", "Total": "45.00"}))
    newer = known(the_order(desk))
    label = desk.history.undo_label()
    older = exports.shopify({**earlier, "Notes": "older", "Total": "45.00"})
    assert counted(desk.order_import.import_files([older], dry_run=True)) == (0, 0, 1)
    report = taken(desk, older)
    assert (counted(report), report.changes) == ((0, 0, 1), NOTHING_CHANGED)
    assert known(the_order(desk)) == newer
    assert desk.history.undo_label() == label


@pytest.mark.parametrize("newer_first", [True, False])
def test_two_exports_of_one_order_may_come_in_one_run_in_either_order(
    desk: Desk, exports: Exports, *, newer_first: bool
) -> None:
    older = exports.shopify({**PENDING, "Notes": "older"})
    newer = exports.shopify({**PAID, **FULFILLED, "Notes": "newer"})
    files = [newer, older] if newer_first else [older, newer]
    assert counted(taken(desk, *files)) == (1, 0, 0)
    order = the_order(desk)
    assert (order.payment_status, order.fulfillment_status, order.notes) == (
        PaymentStatus.PAID,
        FulfillmentStatus.SHIPPED,
        "newer",
    )
    assert counted(taken(desk, *reversed(files))) == (0, 0, 1)


def test_an_older_file_of_etsy_never_takes_the_place_of_the_newer_one(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.etsy_orders({"Date Shipped": "10/05/2026", "Ship City": "Wells"}))
    assert counted(taken(desk, exports.etsy_orders({"Ship City": "Bath"}))) == (0, 0, 1)
    assert counted(taken(desk, exports.etsy_items({"Ship City": "", "Ship Name": ""}))) == (0, 1, 0)
    order = the_order(desk)
    assert order.fulfillment_status is FulfillmentStatus.SHIPPED
    assert [line.title for line in order.line_items] == ["Ring"]


def test_an_import_is_taken_back_after_an_older_export_was_read(
    desk: Desk, exports: Exports
) -> None:
    newer, older = exports.shopify(PAID | FULFILLED), exports.shopify(PENDING)
    taken(desk, newer)
    taken(desk, older)
    desk.history.undo()
    assert desk.orders.ids(View.ALL) == []
    desk.history.redo()
    assert counted(taken(desk, older, newer)) == (0, 0, 1)


def test_a_refund_grows_by_what_is_new_and_is_never_counted_twice(
    desk: Desk, exports: Exports
) -> None:
    for cells in (PAID, PART_REFUNDED, MORE_REFUNDED, PART_REFUNDED, REFUNDED):
        taken(desk, exports.shopify(cells))
    order = the_order(desk)
    assert [refund.amount.amount for refund in order.refunds] == ["10.00", "15.00", "20.00"]
    assert [charge.amount.amount for charge in order.charges] == ["45.00"]
    timeline = [entry.what for entry in order.timeline]
    assert [each for each in timeline if each.startswith("refunded")] == [
        "refunded 10.00 USD",
        "refunded 15.00 USD",
        "refunded 20.00 USD",
    ]


def test_a_part_payment_grows_to_the_whole_and_both_are_in_the_timeline(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PART_PAID))
    assert [charge.amount.amount for charge in the_order(desk).charges] == ["20.00"]
    taken(desk, exports.shopify(PAID))
    order = the_order(desk)
    assert [charge.amount.amount for charge in order.charges] == ["45.00"]
    assert [entry.what for entry in order.timeline if entry.what.startswith("paid")] == [
        "paid 20.00 USD",
        "paid 25.00 USD",
    ]


def test_a_pending_order_gets_its_ship_by_when_it_is_paid(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify(PENDING))
    assert the_order(desk).ship_by is None
    taken(desk, exports.shopify({**PAID, "Paid at": "2026-10-05 22:30:00 -0400"}))
    assert the_order(desk).ship_by == date(2026, 10, 6)


def test_an_order_canceled_later_leaves_the_work_and_loses_its_ship_by(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    desk.fulfillment.set_stage(the_order(desk).id, Stage.MAKING)
    taken(desk, exports.shopify(REFUNDED | CANCELED))
    order = the_order(desk)
    assert (order.order_status, order.fulfillment_status) == (
        OrderStatus.CANCELED,
        FulfillmentStatus.CANCELED,
    )
    assert (order.units_to_send, order.ship_by) == (0, None)
    assert order.line_items[0].units_canceled == 1
    assert "canceled on Shopify" in [entry.what for entry in order.timeline]


def test_an_order_canceled_by_its_channel_is_taken_out_of_its_closed_parcel(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    desk.fulfillment.finish_packing(the_order(desk).id)
    taken(desk, exports.shopify(PAID | CANCELED))
    assert the_order(desk).fulfillment_status is FulfillmentStatus.CANCELED
    desk.history.undo()
    assert the_order(desk).fulfillment_status is FulfillmentStatus.PACKED


def test_a_parcel_that_was_shipped_here_stays_shipped_when_the_channel_cancels(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    order_id = the_order(desk).id
    desk.fulfillment.finish_packing(order_id)
    desk.fulfillment.ship(order_id, "USPS", "9400")
    taken(desk, exports.shopify(REFUNDED | CANCELED))
    order = the_order(desk)
    assert order.fulfillment_status is FulfillmentStatus.SHIPPED
    assert order.line_items[0].units_canceled == 0
    assert "canceled on Shopify" in [entry.what for entry in order.timeline]


@pytest.mark.parametrize("cells", [PAID, PAID | FULFILLED, PART_REFUNDED])
def test_a_shipment_of_the_desks_own_is_never_overwritten(
    desk: Desk, exports: Exports, cells: dict[str, str]
) -> None:
    taken(desk, exports.shopify({**PAID, "Notes": "first"}))
    order_id = the_order(desk).id
    desk.fulfillment.finish_packing(order_id, 200)
    desk.fulfillment.ship(order_id, "USPS", "9400")
    before = the_order(desk)
    taken(desk, exports.shopify({**cells, "Notes": "second"}))
    after = the_order(desk)
    assert after.shipments == before.shipments
    assert after.fulfillment_status is FulfillmentStatus.SHIPPED
    assert after.line_items == before.line_items


def test_a_parcel_packed_here_stays_packed_when_an_export_says_unfulfilled(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    desk.fulfillment.finish_packing(the_order(desk).id)
    taken(desk, exports.shopify({**PAID, "Notes": "second"}))
    assert the_order(desk).fulfillment_status is FulfillmentStatus.PACKED


def test_a_parcel_packed_here_is_shipped_when_the_channel_says_so(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    desk.fulfillment.finish_packing(the_order(desk).id)
    taken(desk, exports.shopify(PAID | FULFILLED))
    order = the_order(desk)
    assert order.fulfillment_status is FulfillmentStatus.SHIPPED
    assert order.shipments[0].shipped_at == datetime(2026, 10, 3, 16, 0, tzinfo=UTC)
    assert order.line_items[0].units_packed == 1


def test_a_stage_of_the_seller_survives_a_later_export(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify(PAID))
    desk.fulfillment.set_stage(the_order(desk).id, Stage.READY)
    taken(desk, exports.shopify({**PAID, "Notes": "changed"}))
    order = the_order(desk)
    assert (order.fulfillment_status, order.notes) == (FulfillmentStatus.READY, "changed")


def test_a_partly_fulfilled_shopify_order_is_part_shipped(desk: Desk, exports: Exports) -> None:
    second = {
        "Financial Status": "",
        "Paid at": "",
        "Fulfillment Status": "",
        "Currency": "",
        "Total": "",
        "Subtotal": "",
        "Id": "",
        "Lineitem name": "Cloth",
        "Lineitem sku": "JT-2",
        "Lineitem quantity": "2",
    }
    rows = ({"Fulfillment Status": "partial", **PAID}, second)
    sent = {"Lineitem fulfillment status": "fulfilled"}
    taken(desk, exports.shopify({**rows[0], **sent}, rows[1]))
    order = the_order(desk)
    assert order.fulfillment_status is FulfillmentStatus.PARTIALLY_SHIPPED
    assert [line.units_shipped for line in order.line_items] == [1, 0]
    assert order.units_to_send == 2
    taken(desk, exports.shopify({**rows[0], **sent, **FULFILLED}, {**second, **sent}))
    assert the_order(desk).fulfillment_status is FulfillmentStatus.SHIPPED


def test_a_piece_that_was_taken_out_of_an_order_is_gone_after_the_next_export(
    desk: Desk, exports: Exports
) -> None:
    more = {"Financial Status": "", "Total": "", "Currency": "", "Id": "", "Lineitem name": "Cloth"}
    taken(desk, exports.shopify(PAID, more))
    assert len(the_order(desk).line_items) == 2
    taken(desk, exports.shopify({**PAID, "Notes": "no cloth"}))
    assert [line.title for line in the_order(desk).line_items] == ["Ring"]


def test_fewer_pieces_in_a_later_export_never_unpack_what_is_packed(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({**PAID, "Lineitem quantity": "3"}))
    desk.fulfillment.finish_packing(the_order(desk).id)
    taken(desk, exports.shopify({**PAID, "Lineitem quantity": "2"}))
    order = the_order(desk)
    assert (order.line_items[0].quantity, order.line_items[0].units_packed) == (3, 3)
    assert order.fulfillment_status is FulfillmentStatus.PACKED


def test_an_address_that_was_corrected_in_a_later_export_counts(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    taken(desk, exports.shopify({**PAID, "Shipping City": "Wells"}))
    order = the_order(desk)
    assert order.address.city == "Wells"
    assert [each.number for each in desk.orders.list(View.ALL, search="wells")] == ["#2001"]
    assert desk.orders.list(View.ALL, search="bath") == []


def test_a_promise_made_at_import_is_not_moved_by_later_settings_or_exports(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify(PAID))
    promised = the_order(desk).promise
    desk.settings.set("shop.processing_days", "9")
    taken(desk, exports.shopify({**PAID, "Notes": "changed"}))
    assert the_order(desk).promise == promised


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
