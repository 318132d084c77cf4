"""Later exports of known orders: money and parcels grow, and an older file undoes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jeweler_desk.domain.order import FulfillmentStatus, OrderStatus, PaymentStatus, Stage
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.changes import NOTHING_CHANGED
from jeweler_desk.services.desk import Desk
from tests.services.marketplace_files import (
    AUTHORIZED,
    CANCELED,
    FULFILLED,
    MORE_REFUNDED,
    PAID,
    PART_PAID,
    PART_REFUNDED,
    PENDING,
    REFUNDED,
    Exports,
    counted,
    known,
    taken,
    the_order,
)


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
