"""Labels of a shipment file become parcels of known orders, and nothing entered here is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jeweler_desk.domain.money import Money
from jeweler_desk.domain.order import FulfillmentStatus, Order
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.labels import LabelFacts
from jeweler_desk.services.order_import import ImportReport
from tests.builders import a_line, an_order
from tests.fakes import FixedClock
from tests.imports.rows_of import DATA
from tests.services.marketplace_files import ALL_FILES, Exports

NUMBER = "9400111206206400104193"
OTHER = "9400111206206400351214"
SAMPLE = DATA / "pirateship_shipments.csv"


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)


def taken(desk: Desk, *files: Path) -> ImportReport:
    previewed = desk.order_import.import_files(files, dry_run=True)
    report = desk.order_import.import_files(files)
    assert counted(previewed) == counted(report)
    assert previewed.files == report.files
    assert previewed.shipments.conflicts == report.shipments.conflicts
    return report


def counted(report: ImportReport) -> tuple[int, int, int]:
    return (report.shipments.new, report.shipments.changed, report.shipments.same)


def order(desk: Desk, number: str = "#2001") -> Order:
    return desk.orders.find(number)


def said(desk: Desk, number: str = "#2001") -> list[str]:
    return [entry.what for entry in order(desk, number).timeline]


def aside(report: ImportReport) -> list[str]:
    return [row.reason for each in report.files for row in each.set_aside]


def test_a_label_ships_the_order_through_the_same_facts(desk: Desk, exports: Exports) -> None:
    orders, labels = exports.shopify({}), exports.pirateship({})
    taken(desk, orders)
    report = taken(desk, labels)
    assert counted(report) == (1, 0, 0)
    assert report.changes == {Topic.ORDERS}
    known = order(desk)
    assert known.fulfillment_status is FulfillmentStatus.SHIPPED
    (line,) = known.line_items
    assert (line.units_packed, line.units_shipped) == (1, 1)
    (parcel,) = known.shipments
    assert (parcel.carrier, parcel.tracking_number) == ("USPS", NUMBER)
    assert parcel.shipped_at == parcel.label_bought_at == datetime(2026, 10, 5, 4, tzinfo=UTC)
    assert parcel.label_cost == Money(475, "USD")
    assert parcel.label_address is not None
    assert parcel.label_address.address1 == "1 Quay"
    assert parcel.units == ((line.id, 1),)
    assert said(desk)[-2:] == [f"handed over · USPS {NUMBER}", "label bought for 4.75 USD"]
    assert [finding for finding in desk.checking.check() if finding.severity == "failed"] == []


def test_a_second_time_all_is_the_same_and_undo_takes_the_whole_back(
    desk: Desk, exports: Exports
) -> None:
    labels = exports.pirateship({}, {})
    taken(desk, exports.shopify({}))
    before = order(desk)
    taken(desk, labels)
    shipped = order(desk)
    again = taken(desk, labels)
    assert (counted(again), again.changes) == ((0, 0, 1), frozenset())
    assert desk.history.undo_label() == "Import 1 parcel"
    desk.history.undo()
    assert order(desk) == before
    desk.history.redo()
    assert order(desk) == shipped


def test_orders_and_labels_may_come_at_once_in_any_order(desk: Desk, exports: Exports) -> None:
    report = taken(desk, exports.pirateship({}), exports.shopify({}))
    assert (report.new, counted(report)) == (1, (1, 0, 0))
    assert order(desk).shipments[0].tracking_number == NUMBER
    assert desk.history.undo_label() == "Import 1 order"


def test_a_parcel_that_a_channel_told_of_gets_its_number(desk: Desk, exports: Exports) -> None:
    sent = {"Fulfillment Status": "fulfilled", "Fulfilled at": "2026-10-05 16:00:00 -0400"}
    report = taken(desk, exports.shopify(sent), exports.pirateship({}))
    assert counted(report) == (0, 1, 0)
    (parcel,) = order(desk).shipments
    assert parcel.tracking_number == NUMBER
    assert parcel.shipped_at == datetime(2026, 10, 5, 20, tzinfo=UTC)


def test_a_parcel_handed_over_here_without_a_number_is_completed(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}))
    desk.fulfillment.finish_packing(order(desk).id)
    desk.fulfillment.ship(order(desk).id)
    shipped_at = order(desk).shipments[0].shipped_at
    assert counted(taken(desk, exports.pirateship({}))) == (0, 1, 0)
    (parcel,) = order(desk).shipments
    assert (parcel.tracking_number, parcel.shipped_at) == (NUMBER, shipped_at)
    assert f"parcel travels as USPS {NUMBER}" in said(desk)


def test_another_number_entered_here_stands_and_the_conflict_is_told(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}))
    desk.fulfillment.finish_packing(order(desk).id)
    desk.fulfillment.ship(order(desk).id, "USPS", OTHER)
    labels = exports.pirateship({})
    report = taken(desk, labels)
    assert counted(report) == (0, 0, 1)
    assert report.needs_seller
    line = f"Pirate Ship names {NUMBER}; {OTHER} was entered here and stands"
    assert report.shipments.conflicts == [f"Order #2001: {line}."]
    assert said(desk).count(line) == 1
    assert [each.tracking_number for each in order(desk).shipments] == [OTHER]
    again = taken(desk, labels)
    assert (counted(again), again.needs_seller) == ((0, 0, 1), False)
    assert said(desk).count(line) == 1


def test_the_same_number_entered_here_only_gains_what_the_label_knows(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}))
    desk.fulfillment.finish_packing(order(desk).id)
    desk.fulfillment.ship(order(desk).id, "USPS", "9400 1112 0620 6400 1041 93")
    assert counted(taken(desk, exports.pirateship({}))) == (0, 1, 0)
    assert order(desk).shipments[0].label_cost == Money(475, "USD")
    assert counted(taken(desk, exports.pirateship({"Batch": "7"}))) == (0, 0, 1)


def test_a_parcel_that_never_left_is_not_shipped_again_by_its_label(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}))
    desk.fulfillment.finish_packing(order(desk).id)
    desk.fulfillment.ship(order(desk).id, "USPS", NUMBER)
    desk.cancellations.undo_shipped(order(desk).id, "found under the bench")
    report = taken(desk, exports.pirateship({}))
    assert counted(report) == (0, 0, 1)
    assert "is marked as not shipped, and that stands" in report.shipments.conflicts[0]
    assert order(desk).fulfillment_status is FulfillmentStatus.PACKED
    assert counted(taken(desk, exports.pirateship({"Tracking Number": OTHER}))) == (1, 0, 0)


def test_a_voided_label_makes_no_parcel(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify({}))
    before = order(desk)
    report = taken(desk, exports.pirateship({"Status": "Refunded"}))
    assert (counted(report), aside(report), report.changes) == ((0, 0, 0), [], frozenset())
    assert order(desk) == before
    unknown = taken(desk, exports.pirateship({"Status": "Refunded", "Order ID": "9"}))
    assert aside(unknown) == []


def test_a_label_voided_after_its_parcel_was_noted_is_told_once(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}), exports.pirateship({}))
    refunded = exports.pirateship({"Status": "Refunded"})
    report = taken(desk, refunded)
    assert counted(report) == (0, 1, 0)
    assert "was refunded at Pirate Ship" in report.shipments.conflicts[0]
    assert "was refunded at Pirate Ship" in said(desk)[-1]
    assert counted(taken(desk, refunded)) == (0, 0, 1)


def test_a_label_nobody_can_place_is_set_aside_with_the_reason(
    desk: Desk, exports: Exports
) -> None:
    desk.orders.add(an_order(number="7"))
    desk.orders.add(an_order(number="7", channel=an_order().channel.ETSY))
    report = taken(desk, exports.pirateship({"Order ID": "99"}, {"Order ID": "7"}))
    assert aside(report) == [
        "There is no order 99: import its file first.",
        "Two orders are called 7: shopify:7 and etsy:7.",
    ]
    assert report.needs_seller and counted(report) == (0, 0, 0)


def test_the_label_of_a_canceled_order_makes_no_parcel_and_its_money_is_a_task(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({"Cancelled at": "2026-10-04 08:00:00 -0400"}))
    labels = exports.pirateship({})
    report = taken(desk, labels)
    assert report.shipments.conflicts == [
        f"Order #2001 is canceled: ask back 4.75 USD for its label {NUMBER}."
    ]
    assert (report.needs_seller, aside(report), counted(report)) == (True, [], (1, 0, 0))
    assert order(desk).shipments == ()
    ((number, label, last_day),) = desk.labels.unneeded()
    assert (number, label.service, last_day) == ("#2001", "Ground Advantage", date(2026, 11, 2))
    again = taken(desk, labels)
    assert (counted(again), again.changes) == ((0, 0, 1), frozenset())
    back = taken(desk, exports.pirateship({"Status": "Refunded"}))
    assert (counted(back), desk.labels.unneeded()) == ((0, 1, 0), [])
    assert said(desk)[-1] == f"a label’s money is back (4.75 USD) · {NUMBER}"


def test_a_label_for_tomorrow_is_bought_and_its_parcel_has_not_left(
    desk: Desk, exports: Exports, clock: FixedClock
) -> None:
    taken(desk, exports.shopify({}))
    labels = exports.pirateship({"Ship Date": "2026-10-06"})
    assert counted(taken(desk, labels)) == (1, 0, 0)
    bought = order(desk)
    assert (bought.shipments, bought.units_to_send) == ((), 1)
    assert [each.tracking_number for each in bought.labels] == [NUMBER]
    assert counted(taken(desk, labels)) == (0, 0, 1)
    clock.goes_on(days=1)
    assert counted(taken(desk, labels)) == (1, 0, 0)
    left = order(desk)
    assert left.shipments[0].shipped_at == datetime(2026, 10, 6, 4, tzinfo=UTC)
    assert left.shipments[0].label_bought_at == datetime(2026, 10, 5, 4, tzinfo=UTC)
    assert [each.shipment_id for each in left.labels] == [left.shipments[0].id]
    assert counted(taken(desk, labels)) == (0, 0, 1)


def test_a_label_noted_here_is_handed_over_here_whatever_its_file_says(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}))
    desk.labels.buy(order(desk).id, LabelFacts(tracking_number=NUMBER))
    report = taken(desk, exports.pirateship({}))
    assert (counted(report), report.changes) == ((0, 0, 1), frozenset())
    assert order(desk).shipments == ()


def test_a_label_without_a_ship_date_says_nothing_of_the_hour_it_left(
    desk: Desk, exports: Exports
) -> None:
    taken(desk, exports.shopify({}), exports.pirateship({"Ship Date": ""}))
    (parcel,) = order(desk).shipments
    assert (parcel.shipped_at, parcel.label_bought_at is None) == (None, False)


def test_two_labels_of_one_order_are_two_parcels(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify({}))
    report = taken(desk, exports.pirateship({}, {"Tracking Number": OTHER, "Cost": "5.02"}))
    assert counted(report) == (2, 0, 0)
    assert [each.tracking_number for each in order(desk).shipments] == [NUMBER, OTHER]
    assert [len(each.units) for each in order(desk).shipments] == [1, 0]
    assert order(desk).fulfillment_status is FulfillmentStatus.SHIPPED


def test_what_is_left_of_an_order_travels_under_the_next_label(
    desk: Desk, exports: Exports
) -> None:
    desk.orders.add(an_order(a_line(), a_line("Chain"), number="#2001"))
    desk.fulfillment.finish_packing(order(desk).id)
    report = taken(desk, exports.pirateship({}))
    assert counted(report) == (1, 0, 0)
    assert order(desk).units_to_send == 0


def test_a_delivered_label_makes_the_order_delivered(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify({}), exports.pirateship({}))
    told = {"Tracking Status": "Delivered", "Tracking Date": "2026-10-05"}
    assert counted(taken(desk, exports.pirateship(told))) == (0, 1, 0)
    assert order(desk).fulfillment_status is FulfillmentStatus.DELIVERED
    assert "delivered" in said(desk)


def test_a_wrong_check_digit_is_warned_of_and_taken(desk: Desk, exports: Exports) -> None:
    taken(desk, exports.shopify({}))
    report = taken(desk, exports.pirateship({"Tracking Number": NUMBER[:-1] + "4"}))
    assert counted(report) == (1, 0, 0)
    assert "check digit" in report.shipments.warnings[0]
    assert not report.needs_seller


def test_an_items_file_that_comes_later_keeps_the_number_of_the_parcel(
    desk: Desk, exports: Exports
) -> None:
    number = "3512000200"
    taken(desk, exports.etsy_orders({"Date Shipped": "10/03/26"}))
    taken(desk, exports.pirateship({"Order ID": number}))
    taken(desk, exports.etsy_items({"Date Shipped": "10/03/2026"}))
    known = order(desk, number)
    assert [each.tracking_number for each in known.shipments] == [NUMBER]
    assert known.shipments[0].units == ((known.line_items[0].id, 1),)
    assert known.fulfillment_status is FulfillmentStatus.SHIPPED
    assert [finding for finding in desk.checking.check() if finding.severity == "failed"] == []


def test_the_sample_files_agree(desk: Desk) -> None:
    report = taken(desk, *ALL_FILES, SAMPLE)
    assert counted(report) == (0, 4, 0)
    assert len(aside(report)) == 5
    assert "#1048" in report.shipments.warnings[0]
    moved = order(desk, "#1048")
    label = moved.shipments[0].label_address
    assert label is not None and label != moved.address
    assert counted(taken(desk, *ALL_FILES, SAMPLE)) == (0, 0, 4)
